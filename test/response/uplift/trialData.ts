import { createRandom } from '../../../src/numeric/random.js';

/** A customer of a simulated trial, with the effects that made it. */
export interface SimulatedCustomer {
  readonly age: number;
  readonly visits: number;
  readonly plan: string;
  readonly offer: string;
  readonly bought: number;
  readonly spend: number;
  /** What `small` and `big` add to the probability of buying. */
  readonly small: number;
  readonly big: number;
}

/** A trial of two offers against none: the big one moves the young and the gold plan, the small one half as much; `effect` 0 moves nobody. */
export function simulatedTrial(count: number, { seed = 3, effect = 1, shares = [1 / 3, 1 / 3] as readonly number[] } = {}): SimulatedCustomer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(50);
    const visits = random.integer(8);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const big = effect * (0.004 * (70 - age) + (plan === 'gold' ? 0.15 : 0));
    const small = big / 2;
    const draw = random.uniform();
    const offer = draw < shares[0]! ? 'big' : draw < shares[0]! + shares[1]! ? 'small' : 'none';
    const chance = 0.1 + 0.03 * visits + (offer === 'big' ? big : offer === 'small' ? small : 0);
    const bought = random.uniform() < chance ? 1 : 0;
    return { age, visits, plan, offer, bought, spend: 20 * chance + 5 * random.normal(), small, big };
  });
}
