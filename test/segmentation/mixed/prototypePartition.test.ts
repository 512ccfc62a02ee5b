import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { PrototypePartition, type MixedRows } from '../../../src/segmentation/mixed/prototypePartition.js';

function randomRows(count: number, seed: number): MixedRows {
  const random = createRandom(seed);
  return {
    count,
    numbers: Float64Array.from({ length: count * 2 }, () => (random.uniform() < 0.2 ? NaN : random.normal())),
    codes: Int32Array.from({ length: count * 2 }, () => random.integer(4) - 1),
    weights: Float64Array.from({ length: count }, () => 1 + random.integer(3)),
    mismatches: Float64Array.of(0.7, 1.3),
    levels: [3, 3],
  };
}

/** The cost of a partition by its definition. */
function naiveCost(rows: MixedRows, labels: ArrayLike<number>, segments: number): number {
  const costs = (of: (row: number, j: number) => number, j: number, segment: number): number => {
    const members = Array.from({ length: rows.count }, (_, row) => row).filter((row) => labels[row] === segment);
    const weightOf = (keep: (value: number) => boolean): number => members.reduce((sum, row) => sum + (keep(of(row, j)) ? rows.weights[row]! : 0), 0);
    const known = weightOf((value) => value === value && value !== -1);
    if (of === number) {
      const mean = members.reduce((sum, row) => sum + (of(row, j) === of(row, j) ? rows.weights[row]! * of(row, j) : 0), 0) / known;
      return members.reduce((sum, row) => sum + (of(row, j) === of(row, j) ? rows.weights[row]! * (of(row, j) - mean) ** 2 : 0), 0);
    }
    return rows.mismatches[j]! * (known - Math.max(...[0, 1, 2].map((level) => weightOf((value) => value === level))));
  };
  const number = (row: number, j: number): number => rows.numbers[row * 2 + j]!;
  const code = (row: number, j: number): number => rows.codes[row * 2 + j]!;
  let cost = 0;
  for (let segment = 0; segment < segments; segment++) for (const j of [0, 1]) cost += costs(number, j, segment) + costs(code, j, segment);
  return cost;
}

describe('PrototypePartition', () => {
  it('has the cost of the definition, before and after moves', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const rows = randomRows(30, seed);
      const partition = new PrototypePartition(rows, 3, 100);
      const random = createRandom(seed);
      partition.restore(Int32Array.from({ length: 30 }, () => random.integer(3)));
      expect(partition.cost).toBeCloseTo(naiveCost(rows, partition.labels, 3), 9);
      partition.improve(Infinity);
      expect(partition.cost).toBeCloseTo(naiveCost(rows, partition.labels, 3), 9);
    }
  });

  it('ends where the move of no single row makes it cheaper: found by trying all', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const rows = randomRows(20, seed);
      const partition = new PrototypePartition(rows, 3, 100);
      for (let segment = 0; segment < 3; segment++) partition.place(segment, segment * 5);
      partition.improve(Infinity);
      for (let row = 0; row < 20; row++) {
        if (partition.sizes[partition.labels[row]!] === 1) continue;
        for (let segment = 0; segment < 3; segment++) {
          const labels = partition.save();
          labels[row] = segment;
          expect(naiveCost(rows, labels, 3)).toBeGreaterThan(partition.cost - 1e-9);
        }
      }
    }
  });

  it('leaves no segment empty when prototypes coincide', () => {
    const rows = randomRows(20, 3);
    const partition = new PrototypePartition(rows, 4, 100);
    for (let segment = 0; segment < 4; segment++) partition.place(segment, 7);
    partition.improve(Infinity);
    expect(Math.min(...partition.sizes)).toBeGreaterThan(0);
  });
});
