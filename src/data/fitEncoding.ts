import { ClientelaError } from '../errors.js';
import type { CategoryColumn, Column, ColumnKind } from './column.js';
import { Encoding, infinite } from './encoding.js';
import { MISSING, OTHER, type CategoryTerm, type EncodingTerm } from './encodingTerm.js';
import { describeValue } from './instant.js';
import { readColumn } from './readColumn.js';
import { readWeights, type RowNumbers } from './rowNumbers.js';
import { readTable, type ColumnNameOf, type TableInput, type TableView } from './table.js';

/** How to turn columns into numbers. */
export interface EncodingOptions<Names extends string = string> {
  /** The columns to use, in the order of the design. @defaultValue every column but those of kind `id` and those in `exclude` */
  readonly features?: readonly Names[];
  /** Columns to leave out when `features` is not given: the target, weights. */
  readonly exclude?: readonly string[];
  /** One weight a row (a column, or an array), not negative; weight 2 is the row twice, weight 0 no row. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Whether to bring every design column to mean 0 and (population) standard deviation 1. @defaultValue true */
  readonly standardise?: boolean;
  /** Whether a column of numbers with missing values gets a 0/1 column that says so. @defaultValue true */
  readonly missingIndicators?: boolean;
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** A category with more levels is refused: it looks like an identifier. @defaultValue 500 */
  readonly maxLevels?: number;
}

/**
 * Learns how columns become a design matrix: numbers standardised, categories one 0/1 column a level but the first (by code
 * unit), missing numbers at their mean with an indicator, rare levels pooled.
 *
 * Needs two passes over each column, O(cells).
 *
 * @param data - raw rows
 * @param options - which columns, and how
 * @returns the encoding, to be replayed on any rows
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` for dates, identifiers and categories with too many levels,
 * `NON_FINITE_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const encoding = fitEncoding([{ age: 30, plan: 'gold' }, { age: 50, plan: 'basic' }], { standardise: false });
 * encoding.columnNames; // => ['age', 'plan=gold']
 * encoding.encode([{ age: 40, plan: 'gold' }]).values; // => [40, 1]
 * ```
 */
export function fitEncoding<Data extends TableInput>(data: Data, options: EncodingOptions<ColumnNameOf<Data>> = {}): Encoding {
  return learnEncoding('fitEncoding', readTable('fitEncoding', data), options);
}

/** {@link fitEncoding} for a table already opened, in the name of the function that was called. */
export function learnEncoding(caller: string, view: TableView, options: EncodingOptions): Encoding {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`, { function: caller });
  const features = options.features ?? defaultFeatures(view, options.exclude ?? []);
  if (features.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one feature, found none; name them in features`, { function: caller });
  }
  const weights = options.weights === undefined ? new Float64Array(view.rowCount).fill(1) : readWeights(caller, view, options.weights);
  const learner = new TermLearner(caller, weights, options);
  const terms = features.flatMap((name) => learner.terms(name, readColumn(caller, view, name)));
  return new Encoding({ format: 'Encoding', formatVersion: 1, terms });
}

function defaultFeatures(view: TableView, exclude: readonly string[]): string[] {
  return view.names().filter((name) => {
    if (exclude.includes(name)) return false;
    const source = view.source(name);
    return !('kind' in source && source.kind === 'id');
  });
}

class TermLearner {
  readonly #caller: string;
  readonly #weights: Float64Array;
  readonly #options: EncodingOptions;
  readonly #total: number;

  constructor(caller: string, weights: Float64Array, options: EncodingOptions) {
    this.#caller = caller;
    this.#options = options;
    this.#weights = weights;
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
  }

