/** Room for the alignment of journeys of so many steps; kept over all pairs. */
export interface AlignmentRoom {
  readonly above: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly below: Float64Array;
  readonly queue: Float64Array;
  readonly queued: Int32Array;
}

/** Room for journeys of at most so many steps. */
export function alignmentRoom(longest: number): AlignmentRoom {
  const room = (): Float64Array => new Float64Array(longest + 1);
  return { above: room(), left: room(), right: room(), below: room(), queue: room(), queued: new Int32Array(longest + 1) };
}

/**
 * The most that can be gained by matching steps of two journeys in order, where step i of one with step j of the other gains `gains[rows[i] + columns[j]]`.
 * With gain = 2 indel - substitution, never below 0, the cost of the optimal matching is indel (n + m) less this (as edit distance and longest common
 * subsequence go together): nothing to add up for a step that is left out. One row kept, two at a time. O(n m).
 */
export function alignSteps(gains: Float64Array, rows: Int32Array, r0: number, r1: number, columns: Int32Array, c0: number, c1: number, { above }: AlignmentRoom): number {
  const width = c1 - c0;
  above.fill(0, 0, width + 1);
  let r = r0;
  for (; r + 1 < r1; r += 2) {
    const upper = rows[r]!;
    const lower = rows[r + 1]!;
    let corner = 0;
    let first = 0;
    let second = 0;
    for (let j = 1, c = c0; j <= width; j++, c++) {
      const column = columns[c]!;
      const top = above[j]!;
      let a = corner + gains[upper + column]!;
      if (top > a) a = top;
      if (first > a) a = first;
      let b = first + gains[lower + column]!;
      if (second > b) b = second;
      if (a > b) b = a;
      corner = top;
      first = a;
      above[j] = second = b;
    }
  }
  if (r < r1) {
    const upper = rows[r]!;
    let corner = 0;
    let first = 0;
    for (let j = 1, c = c0; j <= width; j++, c++) {
      const top = above[j]!;
      let a = corner + gains[upper + columns[c]!]!;
      if (top > a) a = top;
      if (first > a) a = first;
      corner = top;
      above[j] = first = a;
    }
  }
  return above[width]!;
}

/**
 * The same where states stay for many steps: block by block of a run against a run, of which only the borders are needed, each in O(p + q) instead of
 * O(p q) (as for run-length encoded strings: Bunke and Csirik, 1995). Worth it from about 4 steps a run.
 */
export function alignRuns(gains: Float64Array, rows: Int32Array, r0: number, r1: number, columns: Int32Array, c0: number, c1: number, room: AlignmentRoom): number {
  const { above, below } = room;
  let { left, right } = room;
  above.fill(0, 0, c1 - c0 + 1);
  for (let from = r0, to = r0; from < r1; from = to) {
    while (to < r1 && rows[to] === rows[from]) to++;
    const height = to - from;
    left.fill(0, 0, height + 1);
    for (let begin = c0, end = c0; begin < c1; begin = end) {
      while (end < c1 && columns[end] === columns[begin]) end++;
      const width = end - begin;
      const at = begin - c0;
      // The block before has written its corner there.
      above[at] = left[0]!;
      const gain = gains[rows[from]! + columns[begin]!]!;
      crossBlock(left, 0, height, above, at, width, gain, right, room);
      crossBlock(above, at, width, left, 0, height, gain, below, room);
      for (let j = 0; j <= width; j++) above[at + j] = below[j]!;
      const spent = left;
      left = right;
      right = spent;
    }
  }
  return above[c1 - c0]!;
}

/**
 * The border of a block across from `along` (length p), the other known border being `over` (length q): from entry i' of `along`, i - i' diagonal steps
 * lead to i, at most q of them, as the way is q long; from entry q - i' of `over`, i' of them, at most i.
 */
function crossBlock(along: Float64Array, a: number, p: number, over: Float64Array, o: number, q: number, gain: number, out: Float64Array, { queue, queued }: AlignmentRoom): void {
  const end = o + q;
  let best = over[end]!;
  let lead = along[a]!;
  let gained = 0;
  out[0] = best;
  const near = p < q ? p : q;
  for (let i = 1; i <= near; i++) {
    gained += gain;
    lead += gain;
    const across = over[end - i]! + gained;
    if (across > best) best = across;
    const value = along[a + i]!;
    if (value > lead) lead = value;
    out[i] = best > lead ? best : lead;
  }
  if (p <= q) return;
  // Beyond q only the last q entries count, the largest of them by a queue: one that a later, larger one outdoes leaves it.
  let head = 0;
  let tail = 0;
  for (let i = 1, before = gain; i <= p; i++, before += gain) {
    const value = along[a + i]! - before;
    while (tail > head && queue[tail - 1]! <= value) tail--;
    queue[tail] = value;
    queued[tail++] = i;
    if (i <= q) continue;
    if (queued[head]! < i - q) head++;
    const first = queue[head]! + before;
    out[i] = best > first ? best : first;
  }
}
