/** The same points where a missing coordinate is the mean of those known (0 where none is); the array itself when nothing is missing. */
export function completedPoints(points: Float64Array, width: number): Float64Array {
  let completed: Float64Array | undefined;
  for (let j = 0; j < width; j++) {
    let known = 0;
    let sum = 0;
    let count = 0;
    for (let at = j; at < points.length; at += width, count++) {
      if (points[at] !== points[at]) continue;
      known++;
      sum += points[at]!;
    }
    if (known === count) continue;
    completed ??= points.slice();
    for (let at = j; at < points.length; at += width) if (points[at] !== points[at]) completed[at] = known === 0 ? 0 : sum / known;
  }
  return completed ?? points;
}
