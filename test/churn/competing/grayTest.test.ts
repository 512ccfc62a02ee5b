import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grayTest } from '../../../src/churn/competing/grayTest.js';
import { createRandom } from '../../../src/numeric/random.js';
import { logRank } from '../../../src/churn/curves/logRank.js';
import { errorCode } from '../../errorCode.js';

const columns = { duration: 'months', cause: 'end', of: 'left', by: 'plan' } as const;
const rowSets = fc
  .array(fc.record({ months: fc.integer({ min: 1, max: 9 }), end: fc.constantFrom(null, 'left', 'grew'), plan: fc.constantFrom('a', 'b', 'c') }), { minLength: 4, maxLength: 30 })
  .map((rows) => [...rows, { months: 4, end: 'left', plan: 'a' }, { months: 5, end: 'left', plan: 'b' }, { months: 9, end: null, plan: 'a' }, { months: 9, end: null, plan: 'b' }]);

describe('grayTest', () => {
  it('without competing events and ties has the scores of the log-rank test', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const distinct = rows.map(({ end, plan }, i) => ({ months: i + 1, end: end === 'grew' ? null : end, left: end === 'left' ? 1 : 0, plan }));
        const { groups } = logRank(distinct, { duration: 'months', event: 'left', by: 'plan' });
        grayTest(distinct, columns).groups.forEach(({ score, observed }, g) => {
          expect(score).toBeCloseTo(groups[g]!.observed - groups[g]!.expected, 10);
          expect(observed).toBe(groups[g]!.observed);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('does not ask for the order of rows, the unit of time or which group is last; one stratum is none', () => {
    fc.assert(
      fc.property(rowSets, fc.constantFrom(0, 1), (rows, rho) => {
        const first = grayTest(rows, { ...columns, rho });
        expect(first.groups.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(0, 10);
        const other = grayTest([...rows].reverse().map((one) => ({ ...one, months: one.months * 1e9, plan: `${'cba'['abc'.indexOf(one.plan)]}`, region: 1 })), { ...columns, rho, strata: 'region' });
        fc.pre(first.groups.length < 3 || first.degreesOfFreedom === 2);
        expect(other.degreesOfFreedom).toBe(first.degreesOfFreedom);
        expect(other.statistic).toBeCloseTo(first.statistic, 7);
      }),
      { numRuns: 40 },
    );
  });

  it('finds as many differences as promised where there are none', () => {
    const random = createRandom(5);
    let found = 0;
    const trials = 300;
    for (let trial = 0; trial < trials; trial++) {
      const rows = Array.from({ length: 80 }, (_, i) => {
        const [left, grew, end] = [-Math.log(1 - random.uniform()), -Math.log(1 - random.uniform()), 2 * random.uniform()];
        return { months: Math.min(left, grew, end), end: left < Math.min(grew, end) ? 'left' : grew < end ? 'grew' : null, plan: i % 2 };
      });
      if (grayTest(rows, columns).p < 0.1) found++;
    }
    // 30 expected, 5.2 the standard deviation.
    expect(Math.abs(found - trials * 0.1)).toBeLessThan(16);
  });

  it('refuses what it cannot compare', () => {
    const rows = [{ months: 1, end: 'left', plan: 'a' }, { months: 2, end: null, plan: 'b' }];
    const code = (more: object, some: readonly object[] = rows) => errorCode(() => grayTest(some as typeof rows, { ...columns, ...more }));
    expect(code({ of: 'grew' })).toBe('INVALID_OPTION');
    expect(code({ rho: -1 })).toBe('INVALID_OPTION');
    expect(code({ weights: [1, 1] })).toBe('INVALID_OPTION');
    expect(code({}, [rows[0]!, { ...rows[1], plan: 'a' }])).toBe('INVALID_OPTION');
    expect(code({}, [])).toBe('EMPTY_INPUT');
    expect(code({}, [{ ...rows[0], plan: null }, rows[1]!])).toBe('MISSING_VALUE');
  });
});
