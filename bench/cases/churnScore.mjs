import { fitChurnScore } from 'clientela/churn';
import { createRandom, Frame } from 'clientela/data';
import { logLoss } from 'clientela/evaluation';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const COLUMNS = 20;
const FRESH = 20_000;

/** Snapshots of customers at six moments: 20 columns, of which silence, a hump of tenure, complaints and a cross of two move the odds of leaving. */
function sample(count, seed) {
  const random = createRandom(seed);
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(count));
  const left = new Float64Array(count);
  const asOf = Array.from({ length: count }, (_, i) => new Date(Date.UTC(2026, Math.floor((6 * i) / count), 1)));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < COLUMNS; j++) columns[j][i] = random.normal();
    const [silence, tenure, complaints, web, price] = columns.map((column) => column[i]);
    const logOdds = -2 + 0.9 * silence - 0.7 * tenure * tenure + Math.max(0, complaints) + (web > 0 && price > 0 ? 1 : 0);
    left[i] = random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  }
  return { columns, left, frame: Frame.fromColumns({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), asOf, left }) };
}

function flat(columns, count) {
  const values = new Float64Array(count * COLUMNS);
  columns.forEach((column, j) => values.set(column, j * count));
  return values;
}

/** From rows to a chosen, judged and described score, through the public door; beside HistGradientBoosting calibrated on folds, judged on the later rows and learnt again from all. */
export function run() {
  const lines = [];
  const fresh = sample(FRESH, 2);
  for (const count of [10_000, 100_000]) {
    const { columns, left, frame } = sample(count, 1);
    const peer = pythonPeer('churnScore.py', shareNumbers('x.f64', flat(columns, count)), shareNumbers('y.f64', left), shareNumbers('fresh.f64', flat(fresh.columns, FRESH)), shareNumbers('freshY.f64', fresh.left), count, COLUMNS);
    const { millis, result } = cpuTime(() => fitChurnScore(frame, { target: 'left', horizon: { days: 28 } }), 1);
    const loss = logLoss(fresh.left, result.predict(fresh.frame));
    if (peer !== undefined && loss > peer.logLoss + 0.002) throw new Error(`log loss ${loss} of new customers, ${peer.who} ${peer.logLoss}`);
    lines.push(line(`${COLUMNS} columns, chosen of four ways`, 'fitChurnScore', count, millis, `${result.report.method}; new customers: log loss ${loss.toFixed(4)}; ${ratio(millis, peer?.millis, peer?.who)}`));
    for (const method of ['logistic', 'additive', 'boosted trees']) {
      lines.push(line(`${COLUMNS} columns, one way`, method, count, cpuTime(() => fitChurnScore(frame, { target: 'left', horizon: { days: 28 }, methods: [method] }), 1).millis));
    }
    lines.push(line(`${COLUMNS} columns, scores`, 'predict', count, cpuTime(() => result.predict(frame), 3).millis));
    if (peer !== undefined) lines.push(peerLine(`${COLUMNS} columns, calibrated and judged`, peer.who, count, peer.millis, `new customers: log loss ${peer.logLoss.toFixed(4)}`));
  }
  return lines;
}
