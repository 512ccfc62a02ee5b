import { fitCoxRegression } from 'clientela/churn';
import { cpuTime, line, peerLine, pythonPeer, rPeer, ratio, shareNumbers } from '../harness.mjs';

const SLOPES = [0.5, -0.4, 0.3, -0.2, 0.1, 0.6, -0.5, 0.4, -0.3, 0.2];

/** Uniform from 0 to 1, the same in every language. */
function mulberry32(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
}

/** Five uniform and five 0/1 columns, exponential times, uniform censoring: 72 % events. */
function sample(count) {
  const draw = mulberry32(12345);
  const columns = SLOPES.map(() => new Float64Array(count));
  const time = new Float64Array(count);
  const event = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    SLOPES.forEach((slope, j) => {
      const u = draw();
      columns[j][i] = j < 5 ? Math.sqrt(12) * (u - 0.5) : Number(u < 0.3 + 0.05 * (j - 5));
      sum += slope * columns[j][i];
    });
    const left = -Math.log(draw()) / (0.01 * Math.exp(sum));
    const censored = 365 * draw();
    time[i] = Math.min(left, censored);
    event[i] = Number(left <= censored);
  }
  return { columns, time, event };
}

/** Efron's likelihood through the public door, reading included, beside coxph of R and lifelines; and how the time grows with the rows. */
export function run() {
  const lines = [];
  for (const [count, withPeers] of [[100_000, true], [400_000, false]]) {
    const { columns, time, event } = sample(count);
    const flat = new Float64Array(count * columns.length);
    columns.forEach((column, j) => flat.set(column, j * count));
    for (const [what, times, bar] of [['continuous times', time, 350], ['whole days', time.map(Math.ceil), 250]]) {
      const data = { ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), time: times, event };
      const { millis, result } = cpuTime(() => fitCoxRegression(data, { duration: 'time', event: 'event' }), 5);
      if (result.status !== 'converged') throw new Error(`${what} did not converge`);
      const shared = withPeers ? [shareNumbers('x.f64', flat), shareNumbers('time.f64', times), shareNumbers('event.u8', event), count, columns.length] : [];
      const peers = withPeers ? [rPeer('cox.R', ...shared), pythonPeer('cox.py', ...shared)].filter((peer) => peer !== undefined) : [];
      for (const peer of peers) if (Math.abs(peer.logLikelihood - result.logLikelihood) > 1e-3) throw new Error(`${peer.who} has another maximum: ${peer.logLikelihood}`);
      const notes = [withPeers ? `bar ${bar} ms` : '', ...peers.map((peer) => ratio(millis, peer.millis, peer.who))].filter((note) => note !== '');
      lines.push(line(`10 columns, ${what}`, 'fitCoxRegression', count, millis, notes.join('; ')));
      for (const peer of peers) lines.push(peerLine(`10 columns, ${what}`, peer.who, count, peer.millis));
    }
  }
  return lines;
}
