import { termNames, type CategoryTerm, type EncodingTerm, type MissingTerm } from '../data/encodingTerm.js';
import { codesOf, numbersOf } from '../data/replayColumn.js';
import type { TableView } from '../data/table.js';

interface ColumnPlace {
  /** As users see it: `balance`, `student=Yes`. */
  readonly name: string;
  /** The design value is (x - center) / scale. */
  readonly center: number;
  readonly scale: number;
}

/** A column of numbers without gaps. */
export interface NumberDesignColumn extends ColumnPlace {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** The 0/1 column of one level of a category (or of being missing). */
export interface LevelDesignColumn extends ColumnPlace {
  readonly kind: 'level';
  /** Which code is 1 here. */
  readonly place: number;
  /** A code a row, shared by the columns of one category; 0 is the baseline, -1 a row of weight 0. */
  readonly codes: Int32Array;
  /** The standardised value for code -1, 0, 1, ... */
  readonly table: Float64Array;
  /** What the baseline is called. */
  readonly baseline: string;
}

/** One column of the standardised design, read block by block from the raw column it stands for: the design matrix is never built. */
export type DesignColumn = NumberDesignColumn | LevelDesignColumn;

/** The columns of the standardised design of an opened table, in the order of the encoding's column names. */
export function designColumns(caller: string, terms: readonly EncodingTerm[], view: TableView, weighted: boolean): DesignColumn[] {
  return terms.flatMap((term): DesignColumn[] => {
    const source = view.source(term.column);
    if (term.kind === 'category') return levelColumns(levelTerm(term), codesOf(caller, source, term));
    const values = numbersOf(caller, term.column, source);
    if (term.kind === 'number') {
      // Without an indicator nothing is missing, but perhaps in rows of weight 0.
      const complete = !weighted && !terms.some((other) => other.kind === 'missing' && other.column === term.column);
      return [{ ...term, kind: 'number', name: term.column, values: complete ? values : withoutMissing(values, term.fill) }];
    }
    const codes = new Int32Array(values.length);
    for (let row = 0; row < codes.length; row++) codes[row] = Number.isNaN(values[row]) ? 1 : 0;
    return levelColumns(levelTerm(term), codes);
  });
}

interface LevelTerm {
  readonly names: readonly string[];
  readonly shares: readonly number[];
  readonly centers: readonly number[];
  readonly scales: readonly number[];
  readonly baseline: string;
}

function levelTerm(term: CategoryTerm | MissingTerm): LevelTerm {
  const names = termNames(term);
  if (term.kind === 'category') return { ...term, names, baseline: `${term.column}=${term.levels[0]}` };
  const { center, scale } = term;
  return { names, shares: [center], centers: [center], scales: [scale], baseline: `${term.column} is known` };
}

function levelColumns({ names, shares, centers, scales, baseline }: LevelTerm, codes: Int32Array): LevelDesignColumn[] {
  return names.map((name, j) => {
    const center = centers[j]!;
    const scale = scales[j]!;
    const table = levelTable(names.length + 1, j, shares[j]!, center, scale);
    return { kind: 'level', name, place: j + 1, codes, table, center, scale, baseline };
  });
}

// Entry 0 is for rows without a level (weight 0 in training): the average customer.
function levelTable(levels: number, j: number, share: number, center: number, scale: number): Float64Array {
  const table = new Float64Array(levels + 1).fill(-center / scale);
  table[0] = (share - center) / scale;
  table[j + 2] = (1 - center) / scale;
  return table;
}

function withoutMissing(values: Float64Array, fill: number): Float64Array {
  return values.map((x) => (Number.isNaN(x) ? fill : x));
}

/** The design at some of the rows, in their order. */
export function takeDesign(columns: readonly DesignColumn[], rows: Uint32Array): DesignColumn[] {
  // The columns of one category share their codes: gathered once.
  const gathered = new Map<Int32Array, Int32Array>();
  return columns.map((column) => {
    if (column.kind === 'number') return { ...column, values: gatherRows(column.values, rows, new Float64Array(rows.length)) };
    let codes = gathered.get(column.codes);
    if (codes === undefined) gathered.set(column.codes, (codes = gatherRows(column.codes, rows, new Int32Array(rows.length))));
    return { ...column, codes };
  });
}

/** values[rows[i]] for every i; a loop, as typedArray.from with a function is slow. */
export function gatherRows<Values extends Float64Array | Int32Array>(values: Values, rows: Uint32Array, to: Values): Values {
  for (let i = 0; i < rows.length; i++) to[i] = values[rows[i]!]!;
  return to;
}
