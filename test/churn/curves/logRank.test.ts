import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logRank } from '../../../src/churn/curves/logRank.js';
import { logRankPairs } from '../../../src/churn/curves/logRankPairs.js';
import { restrictedMeanDifference } from '../../../src/churn/curves/restrictedMeanDifference.js';
import { errorCode } from '../../errorCode.js';

const columns = { duration: 'months', event: 'left', by: 'plan' } as const;
const WEIGHTINGS = ['logRank', 'wilcoxon', 'taroneWare', 'peto', { rho: 1, gamma: 0.5 }] as const;
const row = fc.record({ start: fc.integer({ min: 0, max: 3 }), stay: fc.integer({ min: 1, max: 5 }), left: fc.boolean(), plan: fc.constantFrom('a', 'b', 'c'), region: fc.constantFrom(1, 2), weight: fc.integer({ min: 0, max: 3 }) });
const rowSets = fc.array(row, { minLength: 2, maxLength: 24 }).map((rows) => rows.map(({ start, stay, ...rest }) => ({ start, months: start + stay, ...rest }))).filter((rows) => new Set(rows.map(({ plan }) => plan)).size > 1 && rows.some(({ weight }) => weight > 0));
type Row = { readonly start: number; readonly months: number; readonly left: boolean; readonly plan: string };

/** Mantel's sums, each time counted anew; all weights 1. */
function naive(rows: readonly Row[], plan: string): { readonly score: number; readonly variance: number } {
  let [score, variance] = [0, 0];
  for (const time of new Set(rows.filter(({ left }) => left).map(({ months }) => months))) {
    const risk = rows.filter(({ start, months }) => start < time && months >= time);
    const had = risk.filter(({ months, left }) => left && months === time);
    const [n, d, own] = [risk.length, had.length, risk.filter((one) => one.plan === plan).length];
    score += had.filter((one) => one.plan === plan).length - (d * own) / n;
    if (n > 1) variance += (d * (n - d) * own * (n - own)) / (n * n * (n - 1));
  }
  return { score, variance };
}

