import { describe, expect, it } from 'vitest';
import { chooseLaw } from '../../../src/lifetime/value/chooseLaw.js';
import type { LifetimeValueCandidate, LifetimeValueLaw } from '../../../src/lifetime/value/lifetimeValueReport.js';

const row = (law: LifetimeValueLaw, bic: number, gap: number | null = null, error = 0.01, converged = true): LifetimeValueCandidate => ({
  law,
  parameters: {},
  parameterCount: 4,
  logLikelihood: 0,
  aic: -bic,
  bic,
  converged,
  logScore: gap === null ? null : -gap,
  logScoreGap: gap,
  logScoreGapError: gap === null ? null : error,
  meanAbsoluteError: null,
  bias: null,
});

describe('chooseLaw', () => {
  it('takes the best foreteller, unless others within one standard error have a lower BIC', () => {
    const clear = chooseLaw([row('mbgNbd', 100, 0), row('nbd', 50, 0.02)], 'holdout', '');
    expect([clear.chosen, clear.reason]).toEqual(['mbgNbd', 'mbgNbd: it foretold the purchases held out best, 0.020 a customer in log score before nbd']);
    const level = chooseLaw([row('mbgNbd', 100, 0), row('nbd', 50, 0.005), row('bgNbd', 70, 0.009)], 'holdout', '');
    expect(level.chosen).toBe('nbd');
    expect(level.reason).toBe('nbd: no other law foretold the purchases held out significantly better; mbgNbd and bgNbd did as well within one standard error, and its BIC is the lowest of these');
  });

  it('keeps the order where laws are equal but for rounding', () => {
    const rows = [row('mbgNbd', 100, 1e-13), row('mbgCnbdK', 100 - 1e-10, 0)];
    expect(chooseLaw(rows, 'holdout', '').chosen).toBe('mbgNbd');
    expect(chooseLaw(rows, 'bic', '').chosen).toBe('mbgNbd');
    expect(chooseLaw(rows, 'holdout', '').candidates.map(({ law }) => law)).toEqual(['mbgNbd', 'mbgCnbdK']);
  });

  it('takes the lowest BIC or AIC, and tells by how much and why no better is known', () => {
    const rows = [row('mbgNbd', 100), row('nbd', 90), row('bgNbd', 97)];
    expect(chooseLaw(rows, 'bic', 'the log is short')).toEqual({ chosen: 'nbd', judgedBy: 'bic', reason: 'nbd has the lowest BIC of 3 laws, 7.0 below that of bgNbd; the log is short', candidates: [rows[1], rows[2], rows[0]] });
    expect(chooseLaw(rows, 'aic', '').chosen).toBe('mbgNbd');
  });

  it('leaves laws whose search did not end behind, unless there are no others', () => {
    expect(chooseLaw([row('mbgNbd', 10, 0, 0.01, false), row('nbd', 90, 0.5)], 'holdout', '').chosen).toBe('nbd');
    expect(chooseLaw([row('mbgNbd', 10, null, 0, false), row('nbd', 90)], 'bic', '').reason).toBe('nbd has the lowest BIC of 2 laws, as the only one whose search ended');
    expect(chooseLaw([row('mbgNbd', 10, null, 0, false), row('nbd', 90, null, 0, false)], 'bic', '').chosen).toBe('mbgNbd');
    expect(chooseLaw([row('mbgNbd', 10)], 'bic', '').judgedBy).toBe('given');
  });
});
