import { createRandom } from '../../../src/numeric/random.js';

/** One customer of a small company with shops: what it needs follows its size and sector; part of that is bought elsewhere. */
export interface Person {
  readonly id: string;
  readonly size: number;
  readonly sector: string;
  readonly years: number;
  readonly spend: number;
  readonly wallet: number;
}

/** So many of them; `zeros`: the share who spend nothing, by sector. */
export function people(count = 240, { seed = 7, zeros = 0 }: { readonly seed?: number; readonly zeros?: number } = {}): Person[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const size = 1 + random.integer(9);
    const sector = ['bar', 'hotel', 'shop'][random.integer(3)]!;
    const years = random.integer(20);
    const wallet = 100 * size * (sector === 'hotel' ? 2 : 1) * Math.exp(0.25 * random.normal());
    const share = Math.exp(-Math.abs(0.7 * random.normal()));
    const isIn = random.uniform() >= zeros * (sector === 'bar' ? 1.6 : 0.7);
    return { id: `c${i}`, size, sector, years, spend: isIn ? wallet * share : 0, wallet };
  });
}

/** What is known of them. */
export const shown = (rows: readonly Person[]): Omit<Person, 'wallet'>[] => rows.map(({ wallet: _, ...row }) => row);
