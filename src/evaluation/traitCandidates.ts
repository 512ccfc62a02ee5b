import type { Column } from '../data/column.js';
import { sortedOrder } from '../numeric/sorting.js';

/** A column as a few named values: for each row the position of its value in `texts`. */
export interface TraitColumn {
  readonly feature: string;
  readonly codes: Int32Array;
  /** In words, such as 'plan = gold', 'age 30-45' or 'income is missing'. */
  readonly texts: readonly string[];
  /** Of a number or date: the words for its bands `low` to `high` together; its bands come first, in ascending order. */
  readonly bands?: { readonly count: number; readonly text: (low: number, high: number) => string };
}

/** Levels of a category, both values of a boolean, the values of a number with few, otherwise bands of equal size; null for identifiers. */
export function traitColumn(feature: string, column: Column, bands: number): TraitColumn | null {
  switch (column.kind) {
    case 'id':
      return null;
    case 'category':
      return withMissing(feature, column.codes.slice(), column.levels.map((level) => `${feature} = ${level}`));
    case 'boolean':
      return withMissing(feature, Int32Array.from(column.values), [`${feature} = false`, `${feature} = true`]);
    case 'number':
      return bandedColumn(feature, column.values, bands, numberText);
    case 'date':
      return bandedColumn(feature, column.values, bands, dateText);
  }
}

// Codes of -1 become a value of their own: that something is not known can be a trait.
function withMissing(feature: string, codes: Int32Array, texts: string[]): TraitColumn {
  if (codes.includes(-1)) {
    texts.push(`${feature} is missing`);
    for (let i = 0; i < codes.length; i++) if (codes[i]! < 0) codes[i] = texts.length - 1;
  }
  return { feature, codes, texts };
}

function bandedColumn(feature: string, values: Float64Array, bands: number, textFor: (edges: readonly number[]) => (edge: number) => string): TraitColumn {
  const order = sortedOrder(values);
  const known = order.length - values.reduce((missing, value) => missing + (Number.isNaN(value) ? 1 : 0), 0);
  const few = countDistinct(values, order, known, bands + 1) <= bands + 1;
  const codes = new Int32Array(values.length).fill(-1);
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < known; i++) {
    const value = values[order[i]!]!;
    // A new band once its share of the rows is due, but never between equal values.
    if (i === 0 || (value !== to[to.length - 1] && (few || i >= Math.floor((known * from.length) / bands)))) from.push(value);
    to[from.length - 1] = value;
    codes[order[i]!] = from.length - 1;
  }
  const last = from.length - 1;
  const text = textFor(from.flatMap((low, j) => [low, to[j]!]));
  const between = (low: number, high: number): string => {
    const [least, most] = [from[low]!, to[high]!];
    if (least === most) return `${feature} = ${text(least)}`;
    if (low === 0) return `${feature} up to ${text(most)}`;
    return high === last ? `${feature} from ${text(least)}` : `${feature} ${text(least)}${least < 0 ? ' to ' : '-'}${text(most)}`;
  };
  return { ...withMissing(feature, codes, from.map((_, band) => between(band, band))), bands: { count: from.length, text: between } };
}

function countDistinct(values: Float64Array, order: Uint32Array, known: number, limit: number): number {
  let distinct = 0;
  for (let i = 0; i < known && distinct <= limit; i++) if (i === 0 || values[order[i]!] !== values[order[i - 1]!]) distinct++;
  return distinct;
}

// Whole numbers whole; fractions exactly where 9 digits do, otherwise with the fewest from 4 that keep ascending edges apart.
function numberText(edges: readonly number[]): (edge: number) => string {
  const rounded = (edge: number, digits: number): number => (Number.isInteger(edge) ? edge : Number(edge.toPrecision(digits)));
  const lengths = Array.from({ length: 14 }, (_, i) => i + 4);
  const apart = (digits: number): boolean => edges.every((edge, i) => i === 0 || edge === edges[i - 1] || rounded(edge, digits) > rounded(edges[i - 1]!, digits));
  const exact = lengths.find((digits) => digits <= 9 && edges.every((edge) => rounded(edge, digits) === edge));
  const digits = exact ?? lengths.find(apart) ?? 17;
  return (edge) => String(rounded(edge, digits));
}

// Days, or minutes, seconds and milliseconds where two edges lie in one day.
function dateText(edges: readonly number[]): (edge: number) => string {
  const shown = (edge: number, length: number): string => new Date(edge).toISOString().slice(0, length);
  const length = [10, 16, 19].find((end) => edges.every((edge, i) => i === 0 || edge === edges[i - 1] || shown(edge, end) !== shown(edges[i - 1]!, end))) ?? 24;
  return (edge) => shown(edge, length);
}
