import { sortedOrder } from '../sorting.js';

/** Down the ranking: whoever is worth something and still fits. */
export function take(ranking: Uint32Array, worth: Float64Array, costs: Float64Array, capacity: number, budget: number): Uint32Array {
  const selected = new Uint32Array(ranking.length);
  let count = 0;
  let left = budget;
  for (let k = 0; k < ranking.length && count < capacity; k++) {
    const row = ranking[k]!;
    if (worth[row]! > 0 && costs[row]! <= left) {
      selected[count++] = row;
      left -= costs[row]!;
    }
  }
  return selected.subarray(0, count);
}

/** Highest first; equal values in the order of the rows. */
export function descending(values: Float64Array): Uint32Array {
  return sortedOrder(values.map((value) => -value));
}

/** What these rows add up to. */
export function sumOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum;
}

/** Their mean. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
