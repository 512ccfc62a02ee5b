import { createRandom } from '../../../src/numeric/random.js';

/** A customer with numbers and categories, some of which may be missing. */
export interface MixedCustomer {
  readonly visits: number | null;
  readonly spend: number | null;
  readonly plan: string | null;
  readonly active: boolean | null;
}

/** Customers of three planted groups: `group` says which row is of which. */
export function plantedCustomers(count: number, seed: number, missing = 0): { rows: MixedCustomer[]; group: number[] } {
  const random = createRandom(seed);
  const centers = [[2, 100, 'basic', false], [9, 120, 'gold', true], [10, 900, 'silver', true]] as const;
  const group = Array.from({ length: count }, (_, i) => i % 3);
  const maybe = <Value>(value: Value): Value | null => (random.uniform() < missing ? null : value);
  const rows = group.map((g) => {
    const [visits, spend, plan, active] = centers[g]!;
    return {
      visits: maybe(visits + 0.7 * random.normal()),
      spend: maybe(spend + 30 * random.normal()),
      plan: maybe(random.uniform() < 0.9 ? plan : 'other'),
      active: maybe(random.uniform() < 0.9 ? active : !active),
    };
  });
  return { rows, group };
}

/** The code of what is thrown, and its message. */
export function thrown(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string };
  }
  return { code: 'none', message: '' };
}

/** Whether two labellings are the same partition. */
export function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const pairs = new Set(Array.from(a, (label, i) => `${label} ${b[i]}`));
  return pairs.size === new Set(Array.from(a)).size && pairs.size === new Set(Array.from(b)).size;
}
