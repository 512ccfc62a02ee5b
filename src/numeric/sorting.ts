/**
 * The indexes that put the values in ascending order, stable: equal values (0 and -0 are equal) keep their order of rows, NaN comes last.
 *
 * Radix sort on the high 32 bits of the double, three stable passes of 11 bits that carry only key and index; rows that agree in the high
 * bits lie next to each other afterwards and are put right by comparison. O(n), faster than the native sort of the values alone from
 * about 10,000 rows; O(n log n) when nearly all values agree to six digits.
 */
export function sortedOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  const digits = new Uint32Array(6144);
  let keys = highKeys(values, digits);
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let nextKeys = new Uint32Array(n);
  let nextOrder = new Uint32Array(n);
  for (let pass = 0; pass < 3; pass++) {
    const start = pass * 2048;
    const shift = pass * 11;
    let position = 0;
    for (let d = start; d < start + 2048; d++) {
      const count = digits[d]!;
      digits[d] = position;
      position += count;
    }
    for (let i = 0; i < n; i++) {
      const key = keys[i]!;
      const to = digits[start + ((key >>> shift) & 2047)]!++;
      nextKeys[to] = key;
      nextOrder[to] = order[i]!;
    }
    [keys, nextKeys, order, nextOrder] = [nextKeys, keys, nextOrder, order];
  }
  sortWithinEqualKeys(values, keys, order);
  return order;
}

// The high words as integers in the order of the doubles, and on the way the counts of the three digits.
function highKeys(values: ArrayLike<number>, digits: Uint32Array): Uint32Array<ArrayBuffer> {
  const keys = new Uint32Array(values.length);
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  double[0] = 1;
  const high = words[1] === 0 ? 0 : 1;
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]!;
    // Adding 0 turns -0 into 0. NaN may carry either sign, so its key is set by hand.
    double[0] = value + 0;
    const word = words[high]!;
    // All bits of a negative are flipped, of the others the sign bit only.
    const key = Number.isNaN(value) ? 0xffffffff : (word ^ ((word >> 31) | 0x80000000)) >>> 0;
    keys[i] = key;
    digits[key & 2047]!++;
    digits[2048 + ((key >>> 11) & 2047)]!++;
    digits[4096 + (key >>> 22)]!++;
  }
  return keys;
}

// Insertion is linear where a run is all ties and cheap where it is short; a long unsorted run goes to a comparison sort.
function sortWithinEqualKeys(values: ArrayLike<number>, keys: Uint32Array, order: Uint32Array): void {
  const n = order.length;
  for (let start = 0; start < n; ) {
    const key = keys[start]!;
    let end = start + 1;
    while (end < n && keys[end] === key) end++;
    let sortedTo = start + 1;
    while (sortedTo < end && !(values[order[sortedTo]!]! < values[order[sortedTo - 1]!]!)) sortedTo++;
    if (end - sortedTo > 32) order.subarray(start, end).sort((a, b) => values[a]! - values[b]! || a - b);
    else {
      for (let i = sortedTo; i < end; i++) {
        const row = order[i]!;
        let j = i - 1;
        while (j >= start && values[order[j]!]! > values[row]!) {
          order[j + 1] = order[j]!;
          j--;
        }
        order[j + 1] = row;
      }
    }
    start = end;
  }
}
