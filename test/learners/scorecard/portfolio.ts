import { createRandom } from '../../../src/numeric/random.js';

/** A customer who answers or not: `visits` and `plan` matter, `shoe` does not, `visitsAgain` repeats `visits`. */
export interface Answering {
  readonly visits: number | null;
  readonly plan: string | null;
  readonly debt: number;
  readonly shoe: number;
  readonly visitsAgain: number | null;
  readonly answered: 'yes' | 'no';
}

export function portfolio(count = 600, seed = 5): Answering[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const visits = random.uniform() < 0.1 ? null : random.integer(20);
    const plan = random.uniform() < 0.1 ? null : ['basic', 'gold', 'family'][random.integer(3)]!;
    const debt = random.uniform() < 0.1 ? -9999 : random.integer(1000);
    const logOdds = -1 + 0.15 * ((visits ?? 4) - 10) + (plan === 'gold' ? 1.2 : 0) - (debt === -9999 ? 1 : debt / 1000);
    return { visits, plan, debt, shoe: random.integer(12), visitsAgain: visits === null ? null : 100 - visits, answered: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 'yes' : 'no' };
  });
}
