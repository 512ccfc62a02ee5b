import { quantileSorted } from 'simple-statistics';
import type { Column, ColumnKind } from './column.js';

/** What one column of a `Frame` holds, in figures. Dates are in UTC epoch milliseconds. */
export interface ColumnSummary<Names extends string = string> {
  /** The name of the column. */
  readonly name: Names;
  /** What it holds. */
  readonly kind: ColumnKind;
  /** Rows with a known value. */
  readonly count: number;
  /** Rows without one. */
  readonly missing: number;
  /** Different known values. */
  readonly distinct: number;
  /** Mean of numbers and dates; share of true of booleans; absent, as all figures below, where no value is known. */
  readonly mean?: number;
  /** Standard deviation with n - 1 below; `NaN` for fewer than two values. */
  readonly standardDeviation?: number;
  /** Smallest number or date. */
  readonly min?: number;
  /** First quartile (linear interpolation, type 7 of Hyndman and Fan, 1996). */
  readonly lowerQuartile?: number;
  /** Second quartile. */
  readonly median?: number;
  /** Third quartile. */
  readonly upperQuartile?: number;
  /** Largest number or date. */
  readonly max?: number;
  /** The most frequent levels of categories, at most ten. */
  readonly top?: readonly { readonly level: string; readonly count: number }[];
}

/** The figures of one column. */
export function describeColumn<Name extends string>(name: Name, column: Column): ColumnSummary<Name> {
  switch (column.kind) {
    case 'category': {
      const counts = new Array<number>(column.levels.length).fill(0);
      for (const code of column.codes) if (code >= 0) counts[code]!++;
      const top = column.levels
        .map((level, code) => ({ level, count: counts[code]! }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
      const count = top.reduce((sum, entry) => sum + entry.count, 0);
      return { name, kind: column.kind, count, missing: column.codes.length - count, distinct: top.length, top: top.slice(0, 10) };
    }
    case 'id':
      return { name, kind: column.kind, count: column.values.length, missing: 0, distinct: new Set(column.values).size };
    case 'boolean': {
      const known = column.values.filter((value) => value >= 0);
      const found = { name, kind: column.kind, count: known.length, missing: column.values.length - known.length, distinct: new Set(known).size };
      return known.length === 0 ? found : { ...found, mean: known.reduce((sum, value) => sum + value, 0) / known.length };
    }
    default:
      return describeNumbers(name, column.kind, column.values);
  }
}

function describeNumbers<Name extends string>(name: Name, kind: ColumnKind, values: Float64Array): ColumnSummary<Name> {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  const missing = values.length - count;
  if (count === 0) return { name, kind, count, missing, distinct: 0 };
  let distinct = 1;
  for (let i = 1; i < count; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  // Around the middle value, so that 1e9-scale values keep their digits.
  const shift = sorted[count >> 1]!;
  let sum = 0;
  for (const value of sorted) sum += value - shift;
  const mean = shift + sum / count;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const quantiles = sorted as unknown as number[];
  return {
    name,
    kind,
    count,
    missing,
    distinct,
    mean,
    standardDeviation: Math.sqrt(squares / (count - 1)),
    min: sorted[0]!,
    lowerQuartile: quantileSorted(quantiles, 0.25),
    median: quantileSorted(quantiles, 0.5),
    upperQuartile: quantileSorted(quantiles, 0.75),
    max: sorted[count - 1]!,
  };
}
