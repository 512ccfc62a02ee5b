import { createRandom } from '../../src/numeric/random.js';

/** Rows with a known law: two numbers on different scales, a category, a boolean, some values missing. */
export interface SimulatedCustomer {
  readonly spend: number | null;
  readonly visits: number;
  readonly plan: string;
  readonly mobile: boolean;
  readonly bought: string;
}

export function simulateCustomers(count: number, seed: number, missing = 0): SimulatedCustomer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const spend = 200 + 80 * random.normal();
    const visits = random.integer(10);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const mobile = random.uniform() < 0.4;
    const logOdds = -1.2 + 0.004 * (spend - 200) + 0.15 * visits + (plan === 'gold' ? 0.7 : plan === 'silver' ? -0.3 : 0) + (mobile ? 0.4 : 0);
    return { spend: random.uniform() < missing ? null : spend, visits, plan, mobile, bought: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 'yes' : 'no' };
  });
}

/** The design of {@link simulateCustomers} without missing values, as fitLogisticRegression orders it. */
export function designOfCustomers(rows: readonly SimulatedCustomer[]): number[][] {
  return rows.map(({ spend, visits, plan, mobile }) => [spend!, visits, plan === 'gold' ? 1 : 0, plan === 'silver' ? 1 : 0, mobile ? 1 : 0]);
}
