import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Holdings } from '../../../src/data/holdings.js';
import { falseDiscoveryQ } from '../../../src/numeric/falseDiscovery.js';
import { hypergeometricUpper } from '../../../src/numeric/hypergeometricTail.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { AssociationRule } from '../../../src/propensity/rules/associationRule.js';
import { associationRules } from '../../../src/propensity/rules/associationRules.js';
import type { RuleMeasure } from '../../../src/propensity/rules/ruleMeasures.js';
import type { AssociationRuleOptions } from '../../../src/propensity/rules/ruleOptions.js';
import { errorCode } from '../../errorCode.js';
import { basketsOf, bitsOf, countSets } from './baskets.js';

const sidesOf = ({ antecedent, consequent }: AssociationRule): string => `${antecedent.join('+')} => ${consequent.join('+')}`;

const smallRows = fc.array(fc.array(fc.nat(5), { maxLength: 6 }), { minLength: 1, maxLength: 20 });
const all = { minCount: 1, minConfidence: 0, redundant: 'keep' } as const;

/** Some baskets with the antecedent 0, the consequent 1, both, and neither. */
function twoByTwo(both: number, antecedentOnly: number, consequentOnly: number, neither: number): Holdings {
  return basketsOf([...Array<number[]>(both).fill([0, 1]), ...Array<number[]>(antecedentOnly).fill([0]), ...Array<number[]>(consequentOnly).fill([1]), ...Array<number[]>(neither).fill([])]);
}

const parts = (set: number): number[] => Array.from({ length: set }, (_, part) => part).filter((part) => part > 0 && (part & ~set) === 0);
const length = (set: number): number => set.toString(2).replaceAll('0', '').length;

/** Antecedent, consequent and improvement of every rule, by trying all pairs of disjoint sets. */
function bruteForce(rows: readonly (readonly number[])[], minCount: number, minConfidence: number, many: boolean): Map<string, number> {
  const counts = countSets(rows, 6);
  counts[0] = rows.length;
  const found = new Map<string, number>();
  for (let both = 1; both < counts.length; both++) {
    if (counts[both]! < minCount) continue;
    for (const antecedent of parts(both)) {
      const consequent = both & ~antecedent;
      const confidence = counts[both]! / counts[antecedent]!;
      if ((!many && length(consequent) > 1) || confidence < minConfidence) continue;
      const best = Math.max(...[0, ...parts(antecedent)].map((part) => counts[part | consequent]! / counts[part]!));
      found.set(`${antecedent} => ${consequent}`, confidence - best);
    }
  }
  return found;
}

