import { createRandom, Holdings } from 'clientela/data';
import { poissonBinomial, portfolioPotential, whiteSpace } from 'clientela/propensity';
import { cpuTime, line } from '../harness.mjs';

const PRODUCTS = 20;

/** Skewed probabilities, a fifth of the cells held already; a dimension of five and one of forty groups. */
function portfolio(count) {
  const random = createRandom(11);
  const probability = new Float64Array(count * PRODUCTS);
  for (let cell = 0; cell < probability.length; cell++) probability[cell] = random.uniform() < 0.2 ? NaN : 0.3 * random.uniform() ** 4;
  const customers = Array.from({ length: count }, (_, i) => i);
  const draw = (groups) => customers.map(() => `group ${random.integer(groups)}`);
  const products = Array.from({ length: PRODUCTS }, (_, j) => `p${String(j).padStart(2, '0')}`);
  return { cells: { customers, products, probability }, by: { segment: draw(5), region: draw(40) }, margin: Object.fromEntries(products.map((name, j) => [name, 10 + 7 * j])) };
}

/** The parameter part of a logistic model with 25 coefficients a product: gradients by group, then g' V h. */
function uncertaintyOf({ customers, probability }) {
  const width = 25;
  const random = createRandom(12);
  const x = Float64Array.from({ length: customers.length * width }, () => random.normal());
  return {
    logOddsError: () => 0.1,
    sumCovariance(product, groups, groupCount, weights) {
      const gradients = new Float64Array(groupCount * width);
      for (let i = 0; i < groups.length; i++) {
        if (groups[i] < 0 || weights[i] === 0) continue;
        const p = probability[i * PRODUCTS + product];
        const amount = weights[i] * p * (1 - p);
        for (let k = 0; k < width; k++) gradients[groups[i] * width + k] += amount * x[i * width + k];
      }
      const result = new Float64Array(groupCount * groupCount);
      for (let g = 0; g < groupCount; g++) {
        for (let h = 0; h < groupCount; h++) {
          for (let k = 0; k < width; k++) result[g * groupCount + h] += (1e-4 * gradients[g * width + k]) * gradients[h * width + k];
        }
      }
      return result;
    },
  };
}

/** Totals, products and two dimensions, with chance alone and with the error of the probabilities; the white space of the same customers. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { cells, by, margin } = portfolio(count);
    const repetitions = count === 1_000_000 ? 1 : 3;
    const chance = cpuTime(() => portfolioPotential(cells, { margin, by }), repetitions);
    lines.push(line('20 products, 2 dimensions, units and margin', 'portfolioPotential, chance only', count, chance.millis, count === 100_000 ? 'bar 300 ms' : ''));
    if (count < 1_000_000) {
      const known = { ...cells, uncertainty: uncertaintyOf(cells) };
      lines.push(line('the same', 'portfolioPotential, 25 coefficients a product', count, cpuTime(() => portfolioPotential(known, { margin, by }), repetitions).millis));
    }
    lines.push(whiteSpaceLine(cells, by, margin, count, repetitions));
    lines.push(poissonLine(cells.probability, count));
  }
  return lines;
}

function whiteSpaceLine({ customers, products, probability }, by, margin, count, repetitions) {
  const held = { customer: [], product: [] };
  for (let cell = 0; cell < probability.length; cell++) {
    if (!Number.isNaN(probability[cell])) continue;
    held.customer.push(customers[Math.floor(cell / PRODUCTS)]);
    held.product.push(products[cell % PRODUCTS]);
  }
  const holdings = Holdings.fromColumns(held, { customer: 'customer', product: 'product' }, { customers });
  const { millis } = cpuTime(() => whiteSpace(holdings, { cells: { customers, products, probability }, by, margin }), repetitions);
  return line('20 products, 2 dimensions', 'whiteSpace', count, millis);
}

function poissonLine(probability, count) {
  const p = probability.filter((value, cell) => cell % PRODUCTS === 0 && !Number.isNaN(value));
  const { millis, result } = cpuTime(() => poissonBinomial(p), 1);
  return line('distribution of the takers of one product', 'poissonBinomial', count, millis, result.method);
}
