import { expect, it } from 'vitest';
import { poissonBinomial } from '../../src/propensity/potential/poissonBinomial.js';
import { portfolioPotential } from '../../src/propensity/potential/portfolioPotential.js';
import { describeWithShared, readGolden } from './shared.js';
import { mulberry32 } from './mulberry32.js';

interface Golden {
  readonly basket_synthetic: { readonly portfolio_mean_sd: readonly [number, number]; readonly 'poisson_binomial_.1.2.3.4': readonly number[] };
}

const [CUSTOMERS, PRODUCTS] = [200, 8];
const MARGIN = { p0: 120, p1: 35, p2: 60, p3: 15, p4: 200, p5: 80, p6: 25, p7: 45 };

function basket(): Float64Array {
  const random = mulberry32(99);
  const p = Float64Array.from({ length: CUSTOMERS * PRODUCTS }, () => random() ** 2 * 0.6);
  const held = Array.from(p, () => random() < 0.25);
  return p.map((value, cell) => (held[cell] === true ? NaN : value));
}

describeWithShared('the potential of the synthetic baskets', ['golden/propensity/goldens.json'], () => {
  const { portfolio_mean_sd: [mean, deviation], 'poisson_binomial_.1.2.3.4': masses } = readGolden<Golden>('golden', 'propensity', 'goldens.json').basket_synthetic;
  const probability = basket();

  it('has the Poisson-binomial distribution of the reference', () => {
    const { probabilityOf } = poissonBinomial([0.1, 0.2, 0.3, 0.4]);
    masses.forEach((mass, count) => expect(Math.abs(probabilityOf(count) - mass)).toBeLessThan(1e-12));
    const product = poissonBinomial(probability.filter((p, cell) => cell % PRODUCTS === 0 && !Number.isNaN(p)));
    expect(product.mean).toBeCloseTo(33.72167514, 8);
    expect(product.standardDeviation).toBeCloseTo(4.63713353, 8);
    expect([0.05, 0.5, 0.95].map(product.quantile)).toEqual([26, 34, 41]);
  });

  it('has the mean and deviation of the reference, and the quantiles of each product', () => {
    const { unconstrained, includesParameters } = portfolioPotential({ customers: Array.from({ length: CUSTOMERS }, (_, i) => i), products: Object.keys(MARGIN), probability }, { margin: MARGIN, confidence: 0.9 });
    const margin = unconstrained.total.margin!;
    expect(margin.estimate).toBeCloseTo(mean, 8);
    expect(margin.chanceError).toBeCloseTo(deviation, 8);
    expect(includesParameters).toBe(false);
    unconstrained.products.forEach(({ units }, j) => {
      const { quantile } = poissonBinomial(probability.filter((p, cell) => cell % PRODUCTS === j && !Number.isNaN(p)));
      expect([units.lower, units.upper]).toEqual([0.05, 0.95].map(quantile));
    });
  });
});
