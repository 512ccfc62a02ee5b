import { expect, it } from 'vitest';
import { buildMedoids } from '../../../src/numeric/medoids/buildMedoids.js';
import { createRandom } from '../../../src/numeric/random.js';

it('buildMedoids takes the row that lowers the cost most, one after another', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = createRandom(seed);
    const places = Array.from({ length: 15 }, () => [random.normal(), random.normal()] as const);
    const between = (a: readonly [number, number], b: readonly [number, number]): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
    const weights = Float64Array.from(places, () => 1 + random.integer(3));
    const distances = Float64Array.from(places.flatMap((a) => places.map((b) => between(a, b))));
    const costOf = (medoids: readonly number[]): number => places.reduce((sum, a, i) => sum + weights[i]! * Math.min(...medoids.map((m) => between(a, places[m]!))), 0);
    const wanted: number[] = [];
    for (let i = 0; i < 4; i++) {
      const costs = places.map((_, row) => costOf([...wanted, row]));
      wanted.push(costs.indexOf(Math.min(...costs)));
    }
    expect(Array.from(buildMedoids({ count: 15, distances, weights }, 4))).toEqual(wanted);
  }
});

it('buildMedoids of rows all in one place gives so many all the same', () => {
  expect(buildMedoids({ count: 3, distances: new Float64Array(9), weights: new Float64Array(3).fill(1) }, 2).length).toBe(2);
});
