import { ClientelaError } from '../errors.js';

/** A stream of reproducible random numbers; see {@link createRandom}. */
export interface Random {
  /** The next whole number in [0, 2^32). */
  uint32(): number;
  /** The next number in [0, 1), with 53 random bits. */
  uniform(): number;
  /** The next whole number in [0, bound), every value equally likely; `bound` is a whole number from 1 to 2^32. */
  integer(bound: number): number;
  /** The next draw of the standard normal distribution. */
  normal(): number;
}

const TWO_32 = 4_294_967_296;

/**
 * A reproducible stream of random numbers: the same seed gives the same stream in every engine, for ever.
 *
 * The generator is xoshiro128** (Blackman and Vigna, 2018) seeded by splitmix32, in 32-bit integer arithmetic only, so that the
 * stream is part of the contract. Normal draws use the ratio of uniforms with Leva's bounds (ACM TOMS 18, 1992), whose values come from
 * one division and not from a logarithm. Not for cryptography.
 *
 * @param seed - a safe integer; two seeds give unrelated streams
 * @returns the stream; each call of a method advances it
 * @throws a {@link ClientelaError} `INVALID_OPTION` when the seed is not a safe integer, or a bound is not a whole number from 1 to 2^32
 * @example
 * ```ts
 * const random = createRandom(7);
 * const first = random.uniform();
 * first >= 0 && first < 1; // => true
 * createRandom(7).uniform() === first; // => true
 * ```
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new ClientelaError('INVALID_OPTION', `createRandom needs a whole number as seed, found ${String(seed)}; give one such as 1`, { seed });
  }
  let [a, b, c, d] = seededState(seed);
  const uint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
  // 21 high and 32 low bits: 53 in all, each multiple of 2^-53 in [0, 1) equally likely.
  const uniform = (): number => ((uint32() >>> 11) * TWO_32 + uint32()) / 9_007_199_254_740_992;
  return { uint32, uniform, integer: (bound) => boundedInteger(uint32, bound), normal: () => levaNormal(uniform) };
}

/** Shuffles in place (Fisher and Yates), every order equally likely; returns the same array. O(n). */
export function shuffle<Values extends { length: number; [index: number]: unknown }>(array: Values, random: Random): Values {
  for (let i = array.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = array[i];
    array[i] = array[j];
    array[j] = held;
  }
  return array;
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

// splitmix32 over both halves of the seed: seeds that differ in one bit give states that differ in about half of them.
function seededState(seed: number): [number, number, number, number] {
  let x = (seed % TWO_32) | 0;
  const high = Math.floor(seed / TWO_32) | 0;
  const next = (): number => {
    x = (x + 0x9e3779b9) | 0;
    let z = x;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  x = next() ^ high;
  const words: [number, number, number, number] = [next(), next(), next(), next()];
  // The all-zero state is the one fixed point of xoshiro.
  if ((words[0] | words[1] | words[2] | words[3]) === 0) words[0] = 1;
  return words;
}

function boundedInteger(uint32: () => number, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > TWO_32) {
    throw new ClientelaError('INVALID_OPTION', `integer needs a bound from 1 to 2^32, found ${String(bound)}; give a whole number in that range`, { bound });
  }
  // Draws above the last full multiple of the bound would favour the small remainders.
  const limit = TWO_32 - (TWO_32 % bound);
  for (;;) {
    const draw = uint32();
    if (draw < limit) return draw % bound;
  }
}

function levaNormal(uniform: () => number): number {
  for (;;) {
    const u = 1 - uniform();
    const v = 1.7156 * (uniform() - 0.5);
    const x = u - 0.449871;
    const y = Math.abs(v) + 0.386595;
    const q = x * x + y * (0.196 * y - 0.25472 * x);
    // The exact region needs a logarithm for about 1 draw in 80 only.
    if (q < 0.27597 || (q <= 0.27846 && v * v <= -4 * Math.log(u) * u * u)) return v / u;
  }
}
