import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { exchangeRows } from '../../../src/segmentation/kmeans/exchangeRows.js';
import { lloyd } from '../../../src/segmentation/kmeans/lloyd.js';
import { openCenters, placeRows, squaredDistances } from '../../../src/segmentation/kmeans/placeRows.js';
import { inertiaOf, takeMeans, type Points } from '../../../src/segmentation/kmeans/points.js';
import { seedCenters } from '../../../src/segmentation/kmeans/seedCenters.js';

/** The plain loop: every distance, every pass. */
function plainLloyd({ values, width, count, weights }: Points, start: Float64Array, maxIterations: number): { centers: Float64Array; labels: Int32Array; iterations: number } {
  const centers = start.slice();
  const labels = new Int32Array(count).fill(-1);
  const segments = centers.length / width;
  for (let iterations = 1; ; iterations++) {
    let changes = 0;
    for (let row = 0; row < count; row++) {
      let least = Infinity;
      let label = 0;
      for (let c = 0; c < segments; c++) {
        let square = 0;
        for (let j = 0; j < width; j++) square += (values[row * width + j]! - centers[c * width + j]!) ** 2;
        if (square < least) {
          least = square;
          label = c;
        }
      }
      if (labels[row] !== label) changes++;
      labels[row] = label;
    }
    if (changes === 0 || iterations === maxIterations) return { centers, labels, iterations };
    takeMeans({ values, width, count, weights }, labels, centers);
  }
}

function clouds(count: number, width: number, segments: number, seed: number, apart: number): Points {
  const random = createRandom(seed);
  const middles = Float64Array.from({ length: segments * width }, () => apart * random.normal());
  const values = Float64Array.from({ length: count * width }, (_, at) => middles[(Math.floor(at / width) % segments) * width + (at % width)]! + random.normal());
  return { values, width, count, weights: null };
}

describe('lloyd', () => {
  it.each([
    [500, 3, 5, 2, 0],
    [2000, 8, 8, 1, 0],
    [1500, 2, 17, 0.5, 0],
    [800, 40, 6, 1, 0],
    [1000, 4, 6, 2, 1e6],
  ])('gives the labels of the plain loop from equal centres: %i rows, %i columns, %i segments, %f apart, around %f', (count, width, segments, apart, around) => {
    for (let seed = 1; seed <= 3; seed++) {
      const points = clouds(count, width, segments, seed, apart);
      for (let at = 0; at < points.values.length; at++) points.values[at]! += around;
      const start = seedCenters(points, segments, createRandom(seed));
      for (const limit of [1, 2, 5, 300]) {
        const expected = plainLloyd(points, start, limit);
        const centers = start.slice();
        const labels = new Int32Array(count);
        const { iterations, sizes } = lloyd(points, centers, labels, limit);
        expect([...labels]).toEqual([...expected.labels]);
        expect(iterations).toBe(expected.iterations);
        expected.centers.forEach((value, at) => expect(centers[at]).toBeCloseTo(value, around > 0 ? 6 : 10));
        expect(sizes.reduce((a, b) => a + b)).toBe(count);
      }
    }
  });

  it('takes the first of equally near centres, as the plain loop does, on whole numbers', () => {
    const random = createRandom(5);
    const points: Points = { values: Float64Array.from({ length: 1200 }, () => random.integer(5)), width: 2, count: 600, weights: null };
    const start = Float64Array.of(0, 0, 4, 4, 0, 4, 4, 0, 2, 2);
    const expected = plainLloyd(points, start, 1);
    const labels = new Int32Array(600);
    lloyd(points, start.slice(), labels, 1);
    expect([...labels]).toEqual([...expected.labels]);
  });

  it('gives an empty segment the row that costs most where it is', () => {
    const points: Points = { values: Float64Array.of(0, 1, 2, 50), width: 1, count: 4, weights: null };
    const centers = Float64Array.of(1, 1000);
    const labels = new Int32Array(4);
    lloyd(points, centers, labels, 50);
    expect([...labels]).toEqual([0, 0, 0, 1]);
    expect([...centers]).toEqual([1, 50]);
  });

  it('stops where it is told to, on labels that fit its centres', () => {
    const points = clouds(2000, 3, 6, 4, 0.5);
    const centers = seedCenters(points, 6, createRandom(1));
    const labels = new Int32Array(2000);
    const { converged, iterations } = lloyd(points, centers, labels, 300, 0, (done) => done < 3);
    expect(converged).toBe(false);
    expect(iterations).toBe(4);
    expect([...labels]).toEqual([...placeRows(points.values, openCenters(centers, 3))]);
  });
});

describe('exchangeRows', () => {
  it('improves on a fixed point of Lloyd, until no single row would', () => {
    // Lloyd stays at {0, 2, 3.9} and {6}: 4 is the border's wrong side only when the centres follow.
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 14 }), (numbers) => {
        const points: Points = { values: Float64Array.from(numbers), width: 1, count: numbers.length, weights: null };
        const centers = seedCenters(points, 3, createRandom(1));
        const labels = new Int32Array(numbers.length);
        lloyd(points, centers, labels, 100);
        const before = inertiaOf(points, centers, labels);
        expect(exchangeRows(points, centers, labels)).toBe(true);
        takeMeans(points, labels, centers);
        const after = inertiaOf(points, centers, labels);
        expect(after).toBeLessThanOrEqual(before + 1e-9);
        for (let row = 0; row < numbers.length; row++) {
          for (let c = 0; c < centers.length; c++) {
            const other = labels.slice();
            other[row] = c;
            const moved = centers.slice();
            takeMeans(points, other, moved);
            expect(inertiaOf(points, moved, other)).toBeGreaterThanOrEqual(after - 1e-7);
          }
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('seedCenters', () => {
  it('gives distinct rows, and fewer where fewer differ', () => {
    const points: Points = { values: Float64Array.of(1, 1, 2, 2, 3, 1), width: 1, count: 6, weights: null };
    for (let seed = 1; seed < 20; seed++) expect([...seedCenters(points, 5, createRandom(seed))].sort()).toEqual([1, 2, 3]);
  });

  it('never draws a row of weight 0', () => {
    const points: Points = { values: Float64Array.of(5, 1, 2, 9), width: 1, count: 4, weights: Float64Array.of(0, 1, 1, 0) };
    for (let seed = 1; seed < 20; seed++) expect([...seedCenters(points, 2, createRandom(seed))].sort()).toEqual([1, 2]);
  });
});

describe('placeRows', () => {
  it('finds the nearest centre by what is known, and puts what is unknown in the first segment', () => {
    const centers = openCenters(Float64Array.of(0, 0, 10, 10, 0, 20), 2);
    const squares = new Float64Array(5);
    const labels = placeRows(Float64Array.of(1, 1, 9, NaN, NaN, 19, NaN, NaN, 5, 5), centers, squares);
    expect([...labels]).toEqual([0, 1, 2, 0, 0]);
    expect([...squares]).toEqual([2, 1, 1, 0, 50]);
    expect([...squaredDistances(Float64Array.of(9, NaN), centers)]).toEqual([81, 1, 81]);
  });

  it('adds the offsets', () => {
    expect([...placeRows(Float64Array.of(4, 6), openCenters(Float64Array.of(0, 10), 1, [0, 40]))]).toEqual([0, 0]);
    expect([...placeRows(Float64Array.of(4, NaN, 6, NaN), openCenters(Float64Array.of(0, 0, 10, 0), 2, [40, 0]))]).toEqual([1, 1]);
  });
});