describe('associationRules', () => {
  it('measures what a hand can reckon', () => {
    // 3 of 5 with p00 have p01, which 4 of 10 have.
    const { rules } = associationRules(twoByTwo(3, 2, 1, 4), { minCount: 2 });
    const rule = rules.find(({ antecedent }) => antecedent[0] === 'p00')!;
    expect(rule).toMatchObject({ antecedent: ['p00'], consequent: ['p01'], count: 3, antecedentCount: 5, consequentCount: 4, antecedentSupport: 0.5, consequentSupport: 0.4, support: 0.3 });
    expect(rule.confidence.estimate).toBe(0.6);
    const expected = {
      lift: 1.5, leverage: 0.1, conviction: 1.5, zhang: 0.1 / Math.max(0.3 * 0.5, 0.5 * 0.1), phi: 0.1 / Math.sqrt(0.5 * 0.5 * 0.4 * 0.6), chiSquare: (10 * 0.01) / (0.25 * 0.24), cosine: 3 / Math.sqrt(20),
      jaccard: 0.5, kulczynski: (0.6 + 0.75) / 2, imbalance: 1 / 6, oddsRatio: (3 * 4) / (2 * 1), certainty: 0.2 / 0.6, addedValue: 0.2, improvement: 0.2, hyperLift: 3 / 4,
      gini: 0.5 * (0.36 + 0.16) + 0.5 * (0.04 + 0.64) - 0.16 - 0.36, p: (60 + 5) / 252 + 0 * 210,
    };
    // At least 3 of the 4 among the 5: (4 choose 3)(6 choose 2) + (4 choose 4)(6 choose 1) of (10 choose 5).
    for (const [name, value] of Object.entries({ ...expected, p: (4 * 15 + 6) / 252 })) expect([name, rule[name as 'lift'].toFixed(12)]).toEqual([name, value.toFixed(12)]);
    // Wilson's interval, by its formula.
    const z2 = 1.959963984540054 ** 2;
    const half = Math.sqrt((0.24 + z2 / 20) / 5) * Math.sqrt(z2);
    expect(rule.confidence.lower).toBeCloseTo((0.6 + z2 / 10 - half) / (1 + z2 / 5), 12);
    expect(rule.confidence.upper).toBeCloseTo((0.6 + z2 / 10 + half) / (1 + z2 / 5), 12);
  });

  it('falls below nothing where a side repels the other', () => {
    const [rule] = associationRules(twoByTwo(1, 4, 3, 2), all).rules.filter(({ antecedent }) => antecedent[0] === 'p00');
    // 0.2 against 0.4.
    expect(rule!.certainty).toBeCloseTo(-0.5, 12);
    expect(rule!.zhang).toBeCloseTo(-0.1 / Math.max(0.1 * 0.5, 0.5 * 0.3), 12);
    expect([rule!.leverage, rule!.addedValue, rule!.improvement].every((value) => value < 0)).toBe(true);
    expect(rule!.p).toBeCloseTo(246 / 252, 12);
  });

  it('gives ratios without a denominator as infinite, and no association where a side is in every basket', () => {
    const [certain] = associationRules(twoByTwo(3, 0, 0, 5), all).rules.filter(({ antecedent }) => antecedent[0] === 'p00');
    expect(certain).toMatchObject({ conviction: Infinity, oddsRatio: Infinity, certainty: 1, zhang: 1 });
    for (const rule of [...associationRules(twoByTwo(3, 0, 4, 0), all).rules, ...associationRules(twoByTwo(4, 0, 0, 0), all).rules]) {
      expect(rule).toMatchObject({ lift: 1, leverage: 0, zhang: 0, phi: 0, chiSquare: 0, oddsRatio: 1, certainty: 0, addedValue: 0, gini: 0, improvement: 0, p: 1, q: 1, conviction: 1 });
    }
  });

  it.each(['single', 'any'] as const)('equals trying all pairs of sides, consequents: %s', (consequents) => {
    fc.assert(
      fc.property(smallRows, fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 0.3, 0.5, 0.75, 1), (rows, minCount, minConfidence) => {
        const found = associationRules(basketsOf(rows, 6), { minCount, minConfidence, consequents, redundant: 'keep' });
        const expected = bruteForce(rows, minCount, minConfidence, consequents === 'any');
        expect(new Map(found.rules.map((rule) => [`${bitsOf(rule.antecedent)} => ${bitsOf(rule.consequent)}`, rule.improvement]))).toEqual(expected);
        expect([found.found, found.redundant]).toEqual([expected.size, [...expected.values()].filter((value) => value <= 0).length]);
        const counts = countSets(rows, 6);
        for (const { antecedent, consequent, count, antecedentCount, consequentCount } of found.rules) {
          expect([count, antecedentCount, consequentCount]).toEqual([[...antecedent, ...consequent], antecedent, consequent].map((side) => counts[bitsOf(side)]));
        }
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });

  it('drops redundant rules unless asked to keep them, and counts them', () => {
    fc.assert(
      fc.property(smallRows, (rows) => {
        const kept = associationRules(basketsOf(rows, 6), { ...all, consequents: 'any' });
        const dropped = associationRules(basketsOf(rows, 6), { ...all, consequents: 'any', redundant: 'drop' });
        expect(dropped).toEqual({ ...kept, rules: kept.rules.filter(({ improvement }) => improvement > 0) });
      }),
      { seed: 20261122, numRuns: 12 },
    );
  });

  it('does not depend on the order of baskets', () => {
    fc.assert(
      fc.property(smallRows, (rows) => {
        expect(associationRules(basketsOf([...rows].reverse(), 6), all)).toEqual(associationRules(basketsOf(rows, 6), all));
      }),
      { seed: 20261122, numRuns: 12 },
    );
  });

  it('is empty where nothing is frequent, or nothing confident', () => {
    expect(associationRules(basketsOf([[0], [1]]))).toMatchObject({ rules: [], found: 0, tested: 2, truncated: false });
    expect(associationRules(basketsOf([[0]]).forCustomers([]))).toMatchObject({ rules: [], rowCount: 0, tested: 0 });
    expect(associationRules(twoByTwo(1, 4, 4, 1), { minConfidence: 0.9 })).toMatchObject({ rules: [], found: 0 });
  });
});

/** 60 products that have nothing to do with each other. */
function noise(): number[][] {
  const random = createRandom(4);
  return Array.from({ length: 1000 }, () => Array.from({ length: 60 }, (_, j) => j).filter(() => random.uniform() < 0.05));
}

describe('the order of rules', () => {
  const random = createRandom(2);
  const rows = Array.from({ length: 80 }, () => Array.from({ length: 6 }, (_, j) => j).filter((j) => random.uniform() < 0.2 + 0.06 * j));
  const everything = associationRules(basketsOf(rows, 6), all);

  it.each<RuleMeasure>(['support', 'confidence', 'lift', 'leverage', 'conviction', 'zhang', 'phi', 'chiSquare', 'cosine', 'jaccard', 'kulczynski', 'imbalance', 'oddsRatio', 'certainty', 'addedValue', 'gini', 'hyperLift', 'p', 'improvement'])(
    'is by %s, and the best ones stay the best when fewer are asked for',
    (rankBy) => {
      const { rules, truncated } = associationRules(basketsOf(rows, 6), { ...all, rankBy });
      expect(truncated).toBe(false);
      const value = (rule: AssociationRule): number => (rankBy === 'confidence' ? rule.confidence.estimate : rule[rankBy] * (rankBy === 'p' || rankBy === 'imbalance' ? -1 : 1));
      rules.forEach((rule, i) => {
        const before = rules[i - 1];
        if (before === undefined) return;
        expect(value(before)).toBeGreaterThanOrEqual(value(rule));
        if (value(before) === value(rule)) expect(before.count * 10 - before.antecedent.length).toBeGreaterThanOrEqual(rule.count * 10 - rule.antecedent.length);
      });
      const best = associationRules(basketsOf(rows, 6), { ...all, rankBy, maxRules: 17 });
      expect(best).toEqual({ ...everything, rules: rules.slice(0, 17), truncated: true });
    },
  );

  it('is by count, then antecedent, then products where rules are as good', () => {
    const { rules } = associationRules(basketsOf([[0, 1, 2], [0, 1, 2]]), { ...all, rankBy: 'lift', maxRules: 5 });
    expect(rules.map(sidesOf)).toEqual(['p00 => p01', 'p00 => p02', 'p01 => p00', 'p01 => p02', 'p02 => p00']);
  });
});

describe('rules and chance', () => {
  it('reckons with every frequent antecedent and consequent, as Benjamini and Hochberg do', () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 300 }, () => Array.from({ length: 7 }, (_, j) => j).filter((j) => random.uniform() < 0.15 + 0.04 * j));
    const { rules, tested, itemsetCount } = associationRules(basketsOf(rows, 7), { ...all, minCount: 6 });
    const counts = countSets(rows, 7);
    // All pairs of a frequent antecedent and a single other product, frequent together or not.
    let pairs = 0;
    for (let set = 1; set < counts.length; set++) if (counts[set]! >= 6) pairs += 7 - length(set);
    expect(tested).toBe(pairs);
    expect(itemsetCount).toBe(counts.filter((count) => count >= 6).length);
    const p = Float64Array.from({ length: pairs }, (_, i) => rules[i]?.p ?? 1);
    const q = falseDiscoveryQ(p);
    rules.forEach((rule, i) => {
      expect(rule.p).toBe(hypergeometricUpper(rule.count, rule.antecedentCount, rule.consequentCount, 300));
      expect(rule.q).toBeCloseTo(q[i]!, 12);
      expect(rule.significant).toBe(rule.q <= 0.05);
    });
  });

  it('finds nothing in noise, where the rules found alone would look significant', () => {
    const found = associationRules(basketsOf(noise(), 60), { minCount: 8, minConfidence: 0 });
    expect(found.found).toBeGreaterThan(10);
    expect(found).toMatchObject({ significant: 0, tested: 60 * 59 + (found.itemsetCount - 60) * 58 });
    // As if only what was often together had been looked at.
    expect(falseDiscoveryQ(Float64Array.from(found.rules, ({ p }) => p)).filter((q) => q <= 0.05).length).toBeGreaterThan(10);
  });

  it('finds what was planted, and drops the rest when asked to', () => {
    const rows = noise().map((row, i) => (i % 10 === 0 ? [...row, 0, 1] : row));
    const kept = associationRules(basketsOf(rows, 60), { minCount: 8, minConfidence: 0, consequents: 'any' });
    const dropped = associationRules(basketsOf(rows, 60), { minCount: 8, minConfidence: 0, consequents: 'any', insignificant: 'drop' });
    expect(dropped.rules.map(sidesOf).sort()).toEqual(expect.arrayContaining(['p00 => p01', 'p01 => p00']));
    expect(dropped).toEqual({ ...kept, rules: kept.rules.filter(({ significant }) => significant) });
    expect(dropped.rules.length).toBeLessThan(kept.rules.length);
    const strict = associationRules(basketsOf(rows, 60), { minCount: 8, minConfidence: 0, falseDiscovery: 1 });
    expect(strict.significant).toBe(strict.found);
  });

  it('counts longer consequents among what was tested, up to the longest set', () => {
    const rows = Array.from({ length: 20 }, () => [0, 1, 2]);
    // Sets by length 3, 3, 1: single consequents 3 × 2 + 3 × 1, and pairs as consequents of single products 3 × 3.
    expect(associationRules(basketsOf(rows), { consequents: 'any', maxLength: 3 })).toMatchObject({ found: 12, tested: 18, redundant: 12 });
    expect(associationRules(basketsOf(rows), { maxLength: 2 })).toMatchObject({ found: 6, tested: 6 });
  });
});

