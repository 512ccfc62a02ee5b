import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypergeometricP } from '../../../src/numeric/hypergeometric.js';
import { commonOddsRatio, conditionalP, mantelHaenszel } from '../../../src/paths/outcomes/stratifiedTables.js';

const Z = 1.959963984540054;

// R 4.2.2: a <- array(c(11,25,10,27, 16,4,22,10, 14,5,7,12, 2,14,1,16), dim = c(2, 2, 4)); mantelhaen.test(a, correct = FALSE), and exact = TRUE
const SMALL = { casesWith: [11, 16, 14, 2], controlsWith: [10, 22, 7, 1], cases: [36, 20, 19, 16], controls: [37, 32, 19, 17] };
// R 4.2.2: mantelhaen.test(UCBAdmissions, correct = FALSE)
const ADMISSIONS = {
  casesWith: [512, 353, 120, 138, 53, 22],
  controlsWith: [89, 17, 202, 131, 94, 24],
  cases: [825, 560, 325, 417, 191, 373],
  controls: [108, 25, 593, 375, 393, 341],
};

describe('commonOddsRatio', () => {
  it('has the common odds ratio and interval of R mantelhaen.test', () => {
    const small = commonOddsRatio(SMALL, Z)!;
    [small.estimate, small.lower, small.upper].forEach((figure, i) => expect(figure).toBeCloseTo([1.93990419468, 1.00398363707, 3.74829643191][i]!, 10));
    const admitted = commonOddsRatio(ADMISSIONS, Z)!;
    [admitted.estimate, admitted.lower, admitted.upper].forEach((figure, i) => expect(figure).toBeCloseTo([0.904696828259, 0.771907361759, 1.060329764437][i]!, 11));
  });

  it('adds half a row to each cell only where it would be 0 or infinite, and then as Haldane in one stratum', () => {
    const none = { casesWith: [5], controlsWith: [0], cases: [10], controls: [10] };
    expect(commonOddsRatio(none, Z)!.estimate).toBeCloseTo((5.5 * 10.5) / (0.5 * 5.5), 12);
    expect(commonOddsRatio({ ...none, controlsWith: [1] }, Z)!.estimate).toBeCloseTo((5 * 9) / (1 * 5), 12);
    const { lower, upper } = mantelHaenszel({ ...none, controlsWith: [1] }, Z, 0.5);
    // The logarithmic interval of Woolf: with one stratum that of Robins, Breslow and Greenland is the same.
    const half = Z * Math.sqrt(1 / 5.5 + 1 / 1.5 + 1 / 5.5 + 1 / 9.5);
    expect(Math.log(upper / lower) / 2).toBeCloseTo(half, 12);
  });

  it('is finite whatever the tables, and null only where no stratum with cases and controls has some with it and some without', () => {
    const table = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4));
    fc.assert(fc.property(fc.array(table, { minLength: 1, maxLength: 4 }), (rows) => {
      const tables = { casesWith: rows.map(([a]) => a), controlsWith: rows.map(([, b]) => b), cases: rows.map(([a, , c]) => a + c), controls: rows.map(([, b, , d]) => b + d) };
      const found = commonOddsRatio(tables, Z);
      const tells = rows.some(([a, b, c, d]) => (a + b) * (c + d) * (a + c) * (b + d) > 0);
      expect(found !== null).toBe(tells);
      if (found === null) return;
      const { estimate, lower, upper } = found;
      expect(lower > 0 && lower <= estimate && estimate <= upper && upper < Infinity).toBe(true);
    }), { seed: 20261122, numRuns: 300 });
  });
});

describe('conditionalP', () => {
  it('is twice the smaller exact tail of R mantelhaen.test(exact = TRUE)', () => {
    expect(conditionalP(SMALL)).toBeCloseTo(2 * 0.0334455852324, 11);
  });

  it('is that of Cochran, Mantel and Haenszel where the sum has many values', () => {
    expect(conditionalP(ADMISSIONS)).toBeCloseTo(0.216923697056, 11);
  });

  it('is the test of Fisher in one stratum, and 1 where nothing can differ', () => {
    expect(conditionalP({ casesWith: [7], controlsWith: [3], cases: [12], controls: [40] })).toBeCloseTo(hypergeometricP(7, 10, 12, 52), 12);
    expect(conditionalP({ casesWith: [3, 0], controlsWith: [2, 0], cases: [3, 1], controls: [2, 0] })).toBe(1);
    expect(conditionalP({ casesWith: [], controlsWith: [], cases: [], controls: [] })).toBe(1);
  });

  it('equals the enumeration of all ways to deal the marks within the strata', () => {
    const stratum = fc.record({ cases: fc.nat(4), controls: fc.nat(4), withIt: fc.nat(8) });
    fc.assert(fc.property(fc.array(stratum, { minLength: 1, maxLength: 3 }), fc.nat(1000), (strata, pick) => {
      const sums = strata.map(({ cases, controls, withIt }) => {
        const marks = Math.min(withIt, cases + controls);
        const ways: number[] = [];
        for (let set = 0; set < 1 << (cases + controls); set++) {
          const bits = [...set.toString(2)].filter((bit) => bit === '1').length;
          if (bits === marks) ways.push([...(set & ((1 << cases) - 1)).toString(2)].filter((bit) => bit === '1').length);
        }
        return { cases, controls, marks, ways };
      });
      const all = sums.reduce<number[]>((totals, { ways }) => totals.flatMap((total) => ways.map((way) => total + way)), [0]);
      const casesWith = sums.map(({ ways }) => ways[pick % ways.length]!);
      const found = casesWith.reduce((sum, count) => sum + count, 0);
      const tail = (test: (total: number) => boolean): number => all.filter(test).length / all.length;
      const expected = Math.min(1, 2 * Math.min(tail((total) => total <= found), tail((total) => total >= found)));
      const p = conditionalP({ casesWith, controlsWith: sums.map(({ marks }, i) => marks - casesWith[i]!), cases: sums.map(({ cases }) => cases), controls: sums.map(({ controls }) => controls) });
      expect(p).toBeCloseTo(expected, 12);
    }), { seed: 20261122, numRuns: 60 });
  });
});
