import { createRandom } from '../../../src/numeric/random.js';

/** Columns of all kinds with missing values, and a score that depends on them; the same for a seed. */
export function mixedData(count: number, seed: number): { x: (number | null)[]; ties: number[]; gappy: (number | null)[]; level: string[]; score: number[] } {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const x = random.normal();
    const ties = random.integer(5);
    const gappy = random.uniform() < 0.3 ? null : random.integer(40) / 4;
    const level = 'abcde'[random.integer(5)]!;
    const effect = { a: 0, b: 1, c: -1, d: 0.5, e: 2 }[level]!;
    return { x, ties, gappy, level, score: x + (ties > 2 ? 1 : 0) + (gappy ?? 8) / 5 + effect + 0.5 * random.normal() };
  });
  const column = <Name extends keyof (typeof rows)[0]>(name: Name): (typeof rows)[0][Name][] => rows.map((row) => row[name]);
  return { x: column('x'), ties: column('ties'), gappy: column('gappy'), level: column('level'), score: column('score') };
}

/** The positions where a row stands, repeated as its weight says. */
export function repeatBy(weights: readonly number[]): number[] {
  return weights.flatMap((weight, i) => Array.from({ length: weight }, () => i));
}

/** A record of columns at some rows only. */
export function at<Table extends Record<string, readonly unknown[]>>(table: Table, rows: readonly number[]): Table {
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, rows.map((i) => column[i])])) as unknown as Table;
}

/** Nothing drawn by chance and nothing smoothed, as the peers and the plain loops grow their trees. */
export const PLAIN = { maxLeaves: 15, l2: 0, pathSmoothing: 0, featureSharePerSplit: 1, categorySmoothing: 10 } as const;
