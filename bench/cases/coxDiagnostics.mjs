import { coxBaseline, coxCurve, coxResiduals, fitCoxRegression, proportionalHazardsTest, schoenfeldResiduals, scoreResiduals } from 'clientela/churn';
import { createRandom, Frame } from 'clientela/data';
import { cpuTime, line, rPeer, ratio, shareNumbers } from '../harness.mjs';

const SLOPES = [0.5, -0.4, 0.3, -0.2, 0.1, 0.6, -0.5, 0.4, -0.3, 0.2];

/** A year of customers with known effects, five numbers and five yes-or-no, by the day or by the moment. */
function sample(count, byDay) {
  const random = createRandom(12345);
  const columns = SLOPES.map(() => new Float64Array(count));
  const times = new Float64Array(count);
  const events = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let eta = 0;
    SLOPES.forEach((slope, j) => (eta += slope * (columns[j][i] = j < 5 ? Math.sqrt(12) * (random.uniform() - 0.5) : Number(random.uniform() < 0.3 + 0.05 * (j - 5)))));
    const time = -Math.log(random.uniform()) / (0.01 * Math.exp(eta));
    const censored = 365 * random.uniform();
    events[i] = Number(time <= censored);
    times[i] = Math.min(time, censored);
    if (byDay) times[i] = Math.ceil(times[i]);
  }
  return { columns, times, events, frame: Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), times, events }) };
}

/** R's survival, in C: undefined where there is no Rscript with it. */
function survival({ columns, times, events }) {
  const flat = new Float64Array(times.length * columns.length);
  columns.forEach((column, j) => flat.set(column, j * times.length));
  return rPeer('coxDiagnostics.R', shareNumbers('x.f64', flat), shareNumbers('t.f64', times), shareNumbers('e.u8', events), times.length, columns.length);
}

function requireEqual(what, found, wanted) {
  found.forEach((value, i) => {
    if (Math.abs(value / wanted[i] - 1) > 1e-6) throw new Error(`${what}: ours ${value}, R's ${wanted[i]}`);
  });
}

/** Each call reads and sorts the rows anew, through the public door; R has them sorted in its fit. */
export function run() {
  const lines = [];
  for (const [count, byDay] of [[10_000, true], [100_000, true], [10_000, false], [100_000, false], [400_000, false]]) {
    const data = sample(count, byDay);
    const { frame } = data;
    const model = fitCoxRegression(frame, { duration: 'times', event: 'events' });
    const peer = count <= 100_000 ? survival(data) : undefined;
    const what = byDay ? 'days' : 'moments';
    const bar = count === 100_000 ? 1 : undefined;
    const repetitions = count > 200_000 ? 3 : 5;
    const residuals = cpuTime(() => coxResiduals(model, frame), repetitions);
    const dfbeta = cpuTime(() => scoreResiduals(model, frame), repetitions);
    const schoenfeld = cpuTime(() => schoenfeldResiduals(model, frame), repetitions);
    const test = cpuTime(() => proportionalHazardsTest(model, frame), repetitions);
    const curve = cpuTime(() => coxCurve(model, coxBaseline(model, frame), frame.row(0)), repetitions);
    if (peer !== undefined) {
      if (peer.dfbeta !== null) requireEqual('robust variances', dfbeta.result.values.map((values) => values.reduce((sum, value) => sum + value * value, 0)), peer.robust);
      requireEqual('zph', [...test.result.terms, test.result.global].map(({ statistic }) => statistic), peer.chisq);
      const sorted = data.times.slice().sort();
      const median = (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
      const at = curve.result.times.filter((time) => time <= median).length - 1;
      requireEqual('curve', [curve.result.survival[at], curve.result.standardErrors[at]], [peer.survival, peer.error]);
    }
    lines.push(line(`${what}, martingale residuals`, 'coxResiduals', count, residuals.millis));
    lines.push(line(`${what}, dfbeta`, 'scoreResiduals', count, dfbeta.millis, ratio(dfbeta.millis, peer?.dfbeta ?? undefined, peer?.who, bar)));
    lines.push(line(`${what}, Schoenfeld residuals`, 'schoenfeldResiduals', count, schoenfeld.millis, ratio(schoenfeld.millis, peer?.schoenfeld ?? undefined, peer?.who, bar)));
    lines.push(line(`${what}, proportional hazards`, 'proportionalHazardsTest', count, test.millis, ratio(test.millis, peer?.zph, peer?.who, bar)));
    lines.push(line(`${what}, baseline and curve of a row, with errors`, 'coxBaseline, coxCurve', count, curve.millis, ratio(curve.millis, peer?.curve, peer?.who, bar)));
  }
  return lines;
}