  terms(name: string, column: Column): EncodingTerm[] {
    if (column.kind === 'number') return this.#numberTerms(name, column.values);
    if (column.kind === 'boolean') return this.#numberTerms(name, Float64Array.from(column.values, (value) => (value < 0 ? NaN : value)));
    if (column.kind === 'category') return [this.#categoryTerm(name, column)];
    throw this.#refuse(name, column.kind);
  }

  #refuse(name: string, kind: ColumnKind): ClientelaError {
    const remedy = kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier is no feature';
    return new ClientelaError('COLUMN_KIND', `${this.#caller} cannot use column "${name}" of kind ${kind}; ${remedy}`, { function: this.#caller, column: name, kind });
  }

  #numberTerms(name: string, values: Float64Array): EncodingTerm[] {
    let sum = 0;
    let known = 0;
    // Around the first known value, so that 1e9-scale values keep their digits.
    const shift = values.find((x) => x - x === 0) ?? 0;
    for (let row = 0; row < values.length; row++) {
      const x = values[row]!;
      if (x - x === 0) {
        sum += this.#weights[row]! * (x - shift);
        known += this.#weights[row]!;
      } else if (!Number.isNaN(x)) throw infinite(this.#caller, name, row, x);
    }
    const mean = known > 0 ? shift + sum / known : 0;
    // A missing value stands at the mean, so it adds nothing to the squares.
    let squares = 0;
    for (let row = 0; row < values.length; row++) {
      const x = values[row]!;
      if (x - x === 0) squares += this.#weights[row]! * (x - mean) ** 2;
    }
    const spread = this.#spread(squares, Math.abs(mean));
    const terms: EncodingTerm[] = [{ kind: 'number', column: name, fill: mean, ...this.#standard(mean, spread) }];
    if (known < this.#total && (this.#options.missingIndicators ?? true)) {
      const share = 1 - known / this.#total;
      terms.push({ kind: 'missing', column: name, ...this.#standard(share, Math.sqrt(share * (1 - share))) });
    }
    return terms;
  }

  /** Population standard deviation; what is rounding beside the size of the values counts as 0. */
  #spread(squares: number, size: number): number {
    const spread = Math.sqrt(squares / this.#total);
    return spread > size * 1e-13 ? spread : 0;
  }

  #standard(mean: number, spread: number): { readonly center: number; readonly scale: number } {
    if (this.#options.standardise === false) return { center: 0, scale: 1 };
    return { center: mean, scale: spread > 0 ? spread : 1 };
  }

  #categoryTerm(name: string, column: CategoryColumn): CategoryTerm {
    const { counts, missing } = this.#levelCounts(column);
    const present = column.levels.map((level, code) => ({ level, count: counts[code]! })).filter(({ count }) => count > 0);
    const fewest = this.#options.minLevelCount ?? 0;
    const kept = present.filter(({ count }) => count >= fewest).sort((a, b) => (a.level < b.level ? -1 : 1));
    const pooled = present.filter(({ count }) => count < fewest);
    this.#requireFewLevels(name, kept.length, column.codes.length);
    const rest = [
      { level: OTHER, count: pooled.reduce((sum, { count }) => sum + count, 0) },
      { level: MISSING, count: missing },
    ].filter(({ count }) => count > 0);
    const levels = [...kept, ...rest];
    const shares = levels.slice(1).map(({ count }) => count / this.#total);
    const standard = shares.map((share) => this.#standard(share, Math.sqrt(share * (1 - share))));
    return {
      kind: 'category',
      column: name,
      levels: levels.map(({ level }) => level),
      pooled: pooled.map(({ level }) => level).sort(),
      shares,
      centers: standard.map(({ center }) => center),
      scales: standard.map(({ scale }) => scale),
    };
  }

  #levelCounts({ codes, levels }: CategoryColumn): { counts: Float64Array; missing: number } {
    const counts = new Float64Array(levels.length);
    let missing = 0;
    for (let row = 0; row < codes.length; row++) {
      if (codes[row]! < 0) missing += this.#weights[row]!;
      else counts[codes[row]!]! += this.#weights[row]!;
    }
    return { counts, missing };
  }

  #requireFewLevels(name: string, levels: number, rows: number): void {
    const most = this.#options.maxLevels ?? 500;
    if (!(most >= 1)) {
      throw new ClientelaError('INVALID_OPTION', `${this.#caller} needs maxLevels of 1 or more, found ${describeValue(most)}`, { option: 'maxLevels', value: most });
    }
    if (levels <= most) return;
    throw new ClientelaError(
      'COLUMN_KIND',
      `${this.#caller} found ${levels} levels in ${rows} rows of column "${name}": it looks like an identifier; leave it out of features, give it kind "id" in the schema, or pool rare levels by minLevelCount`,
      { function: this.#caller, column: name, levels, rows },
    );
  }
}
