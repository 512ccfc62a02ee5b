import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../src/errors.js';
import { createRandom, shuffle } from '../../src/numeric/random.js';

const moments = (draw: () => number, n: number): { mean: number; variance: number; fourth: number } => {
  let mean = 0;
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const x = draw();
    mean += x / n;
    second += (x * x) / n;
    fourth += x ** 4 / n;
  }
  return { mean, variance: second - mean * mean, fourth };
};

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return isClientelaError(error) ? error.code : error;
  }
  return 'no error';
};

describe('createRandom', () => {
  it('is part of the contract: the stream of a seed never changes', () => {
    const random = createRandom(1);
    expect([random.uint32(), random.uint32(), random.uint32(), random.uint32()]).toEqual([1526988584, 2907895945, 1394869624, 2016686417]);
  });

  it('follows splitmix32 and xoshiro128** as published, written out with big integers', () => {
    const mask = 0xffffffffn;
    const rotl = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) & mask;
    const splitmix = (seed: bigint): (() => bigint) => {
      let x = seed;
      return () => {
        x = (x + 0x9e3779b9n) & mask;
        let z = x;
        z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & mask;
        z = ((z ^ (z >> 15n)) * 0x735a2d97n) & mask;
        return z ^ (z >> 15n);
      };
    };
    for (const seed of [0, 1, 42, 4_294_967_295]) {
      const next = splitmix(splitmix(BigInt(seed))());
      const s = [next(), next(), next(), next()] as [bigint, bigint, bigint, bigint];
      const random = createRandom(seed);
      for (let i = 0; i < 50; i++) {
        const expected = (rotl((s[1] * 5n) & mask, 7n) * 9n) & mask;
        const t = (s[1] << 9n) & mask;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = rotl(s[3], 11n);
        expect(random.uint32()).toBe(Number(expected));
      }
    }
  });

  it('gives unrelated streams for neighbouring seeds, and for seeds equal in their low 32 bits', () => {
    const starts = new Set([0, 1, 2, -1, -2, 2 ** 32, 2 ** 33 + 1, Number.MAX_SAFE_INTEGER].map((seed) => createRandom(seed).uint32()));
    expect(starts.size).toBe(8);
  });

  it('draws uniforms in [0, 1) with mean 1/2 and variance 1/12', () => {
    const random = createRandom(5);
    const { mean, variance } = moments(random.uniform, 200_000);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.003);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  });

  it('draws normals with mean 0, variance 1, fourth moment 3 and the right tail', () => {
    const random = createRandom(6);
    const { mean, variance, fourth } = moments(random.normal, 400_000);
    expect(Math.abs(mean)).toBeLessThan(0.006);
    expect(Math.abs(variance - 1)).toBeLessThan(0.01);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.08);
    let beyond = 0;
    for (let i = 0; i < 400_000; i++) if (random.normal() > 1.959963984540054) beyond++;
    expect(Math.abs(beyond / 400_000 - 0.025)).toBeLessThan(0.001);
  });

  it('draws every whole number below the bound equally often, also where 2^32 is no multiple of it', () => {
    const random = createRandom(7);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    // With bound 3 * 2^30, plain remainders would fall below 2^30 half of the time instead of a third.
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.integer(3 * 2 ** 30) < 2 ** 30) low++;
    expect(Math.abs(low / 30_000 - 1 / 3)).toBeLessThan(0.012);
    expect(random.integer(1)).toBe(0);
  });

  it('refuses a seed that is no whole number and a bound out of range', () => {
    for (const seed of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) expect(codeOf(() => createRandom(seed))).toBe('INVALID_OPTION');
    for (const bound of [0, -3, 2.5, 2 ** 33]) expect(codeOf(() => createRandom(1).integer(bound))).toBe('INVALID_OPTION');
    expect(() => createRandom(1.5)).toThrow('createRandom needs a whole number as seed, found 1.5; give one such as 1');
  });
});

describe('shuffle', () => {
  it('keeps the elements and returns the array it was given', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
        const array = [...values];
        expect(shuffle(array, createRandom(seed))).toBe(array);
        expect([...array].sort((a, b) => a - b)).toEqual([...values].sort((a, b) => a - b));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('makes every order of three about equally often', () => {
    const random = createRandom(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const key = shuffle([1, 2, 3], random).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
