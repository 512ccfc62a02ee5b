import type { Column } from '../data/column.js';
import { MISSING, OTHER } from '../data/encodingTerm.js';
import { infinite } from '../data/infinite.js';
import { codesOf, numbersOf } from '../data/replayColumn.js';
import type { TableView } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import { kolmogorovDistance, kolmogorovP } from '../numeric/kolmogorovSmirnov.js';
import { quantileOfSorted } from '../numeric/quantile.js';
import { compareCounts, type CountComparison } from '../numeric/compareCounts.js';

/** One bin of a feature at both moments. */
export interface DriftBin {
  /** In words: `'to 5'`, `'5 to 9'`, `'above 9'`, a level, `'(other)'`, `'(missing)'`. */
  readonly bin: string;
  /** Share of the baseline, 0 to 1. */
  readonly baseline: number;
  /** Share of the current rows, 0 to 1. */
  readonly current: number;
}

/** One feature compared. */
export interface ComparedFeature extends CountComparison {
  readonly bins: readonly DriftBin[];
}

/** Levels rarer than this in the baseline are taken together: identifiers in disguise would drift every day. */
const FEWEST = 10;

/** Compares a column of two tables on the bins of the first. */
export function compareFeature(caller: string, name: string, column: Column, current: TableView, binCount: number): ComparedFeature {
  if (column.kind === 'category') {
    const sizes = new Float64Array(column.levels.length);
    for (const code of column.codes) if (code >= 0) sizes[code]!++;
    const levels = [...column.levels.filter((_, code) => sizes[code]! >= FEWEST), OTHER, MISSING];
    const counts = [column, current.source(name)].map((source) => countCodes(codesOf(caller, source, { column: name, levels }), levels.length)) as [Float64Array, Float64Array];
    return compared(levels, counts);
  }
  if (column.kind === 'date' || column.kind === 'id') {
    throw new ClientelaError('COLUMN_KIND', `${caller} compares numbers, booleans and categories, found column "${name}" of kind ${column.kind}; leave it out of features`, { column: name, kind: column.kind });
  }
  const samples = [column, current.source(name)].map((source) => numbersOf(caller, name, source)) as [Float64Array, Float64Array];
  for (const values of samples) {
    const row = values.findIndex((x) => x === Infinity || x === -Infinity);
    if (row >= 0) throw infinite(caller, name, row, values[row]!);
  }
  const sorted = samples.map((values) => values.filter((x) => x === x).sort()) as [Float64Array, Float64Array];
  const cuts = cutsOf(sorted[0], binCount);
  const counts = samples.map((values) => countCodes(values.map((x) => binOf(x, cuts)), cuts.length + 2)) as [Float64Array, Float64Array];
  const texts = [...cuts, NaN].map((cut, i) => (i === 0 ? `to ${cut}` : i === cuts.length ? `above ${cuts[i - 1]!}` : `${cuts[i - 1]!} to ${cut}`));
  const found = compared([...(cuts.length === 0 ? ['all'] : texts), MISSING], counts);
  const [n, m] = [sorted[0].length, sorted[1].length];
  if (n === 0 || m === 0) return found;
  // Two tests of one question: twice the smaller p.
  return { ...found, p: Math.min(1, 2 * Math.min(found.p, kolmogorovP(kolmogorovDistance(sorted[0], sorted[1]), n, m))) };
}

function compared(texts: readonly string[], [a, b]: readonly [Float64Array, Float64Array]): ComparedFeature {
  const [n, m] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number];
  const bins = texts.map((bin, i) => ({ bin, baseline: a[i]! / n, current: b[i]! / m })).filter(({ baseline, current }) => baseline + current > 0);
  return { ...compareCounts(a, b), bins };
}

/**
 * The upper ends of the bins but the last: the distinct quantiles below the largest value; where that is most of them, the value next to it; and of
 * a constant the number just below and itself, so that another constant is seen.
 */
function cutsOf(sorted: Float64Array, binCount: number): number[] {
  if (sorted.length === 0) return [];
  const largest = sorted[sorted.length - 1]!;
  const quantiles = Array.from({ length: binCount - 1 }, (_, i) => quantileOfSorted(sorted, (i + 1) / binCount)).filter((cut) => cut < largest);
  if (quantiles.length > 0) return [...new Set(quantiles)];
  const next = sorted.filter((x) => x < largest).at(-1);
  return next === undefined ? [largest - (Math.abs(largest) * 2 ** -52 || Number.MIN_VALUE), largest] : [next];
}

// Missing has the bin after the last.
function binOf(x: number, cuts: readonly number[]): number {
  if (x !== x) return cuts.length + 1;
  let bin = 0;
  while (bin < cuts.length && x > cuts[bin]!) bin++;
  return bin;
}

function countCodes(codes: ArrayLike<number>, length: number): Float64Array {
  const counts = new Float64Array(length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  return counts;
}
