/** The lines of the runs as series: the same thing timed at several sizes. */

/** Least ratio of the largest size to the smallest that says something of growth. */
const LEAST_SPAN = 4;

/**
 * Lines of ours with every peer that did the same: beside what was compared when it was timed, peers of the same case, what and size, where one
 * line of ours alone answers to that.
 */
export function withPeers(lines) {
  const keyOf = (line) => JSON.stringify([line.case, line.what, line.size]);
  const ours = lines.filter((line) => !line.isPeer);
  const compared = new Set(ours.flatMap((line) => (line.peers ?? []).map(({ millis }) => `${line.case} ${millis}`)));
  const sameAs = new Map(ours.map((line) => [keyOf(line), { ours: 0, peers: [] }]));
  for (const line of ours) sameAs.get(keyOf(line)).ours++;
  for (const line of lines) if (line.isPeer && !compared.has(`${line.case} ${line.millis}`)) sameAs.get(keyOf(line))?.peers.push({ peer: line.who, millis: line.millis });
  return ours.map((line) => {
    const same = sameAs.get(keyOf(line));
    return { ...line, peers: [...(line.peers ?? []), ...(same.ours === 1 ? same.peers : [])] };
  });
}

/**
 * Of our lines one series for each case, what and function: `{ case, what, who, points, growth }`, its points by size. What took no time is a
 * figure of another kind and is left out; of one size timed twice the first counts.
 */
export function seriesOf(lines) {
  const series = new Map();
  for (const line of withPeers(lines)) {
    if (!(line.millis > 0)) continue;
    const key = JSON.stringify([line.case, line.what, line.who]);
    const one = series.get(key) ?? { case: line.case, what: line.what, who: line.who, run: line.run, points: [] };
    if (!one.points.some(({ size }) => size === line.size)) one.points.push({ size: line.size, millis: line.millis, peers: line.peers });
    series.set(key, one);
  }
  return [...series.values()].map((one) => {
    const points = one.points.toSorted((a, b) => a.size - b.size);
    return { ...one, points, growth: exponentOf(points) };
  });
}

/** The slope of ln time over ln size by least squares: 1 is linear. Undefined of sizes too close together. */
export function exponentOf(points) {
  if (points.length < 2 || points.at(-1).size < LEAST_SPAN * points[0].size) return undefined;
  const [x, y] = [points.map(({ size }) => Math.log(size)), points.map(({ millis }) => Math.log(millis))];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const products = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return products / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

/** The points of a series that the table shows: the largest size compared with a peer, and the largest of all. */
export function shownPoints({ points }) {
  const compared = points.findLast(({ peers }) => peers.length > 0);
  const largest = points.at(-1);
  return compared === undefined || compared === largest ? [largest] : [compared, largest];
}
