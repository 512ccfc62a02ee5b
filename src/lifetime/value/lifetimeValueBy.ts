import type { EventLog } from '../../data/eventLog.js';
import { requireKnownOptions } from '../../data/options.js';
import { readDimensions, type Dimension } from '../../data/readDimensions.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import { normalQuantile } from '../../numeric/normal.js';
import { VALUE_OPTIONS, type LifetimeValue } from './lifetimeValue.js';
import type { ValueOptions } from './lifetimeValueTypes.js';
import type { ValueHistories } from './valueHistories.js';
import { valueLoadings } from './valueLoadings.js';
import { valueSpread } from './valueSpread.js';
import { valueRows, type SumTerms, type ValueRow } from './valueSums.js';
import type { ValueTerms } from './valueTerms.js';

/** Along which dimensions values are summed, and what is valued. */
export interface LifetimeValueByOptions extends ValueOptions {
  /** One value for each customer, in their order, or a table of several columns (segment, branch). A column alone is called `group`. @defaultValue none */
  readonly by?: ColumnValues | TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** Whether the groups of all dimensions together are given too: segment × branch. @defaultValue false */
  readonly cross?: boolean;
}

/** The customers of one cell of several dimensions. */
export interface ValueCell extends ValueRow {
  /** The values of the dimensions, in their order; null: missing. */
  readonly levels: readonly (string | null)[];
}

/** Values added up; see {@link lifetimeValueBy}. */
export interface LifetimeValueSums {
  /** Of the intervals. */
  readonly confidence: number;
  /** False for a horizon without end: the intervals know the parameters' uncertainty only. */
  readonly includesOwn: boolean;
  /** False where a model has no standard errors: the intervals of great sums are then too narrow. */
  readonly includesShared: boolean;
  /** Everybody. */
  readonly total: ValueRow;
  /** By name of the dimension; values ascending, missing last. */
  readonly by: Readonly<Record<string, readonly ValueRow[]>>;
  /** The groups of all dimensions together, those with customers; empty without `cross`. */
  readonly cells: readonly ValueCell[];
}

const CALLER = 'lifetimeValueBy';

/**
 * What customers are worth together, in total and along any dimension, with intervals of what they really are going to bring.
 *
 * Two things make a sum uncertain. Chance in each customer (how many purchases, which amounts) averages out: variances add up. The parameters, learnt once
 * for all, are the same error in everybody: its effects add up before they are squared (the delta method, over all parameters of both laws). Of a
 * large portfolio the second is nearly everything. Ends are those of a lognormal law with the mean and variance of the sum; they do not add up over groups, and
 * must not.
 *
 * O(customers × (dimensions + 2 × parameters)).
 *
 * @param model - what `fitLifetimeValue` learnt
 * @param customers - histories, or a log
 * @param options - dimensions, and what is valued; see {@link LifetimeValueByOptions}
 * @returns the total and its parts
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`
 * @example
 * ```ts
 * import { fitLifetimeValue } from 'clientela/lifetime';
 * const customers = { unit: 'week', frequency: [0, 1, 2, 6], recency: [0, 6, 20, 38], tenure: [40, 40, 40, 40], monetary: [NaN, 20, 40, 30], weights: [25, 12, 9, 4] } as const;
 * const model = fitLifetimeValue(customers, { models: ['nbd'] });
 * const sums = lifetimeValueBy(model, customers, { by: ['new', 'new', 'old', 'old'] });
 * sums.by['group']?.map(({ name, customers }) => [name, customers]); // => [['new', 37], ['old', 13]]
 * const { estimate, lower, upper } = sums.total.value;
 * lower < estimate && estimate < upper; // => true
 * ```
 */
export function lifetimeValueBy(model: LifetimeValue, customers: EventLog | ValueHistories, options: LifetimeValueByOptions = {}): LifetimeValueSums {
  requireKnownOptions(CALLER, options, [...VALUE_OPTIONS, 'by', 'dimensions', 'cross']);
  const sums = sumTerms(CALLER, model, model.terms(CALLER, customers, options));
  const { count } = sums.terms.histories;
  const dimensions = options.by === undefined ? [] : readBy(options.by, options.dimensions, count);
  return {
    confidence: sums.terms.confidence,
    includesOwn: sums.own !== null,
    includesShared: sums.shared !== null,
    total: valueRows(sums, new Int32Array(count), ['total'])[0]!,
    by: Object.fromEntries(dimensions.map(({ name, codes, groups }) => [name, valueRows(sums, codes, groups)])),
    cells: options.cross === true && dimensions.length > 0 ? crossRows(sums, dimensions) : [],
  };
}

/** What sums need beside the values: variances of single customers, loadings of the parameters. */
export function sumTerms(caller: string, model: LifetimeValue, terms: ValueTerms): SumTerms {
  const own = terms.time < Infinity ? valueSpread(caller, terms, { ends: false, variance: true }).variance : null;
  return { terms, own, shared: valueLoadings(caller, model, terms), z: normalQuantile((1 + terms.confidence) / 2) };
}

// Rows of a table are objects; cells are not.
function readBy(by: ColumnValues | TableInput, dimensions: readonly string[] | undefined, count: number): readonly Dimension[] {
  const isColumn = ArrayBuffer.isView(by) || (Array.isArray(by) && !by.some((cell) => typeof cell === 'object' && cell !== null));
  return readDimensions(CALLER, isColumn ? { group: by as ColumnValues } : (by as TableInput), dimensions, count);
}

/** The groups of all dimensions together that occur, ascending by the first dimension, then the second, …. */
function crossRows(sums: SumTerms, dimensions: readonly Dimension[]): ValueCell[] {
  const { count } = sums.terms.histories;
  const keys = new Float64Array(count);
  for (const { codes, groups } of dimensions) for (let i = 0; i < count; i++) keys[i] = keys[i]! * groups.length + codes[i]!;
  const found = [...new Set(keys)].sort((a, b) => a - b);
  const places = new Map(found.map((key, place) => [key, place]));
  const levels = found.map((key) => dimensions.reduceRight<readonly [number, (string | null)[]]>(([left, above], { groups }) => [Math.floor(left / groups.length), [groups[left % groups.length]!, ...above]], [key, []])[1]);
  const rows = valueRows(sums, Int32Array.from(keys, (key) => places.get(key)!), levels.map((level) => level.at(-1)!));
  return rows.map((row, cell) => ({ ...row, levels: levels[cell]! }));
}
