import { createRandom } from '../../../src/numeric/random.js';

/** A customer whose true probability of a response is known. */
export interface KnownCustomer {
  readonly age: number | null;
  readonly plan: string | null;
  readonly member: boolean;
  readonly noise: number;
  readonly day: number;
  readonly answered: number;
  readonly truth: number;
}

/** Plan `a` answers with `rates[0]`, any other with `rates[1]`; beyond 50 years of age 0.1 more where `rates` differ. */
export function customersWithTruth(count: number, seed: number, rates: readonly [number, number] = [0.3, 0.05]): KnownCustomer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const age = 20 + random.integer(50);
    const plan = ['a', 'b', 'c', 'd'][random.integer(4)]!;
    const truth = (plan === 'a' ? rates[0] : rates[1]) + (rates[0] !== rates[1] && age > 50 ? 0.1 : 0);
    return {
      age: random.uniform() < 0.05 ? null : age,
      plan: random.uniform() < 0.03 ? null : plan,
      member: random.uniform() < 0.4,
      noise: random.uniform(),
      day: Math.floor((i * 90) / count),
      answered: random.uniform() < truth ? 1 : 0,
      truth,
    };
  });
}

export const FEATURES = ['age', 'plan', 'member', 'noise'] as const;
