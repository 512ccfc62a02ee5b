import { createRandom } from '../../../src/numeric/random.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';

/** Rows from lists of columns. */
export function sparse(lists: readonly (readonly number[])[], columnCount: number): SparseRows {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, row) => (offsets[row + 1] = offsets[row]! + list.length));
  return { rowCount: lists.length, columnCount, offsets, columns: Int32Array.from(lists.flat()), values: null };
}

/** The columns of a row. */
export function listOf({ offsets, columns }: SparseRows, row: number): number[] {
  return [...columns.subarray(offsets[row]!, offsets[row + 1]!)];
}

/** Twelve customers' worth of everything, by arithmetic alone, so that other programs can be given the same. */
export function smallPortfolio(): { customers: { age: number[]; plan: string[] }; held: SparseRows; taken: SparseRows; products: string[] } {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const holds = (i: number, j: number): boolean => (i * (j + 3) + ((i * i) % (5 + j))) % 7 < 2 + (i % 2);
  const takes = (i: number, j: number): boolean => !holds(i, j) && (i * (2 * j + 5) + ((i * i * i) % 11)) % 5 < 2;
  const lists = (has: (i: number, j: number) => boolean): SparseRows => sparse(rows.map((i) => [0, 1, 2].filter((j) => has(i, j))), 3);
  return {
    customers: { age: rows.map((i) => 20 + ((i * 7) % 40)), plan: rows.map((i) => ['basic', 'gold', 'plus'][(i * i) % 3 === 1 ? (i % 3) : 0]!) },
    held: lists(holds),
    taken: lists(takes),
    products: ['card', 'loan', 'fund'],
  };
}

/** A portfolio whose log-odds are known: linear in what customers are and in what they hold. */
export function simulatePortfolio(rowCount: number, productCount: number, seed: number): {
  customers: { age: number[]; income: (number | null)[]; region: string[]; noise: number[] };
  held: SparseRows;
  taken: SparseRows;
  truth: Float64Array;
  products: string[];
} {
  const random = createRandom(seed);
  const regions = ['north', 'south', 'east', 'west'];
  const products = Array.from({ length: productCount }, (_, j) => `p${j}`);
  const effects = products.map((_, j) => ({
    level: -1.5 - 0.2 * j,
    age: 0.7 * random.normal(),
    income: 0.7 * random.normal(),
    region: regions.map(() => 0.6 * random.normal()),
    holds: products.map(() => 0.8 * random.normal()),
  }));
  const customers = { age: [] as number[], income: [] as (number | null)[], region: [] as string[], noise: [] as number[] };
  const held: number[][] = [];
  const taken: number[][] = [];
  const truth = new Float64Array(rowCount * productCount);
  for (let i = 0; i < rowCount; i++) {
    const age = 18 + random.integer(60);
    const income = random.normal();
    const region = random.integer(4);
    customers.age.push(age);
    customers.income.push(Math.round(30_000 * Math.exp(0.5 * income)));
    customers.region.push(regions[region]!);
    customers.noise.push(random.normal());
    const logOdds = (j: number, own: readonly number[]): number => {
      const { level, age: a, income: b, region: c, holds } = effects[j]!;
      return own.reduce((sum, other) => sum + (other === j ? 0 : holds[other]!), level + (a * (age - 48)) / 17 + b * income + c[region]!);
    };
    const own: number[] = [];
    products.forEach((_, j) => {
      if (random.uniform() < 1 / (1 + Math.exp(-logOdds(j, own)))) own.push(j);
    });
    held.push(own);
    taken.push([]);
    products.forEach((_, j) => {
      const p = 1 / (1 + Math.exp(0.7 - logOdds(j, own)));
      truth[i * productCount + j] = p;
      if (!own.includes(j) && random.uniform() < p) taken[i]!.push(j);
    });
  }
  return { customers, held: sparse(held, productCount), taken: sparse(taken, productCount), truth, products };
}
