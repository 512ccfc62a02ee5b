/** How far above or below a level what rounding adds may put a share that stands on it. */
const ROUNDING = 1e-12;

/** The place of the last time at or before this one; -1 where there is none. Times rise. */
export function stepAt(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * When a curve that falls from 1 comes to a level; Infinity where it does not. Where it stands on the level for a while, the middle of that while: the rule of R,
 * and of the median of an even count.
 */
export function timeOfLevel(times: Float64Array, curve: Float64Array, level: number): number {
  const reached = curve.findIndex((share) => share <= level + ROUNDING);
  if (reached < 0) return Infinity;
  let left = reached;
  while (left < curve.length && curve[left]! >= level - ROUNDING) left++;
  return (times[reached]! + times[Math.min(left, times.length - 1)]!) / 2;
}

/** Per step, the area under a curve of steps from its time up to the horizon; 0 from there on. Steps up to `count` lie before the horizon. */
export function areasFrom(times: Float64Array, curve: Float64Array, horizon: number, count: number): Float64Array {
  const areas = new Float64Array(count);
  let [area, end] = [0, horizon];
  for (let step = count - 1; step >= 0; step--) {
    area += curve[step]! * (end - times[step]!);
    areas[step] = area;
    end = times[step]!;
  }
  return areas;
}
