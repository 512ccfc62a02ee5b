/** The most states the exact chance of one journey may take; more are shuffled instead. */
export const MOST_STATES = 50_000;

/**
 * The chance that a journey has a path when its steps are put in random order. Each kind of step is the mask of the steps of the path that it can be, `counts` says how
 * many steps are of each kind. NaN where there are too many states.
 *
 * With `left` steps of each kind still to come and the path done up to step j, the next step is of a kind with chance left / all left, and takes the path one on when its
 * mask has j (the earliest possible is always best): one sweep over the vectors of what is left for each j. O(states × kinds × steps of the path).
 */
export function orderChance(masks: readonly number[], counts: readonly number[], length: number): number {
  let size = 1;
  const strides = counts.map((count) => {
    const stride = size;
    size *= count + 1;
    return stride;
  });
  if (size > MOST_STATES) return NaN;
  let after = new Float64Array(size).fill(1);
  let now = new Float64Array(size);
  const left = new Int32Array(counts.length);
  for (let j = length - 1; j >= 0; j--) {
    left.fill(0);
    now[0] = 0;
    let total = 0;
    for (let state = 1; state < size; state++) {
      for (let kind = 0; ; kind++) {
        if (left[kind]! < counts[kind]!) {
          left[kind]!++;
          total++;
          break;
        }
        total -= left[kind]!;
        left[kind] = 0;
      }
      let sum = 0;
      for (let kind = 0; kind < masks.length; kind++) {
        if (left[kind]! > 0) sum += left[kind]! * ((masks[kind]! >> j) & 1 ? after : now)[state - strides[kind]!]!;
      }
      now[state] = sum / total;
    }
    [after, now] = [now, after];
  }
  return after[size - 1]!;
}
