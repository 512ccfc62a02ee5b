import type { Random } from '../../numeric/random.js';
import type { Points } from './points.js';

/** Beyond this many rows order and repetition are left as they are. */
export const SMALL = 50_000;

/**
 * The rows of weight above 0; of up to 50,000 each distinct one once, with the weight of its copies, in the order of their coordinates: neither the order of
 * the rows nor the way a weight is written makes a difference then.
 */
export function distinctRows(values: Float64Array, width: number, weights: Float64Array | null): Points {
  const count = values.length / width;
  const isSmall = count <= SMALL;
  if (!isSmall && (weights === null || weights.every((weight) => weight > 0))) return { values, width, count, weights };
  let order = Uint32Array.from({ length: count }, (_, row) => row);
  if (weights !== null) order = order.filter((row) => weights[row]! > 0);
  const compare = (a: number, b: number): number => {
    for (let i = a * width, j = b * width, end = i + width; i < end; i++, j++) if (values[i] !== values[j]) return values[i]! - values[j]!;
    return 0;
  };
  if (isSmall) order.sort(compare);
  const gathered = new Float64Array(order.length * width);
  const counts = new Float64Array(order.length);
  let rows = 0;
  order.forEach((row, place) => {
    if (!isSmall || place === 0 || compare(row, order[place - 1]!) !== 0) gathered.set(values.subarray(row * width, (row + 1) * width), rows++ * width);
    counts[rows - 1]! += weights === null ? 1 : weights[row]!;
  });
  return { values: gathered.subarray(0, rows * width), width, count: rows, weights: weights === null && rows === count ? null : counts.subarray(0, rows) };
}

/** About `size` rows, one from each stretch of equal weight, as points of their own. */
export function drawRows({ values, width, count, weights }: Points, size: number, random: Random): Points {
  const total = weights === null ? count : weights.reduce((sum, weight) => sum + weight, 0);
  const step = total / Math.floor(size);
  const drawn: number[] = [];
  let next = random.uniform() * step;
  let passed = 0;
  for (let row = 0; row < count; row++) {
    passed += weights === null ? 1 : weights[row]!;
    while (next < passed) {
      for (let j = 0; j < width; j++) drawn.push(values[row * width + j]!);
      next = (Math.floor(next / step) + 1 + random.uniform()) * step;
    }
  }
  return distinctRows(Float64Array.from(drawn), width, null);
}
