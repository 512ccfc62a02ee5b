import { expect, it } from 'vitest';
import type { IdealBasketOptions } from '../../src/propensity/basket/basketTypes.js';
import { idealBasket } from '../../src/propensity/basket/idealBasket.js';
import type { PropensityCells } from '../../src/propensity/cells/propensityCells.js';
import { describeWithShared, readGolden } from './shared.js';
import { mulberry32 } from './mulberry32.js';

const GOLDEN = 'golden/propensity/goldens.json';
const products = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const byProduct = (numbers: readonly number[]): Record<string, number> => Object.fromEntries(products.map((product, j) => [product, numbers[j]!]));

/** 200 customers x 8 products; who holds one is not offered it. */
function portfolio(): PropensityCells {
  const draw = mulberry32(99);
  const probability = Float64Array.from({ length: 1600 }, () => draw() ** 2 * 0.6);
  for (let at = 0; at < 1600; at++) if (draw() < 0.25) probability[at] = NaN;
  return { customers: Array.from({ length: 200 }, (_, i) => i), products, probability };
}

describeWithShared('the ideal baskets HiGHS solved', [GOLDEN], () => {
  const { opt, uncapped_top2: uncapped } = readGolden<{ basket_synthetic: { opt: Record<string, number>; uncapped_top2: number } }>(GOLDEN).basket_synthetic;
  const terms: IdealBasketOptions = {
    margin: byProduct([120, 35, 60, 15, 200, 80, 25, 45]),
    contactCost: byProduct([2, 1, 1.5, 0.5, 4, 2, 0.5, 1]),
    maxPerCustomer: 2,
  };
  const capacity = byProduct([40, 60, 50, 80, 20, 30, 90, 60]);

  it.each<[string, IdealBasketOptions]>([
    ['caps', { ...terms, capacity }],
    ['caps+budget450', { ...terms, capacity, budget: 450 }],
    ['caps+excl(0,4)', { ...terms, capacity, exclusive: [['a', 'e']] }],
    ['all', { ...terms, capacity, budget: 450, exclusive: [['a', 'e']] }],
  ])('%s: to the optimum, proven', (name, options) => {
    const plan = idealBasket(portfolio(), options);
    expect(Math.abs(plan.value - opt[name]!)).toBeLessThan(1e-8);
    expect(plan.gap).toBeLessThan(1e-12);
    if (name === 'caps') expect(plan.perProduct.map(({ offers }) => offers)).toEqual([40, 60, 50, 43, 20, 30, 74, 60]);
  });

  it('takes the two best of every customer without other limits', () => {
    expect(idealBasket(portfolio(), terms).value).toBeCloseTo(uncapped, 8);
  });
});