describe('logRank', () => {
  it('is the sum over times, by hand', () => {
    const { statistic, degreesOfFreedom, groups, variance } = logRank([{ months: 1, plan: 'x' }, { months: 2, plan: 'y' }, { months: 3, plan: 'x' }], { duration: 'months', by: 'plan' });
    // Of one of three, of two, of one at risk: 2 / 3 + 1 / 2 + 1 in x.
    expect(groups.map(({ expected }) => expected)).toEqual([2 / 3 + 1 / 2 + 1, 1 / 3 + 1 / 2].map((value) => expect.closeTo(value, 14)));
    expect(variance[0]![0]).toBeCloseTo(2 / 9 + 1 / 4, 14);
    expect(statistic).toBeCloseTo((1 / 6) ** 2 / (2 / 9 + 1 / 4), 14);
    expect(degreesOfFreedom).toBe(1);
  });

  it('is what counting each time anew gives, also with late entry', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const { groups, variance, statistic, degreesOfFreedom } = logRank(rows, { ...columns, entry: 'start' });
        groups.forEach(({ group, observed, expected }, g) => {
          const wanted = naive(rows, String(group));
          expect(observed - expected).toBeCloseTo(wanted.score, 12);
          expect(variance[g]![g]).toBeCloseTo(wanted.variance, 12);
        });
        expect(groups.reduce((sum, { observed, expected }) => sum + observed - expected, 0)).toBeCloseTo(0, 12);
        if (groups.length === 2 && degreesOfFreedom === 1) expect(statistic).toBeCloseTo((groups[0]!.observed - groups[0]!.expected) ** 2 / variance[0]![0]!, 9);
        if (degreesOfFreedom === 0) expect(statistic).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('without ties is the score test of a Cox regression', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ left: fc.boolean(), plan: fc.constantFrom('a', 'b') }), { minLength: 3, maxLength: 20 }), (some) => {
        const rows = some.map((one, i) => ({ ...one, months: i + 1 }));
        fc.pre(new Set(rows.map(({ plan }) => plan)).size === 2);
        let [score, information] = [0, 0];
        rows.forEach(({ left, plan, months }) => {
          if (!left) return;
          const risk = rows.filter((one) => one.months >= months);
          const mean = risk.filter((one) => one.plan === 'a').length / risk.length;
          score += (plan === 'a' ? 1 : 0) - mean;
          information += mean * (1 - mean);
        });
        fc.pre(information > 0);
        expect(logRank(rows, columns).statistic).toBeCloseTo(score ** 2 / information, 10);
      }),
      { numRuns: 30 },
    );
  });

  it('does not ask for the order of rows, the unit of time or the names of groups; whole weights repeat rows', () => {
    fc.assert(
      fc.property(rowSets, fc.constantFrom(...WEIGHTINGS), fc.boolean(), (rows, weighting, stratified) => {
        const options = { ...columns, entry: 'start', weighting, ...(stratified ? { strata: 'region' as const } : {}) } as const;
        const repeated = [...rows].reverse().flatMap((one) => Array.from({ length: one.weight }, () => ({ ...one, start: one.start * 1e9, months: one.months * 1e9, plan: `${'cba'['abc'.indexOf(one.plan)]}` })));
        fc.pre(new Set(repeated.map(({ plan }) => plan)).size > 1);
        const weighted = logRank(rows, { ...options, weights: 'weight' });
        const plain = logRank(repeated, options);
        expect(weighted.degreesOfFreedom).toBe(plain.degreesOfFreedom);
        expect(weighted.statistic).toBeCloseTo(plain.statistic, 8);
        weighted.groups.forEach(({ expected, rows: count }, g) => {
          const other = plain.groups[plain.groups.length - 1 - g]!;
          expect(count).toBe(other.rows);
          expect(expected).toBeCloseTo(other.expected, 10);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('adds up within strata; one stratum is none', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const parts = [1, 2].map((region) => rows.filter((one) => one.region === region));
        const whole = logRank(rows, { ...columns, strata: 'region' });
        whole.groups.forEach(({ group, expected }) => {
          const sum = parts.reduce((total, part) => total + (new Set(part.map(({ plan }) => plan)).size < 2 ? (part[0]?.plan === group ? part.filter(({ left }) => left).length : 0) : (logRank(part, columns).groups.find((one) => one.group === group)?.expected ?? 0)), 0);
          expect(expected).toBeCloseTo(sum, 11);
        });
        expect(logRank(rows.map((one) => ({ ...one, region: 1 })), { ...columns, strata: 'region' })).toEqual(logRank(rows, columns));
      }),
      { numRuns: 30 },
    );
  });

  it('finds a group of one beside two of millions, whatever its name', () => {
    const large = Array.from({ length: 20 }, (_, i) => ({ months: 2 + (i >> 1), plan: i % 2 === 0 ? 'a' : 'b', weight: 1e8 }));
    const [first, last] = ['A', 'z'].map((plan) => logRank([{ months: 2, plan, weight: 1 }, ...large], { duration: 'months', by: 'plan', weights: 'weight' }));
    expect([first!.degreesOfFreedom, last!.degreesOfFreedom]).toEqual([2, 2]);
    expect(last!.statistic).toBeCloseTo(first!.statistic, 6);
  });

  it('leaves out groups of no weight, also from the number of pairs', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((months) => ({ months, left: 1, plan: months % 2 === 0 ? 'b' : 'd', weight: 1 }));
    const more = ['a', 'c', 'e'].map((plan) => ({ months: 3, left: 1, plan, weight: 0 }));
    const weighted = [more[0]!, ...rows, more[1]!, more[2]!];
    expect(logRank(weighted, { ...columns, weights: 'weight' })).toEqual(logRank(rows, columns));
    expect(logRankPairs(weighted, { ...columns, weights: 'weight' })).toEqual(logRankPairs(rows, columns));
    expect(errorCode(() => logRank([more[0]!, rows[0]!], { ...columns, weights: 'weight' }))).toBe('INVALID_OPTION');
  });

  it('has nothing to compare where nobody left, or groups were never there together', () => {
    const apart = [{ start: 0, months: 1, plan: 'a' }, { start: 1, months: 2, plan: 'b' }];
    expect(logRank(apart, { duration: 'months', entry: 'start', by: 'plan' })).toMatchObject({ statistic: 0, degreesOfFreedom: 0, p: 1 });
    expect(logRank(apart.map((one) => ({ ...one, left: 0 })), columns).p).toBe(1);
  });

  it('refuses what it cannot compare', () => {
    const rows = [{ months: 1, left: 1, plan: 'a' }, { months: 2, left: 1, plan: 'b' }];
    const code = (more: object, some: readonly object[] = rows) => errorCode(() => logRank(some as typeof rows, { ...columns, ...more }));
    expect(code({}, rows.slice(1))).toBe('INVALID_OPTION');
    expect(code({ weights: [1, 0.5] })).toBe('INVALID_VALUE');
    expect(code({ weighting: 'gehan' })).toBe('INVALID_OPTION');
    expect(code({ weighting: { rho: -1 } })).toBe('INVALID_OPTION');
    expect(code({ weighting: { p: 1 } })).toBe('INVALID_OPTION');
    expect(code({ by: undefined })).toBe('INVALID_OPTION');
    expect(code({}, [{ months: 1, left: 1, plan: null }, ...rows])).toBe('MISSING_VALUE');
    expect(code({}, [])).toBe('EMPTY_INPUT');
  });
});

