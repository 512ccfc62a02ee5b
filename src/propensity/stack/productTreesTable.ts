import type { Column } from '../../data/column.js';
import type { TableInput } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { binColumns } from '../../learners/trees/binColumns.js';
import type { BinTable } from '../../learners/trees/binTable.js';
import { createRandom } from '../../numeric/random.js';
import { columnCounts, type SparseRows } from '../../numeric/sparseRows.js';

/** What the trees of the products learn from. */
export interface ProductTreesData {
  /** The profile, a row a customer; null without. */
  readonly customers: TableInput | null;
  /** Columns of the profile to learn from; by default all that are numbers, booleans or categories. */
  readonly features?: readonly string[];
  /** What each customer holds, customers × products. */
  readonly held: SparseRows;
  /** Names, in the order of the columns of `held`. */
  readonly products: readonly string[];
  /** 1 taken, 0 not taken; anything else: not at risk, left out. Row-major, customers × products. */
  readonly labels: ArrayLike<number>;
}

/** Profile and flags of holdings in bins. */
export interface ProductsTable {
  readonly table: BinTable;
  /** The customers drawn, ascending: the rows of the table. */
  readonly rows: Int32Array;
  /** Products whose holding is a flag; the last columns of the table. */
  readonly flags: number[];
}

// Flags of so many products, the most held: a column more costs time in every tree, and one few hold tells of few.
const MOST_FLAGS = 100;
const FEWEST_HOLDERS = 10;

/** Profile and holdings of the customers drawn, in bins. O(rows × columns). */
export function binProducts(caller: string, { customers, features, held, products, labels }: ProductTreesData, maxRows: number, seed: number): ProductsTable {
  const view = customers === null ? null : parseTable(caller, customers);
  if (view !== null && view.rowCount !== held.rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs a row of customers for each of the ${held.rowCount} customers of the holdings, found ${view.rowCount}`, { found: view.rowCount, expected: held.rowCount });
  }
  const names = view === null ? [] : (features ?? view.names.filter((name) => ['number', 'boolean', 'category'].includes(view.source(name).kind)));
  const flags = mostHeld(held);
  // Names no column of the profile has.
  const flagNames = flags.map((product) => `holds \u0000${product}`);
  const columns = flagColumns(held, flags);
  const source = (name: string): Column => {
    const flag = flagNames.indexOf(name);
    return flag < 0 ? view!.source(name) : columns[flag]!;
  };
  const all = [...names, ...flagNames];
  const rows = drawCustomers(held.rowCount, maxRows, seed);
  const taken = Float64Array.from(rows, (row) => takenBy(labels, row, products.length));
  const learn = rows.map((_, at) => at);
  const table = binColumns(caller, { rowCount: held.rowCount, names: all, source }, all, { rows, learn, weights: null, y: taken }, new Map(), { maxBins: 255, seed });
  return { table, rows, flags };
}

function mostHeld(held: SparseRows): number[] {
  const counts = columnCounts(held);
  const order = [...counts.keys()].filter((product) => counts[product]! >= FEWEST_HOLDERS).sort((a, b) => counts[b]! - counts[a]! || a - b);
  return order.slice(0, MOST_FLAGS).sort((a, b) => a - b);
}

function flagColumns({ rowCount, columnCount, offsets, columns }: SparseRows, flags: readonly number[]): Column[] {
  const flagOf = new Int32Array(columnCount).fill(-1);
  flags.forEach((product, at) => (flagOf[product] = at));
  const values = flags.map(() => new Int8Array(rowCount));
  for (let r = 0; r < rowCount; r++) {
    for (let e = offsets[r]!; e < offsets[r + 1]!; e++) {
      const flag = flagOf[columns[e]!]!;
      if (flag >= 0) values[flag]![r] = 1;
    }
  }
  return values.map((each) => ({ kind: 'boolean', values: each }));
}

/** All, or so many: one from each of as many stretches of equal length. */
function drawCustomers(count: number, most: number, seed: number): Int32Array {
  if (count <= most) return new Int32Array(count).map((_, i) => i);
  const random = createRandom(seed);
  return new Int32Array(most).map((_, i) => Math.floor(((i + random.uniform()) * count) / most));
}

/** How many products a customer took: by that rare levels of a category are put in order. */
function takenBy(labels: ArrayLike<number>, row: number, products: number): number {
  let sum = 0;
  for (let cell = row * products; cell < (row + 1) * products; cell++) if (labels[cell] === 1) sum++;
  return sum;
}
