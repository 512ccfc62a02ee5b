import { expect, it } from 'vitest';
import { Holdings } from '../../src/data/holdings.js';
import { associationRules } from '../../src/propensity/rules/associationRules.js';
import { frequentItemsets } from '../../src/propensity/rules/frequentItemsets.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Groceries {
  readonly n: number;
  readonly items: number;
  readonly pairs: number;
  readonly itemsets: Readonly<Record<string, number>>;
  readonly 'itemsets_by_len_0.001': readonly number[];
  readonly rules_single_rhs: Readonly<Record<string, number>>;
  readonly rules_any_rhs: Readonly<Record<string, number>>;
  readonly 'redundant_0.001/0.5': number;
  readonly 'top_lift_0.001/0.5': { readonly lhs: readonly string[]; readonly rhs: string; readonly lift: number; readonly conf: number; readonly count: number };
}

// The counts are those of arules 1.7-11 and of mlxtend (any consequents).
describeWithShared('rules of the groceries', ['data/propensity/groceries.csv', 'golden/propensity/goldens.json'], () => {
  const golden = readGolden<{ readonly groceries: Groceries }>('golden', 'propensity', 'goldens.json').groceries;
  const baskets = Holdings.fromRows(readCsv('data/propensity/groceries.csv').map(({ basket_id, item }) => ({ basket: Number(basket_id), item: item! })), { customer: 'basket', product: 'item' });
  const thresholds = (key: string): { readonly minSupport: number; readonly minConfidence: number; readonly redundant: 'keep' } => {
    const [minSupport, minConfidence] = key.split('/').map(Number) as [number, number];
    return { minSupport, minConfidence, redundant: 'keep' };
  };

  it('come from as many baskets, products and itemsets', () => {
    expect(baskets).toMatchObject({ count: golden.pairs });
    expect([baskets.customers.length, baskets.products.length]).toEqual([golden.n, golden.items]);
    for (const [minSupport, count] of Object.entries(golden.itemsets)) {
      const { itemsets, truncated } = frequentItemsets(baskets, { minSupport: Number(minSupport) });
      expect([minSupport, itemsets.length, truncated]).toEqual([minSupport, count, false]);
    }
    const lengths = frequentItemsets(baskets, { minSupport: 0.001 }).itemsets.map(({ products }) => products.length);
    expect(golden['itemsets_by_len_0.001'].map((_, i) => lengths.filter((length) => length === i + 1).length)).toEqual(golden['itemsets_by_len_0.001']);
  });

  it('are as many with one product as consequent, and with any', () => {
    for (const [key, count] of Object.entries(golden.rules_single_rhs)) expect([key, associationRules(baskets, thresholds(key)).rules.length]).toEqual([key, count]);
    for (const [key, count] of Object.entries(golden.rules_any_rhs)) {
      expect([key, associationRules(baskets, { ...thresholds(key), consequents: 'any' }).rules.length]).toEqual([key, count]);
    }
  });

  it('are as often redundant, and lead with the same rule', () => {
    const found = associationRules(baskets, { minSupport: 0.001, minConfidence: 0.5 });
    expect(found).toMatchObject({ found: golden.rules_single_rhs['0.001/0.5'], redundant: golden['redundant_0.001/0.5'], minCount: 10, truncated: false });
    expect(found.rules.length).toBe(found.found - found.redundant);
    const { lhs, rhs, lift, conf, count } = golden['top_lift_0.001/0.5'];
    const [top] = found.rules;
    expect(top).toMatchObject({ antecedent: lhs, consequent: [rhs], count });
    expect(top!.lift).toBeCloseTo(lift, 9);
    expect(top!.confidence.estimate).toBeCloseTo(conf, 9);
  });

  it('have the measures of arules', () => {
    const { rules } = associationRules(baskets, { minSupport: 0.01, minConfidence: 0.5, rankBy: 'confidence' });
    const rule = rules.find(({ antecedent, consequent }) => antecedent.join() === 'citrus fruit,root vegetables' && consequent.join() === 'other vegetables')!;
    expect(rule).toMatchObject({ count: 102, antecedentCount: 174, consequentCount: 1903 });
    const expected = {
      support: 0.010_371_123_54, lift: 3.029_608_422, leverage: 0.006_947_868_09, conviction: 1.949_059_481, chiSquare: 175.058_065_93, phi: 0.133_414_760_49, cosine: 0.177_258_126,
      jaccard: 0.051_645_569_62, kulczynski: 0.319_903_238_1, oddsRatio: 6.182_676_291, hyperLift: 2.217_391_304, p: 9.123_465_634e-31, imbalance: 0.875_443_038, gini: 0.005_555_338_449,
      certainty: 0.486_932_025_7, addedValue: 0.392_714_268_2,
    };
    for (const [name, value] of Object.entries(expected)) expect([name, rule[name as keyof typeof expected] / value - 1 < 1e-9 && rule[name as keyof typeof expected] / value - 1 > -1e-9]).toEqual([name, true]);
    expect(rule.confidence.estimate).toBeCloseTo(0.586_206_896_6, 10);
  });
});
