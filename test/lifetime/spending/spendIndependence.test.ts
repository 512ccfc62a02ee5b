import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { spendIndependence } from '../../../src/lifetime/spending/spendIndependence.js';
import { rankCorrelation } from '../../../src/numeric/rankCorrelation.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from './spendRows.js';

const frequency = [1, 1, 2, 3, 5, 8, 0, 13];
const monetary = [20, 35, 18, 40, 22, 55, NaN, 30];
// scipy 1.17.1: pearsonr(log(x), log(m)) with its p and interval; spearmanr(x, m) with its p.
const PEARSON = [0.38286596439929127, 0.3965985814066322, -0.5201668039731605, 0.8817093519028445];
const SPEARMAN = [0.37839373433213486, 0.4026022019217553];

describe('spendIndependence', () => {
  it('is that of scipy, of logs and of ranks', () => {
    const { customers, logCorrelation, rankCorrelation: ranks } = spendIndependence({ frequency, monetary });
    expect(customers).toBe(7);
    expect(logCorrelation.estimate).toBeCloseTo(PEARSON[0]!, 12);
    expect(logCorrelation.pValue).toBeCloseTo(PEARSON[1]!, 12);
    expect(logCorrelation.lower).toBeCloseTo(PEARSON[2]!, 12);
    expect(logCorrelation.upper).toBeCloseTo(PEARSON[3]!, 12);
    expect(ranks.estimate).toBeCloseTo(SPEARMAN[0]!, 12);
    expect(ranks.pValue).toBeCloseTo(SPEARMAN[1]!, 12);
    expect(ranks.lower! < ranks.estimate! && ranks.estimate! < ranks.upper!).toBe(true);
  });

  it('takes weights as so many customers', () => {
    const weights = [1, 2, 1, 3, 1, 1, 1, 0];
    const rows = frequency.flatMap((_, i) => Array.from({ length: weights[i]! }, () => i));
    const repeated = { frequency: rows.map((i) => frequency[i]!), monetary: rows.map((i) => monetary[i]!) };
    const [one, other] = [spendIndependence({ frequency, monetary, weights }), spendIndependence(repeated)];
    for (const name of ['logCorrelation', 'rankCorrelation'] as const) {
      expect(one[name].estimate).toBeCloseTo(other[name].estimate!, 13);
      expect(one[name].upper).toBeCloseTo(other[name].upper!, 12);
    }
    const known = rows.filter((i) => frequency[i]! > 0);
    expect(other.rankCorrelation.estimate).toBeCloseTo(rankCorrelation(known.map((i) => frequency[i]!), known.map((i) => monetary[i]!)), 13);
  });

  it('knows equal amounts as equal, however many they are a mean of', () => {
    // 3 * 0.1 / 3 is not 0.1.
    const x = [1, 3, 7, 2];
    const m = [0.1, 0.1, 0.1, 0.3];
    const right = rankCorrelation(x, m);
    expect(spendIndependence({ frequency: x, monetary: m }).rankCorrelation.estimate).toBeCloseTo(right, 14);
    expect(fitGammaGamma({ frequency: x, monetary: m }, { prior: 'weak' }).fit!.independence.rankCorrelation.estimate).toBeCloseTo(right, 14);
  });

  it('says in words how strong it is', () => {
    const { frequency: x, monetary: m } = simulateSpend({ p: 6, q: 4, v: 15 }, 1000, 1, 30);
    expect(spendIndependence({ frequency: x, monetary: m })).toMatchObject({ strength: 'negligible', message: expect.stringMatching(/does not depend/) as string });
    expect(spendIndependence({ frequency: x, monetary: m.map((amount, i) => amount * x[i]!) })).toMatchObject({ strength: 'strong', message: expect.stringMatching(/clearly more/) as string });
    expect(spendIndependence({ frequency: x, monetary: m.map((amount, i) => amount / x[i]! ** 0.15) })).toMatchObject({ strength: 'weak', message: expect.stringMatching(/somewhat less/) as string });
    expect(spendIndependence({ frequency: [2, 2], monetary: [1, 3] })).toMatchObject({ strength: 'unknown', logCorrelation: { estimate: null, pValue: null } });
    expect(spendIndependence({ frequency: [1, 2, 3], monetary: [1, 3, 2] })).toMatchObject({ rankCorrelation: { lower: null, pValue: null }, message: expect.stringMatching(/too few customers/) as string });
  });

  it('holds the truth as often as it says', () => {
    let held = 0;
    for (let company = 0; company < 200; company++) {
      const { lower, upper } = spendIndependence(simulateSpend({ p: 6, q: 4, v: 15 }, 60, company)).rankCorrelation;
      if (lower! < 0 && upper! > 0) held++;
    }
    expect(held).toBeGreaterThan(180);
    expect(held).toBeLessThan(200);
  });

  it('refuses what it cannot use', () => {
    expect(errorCode(() => spendIndependence({ frequency: [0], monetary: [NaN] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => spendIndependence({ frequency, monetary }, { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => spendIndependence({ frequency: [1], monetary: [0] }))).toBe('INVALID_VALUE');
  });
});
