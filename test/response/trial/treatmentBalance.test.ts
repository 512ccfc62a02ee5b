import { describe, expect, it } from 'vitest';
import { treatmentBalance } from '../../../src/response/trial/treatmentBalance.js';
import { simulatedTrial } from '../uplift/trialData.js';

const options = { target: 'bought', treatment: 'offer', control: 'none' } as const;

describe('treatmentBalance', () => {
  it('compares numbers by an analysis of variance', () => {
    // R: oneway.test(x ~ g, var.equal = TRUE) for 1 2 3 / 2 4 6: F = 2.4, df 1 and 4, p = 0.1963.
    const rows = [1, 2, 3, 2, 4, 6].map((x, i) => ({ x, offer: i < 3 ? 'none' : 'mail', bought: i % 2 }));
    const [line] = treatmentBalance(rows, options);
    expect(line).toMatchObject({ feature: 'x', test: 'F', degreesOfFreedom: [1, 4] });
    expect(line!.statistic).toBeCloseTo(2.4, 12);
    expect(line!.p).toBeCloseTo(0.1963, 3);
    expect(line!.largestDifference).toBeCloseTo(2 / Math.sqrt(16 / 6), 12);
  });

  it('compares categories by Pearson, missing being a level', () => {
    // R: chisq.test(matrix(c(10, 20, 20, 10), 2), correct = FALSE): 6.6667, p = 0.009823.
    const rows = Array.from({ length: 60 }, (_, i) => ({ plan: i < 10 || (i >= 30 && i < 50) ? 'gold' : null, offer: i < 30 ? 'none' : 'mail', bought: i % 2 }));
    const [line] = treatmentBalance(rows, options);
    expect(line).toMatchObject({ feature: 'plan', test: 'chi-square', degreesOfFreedom: [1] });
    expect(line!.statistic).toBeCloseTo(20 / 3, 10);
    expect(line!.p).toBeCloseTo(0.009823, 5);
    expect(line!.largestDifference).toBeCloseTo(1 / 3 / 0.5, 10);
  });

  it('corrects for the number of columns, and sorts by p', () => {
    const lines = treatmentBalance(simulatedTrial(300), { ...options, features: ['age', 'visits', 'plan'] });
    expect(lines).toHaveLength(3);
    lines.forEach(({ p, adjustedP }, i) => {
      expect(p).toBeGreaterThanOrEqual(lines[i - 1]?.p ?? 0);
      expect(adjustedP).toBeGreaterThanOrEqual(Math.min(1, p * (3 - i)));
      expect(adjustedP).toBeGreaterThanOrEqual(lines[i - 1]?.adjustedP ?? 0);
    });
  });

  it('counts a weight as repeated rows', () => {
    const rows = simulatedTrial(200);
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    const features = ['age', 'plan'] as const;
    const plain = treatmentBalance(repeated, { ...options, features });
    treatmentBalance(rows, { ...options, features, weights }).forEach((line, i) => {
      expect(line.statistic).toBeCloseTo(plain[i]!.statistic, 9);
      expect(line.p).toBeCloseTo(plain[i]!.p, 9);
    });
  });

  it('is finite where columns are constant, missing, or certain', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ same: 5, none: null, gives: i < 10 ? 0 : 1, flag: i % 2 === 0, offer: i < 10 ? 'none' : 'mail', bought: i % 2 }));
    const lines = Object.fromEntries(treatmentBalance(rows, options).map((line) => [line.feature, line]));
    expect(lines['same']).toMatchObject({ statistic: 0, p: 1, largestDifference: 0 });
    expect(lines['none']).toMatchObject({ p: 1 });
    expect(lines['gives']!.p).toBeLessThan(1e-12);
    expect(Number.isFinite(lines['gives']!.statistic)).toBe(true);
    expect(lines['flag']).toMatchObject({ test: 'chi-square', statistic: 0, p: 1 });
  });

  it('refuses a column it cannot compare', () => {
    const rows = simulatedTrial(30).map((row, i) => ({ ...row, since: new Date(1e12 + i) }));
    expect(() => treatmentBalance(rows, { ...options, features: ['since'] })).toThrow(/compares numbers and categories, found column "since" of kind date/);
    expect(treatmentBalance(rows, options).map(({ feature }) => feature)).not.toContain('since');
    expect(() => treatmentBalance(rows, { ...options, features: 'age' as unknown as ['age'] })).toThrow(/needs features as an array of names, found "age"/);
  });
});
