/**
 * The place in `crossed` of the row at which a fall ends, each row taking from it |move| times its weight, in the order of their steps; the rows
 * before it are brought before it. -1 when it never ends. A weighted median by Hoare's partitions: O(rows) on average.
 */
export function lastCrossing(crossed: Int32Array, steps: Float64Array, moves: Float64Array, weights: Float64Array, fall: number): number {
  let low = 0;
  let high = crossed.length - 1;
  if (high < 0 || taken(crossed, low, high, moves, weights) < fall) return -1;
  while (low < high) {
    const middle = steps[crossed[(low + high) >> 1]!]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (steps[crossed[i]!]! < middle) i++;
      while (steps[crossed[j]!]! > middle) j--;
      if (i > j) break;
      const held = crossed[i]!;
      crossed[i++] = crossed[j]!;
      crossed[j--] = held;
    }
    // At most one row is left between the two parts.
    const near = taken(crossed, low, j, moves, weights);
    const between = taken(crossed, j + 1, i - 1, moves, weights);
    if (j >= low && near >= fall) high = j;
    else if (i - j > 1 && near + between >= fall) return j + 1;
    else {
      fall -= near + between;
      low = i;
    }
  }
  return low;
}

function taken(crossed: Int32Array, from: number, to: number, moves: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let c = from; c <= to; c++) sum += weights[crossed[c]!]! * Math.abs(moves[crossed[c]!]!);
  return sum;
}
