import { createRandom, type Random } from '../../../src/numeric/random.js';

/** Rows with counts and amounts of a known law. */
export interface AmountRow {
  readonly age: number;
  readonly visits: number;
  readonly plan: string;
  readonly days: number;
  /** Poisson. */
  readonly orders: number;
  /** Negative binomial of overdispersion 0.5. */
  readonly returns: number;
  /** Gamma of shape 2. */
  readonly basket: number;
  /** A Poisson number of gamma amounts: Tweedie. */
  readonly spend: number;
}

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

// A sum of exponentials: gamma of whole shape, mean 1.
function gammaOf(random: Random, shape: number): number {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum -= Math.log(1 - random.uniform());
  return sum / shape;
}

/** True coefficients: 0.5 and 0.02 (age - 40), 0.1 (visits - 4), 0.4 for gold. */
export function simulateAmounts(count: number, seed: number): AmountRow[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(50);
    const visits = random.integer(9);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const days = 10 + random.integer(90);
    const mean = Math.exp(0.5 + 0.02 * (age - 40) + 0.1 * (visits - 4) + (plan === 'gold' ? 0.4 : 0));
    const baskets = poisson(random, mean / 2);
    return {
      age,
      visits,
      plan,
      days,
      orders: poisson(random, mean),
      returns: poisson(random, mean * gammaOf(random, 2)),
      basket: 30 * mean * gammaOf(random, 2),
      spend: baskets === 0 ? 0 : 20 * baskets * gammaOf(random, 2 * baskets),
    };
  });
}

/** The design of {@link simulateAmounts} with features age, visits, plan. */
export const designOfAmounts = (rows: readonly AmountRow[]): number[][] => rows.map(({ age, visits, plan }) => [age, visits, plan === 'gold' ? 1 : 0, plan === 'silver' ? 1 : 0]);
