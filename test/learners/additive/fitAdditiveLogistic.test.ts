import { describe, expect, it } from 'vitest';
import { logLoss } from '../../../src/evaluation/logLoss.js';
import { fitAdditiveLogistic } from '../../../src/learners/additive/fitAdditiveLogistic.js';
import { fitLogisticRegression } from '../../../src/learners/fitLogisticRegression.js';
import { errorCode } from '../../errorCode.js';
import { curve, leavers, noise } from './simulate.js';

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const rows = leavers(3000, 1);
const model = fitAdditiveLogistic(rows, { target: 'left' });
const shapeOf = (feature: string) => model.terms().find(({ features }) => features.length === 1 && features[0] === feature)!;

describe('fitAdditiveLogistic', () => {
  it('gives two levels of many rows about their own log-odds, drawn together by one penalty', () => {
    const cards = Array.from({ length: 2000 }, (_, i) => ({ card: i < 1000 ? 'yes' : 'no', left: i % 10 < (i < 1000 ? 2 : 5) ? 1 : 0 }));
    const byCard = fitAdditiveLogistic(cards, { target: 'left' });
    const [yes, no] = byCard.predictProbability([{ card: 'yes' }, { card: 'no' }]);
    expect(yes).toBeCloseTo(0.2, 2);
    expect(no).toBeCloseTo(0.5, 2);
    expect(yes! > 0.2 && no! < 0.5).toBe(true);
    // A ridge penalty with free intercept, in one coefficient b for the contrast (yes - no) / sqrt(2): its strength is effective / b^2, as asked for.
    const [{ strength, effectiveCount }] = byCard.penalties as unknown as [{ strength: number; effectiveCount: number }];
    const b = (Math.log(yes! / (1 - yes!)) - Math.log(no! / (1 - no!))) / Math.SQRT2;
    expect((strength * b * b) / effectiveCount).toBeCloseTo(1, 2);
  });

  it('is a ridge regression where all terms are straight', () => {
    const straight = leavers(2000, 2).map(({ months, plan, left }, i) => ({ months, week: (i * 7) % 13, gold: plan === 'gold', left }));
    const lines = fitAdditiveLogistic(straight, { target: 'left', knots: 2, crosses: 'none' });
    const ridge = fitLogisticRegression(straight, { target: 'left', ridge: lines.penalties[0]!.strength! });
    const [found, wanted] = [lines, ridge].map((one) => one.predictLogOdds(straight));
    found!.forEach((value, row) => expect(value).toBeCloseTo(wanted![row]!, 8));
    expect(lines.parameterCount).toBeCloseTo(ridge.parameterCount, 1);
  });

  it('recovers a curve, with bands that hold it', () => {
    const { points } = shapeOf('months');
    const centered = mean(rows.map(({ months }) => curve(months)));
    const errors = points.map(({ at, effect }) => effect - (curve(at[0] as number) - centered));
    expect(Math.sqrt(mean(errors.map((error) => error * error)))).toBeLessThan(0.25);
    const held = points.filter(({ at, lower, upper }) => lower <= curve(at[0] as number) - centered && curve(at[0] as number) - centered <= upper);
    expect(held.length).toBeGreaterThanOrEqual(0.75 * points.length);
  });

  it('leaves straight what is straight, and next to nothing of what is noise', () => {
    expect(model.penalties.find(({ name }) => name === 'bends of spend')!.effectiveCount).toBeLessThan(1);
    expect(shapeOf('region').spread).toBeLessThan(0.1 * shapeOf('months').spread);
    expect(model.terms()[0]!.features).toEqual(['months']);
  });

  it('is calibrated in the large', () => {
    expect(mean(model.predictProbability(rows))).toBeCloseTo(mean(rows.map(({ left }) => left)), 8);
    expect(model.convergence.converged).toBe(true);
    expect(model.aic).toBeLessThan(-2 * model.nullLogLikelihood);
  });

  it('finds the pair that acts together, and none where all adds up', () => {
    expect(model.crosses).toEqual([]);
    expect(model.crossesTested).toBe(6);
    const together = leavers(3000, 6, 1);
    const found = fitAdditiveLogistic(together, { target: 'left' });
    expect(found.crosses.map(({ features }) => features)).toEqual([['months', 'plan']]);
    expect(found.crosses[0]!.p).toBeLessThan(1e-6);
    const later = leavers(3000, 7, 1);
    const [losses, alone] = [found, fitAdditiveLogistic(together, { target: 'left', crosses: 'none' })].map((one) => logLoss(later.map(({ left }) => left), one.predictProbability(later)));
    expect(losses).toBeLessThan(alone! - 0.02);
  });

  it('takes a pair by chance in one of twenty fits at most', () => {
    const fits = Array.from({ length: 60 }, (_, k) => fitAdditiveLogistic(leavers(500, 100 + k), { target: 'left' }));
    expect(fits.filter(({ crosses }) => crosses.length > 0).length).toBeLessThanOrEqual(5);
    expect(fits.every(({ convergence }) => convergence.converged)).toBe(true);
  });

  it('takes the pairs it is told, numbers with numbers too', () => {
    const told = fitAdditiveLogistic(leavers(1500, 5, 1), { target: 'left', crosses: [['plan', 'months'], ['months', 'spend']] });
    expect(told.crosses[0]).toEqual({ features: ['plan', 'months'], p: null });
    const pair = told.terms().find(({ kind, features }) => kind === 'pair' && features[0] === 'plan')!;
    expect(pair.points[0]!.at).toEqual(['basic', 0]);
  });

  it.each([11, 12])('does not learn from noise (seed %i)', (seed) => {
    const fitted = fitAdditiveLogistic(noise(3000, seed), { target: 'left' });
    const later = noise(4000, seed + 50);
    const labels = later.map(({ left }) => left as number);
    const rate = fitted.events / fitted.rowCount;
    expect(fitted.crosses).toEqual([]);
    expect(logLoss(labels, fitted.predictProbability(later))).toBeLessThan(logLoss(labels, labels.map(() => rate)) + 0.001);
  });

  it('holds a number monotone, and says nothing more of one that runs the other way', () => {
    const rising = fitAdditiveLogistic(rows, { target: 'left', monotone: { months: 'increasing' } });
    const effects = rising.terms().find(({ features }) => features[0] === 'months')!.points.map(({ effect }) => effect);
    effects.forEach((effect, i) => expect(i === 0 || effect >= effects[i - 1]! - 1e-12).toBe(true));
    expect(effects.at(-1)! - effects[0]!).toBeGreaterThan(0);
    const falling = fitAdditiveLogistic(rows, { target: 'left', monotone: { spend: 'decreasing' } });
    const spends = falling.predictProbability([-2, 0, 2].map((spend) => ({ ...rows[0]!, spend })));
    expect(spends[2]).toBeCloseTo(spends[0]!, 12);
    expect(mean(falling.predictProbability(rows))).toBeCloseTo(mean(rows.map(({ left }) => left)), 8);
  });

  it('stays finite where a level foretells every row', () => {
    const certain = Array.from({ length: 400 }, (_, i) => ({ closed: i % 4 === 0 ? 'yes' : 'no', wobble: i % 7, left: i % 4 === 0 ? 1 : 0 }));
    const [high, low] = fitAdditiveLogistic(certain, { target: 'left' }).predictProbability([{ closed: 'yes', wobble: 3 }, { closed: 'no', wobble: 3 }]);
    expect(high! > 0.97 && high! < 1).toBe(true);
    expect(low! < 0.03 && low! > 0).toBe(true);
  });

  it('stops when told', () => {
    let calls = 0;
    const stopped = fitAdditiveLogistic(rows.slice(0, 300), { target: 'left', onProgress: () => ++calls < 3 });
    expect(stopped.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
    expect(calls).toBe(3);
    expect(fitAdditiveLogistic(rows.slice(0, 300), { target: 'left', maxIterations: 2 }).convergence.reason).toBe('iteration limit');
  });

  it('takes constant columns, one feature, and few rows', () => {
    const few = Array.from({ length: 12 }, (_, i) => ({ same: 1, one: 'x', nothing: null, x: i, left: i % 2 }));
    const fitted = fitAdditiveLogistic(few, { target: 'left' });
    expect(fitted.predictProbability(few).every((p) => p > 0 && p < 1)).toBe(true);
    expect(fitAdditiveLogistic(few, { target: 'left', features: ['same'] }).predictProbabilityRow({ same: 5 })).toBeCloseTo(0.5, 10);
  });

  it('refuses what no fit could be meant by', () => {
    const code = (options: object, data: object[] = rows.slice(0, 50)): string => errorCode(() => fitAdditiveLogistic(data, { target: 'left', ...options } as never));
    for (const wrong of [{ knots: 1 }, { knots: 2.5 }, { maxCrosses: -1 }, { crosses: 'all' }, { crosses: [['months']] }, { crosses: [['months', 'months']] }, { crosses: [['months', 'plan'], ['plan', 'months']] }, { classWeight: 'balanced' }, { monotone: { months: 'up' } }, { monotone: { plan: 'increasing' } }, { features: ['left'] }, { maxIterations: 0 }, { crosses: [['months', 'plan']], monotone: { months: 'increasing' } }]) {
      expect(code(wrong), JSON.stringify(wrong)).toBe('INVALID_OPTION');
    }
    expect(code({ crosses: [['months', 'colour']] })).toBe('UNKNOWN_COLUMN');
    expect(code({ target: 'colour' })).toBe('UNKNOWN_COLUMN');
    expect(code({}, [])).toBe('EMPTY_INPUT');
    expect(code({}, rows.slice(0, 50).map((row) => ({ ...row, left: 1 })))).toBe('TARGET_CLASSES');
    expect(code({}, rows.slice(0, 50).map((row, i) => ({ ...row, left: i === 7 ? null : row.left })))).toBe('MISSING_VALUE');
    expect(code({}, rows.slice(0, 50).map((row, i) => ({ ...row, spend: i === 7 ? Infinity : row.spend })))).toBe('NON_FINITE_VALUE');
    expect(code({ weights: new Float64Array(3) })).toBe('LENGTH_MISMATCH');
    expect(code({ weights: rows.slice(0, 50).map(() => -1) })).toBe('INVALID_VALUE');
    expect(code({ weights: rows.slice(0, 50).map(({ left }) => left) })).toBe('TARGET_CLASSES');
  });
});
