import type { Random } from './random.js';

/**
 * How often each of n is drawn in n draws with replacement, into `counts` (nobody is drawn 256 times: the chance is 1 in 256!).
 *
 * The generator of `createRandom` (xoshiro128**, Blackman and Vigna, 2018) in local variables, begun anew with four numbers of the stream: in the
 * closure of the stream every draw allocates, which is most of the cost. Multiplied and cut off instead of divided: no chance is off by more than n in 2^32.
 */
export function drawCounts(random: Random, counts: Uint8Array): void {
  const n = counts.length;
  const scale = n / 4_294_967_296;
  // The all-zero state is the one fixed point.
  let [a, b, c, d] = [random.uint32() | 1, random.uint32() | 0, random.uint32() | 0, random.uint32() | 0];
  counts.fill(0);
  for (let left = n; left > 0; left--) {
    const s = Math.imul(b, 5);
    const draw = Math.imul((s << 7) | (s >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    counts[Math.floor(draw * scale)]!++;
  }
}
