import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/data/table.js';
import { parseTable } from '../../../src/data/takeRows.js';
import { fitLogisticRegression } from '../../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitParticipation } from '../../../src/potential/door/fitParticipation.js';
import { openParticipation } from '../../../src/potential/door/participation.js';

/** People whose odds of spending follow age and plan. */
function people(count: number, seed: number): { age: number; plan: string; spends: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(50);
    const plan = ['basic', 'gold', 'plus'][random.integer(3)]!;
    const logOdds = 0.06 * (age - 45) + (plan === 'gold' ? 1.2 : 0);
    return { age, plan, spends: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0 };
  });
}

function fit(rows: readonly { spends: number }[], features: readonly string[], weights: Float64Array | null = null): ReturnType<typeof fitParticipation> {
  return fitParticipation({ table: parseTable('test', rows), features, rows: Uint32Array.from(rows.keys()), spends: Float64Array.from(rows, ({ spends }) => spends), weights, folds: 4, seed: 1 });
}

describe('participation', () => {
  const rows = people(600, 3);
  const { state, report } = fit(rows, ['age', 'plan']);

  it('is the logistic regression on the profile where that foretells customers left out better than the rate', () => {
    const whole = fitLogisticRegression(rows, { target: 'spends' });
    const { probability } = openParticipation(state).of('test', readTable('test', rows));
    expect(report.method).toBe('logistic');
    expect(report.logLoss!).toBeLessThan(report.rateLogLoss!);
    expect(report.auc!).toBeGreaterThan(0.65);
    whole.predictProbability(rows).forEach((p, i) => expect(probability[i]).toBeCloseTo(p, 12));
  });

  it('moves with its coefficients by the delta method: loadings have the variance p² (1 - p)² x V x of the raw coefficients', () => {
    const whole = fitLogisticRegression(rows, { target: 'spends' });
    const { values } = whole.covariance()!;
    const { probability, loadings, unknowns } = openParticipation(state).of('test', readTable('test', rows.slice(0, 20)));
    expect(unknowns).toBe(4);
    rows.slice(0, 20).forEach(({ age, plan }, row) => {
      const x = [1, age, Number(plan === 'gold'), Number(plan === 'plus')];
      let variance = 0;
      for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) variance += x[a]! * x[b]! * values[a * 4 + b]!;
      const found = loadings.subarray(row * 4, row * 4 + 4).reduce((sum, loading) => sum + loading * loading, 0);
      expect(found / ((probability[row]! * (1 - probability[row]!)) ** 2 * variance)).toBeCloseTo(1, 6);
    });
  });

  it('takes a weight of 2 for the row twice', () => {
    const doubled = fit([...rows, ...rows.slice(0, 100)], ['age', 'plan']);
    const weighted = fit(rows, ['age', 'plan'], Float64Array.from(rows, (_, i) => (i < 100 ? 2 : 1)));
    const [a, b] = [doubled, weighted].map((found) => openParticipation(found.state).of('test', readTable('test', rows)));
    a!.probability.forEach((p, i) => expect(b!.probability[i]).toBeCloseTo(p, 10));
    for (let row = 0; row < 5; row++) {
      const [x, y] = [a!, b!].map(({ loadings, unknowns }) => loadings.subarray(row * unknowns, (row + 1) * unknowns).reduce((sum, loading) => sum + loading ** 2, 0));
      expect(x! / y!).toBeCloseTo(1, 6);
    }
  });

  it('is the rate, with its binomial error, where few spend nothing or the profile says nothing, and 1 where everybody spends', () => {
    const few = fit(rows.map((row, i) => ({ ...row, spends: i < 10 ? 0 : 1 })), ['age', 'plan']);
    expect(few.state).toEqual({ kind: 'rate', rate: 590 / 600, standardError: expect.closeTo(Math.sqrt(((590 / 600) * (10 / 600)) / 600), 14) as number });
    const blind = fit(rows.map((row, i) => ({ spends: row.spends, noise: ((i * 7919) % 601) / 7 })), ['noise']);
    expect(blind.report.method).toBe('rate');
    expect(blind.report.why).toContain('no better than the rate');
    const everybody = fit(rows.map((row) => ({ ...row, spends: 1 })), ['age']);
    const { probability, unknowns } = openParticipation(everybody.state).of('test', readTable('test', rows));
    expect([everybody.report.method, probability[0], unknowns]).toEqual(['none', 1, 0]);
  });

  it('lives with a profile that foretells everything, with levels never seen, and with columns that say the same', () => {
    const clear = fit(rows.map((row) => ({ ...row, spends: row.age > 45 ? 1 : 0, twice: 2 * row.age })), ['age', 'twice', 'plan']);
    const { probability, loadings } = openParticipation(clear.state).of('test', readTable('test', [{ age: 70, twice: 140, plan: 'gold' }, { age: 20, twice: 40, plan: 'platinum' }]));
    expect(probability[0]).toBeGreaterThan(0.9);
    expect(probability[1]).toBeLessThan(0.1);
    expect(loadings.every(Number.isFinite)).toBe(true);
  });
});
