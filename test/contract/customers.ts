import { createRandom } from '../../src/numeric/random.js';

/** One customer of the contract suite's small portfolio. */
export interface Customer {
  readonly age: number | null;
  readonly visits: number;
  readonly plan: string | null;
  readonly active: boolean;
  readonly bought: string;
}

/** A small portfolio with every kind of column, some values missing, and an effect of each feature on `bought`. */
export function customers(count = 240, seed = 11): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(60);
    const visits = random.integer(9);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const active = random.uniform() < 0.6;
    const logOdds = -1 + 0.03 * (age - 50) + 0.2 * (visits - 4) + (plan === 'gold' ? 0.8 : 0) + (active ? 0.5 : 0);
    return {
      age: random.uniform() < 0.1 ? null : age,
      visits,
      plan: random.uniform() < 0.05 ? null : plan,
      active,
      bought: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 'yes' : 'no',
    };
  });
}
