import { createRandom, type Random } from '../../../../src/numeric/random.js';

/** Customers who buy every k stages and stop as the model says, with what they buy in a holdout that follows. */
export interface Shoppers {
  readonly unit: 'week';
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly tenure: Float64Array;
  readonly sumLogGaps: Float64Array;
  readonly later: Float64Array;
}

/** Simulated stage by stage, without any formula of the model. */
export function regularShoppers(k: number, first: 0 | 1, [r, alpha, a, b]: readonly [number, number, number, number], count: number, seed: number, holdout = 26): Shoppers {
  const random = createRandom(seed);
  const column = (): Float64Array => new Float64Array(count);
  const shoppers = { unit: 'week' as const, frequency: column(), recency: column(), tenure: column(), sumLogGaps: column(), later: column() };
  for (let i = 0; i < count; i++) {
    const rate = gamma(random, r) / alpha;
    const [up, down] = [gamma(random, a), gamma(random, b)];
    const dropout = up / (up + down);
    const tenure = 30 + 22 * random.uniform();
    shoppers.tenure[i] = tenure;
    let time = 0;
    for (let isAlive = first === 0 || random.uniform() >= dropout; isAlive; isAlive = random.uniform() >= dropout) {
      let gap = 0;
      for (let stage = 0; stage < k; stage++) gap -= Math.log(1 - random.uniform()) / rate;
      time += gap;
      if (time > tenure + holdout) break;
      if (time > tenure) {
        shoppers.later[i]!++;
        continue;
      }
      shoppers.frequency[i]!++;
      shoppers.recency[i] = time;
      shoppers.sumLogGaps[i]! += Math.log(gap);
    }
  }
  return shoppers;
}

/** Marsaglia and Tsang (2000), with the power of a uniform for shapes below 1. */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
