import { ClientelaError } from '../errors.js';
import { Encoding } from './encoding.js';
import { describeValue } from './instant.js';
import { learnTerms } from './learnTerms.js';
import { requireKnownOptions } from './options.js';
import type { RowNumbers } from './rowNumbers.js';
import { readTable, type ColumnNameOf, type TableOf, type TableView } from './table.js';
import { unknownColumn } from './unknownColumn.js';

/** How to turn columns into numbers. */
export interface EncodingOptions<Names extends string = string> {
  /** The columns to use, in the order of the design. @defaultValue every column but those of kind `id` and those in `exclude` */
  readonly features?: readonly Names[];
  /** Columns to leave out when `features` is not given: the target, weights. */
  readonly exclude?: readonly Names[];
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
 * `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const encoding = fitEncoding([{ age: 30, plan: 'gold' }, { age: 50, plan: 'basic' }], { standardise: false });
 * encoding.columnNames; // => ['age', 'plan=gold']
 * encoding.encode([{ age: 40, plan: 'gold' }]).values; // => [40, 1]
 * ```
 */
export function fitEncoding<Data extends TableOf<Data>>(data: Data, options: EncodingOptions<ColumnNameOf<Data>> = {}): Encoding {
  requireKnownOptions('fitEncoding', options, OPTIONS);
  const view = readTable('fitEncoding', data);
  requireExclude(view, options.exclude ?? []);
  return new Encoding({ format: 'Encoding', formatVersion: 1, terms: learnTerms('fitEncoding', view, options) });
}

const OPTIONS = ['features', 'exclude', 'weights', 'standardise', 'missingIndicators', 'minLevelCount', 'maxLevels'];

/** A target misspelt here would become a feature. */
function requireExclude({ names, rowCount }: TableView, exclude: unknown): void {
  if (!Array.isArray(exclude)) {
    throw new ClientelaError('INVALID_OPTION', `fitEncoding needs exclude as an array of names, found ${describeValue(exclude)}`, { option: 'exclude', value: exclude });
  }
  for (const name of exclude as string[]) if (rowCount > 0 && !names.includes(name)) throw unknownColumn('fitEncoding', name, names);
}