describe('associationRules of a cut search', () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 100 }, () => Array.from({ length: 9 }, (_, j) => j).filter(() => random.uniform() < 0.5));

  it('gives rules with the counts of the whole one, and says what is missing', () => {
    const counts = countSets(rows, 9);
    for (const cut of [{ maxItemsets: 60 }, { onProgress: ({ done }: { readonly done: number }) => done < 5 }]) {
      const found = associationRules(basketsOf(rows, 9), { ...all, consequents: 'any', ...cut });
      expect(found.truncated).toBe(true);
      expect(found.leftOut!.reason).toBe('maxItemsets' in cut ? 'limit' : 'stopped');
      expect(found.found).toBeGreaterThan(20);
      for (const { antecedent, consequent, count, antecedentCount, consequentCount } of found.rules) {
        expect([count, antecedentCount, consequentCount]).toEqual([[...antecedent, ...consequent], antecedent, consequent].map((side) => counts[bitsOf(side)]));
      }
    }
  });
});

describe('associationRules refuses', () => {
  it.each([
    [{ minConfidence: 50 }, 'associationRules needs minConfidence from 0 to 1, found 50'],
    [{ falseDiscovery: 0 }, 'associationRules needs falseDiscovery above 0 and at most 1, found 0; 0.05 is usual'],
    [{ confidence: 1 }, 'associationRules needs a confidence between 0 and 1, found 1; 0.95 is usual'],
    [{ maxRules: 0 }, 'associationRules needs maxRules as a whole number of at least 1, found 0'],
    [{ rankBy: 'Lift' as 'lift' }, 'associationRules needs rankBy as one of support, confidence, lift,'],
    [{ consequents: 'many' as 'any' }, 'associationRules needs consequents as one of single, any, found "many"'],
    [{ redundant: true as unknown as 'keep' }, 'associationRules needs redundant as one of drop, keep, found true'],
    [{ insignificant: 'no' as 'keep' }, 'associationRules needs insignificant as one of drop, keep, found "no"'],
    [{ support: 0.1 }, 'associationRules knows no option "support"; its options are minSupport, minCount,'],
    [{ minSupport: 2 }, 'associationRules needs minSupport above 0 and at most 1, found 2'],
  ])('%o', (options, message) => {
    const run = (): unknown => associationRules(twoByTwo(1, 1, 1, 1), options as AssociationRuleOptions);
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe('INVALID_OPTION');
  });

  it('what are no holdings', () => {
    expect(errorCode(() => associationRules([] as unknown as Holdings))).toBe('INVALID_INPUT');
  });
});
