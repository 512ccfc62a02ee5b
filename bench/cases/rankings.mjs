import { createRandom, Holdings } from 'clientela/data';
import { compareRankings, productCalibration, rankingMetrics, splitHoldings } from 'clientela/evaluation';
import { cpuTime, line } from '../harness.mjs';

/** Customers who hold about three products, the first ones of the catalogue more often. */
function portfolio(customers, products) {
  const random = createRandom(5);
  const [who, what, since] = [[], [], []];
  for (let c = 0; c < customers; c++) {
    for (let i = random.integer(5) + 1; i > 0; i--) {
      who.push(c);
      what.push(`p${String(Math.floor(products * random.uniform() ** 3)).padStart(4, '0')}`);
      since.push(random.integer(1000) * 86_400_000);
    }
  }
  const names = Array.from({ length: products }, (_, p) => `p${String(p).padStart(4, '0')}`);
  return Holdings.fromColumns({ who: Int32Array.from(who), what, since: Float64Array.from(since) }, { customer: 'who', product: 'what', since: 'since' }, { products: names });
}

/** Popularity with noise, so that rows differ; filled before the clock runs, copied within it. */
function noisyScorer(holdings) {
  const random = createRandom(6);
  const counts = holdings.productCounts;
  const width = counts.length;
  const block = Float64Array.from({ length: 1000 * width }, (_, i) => counts[i % width] * random.uniform());
  return {
    scoreInto(_, from, to, out) {
      for (let row = from; row < to; row++) out.set(block.subarray((row % 1000) * width, ((row % 1000) + 1) * width), (row - from) * width);
    },
  };
}

/** Splits, metrics beside the scoring (bar: 100,000 x 285 in 1 s), the paired bootstrap and product calibration. */
export function run() {
  const lines = [];
  for (const customers of [10_000, 100_000]) {
    const holdings = portfolio(customers, 285);
    for (const by of ['hash', 'last', 'time']) {
      const options = by === 'time' ? { by, asOf: 800 * 86_400_000 } : { by };
      const { millis, result } = cpuTime(() => splitHoldings(holdings, options), 3);
      lines.push(line('split of holdings', `splitHoldings by ${by}`, holdings.count, millis, `${result.test.count} in the test`));
    }
    const { train, test } = splitHoldings(holdings, { by: 'last' });
    const scorer = noisyScorer(train);
    const { millis, result } = cpuTime(() => rankingMetrics(scorer, test, { held: train }), 3);
    lines.push(line('ranking metrics at 5, 10, 20 of 285 products', 'rankingMetrics', result.customers.length, millis, customers === 100_000 ? 'bar 1000 ms for 100,000' : ''));
    // Everybody judged: as many as the bar speaks of.
    const all = cpuTime(() => rankingMetrics(scorer, holdings, { held: train, excludeHeld: false }), 3);
    lines.push(line('ranking metrics at 5, 10, 20 of 285 products', 'rankingMetrics, all customers', all.result.customers.length, all.millis));
    const other = rankingMetrics(noisyScorer(test), test, { held: train });
    const compared = cpuTime(() => compareRankings(result, other, { metric: 'ndcg@10' }), 3);
    lines.push(line('paired bootstrap of two rankings, 1000 samples', 'compareRankings', result.customers.length, compared.millis));
    const random = createRandom(7);
    const probability = Float64Array.from({ length: customers * 20 }, () => random.uniform() ** 3);
    const labels = Int8Array.from(probability, (p) => (random.uniform() < p ? 1 : 0));
    const products = Array.from({ length: 20 }, (_, p) => `p${p}`);
    const calibration = cpuTime(() => productCalibration({ products, probability }, labels), 3);
    lines.push(line('calibration of 20 products', 'productCalibration', customers, calibration.millis));
  }
  return lines;
}
