import { createRandom, Holdings } from 'clientela/data';
import { fitPropensityMatrix } from 'clientela/propensity';
import { cpuTime, line } from '../harness.mjs';

/** Customers with four columns, of whom each holds a share of the products and takes others the likelier the older they are. */
function company(count, productCount, share) {
  const random = createRandom(3);
  const customer = Array.from({ length: count }, (_, i) => i);
  const columns = {
    customer,
    age: Float64Array.from({ length: count }, () => 20 + 60 * random.uniform()),
    income: Float64Array.from({ length: count }, () => Math.exp(random.normal())),
    region: customer.map(() => `r${Math.floor(random.uniform() * 8)}`),
    plan: customer.map(() => ['basic', 'plus', 'gold'][Math.floor(random.uniform() * 3)]),
  };
  const products = Array.from({ length: productCount }, (_, j) => `p${String(j).padStart(4, '0')}`);
  const [held, taken] = [{ who: [], what: [] }, { who: [], what: [] }];
  const draws = Math.max(1, Math.round(productCount * share));
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < draws; k++) {
      // Products in a row go together, and low ones are held more.
      const j = Math.floor(productCount * random.uniform() ** 2);
      const into = random.uniform() < (columns.age[i] > 50 ? 0.3 : 0.15) ? taken : held;
      into.who.push(i);
      into.what.push(products[j]);
    }
  }
  const holdings = ({ who, what }) => Holdings.fromColumns({ who: Int32Array.from(who), what }, { customer: 'who', product: 'what' }, { customers: customer, products });
  return { columns, held: holdings(held), taken: holdings(taken) };
}

/** The bar is .3 s for the scores of 100,000 customers × 20 products. Fit, scores, and the five best of a thousand products in memory that does not grow with the customers. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const { columns, held, taken } = company(count, 20, 0.2);
    const options = { holdings: held, taken, customers: columns, methods: ['profile and holdings'] };
    const { millis, result } = cpuTime(() => fitPropensityMatrix(options), 1);
    lines.push(line('propensity matrix, profile and holdings, 5 folds, 20 products', 'fitPropensityMatrix', count, millis));
    lines.push(line('scores of 20 products', 'PropensityMatrix.predict', count, cpuTime(() => result.predict({ customers: columns, holdings: held }), 7).millis, count === 100_000 ? 'bar 300 ms' : ''));
  }
  for (const count of [100_000, 400_000]) {
    const { held, taken } = company(count, 1000, 0.005);
    const matrix = fitPropensityMatrix({ holdings: held, taken, methods: ['ease'], folds: 2 });
    const before = process.memoryUsage();
    const { millis, result } = cpuTime(() => matrix.top({ holdings: held }, { count: 5 }), 1);
    const after = process.memoryUsage();
    const megabytes = (after.arrayBuffers - before.arrayBuffers) / 2 ** 20;
    lines.push(line('the five best of 1,000 products', 'PropensityMatrix.top', count, millis, `${Math.round(megabytes)} MB for the answer (a dense matrix: ${Math.round((count * 8000) / 2 ** 20)} MB), ${result.columns.length} places`));
  }
  return lines;
}
