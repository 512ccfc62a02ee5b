import { createRandom } from '../../../../src/numeric/random.js';
import { coxRows, type CoxRows } from '../../../../src/churn/cox/coxRows.js';

export interface Shape {
  readonly n: number;
  readonly columns: number;
  /** Few distinct times make many ties. */
  readonly times: number;
  readonly entries: boolean;
  readonly weights: boolean;
  readonly strata: number;
}

/** Random rows of a shape. */
export function randomRows(seed: number, { n, columns, times, entries, weights, strata }: Shape): CoxRows {
  const random = createRandom(seed);
  const durations = Float64Array.from({ length: n }, () => 2 + Math.floor(random.uniform() * times));
  const rows = {
    durations,
    events: Uint8Array.from({ length: n }, (_, i) => Number(i < 2 || random.uniform() < 0.6)),
    entries: entries ? durations.map((end) => Math.floor(random.uniform() * (end - 0.5))) : null,
    weights: weights ? Float64Array.from({ length: n }, () => 0.5 + Math.floor(3 * random.uniform())) : null,
  };
  const design = Array.from({ length: columns }, (_, j) => ({ kind: 'number' as const, name: `x${j}`, center: 0, scale: 1, values: Float64Array.from({ length: n }, () => random.normal()) }));
  return coxRows(rows, design, strata > 1 ? { codes: Int32Array.from({ length: n }, (_, i) => i % strata), count: strata } : null);
}

/** One step of hazard of one event: its size, the mean of z, and who is at risk with which part of exp(eta). */
export interface NaiveStep {
  readonly block: number;
  /** exp(eta) times the step, of each row at risk. */
  readonly expected: ReadonlyMap<number, number>;
  readonly mean: readonly number[];
  readonly logHazard: number;
  readonly weight: number;
  readonly time: number;
}

/** Every step by itself, each risk set gathered afresh: the definition. */
export function naiveSteps(rows: CoxRows, beta: ArrayLike<number>, ties: 'efron' | 'breslow'): NaiveStep[] {
  const { stratumBlocks, blockStarts, eventEnds, durations, entries, weights, design, columnCount: p } = rows;
  const z = (row: number): number[] => Array.from(design.subarray(row * p, row * p + p));
  const eta = Array.from({ length: rows.rowCount }, (_, row) => z(row).reduce((sum, value, j) => sum + value * beta[j]!, 0));
  const steps: NaiveStep[] = [];
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    for (let block = stratumBlocks[s + 1]! - 1; block >= stratumBlocks[s]!; block--) {
      const time = durations[blockStarts[block]!]!;
      const from = blockStarts[stratumBlocks[s]!]!;
      const atRisk = Array.from({ length: blockStarts[block + 1]! - from }, (_, i) => from + i).filter((row) => entries === null || entries[row]! < time);
      const count = eventEnds[block]! - blockStarts[block]!;
      const isTied = (row: number): boolean => row >= blockStarts[block]! && row < eventEnds[block]!;
      const unit = Math.max(...atRisk.map((row) => eta[row]!));
      const weight = atRisk.filter(isTied).reduce((sum, row) => sum + (weights?.[row] ?? 1), 0) / count;
      for (let j = 0; j < count; j++) {
        const share = (row: number): number => (isTied(row) && ties === 'efron' ? 1 - j / count : 1);
        const risk = new Map(atRisk.map((row) => [row, share(row) * Math.exp(eta[row]! - unit)]));
        const total = atRisk.reduce((sum, row) => sum + (weights?.[row] ?? 1) * risk.get(row)!, 0);
        const mean = Array.from({ length: p }, (_, k) => atRisk.reduce((sum, row) => sum + (weights?.[row] ?? 1) * risk.get(row)! * z(row)[k]!, 0) / total);
        const expected = new Map(atRisk.map((row) => [row, (weight * risk.get(row)!) / total]));
        steps.push({ block, expected, mean, logHazard: Math.log(weight / total) - unit, weight, time });
      }
    }
  }
  return steps;
}

export const SHAPES: readonly (readonly [string, Shape])[] = [
  ['plain', { n: 30, columns: 2, times: 1000, entries: false, weights: false, strata: 1 }],
  ['tied', { n: 40, columns: 3, times: 6, entries: false, weights: false, strata: 1 }],
  ['weighted, of two strata', { n: 40, columns: 2, times: 5, entries: false, weights: true, strata: 2 }],
  ['entering later', { n: 40, columns: 2, times: 20, entries: true, weights: false, strata: 1 }],
  ['all at once', { n: 60, columns: 2, times: 8, entries: true, weights: true, strata: 3 }],
];
