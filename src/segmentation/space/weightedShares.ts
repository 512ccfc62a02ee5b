import { sortedOrder } from '../../numeric/sorting.js';

/**
 * The values below which lie these shares of the weight (type 2 of Hyndman and Fan, 1996: at a jump the mean of both sides), so that a row of
 * weight 2 is the row twice. NaN are passed over; none known gives an empty list.
 */
export function sharesOf(values: Float64Array, weights: Float64Array | null, shares: readonly number[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (values[row] === values[row] && (weights === null || weights[row]! > 0)) rows.push(row);
  if (rows.length === 0) return [];
  const sorted = sortedOrder(Float64Array.from(rows, (row) => values[row]!));
  const weightAt = (place: number): number => (weights === null ? 1 : weights[rows[sorted[place]!]!]!);
  let total = 0;
  for (let place = 0; place < rows.length; place++) total += weightAt(place);
  return shares.map((share) => {
    const wanted = share * total;
    let place = 0;
    let upTo = weightAt(0);
    // What rounding adds to 0.05 * 60 may not reach for the next value.
    while (upTo < wanted * (1 - 1e-12) && place < rows.length - 1) upTo += weightAt(++place);
    const value = values[rows[sorted[place]!]!]!;
    const isJump = upTo <= wanted * (1 + 1e-12) && place < rows.length - 1;
    return isJump ? (value + values[rows[sorted[place + 1]!]!]!) / 2 : value;
  });
}