describe('logRankPairs', () => {
  it('tests the rows of two groups alone, and adjusts for the number of pairs', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const pairs = logRankPairs(rows, { ...columns, strata: 'region', adjust: 'holm' });
        const discovery = logRankPairs(rows, { ...columns, strata: 'region', adjust: 'falseDiscovery' });
        const groups = new Set(rows.map(({ plan }) => plan)).size;
        expect(pairs.length).toBe((groups * (groups - 1)) / 2);
        pairs.forEach(({ groups: two, test, adjustedP }, i) => {
          expect(test).toEqual(logRank(rows.filter(({ plan }) => two.includes(plan)), { ...columns, strata: 'region' }));
          expect(adjustedP).toBeGreaterThanOrEqual(test.p);
          expect(adjustedP).toBeGreaterThanOrEqual(discovery[i]!.adjustedP * (1 - 1e-12));
        });
        const least = Math.min(...pairs.map(({ test }) => test.p));
        expect(Math.min(...pairs.map(({ adjustedP }) => adjustedP))).toBe(Math.min(1, least * pairs.length));
      }),
      { numRuns: 25 },
    );
  });
});

describe('restrictedMeanDifference', () => {
  const rows = [1, 2, 3, 4, 5].flatMap((months) => [{ months, left: 1, plan: 'a' }, { months: months + 3, left: months < 4 ? 1 : 0, plan: 'b' }]);

  it('takes the difference of two areas, with the errors of both', () => {
    const { groups, horizon } = restrictedMeanDifference(rows, { ...columns, horizon: 5 });
    expect(horizon).toBe(5);
    // The plain mean, and its error as of a mean of all.
    expect(groups[0]!.mean.estimate).toBeCloseTo(3, 14);
    expect(groups[0]!.mean.standardError).toBeCloseTo(Math.sqrt(2 / 5), 14);
    expect(groups[1]!.difference!.estimate).toBeCloseTo((4 + 5 * 4) / 5 - 3, 14);
    expect(groups[1]!.difference!.standardError).toBeCloseTo(Math.hypot(groups[0]!.mean.standardError, groups[1]!.mean.standardError), 14);
    const turned = restrictedMeanDifference(rows, { ...columns, horizon: 5, reference: 'b' });
    expect(turned.groups[0]!.difference!.estimate).toBeCloseTo(-groups[1]!.difference!.estimate, 14);
    expect(turned.groups[0]!.p).toBeCloseTo(groups[1]!.p!, 14);
  });

  it('counts as far as every group is known, by default', () => {
    // All of a have left by 5, so that only b limits it.
    expect(restrictedMeanDifference(rows, columns).horizon).toBe(8);
    expect(errorCode(() => restrictedMeanDifference(rows, { ...columns, horizon: 9 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => restrictedMeanDifference(rows, { ...columns, reference: 'c' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => restrictedMeanDifference(rows.slice(0, 1), columns))).toBe('INVALID_OPTION');
  });

  it('has no ratio where nothing is expected', () => {
    const rows = Array.from({ length: 8 }, (_, i) => ({ months: i + 1, left: false, plan: i % 2 ? 'a' : 'b' }));
    expect(logRank(rows, { duration: 'months', event: 'left', by: 'plan' })).toMatchObject({ p: 1, groups: [{ observed: 0, expected: 0, ratio: null }, { ratio: null }] });
  });
});
