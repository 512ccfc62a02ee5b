import { ClientelaError } from '../errors.js';
import { termNames, termWidth, type EncodingTerm } from './encodingTerm.js';
import { infinite } from './infinite.js';
import { cellOf, codesOf, levelPlaces, numbersOf } from './replayColumn.js';
import { cellText } from './cell.js';
import { requireSavedModel, restored, savedCopy } from './savedModel.js';
import { readTable, type TableInput, type TableView } from './table.js';

/** Numbers in rows, ready for a learner. */
export interface DesignMatrix {
  /** Row after row: the value of row i and column j stands at `i * columnCount + j`. */
  readonly values: Float64Array;
  /** How many rows. */
  readonly rowCount: number;
  /** How many columns. */
  readonly columnCount: number;
  /** `balance`, `student=Yes`, `income is missing`. */
  readonly columnNames: readonly string[];
}

/** What new rows hold that the training rows never held. */
export interface UnseenValue {
  /** The column of the data. */
  readonly column: string;
  /** The unseen level; `null` for a missing value where none was missing in training. */
  readonly value: string | null;
  /** How many rows hold it. */
  readonly rows: number;
  /** What it is taken for. */
  readonly takenAs: 'average' | 'other';
}

/** A learnt encoding as JSON. */
export interface EncodingState {
  /** Which class reads it. */
  readonly format: 'Encoding';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** What each column becomes. */
  readonly terms: readonly EncodingTerm[];
}

/**
 * How raw columns become a matrix of numbers, learnt once by `fitEncoding` and replayed on any later rows.
 *
 * Missing numbers are taken for the training mean. A level that training never saw is taken for `(other)` where rare levels
 * were pooled, otherwise for the average customer: every 0/1 column of that category gets its training share. {@link Encoding.unseen}
 * counts both, so that nothing happens in silence.
 *
 * @example
 * ```ts
 * import { fitEncoding } from 'clientela/data';
 * const encoding = fitEncoding([{ plan: 'basic' }, { plan: 'gold' }, { plan: 'gold' }, { plan: 'gold' }], { standardise: false });
 * const later = [{ plan: 'gold' }, { plan: 'platinum' }];
 * encoding.encode(later).values; // => [1, 0.75]
 * encoding.unseen(later)[0]?.value; // => 'platinum'
 * ```
 */
export class Encoding {
  readonly #state: EncodingState;
  /** The columns of the data it reads, in the order of the design. */
  readonly features: readonly string[];
  /** The names of the design columns. */
  readonly columnNames: readonly string[];

  /** @internal */
  constructor(state: EncodingState) {
    this.#state = state;
    this.features = [...new Set(state.terms.map((term) => term.column))];
    this.columnNames = state.terms.flatMap(termNames);
  }

  /**
   * The encoding that {@link Encoding.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same encoding
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Encoding {
    return restored('Encoding', () => {
      const { terms } = requireSavedModel('Encoding', 1, json);
      if (!Array.isArray(terms)) throw new ClientelaError('MODEL_FORMAT', 'Encoding.fromJSON needs terms, found none; the JSON is damaged');
      return new Encoding({ format: 'Encoding', formatVersion: 1, terms: terms as EncodingTerm[] });
    });
  }

  /** What each column becomes, in the order of the design. */
  get terms(): readonly EncodingTerm[] {
    return this.#state.terms;
  }

  /**
   * The design matrix of rows, old or new.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one row of numbers a row of data
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, or `NON_FINITE_VALUE` for an infinite number
   */
  encode(data: TableInput): DesignMatrix {
    return encodeView('Encoding.encode', this, readTable('Encoding.encode', data));
  }

  /**
   * What these rows hold that training never saw, with what it is taken for.
   *
   * @param data - raw rows
   * @returns one entry for each unseen level, and for each column missing here and never in training; empty when all is familiar
   * @throws a {@link ClientelaError} as {@link Encoding.encode}
   */
  unseen(data: TableInput): UnseenValue[] {
    const view = readTable('Encoding.unseen', data);
    return this.terms.flatMap((term) => unseenOf('Encoding.unseen', this.terms, term, view));
  }

  /**
   * The encoding as plain JSON.
   *
   * @returns plain numbers and names
   */
  toJSON(): EncodingState {
    return savedCopy(this.#state);
  }
}

/** The design matrix of an opened table. */
export function encodeView(caller: string, encoding: Encoding, view: TableView): DesignMatrix {
  const columnCount = encoding.columnNames.length;
  const values = new Float64Array(view.rowCount * columnCount);
  let at = 0;
  for (const term of encoding.terms) {
    if (term.kind === 'category') fillCategory(values, columnCount, at, term, codesOf(caller, view.source(term.column), term));
    else fillNumber(caller, values, columnCount, at, term, numbersOf(caller, term.column, view.source(term.column)));
    at += termWidth(term);
  }
  return { values, rowCount: view.rowCount, columnCount, columnNames: encoding.columnNames };
}

function fillNumber(
  caller: string,
  values: Float64Array,
  stride: number,
  at: number,
  term: Extract<EncodingTerm, { kind: 'number' | 'missing' }>,
  source: Float64Array,
): void {
  const { center, scale } = term;
  const fill = term.kind === 'number' ? term.fill : 0;
  for (let row = 0, to = at; row < source.length; row++, to += stride) {
    const x = source[row]!;
    if (x - x === 0) values[to] = ((term.kind === 'number' ? x : 0) - center) / scale;
    else if (Number.isNaN(x)) values[to] = ((term.kind === 'number' ? fill : 1) - center) / scale;
    else throw infinite(caller, term.column, row, x);
  }
}

function fillCategory(values: Float64Array, stride: number, at: number, term: Extract<EncodingTerm, { kind: 'category' }>, codes: Int32Array): void {
  const width = termWidth(term);
  // One template row for each place, and one (the last) for what has none.
  const templates = new Float64Array((width + 2) * width);
  for (let place = -1; place <= width; place++) {
    const from = (place < 0 ? width + 1 : place) * width;
    for (let j = 0; j < width; j++) {
      const x = place < 0 ? term.shares[j]! : place === j + 1 ? 1 : 0;
      templates[from + j] = (x - term.centers[j]!) / term.scales[j]!;
    }
  }
  for (let row = 0, to = at; row < codes.length; row++, to += stride) {
    const from = (codes[row]! < 0 ? width + 1 : codes[row]!) * width;
    for (let j = 0; j < width; j++) values[to + j] = templates[from + j]!;
  }
}

function unseenOf(caller: string, terms: readonly EncodingTerm[], term: EncodingTerm, view: TableView): UnseenValue[] {
  if (term.kind === 'missing') return [];
  const source = view.source(term.column);
  if (term.kind === 'number') {
    const expected = terms.some((other) => other.kind === 'missing' && other.column === term.column);
    const rows = expected ? 0 : numbersOf(caller, term.column, source).reduce((sum, x) => sum + (Number.isNaN(x) ? 1 : 0), 0);
    return rows > 0 ? [{ column: term.column, value: null, rows, takenAs: 'average' }] : [];
  }
  const place = levelPlaces(term);
  const familiar = new Set([...term.levels, ...term.pooled]);
  const counts = new Map<string | undefined, number>();
  for (let row = 0; row < view.rowCount; row++) {
    const level = cellText(caller, term.column, row, cellOf(source, row));
    if (level === undefined ? place(level) < 0 : !familiar.has(level)) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return [...counts].map(([level, rows]) => ({ column: term.column, value: level ?? null, rows, takenAs: place(level) < 0 ? 'average' : 'other' }));
}
