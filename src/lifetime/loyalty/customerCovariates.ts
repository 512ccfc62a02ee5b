import { Encoding, encodeView } from '../../data/encoding.js';
import { learnTerms } from '../../data/learnTerms.js';
import { requireKnownOptions } from '../../data/options.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';

/** Which columns become covariates. */
export interface CustomerCovariatesOptions<Names extends string = string> {
  /** The columns to use. @defaultValue every column but those of kind `id` */
  readonly features?: readonly Names[];
  /** Levels with fewer customers are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** How other customers were encoded: give it for new customers, so that their columns mean the same. @defaultValue learnt from `data` */
  readonly like?: Encoding;
}

/** Attributes of customers as a model of purchases takes them. */
export interface CustomerCovariates {
  /** Numbers by name: `{ ...summary, covariates }`. */
  readonly covariates: Readonly<Record<string, Float64Array>>;
  /** The names: what `purchaseCovariates` and `dropoutCovariates` of a fit choose from. */
  readonly names: readonly string[];
  /** How the columns were made: `like` for new customers; keep its JSON with that of the model. */
  readonly encoding: Encoding;
}

const CALLER = 'customerCovariates';

/**
 * Attributes of customers as covariates for the models of purchases: numbers as they are, every level of a category but the first (by code unit) as a
 * column of 0 and 1, missing numbers at the mean with a column that says so.
 *
 * A coefficient is the change of the logarithm of a rate for one unit more, or for a level against the first. What new customers have that nobody
 * had when `like` was learnt is taken for `(other)`, or for the average customer. O(cells).
 *
 * @param data - one row a customer, in the order of the histories
 * @param options - see {@link CustomerCovariatesOptions}
 * @returns the covariates, their names, and how to make them of new customers
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and categories that look like an identifier), `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const { covariates, names, encoding } = customerCovariates([{ plan: 'basic', age: 30 }, { plan: 'gold', age: 50 }]);
 * names; // => ['plan=gold', 'age']
 * covariates['plan=gold']; // => [0, 1]
 * customerCovariates([{ plan: 'gold', age: 41 }], { like: encoding }).covariates['plan=gold']; // => [1]
 * ```
 */
export function customerCovariates<Data extends TableOf<Data>>(data: Data, options: CustomerCovariatesOptions<ColumnNameOf<Data>> = {}): CustomerCovariates {
  requireKnownOptions(CALLER, options, ['features', 'minLevelCount', 'like']);
  const { like, ...learning }: CustomerCovariatesOptions = options;
  if (like !== undefined && Object.keys(learning).length > 0) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} takes like by itself: it says which features there are, and their levels`, { option: 'like' });
  }
  if (like !== undefined && !Array.isArray((Object(like) as Partial<Encoding>).terms)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs like as an Encoding: the encoding of earlier covariates, or Encoding.fromJSON of what was kept`, { option: 'like' });
  }
  const view = readTable(CALLER, data);
  const encoding = like ?? new Encoding({ format: 'Encoding', formatVersion: 1, terms: learnTerms(CALLER, view, { ...learning, standardise: false }) });
  const { values, rowCount, columnCount, columnNames } = encodeView(CALLER, encoding, view);
  const columns = columnNames.map(() => new Float64Array(rowCount));
  for (let row = 0; row < rowCount; row++) for (let j = 0; j < columnCount; j++) columns[j]![row] = values[row * columnCount + j]!;
  const covariates = Object.freeze(Object.fromEntries(columnNames.map((name, j) => [name, columns[j]!])));
  return Object.freeze({ covariates, names: columnNames, encoding });
}
