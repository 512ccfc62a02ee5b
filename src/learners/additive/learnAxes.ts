import type { EncodingTerm } from '../../data/encodingTerm.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { TermAxis } from './axis.js';

/** A column as the fit sees it. */
export interface LearntAxis {
  /** With as many knots as the term of the column has. */
  readonly fine: TermAxis;
  /** With few knots, for its crosses. */
  readonly coarse: TermAxis;
  /** Whether rows are without a value. */
  readonly hasMissing: boolean;
}

/** An axis for every column of the terms. */
export function learnAxes(caller: string, terms: readonly EncodingTerm[], view: TableView, weights: Float64Array | null, knots: number, crossKnots: number): LearntAxis[] {
  const missing = new Set(terms.flatMap(({ kind, column }) => (kind === 'missing' ? [column] : [])));
  return terms.flatMap((term): LearntAxis[] => {
    if (term.kind === 'missing') return [];
    const { column } = term;
    if (term.kind === 'category') {
      const axis = { column, levels: term.levels };
      return [{ fine: axis, coarse: axis, hasMissing: false }];
    }
    const distinct = distinctValues(numbersOf(caller, column, view.source(column)), weights);
    const fine = spreadKnots(distinct, knots);
    return [{ fine: { column, knots: fine }, coarse: { column, knots: fine.length <= crossKnots ? fine : spreadKnots(distinct, crossKnots) }, hasMissing: missing.has(column) }];
  });
}

interface Distinct {
  readonly values: Float64Array;
  /** Weight up to and with each value. */
  readonly reached: Float64Array;
}

/** The values of a column in ascending order, each once, of rows that count. */
function distinctValues(column: Float64Array, weights: Float64Array | null): Distinct {
  const order = sortedOrder(column);
  const values = new Float64Array(order.length);
  const reached = new Float64Array(order.length);
  let count = 0;
  let sum = 0;
  for (const row of order) {
    const x = column[row]!;
    if (x !== x) break;
    const w = weights === null ? 1 : weights[row]!;
    if (w === 0) continue;
    sum += w;
    if (count === 0 || values[count - 1]! !== x) values[count++] = x + 0;
    reached[count - 1] = sum;
  }
  return { values: values.slice(0, count), reached: reached.slice(0, count) };
}

/**
 * Knots at values that part the rows about equally, or at every value where they are few. The ends, too, have rows enough at or beyond them:
 * what a single far value would say is not learnt. O(values).
 */
function spreadKnots({ values, reached }: Distinct, most: number): number[] {
  if (values.length === 0) return [0];
  const total = reached[reached.length - 1]!;
  const fewest = Math.max(total / 500, Math.min(10, total / 20));
  const weight = (k: number): number => reached[k]! - (k > 0 ? reached[k - 1]! : 0);
  let low = 0;
  while (reached[low]! < fewest) low++;
  let high = values.length - 1;
  while (high > low && total - (high > 0 ? reached[high - 1]! : 0) < fewest) high--;
  if (high - low < most) return [...values.subarray(low, high + 1)].filter((_, k) => k === 0 || k === high - low || weight(low + k) >= fewest);
  const knots = [values[low]!];
  let at = low;
  for (let k = 1; k < most - 1; k++) {
    while (reached[at]! < (total * k) / (most - 1)) at++;
    if (at < high && values[at]! > knots[knots.length - 1]!) knots.push(values[at]!);
  }
  return [...knots, values[high]!];
}
