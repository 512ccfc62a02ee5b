import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** The distinct values of a column in ascending order, and what lies up to each: rows (by weight) and events. */
export interface DistinctValues {
  readonly values: Float64Array;
  /** One longer than `values`: rowsUpTo[i] counts what is before values[i]. */
  readonly rowsUpTo: Float64Array;
  readonly eventsUpTo: Float64Array;
}

/** Sorts the values that are known, none of them special. O(n). */
export function distinctValues(values: Float64Array, labels: Int8Array, weights: Float64Array | null, special: ReadonlySet<number>): DistinctValues {
  const known = new Float64Array(values.length);
  const rows = new Uint32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value !== value || (special.size > 0 && special.has(value))) continue;
    rows[count] = row;
    known[count++] = value;
  }
  const order = sortedOrder(known.subarray(0, count));
  const sorted = gather(known, order);
  // Reads of memory in no order, kept apart from the sums: so they overlap.
  if (count < values.length) for (let i = 0; i < count; i++) order[i] = rows[order[i]!]!;
  const events = new Float64Array(count);
  for (let i = 0; i < count; i++) events[i] = labels[order[i]!]!;
  return sumDistinct(sorted, events, weights === null ? null : gather(weights, order));
}

function sumDistinct(sorted: Float64Array, labels: Float64Array, weights: Float64Array | null): DistinctValues {
  const values = new Float64Array(sorted.length);
  const rowsUpTo = new Float64Array(sorted.length + 1);
  const eventsUpTo = new Float64Array(sorted.length + 1);
  let size = 0;
  let [rows, events] = [0, 0];
  for (let i = 0; i < sorted.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const value = sorted[i]!;
    if (size === 0 || value !== values[size - 1]) values[size++] = value;
    rows += weight;
    events += weight * labels[i]!;
    rowsUpTo[size] = rows;
    eventsUpTo[size] = events;
  }
  return { values: values.subarray(0, size), rowsUpTo: rowsUpTo.subarray(0, size + 1), eventsUpTo: eventsUpTo.subarray(0, size + 1) };
}

/** Half-way before the values at these positions: above the value below, not above the value itself. */
export function splitsBefore({ values }: DistinctValues, positions: readonly number[]): number[] {
  return positions.map((at) => {
    const [low, high] = [values[at - 1]!, values[at]!];
    const middle = low + (high / 2 - low / 2);
    return middle > low && middle <= high ? middle : high;
  });
}
