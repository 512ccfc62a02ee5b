import { describe, expect, it } from 'vitest';
import { timeMoments } from '../../../../src/churn/cox/after/timeMoments.js';
import { timeScale } from '../../../../src/churn/cox/after/timeScale.js';
import { naiveSteps, randomRows, SHAPES } from './naiveCox.js';

describe.each(SHAPES)('rows that are %s', (_, shape) => {
  it('slope and information are what the definition says, time by time', () => {
    const p = shape.columns;
    for (const ties of ['efron', 'breslow'] as const) {
      for (const size of [0.5, 250]) {
        const rows = randomRows(11, shape);
        const beta = Float64Array.from({ length: p }, (_, j) => size / (j + 1));
        const scale = timeScale('test', rows, 'km');
        const wanted = { slope: new Float64Array(p), information: new Float64Array(p * p), mixed: new Float64Array(p * p), second: new Float64Array(p * p) };
        const weightOf = (row: number): number => rows.weights?.[row] ?? 1;
        const z = (row: number, j: number): number => rows.design[row * p + j]!;
        for (const { block, expected, mean, weight } of naiveSteps(rows, beta, ties)) {
          const g = scale[block]!;
          for (let j = 0; j < p; j++) {
            wanted.slope[j]! -= g * weight * mean[j]!;
            for (let k = 0; k < p; k++) {
              let variance = 0;
              for (const [row, amount] of expected) variance += weightOf(row) * amount * (z(row, j) - mean[j]!) * (z(row, k) - mean[k]!);
              wanted.information[j * p + k]! += variance;
              wanted.mixed[j * p + k]! += g * variance;
              wanted.second[j * p + k]! += g * g * variance;
            }
          }
        }
        for (let block = 0; block < scale.length; block++) {
          for (let row = rows.blockStarts[block]!; row < rows.eventEnds[block]!; row++) for (let j = 0; j < p; j++) wanted.slope[j]! += scale[block]! * weightOf(row) * z(row, j);
        }
        const found = timeMoments(rows, beta, ties, scale);
        for (const name of ['slope', 'information', 'mixed', 'second'] as const) {
          wanted[name].forEach((value, i) => expect(Math.abs(found[name][i]! - value), `${name} ${i}`).toBeLessThan(1e-9 * (1 + Math.abs(value))));
        }
      }
    }
  });
});

describe('scales of time', () => {
  const rows = randomRows(2, { n: 6, columns: 1, times: 3, entries: false, weights: false, strata: 1 });
  const spread = (transform: 'km' | 'rank' | 'log' | 'identity'): number[] => Array.from(timeScale('test', rows, transform));

  it('have mean 0 over the events, and fall going back in time', () => {
    for (const transform of ['km', 'rank', 'log', 'identity'] as const) {
      const scale = spread(transform);
      const counts = Array.from(rows.eventEnds, (end, block) => end - rows.blockStarts[block]!);
      expect(Math.abs(scale.reduce((sum, g, block) => sum + g * counts[block]!, 0))).toBeLessThan(1e-12);
      for (let block = 1; block < scale.length; block++) expect(scale[block]!).toBeLessThanOrEqual(scale[block - 1]!);
    }
  });

  it('weigh a row of weight 2 like two rows', () => {
    const shape = { n: 8, columns: 1, times: 4, entries: true, weights: false, strata: 1 };
    const plain = randomRows(4, shape);
    const weighted = { ...plain, weights: new Float64Array(8).fill(2) };
    const twice = timeScale('test', weighted, 'km');
    timeScale('test', plain, 'km').forEach((g, block) => expect(twice[block]).toBeCloseTo(g, 12));
    const ranks = timeScale('test', weighted, 'rank');
    timeScale('test', plain, 'rank').forEach((g, block) => expect(ranks[block]).toBeCloseTo(2 * g, 12));
  });

  it('a logarithm needs events after 0', () => {
    const atZero = { ...rows, durations: rows.durations.map((time, row) => (row === 5 ? 0 : time)), events: rows.events.map(() => 1), blockStarts: Uint32Array.of(0, 5, 6), eventEnds: Uint32Array.of(5, 6) };
    expect(() => timeScale('proportionalHazardsTest', atZero, 'log')).toThrow(/events after time 0 for transform 'log', found one at 0/);
  });
});
