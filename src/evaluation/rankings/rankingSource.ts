import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { takeSparseRows, type SparseRows } from '../../numeric/sparseRows.js';
import { topColumns } from '../../numeric/topColumns.js';

/** What scores products from what customers hold, such as an engine of the propensity matrix. */
export interface HoldingsScorer {
  /** In the order of the columns; checked where given. */
  readonly products?: readonly string[];
  /**
   * Scores of the rows `from` (included) to `to` (excluded), row-major, into the first places of `out`.
   *
   * @param held - customers × products
   * @param from - the first row
   * @param to - the row after the last
   * @param out - room for (to - from) × products
   */
  scoreInto(held: SparseRows, from: number, to: number, out: Float64Array): void;
}

/** Finished lists of products, the best first. */
export interface RankedLists {
  /** Positions in `products`, row-major, customers × size; -1 from where a list ends. */
  readonly columns: ArrayLike<number>;
  /** Places a list. */
  readonly size: number;
}

/**
 * Whatever ranks products for customers: a scorer of holdings; a function that writes the scores of these rows (positions in `customers`) row-major into `out`; all
 * scores, row-major, customers × products; or finished lists. A higher score is better, `NaN` and `-Infinity` are no candidates.
 */
export type RankingSource = HoldingsScorer | ((rows: Uint32Array, out: Float64Array) => void) | Float64Array | Float32Array | readonly number[] | RankedLists;

/** The lists of some rows, block by block: `list` holds `size` places a row and is used again for the next block. */
export type ListVisitor = (list: Int32Array, from: number, to: number) => void;

/** So many scores are looked at together: they stay in the cache. */
const BLOCK = 65_536;

/** Who is ranked, among what, and what is left out. */
export interface RankingPlan {
  /** Positions of the customers wanted. */
  readonly rows: Uint32Array;
  readonly rowCount: number;
  readonly products: readonly string[];
  /** What the customers hold, of all rows. */
  readonly held: SparseRows | undefined;
  readonly excludeHeld: boolean;
  /** Places a list. */
  readonly size: number;
}

/** Walks through the lists of all rows wanted; no more than a block of scores is ever held. */
export function visitLists(caller: string, source: RankingSource, plan: RankingPlan, visit: ListVisitor): void {
  if (isLists(source)) {
    visitReadyLists(caller, source, plan, visit);
    return;
  }
  const { rows, products, size } = plan;
  const width = products.length;
  const block = Math.max(1, Math.min(rows.length, Math.floor(BLOCK / width)));
  const scores = new Float64Array(block * width);
  const list = new Int32Array(block * size);
  const fill = scoresOf(caller, source, plan);
  for (let from = 0; from < rows.length; from += block) {
    const to = Math.min(rows.length, from + block);
    fill(from, to, scores);
    if (plan.excludeHeld && plan.held !== undefined) leaveOut(plan.held, rows, from, to, width, scores);
    const cells = (to - from) * width;
    for (let e = 0; e < cells; e++) if (scores[e] === -Infinity) scores[e] = NaN;
    list.fill(-1);
    for (let i = 0; i < to - from; i++) topColumns(scores, i * width, width, size, null, 0, list, i * size);
    visit(list, from, to);
  }
}

// Monomorphic per call: which of the forms it is was settled before the walk.
function scoresOf(caller: string, source: Exclude<RankingSource, RankedLists>, { rows, rowCount, products, held }: RankingPlan): (from: number, to: number, out: Float64Array) => void {
  const width = products.length;
  if (typeof source === 'function') return (from, to, out) => source(rows.subarray(from, to), out);
  if ('scoreInto' in Object(source)) {
    const scorer = source as HoldingsScorer;
    if (held === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs held, the holdings that the scores come from; give the training part of the split`, { option: 'held' });
    if (scorer.products !== undefined) requireSameProducts(caller, 'the scorer', scorer.products, products);
    const taken = takeSparseRows(held, rows);
    return (from, to, out) => scorer.scoreInto(taken, from, to, out);
  }
  if (!Array.isArray(source) && !ArrayBuffer.isView(source)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a scorer with scoreInto, a function (rows, out), scores row by row, or lists as { columns, size }, found ${describeValue(source)}`);
  }
  if (source.length !== rowCount * width) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${rowCount} customers x ${width} products as scores, found ${source.length} numbers; write them row by row`, { found: source.length, expected: rowCount * width });
  }
  const numbers = source as ArrayLike<number>;
  return (from, to, out) => {
    for (let i = from; i < to; i++) {
      const [start, at] = [rows[i]! * width, (i - from) * width];
      for (let column = 0; column < width; column++) out[at + column] = numbers[start + column]!;
    }
  };
}

function leaveOut({ offsets, columns }: SparseRows, rows: Uint32Array, from: number, to: number, width: number, scores: Float64Array): void {
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const end = offsets[row + 1]!;
    for (let e = offsets[row]!; e < end; e++) scores[(i - from) * width + columns[e]!] = NaN;
  }
}

/** Whether a ranking comes as finished lists. */
export function isLists(source: RankingSource): source is RankedLists {
  return typeof source === 'object' && (source as RankedLists | null) !== null && 'columns' in source && 'size' in source;
}

function visitReadyLists(caller: string, { columns, size }: RankedLists, { rows, rowCount, products, size: wanted }: RankingPlan, visit: ListVisitor): void {
  if (size < wanted || columns.length !== rowCount * size) {
    const found = `${columns.length} numbers and a size of ${size}`;
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs lists of ${rowCount} customers with at least ${wanted} places each, found ${found}; make them longer or ask for a smaller k`, { found: columns.length, size });
  }
  const list = new Int32Array(rows.length * wanted);
  const listed = new Int32Array(products.length);
  for (let i = 0; i < rows.length; i++) {
    let ended = false;
    for (let place = 0; place < wanted; place++) {
      const column = columns[rows[i]! * size + place]!;
      const known = column === -1 || (Number.isInteger(column) && column >= 0 && column < products.length);
      if (!known || (ended && column !== -1) || (column >= 0 && listed[column] === i + 1)) {
        const need = `positions in the products, each once, and -1 after the last`;
        throw new ClientelaError('INVALID_VALUE', `${caller} needs lists of ${need}, found ${describeValue(column)} at place ${place} of row ${rows[i]!}`, { row: rows[i], place, value: column });
      }
      if (column === -1) ended = true;
      else listed[column] = i + 1;
      list[i * wanted + place] = column;
    }
  }
  visit(list, 0, rows.length);
}

/** Refuses products that do not stand in the same order. */
export function requireSameProducts(caller: string, whose: string, found: readonly string[], expected: readonly string[]): void {
  if (found.length === expected.length && found.every((product, column) => product === expected[column])) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs ${whose} with the products of test in the same order, found ${found.length} and ${expected.length} products; bring them in line with forProducts`, {
    found: found.length,
    expected: expected.length,
  });
}
