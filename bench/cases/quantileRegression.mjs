import { createRandom, Frame } from 'clientela/data';
import { fitQuantileRegression } from 'clientela/learners';
import { cpuTime, line, peerLine, rPeer, ratio, shareNumbers } from '../harness.mjs';

/** Columns with a known effect each, and a target whose spread depends on the first and whose tails are heavy (Student's t, 3 degrees of freedom). */
function sample(count, columnCount) {
  const random = createRandom(3);
  const columns = Array.from({ length: columnCount }, () => new Float64Array(count));
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columnCount; j++) y[i] += (columns[j][i] = random.normal()) * Math.cos(j);
    const t = random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3);
    y[i] += (1 + 0.3 * Math.abs(columns[0][i])) * t;
  }
  return { columns, y, frame: Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), y }) };
}

/** R's quantreg, in Fortran: undefined where there is no Rscript with it. */
function quantreg({ columns, y }, quantiles, methods) {
  const flat = new Float64Array(y.length * columns.length);
  columns.forEach((column, j) => flat.set(column, j * y.length));
  return rPeer('quantileRegression.R', shareNumbers('x.f64', flat), shareNumbers('y.f64', y), y.length, columns.length, quantiles.join(','), methods) ?? [];
}

/** The exact minimum, through the public door, beside quantreg's interior point (fn, pfn) and simplex (br). */
export function run() {
  const lines = [];
  const ninety = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const cases = [[1000, 10, [0.9], 'fn,br'], [10_000, 10, [0.9], 'fn,pfn,br'], [100_000, 10, [0.9], 'fn,pfn'], [100_000, 10, [0.5], 'fn,pfn'], [1_000_000, 10, [0.9], 'pfn'], [10_000, 50, [0.9], 'fn,pfn'], [100_000, 10, ninety, 'pfnb']];
  for (const [count, columnCount, quantiles, methods] of cases) {
    const data = sample(count, columnCount);
    const what = `${columnCount} columns, ${quantiles.length > 1 ? `${quantiles.length} quantiles` : `quantile ${quantiles[0]}`}`;
    const { millis, result } = cpuTime(() => fitQuantileRegression(data.frame, { target: 'y', quantiles }), quantiles.length > 1 ? 1 : 5);
    const { objective, certificate } = result.fits[0];
    if (!(certificate.dualExcess < 1e-9 && certificate.gap < 1e-9)) throw new Error('the minimum is not proven');
    const peers = quantreg(data, quantiles, methods);
    if (peers.some(({ loss }) => objective > loss * (1 + 1e-11))) throw new Error('quantreg has lower losses');
    lines.push(line(what, 'fitQuantileRegression', count, millis, ratio(millis, peers[0]?.millis, `quantreg ${methods.split(',')[0]}`, count === 100_000 ? 2 : undefined)));
    for (const peer of peers) lines.push(peerLine(what, peer.who, count, peer.millis, `losses ${(peer.loss / objective - 1).toExponential(1)} above ours`));
  }
  return lines;
}
