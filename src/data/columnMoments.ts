/** What a column of numbers comes to, missing values apart. */
export interface ColumnMoments {
  /** Sum of the weights of the known values. */
  readonly known: number;
  /** Mean of the known values; 0 where there are none. */
  readonly mean: number;
  /** Sum of the squared distances from it. */
  readonly squares: number;
  /** Row of the first infinite value, or -1. */
  readonly infiniteRow: number;
}

/**
 * Weighted moments in one pass, around a first guess at the mean from values spread over the column: 1e9-scale values keep their digits, and
 * memory is read once. Where the guess was so poor that digits would be lost, a second pass around the mean follows. O(rows).
 */
export function columnMoments(values: Float64Array, weights: Float64Array | null): ColumnMoments {
  const guess = guessMean(values);
  const first = (weights === null ? plainSums(values, guess) : null) ?? weightedSums(values, weights, guess);
  const shift = first.known > 0 ? first.sum / first.known : 0;
  const squares = first.squares - first.sum * shift;
  const mean = first.known > 0 ? guess + shift : 0;
  if (first.sum * shift < 4 * squares) return { ...first, mean, squares };
  return { ...first, mean, squares: weightedSums(values, weights, mean).squares };
}

// The first known value where rows are few: the mean of whole numbers is then as exact as by hand.
function guessMean(values: Float64Array): number {
  const known = values.find((x) => x - x === 0) ?? 0;
  const step = Math.floor(values.length / 64);
  let guess = known;
  for (let row = 0; row < values.length && step > 64; row += step) {
    const x = values[row]!;
    if (x - x === 0) guess += (x - known) / 65;
  }
  return guess;
}

interface Sums {
  readonly known: number;
  /** Of the distances from the guess, and of their squares. */
  readonly sum: number;
  readonly squares: number;
  readonly infiniteRow: number;
}

// Two interleaved sums: otherwise each addition waits for the one before. Null where something is missing or infinite: it shows in the sum.
function plainSums(values: Float64Array, guess: number): Sums | null {
  let sum = 0;
  let odd = 0;
  let squares = 0;
  let oddSquares = 0;
  const pairs = values.length & ~1;
  for (let row = 0; row < pairs; row += 2) {
    const a = values[row]! - guess;
    const b = values[row + 1]! - guess;
    sum += a;
    odd += b;
    squares += a * a;
    oddSquares += b * b;
  }
  const last = pairs < values.length ? values[pairs]! - guess : 0;
  sum += odd + last;
  squares += oddSquares + last * last;
  return squares - squares === 0 ? { known: values.length, sum, squares, infiniteRow: -1 } : null;
}

function weightedSums(values: Float64Array, weights: Float64Array | null, guess: number): Sums {
  let known = 0;
  let sum = 0;
  let squares = 0;
  let infiniteRow = -1;
  for (let row = 0; row < values.length; row++) {
    const distance = values[row]! - guess;
    const weight = weights === null ? 1 : weights[row]!;
    if (distance - distance === 0) {
      known += weight;
      sum += weight * distance;
      squares += weight * distance * distance;
    } else if (distance === distance && infiniteRow < 0) infiniteRow = row;
  }
  return { known, sum, squares, infiniteRow };
}
