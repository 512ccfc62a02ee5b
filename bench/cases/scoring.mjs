import { fitLogisticRegression } from 'clientela/learners';
import { idealTarget } from 'clientela/scoring';
import { cpuTime, line, peerLine, ratio } from '../harness.mjs';
import { frameOf, sample } from './logistic.mjs';

/** What nobody can do without: one multiplication and addition a cell, row by row. */
function bareDotProduct(rows, count, weights) {
  const width = weights.length;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0, at = i * width; j < width; j++) sum += rows[at + j] * weights[j];
    out[i] = sum;
  }
  return out;
}

/** Batch scoring against a bare dot-product loop without intercept, missing values or logistic function; and a campaign. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const data = sample(count, 20);
    const frame = frameOf(data);
    const model = fitLogisticRegression(frame, { target: 'y' });
    const rows = new Float64Array(count * 20);
    for (let i = 0; i < count; i++) for (let j = 0; j < 20; j++) rows[i * 20 + j] = data.columns[j][i];
    const weights = Float64Array.from(model.coefficients.slice(1), ({ estimate }) => estimate);
    const bare = cpuTime(() => bareDotProduct(rows, count, weights)).millis;
    lines.push(peerLine('score 20 columns', 'bare dot-product loop', count, bare));
    const share = (millis) => ratio(millis, bare, 'bare dot-product loop', count === 1_000_000 ? 1.4 : undefined);
    const logOdds = cpuTime(() => model.predictLogOdds(frame)).millis;
    lines.push(line('score 20 columns', 'predictLogOdds', count, logOdds, share(logOdds)));
    const scored = cpuTime(() => model.predictProbability(frame));
    lines.push(line('score 20 columns', 'predictProbability', count, scored.millis, share(scored.millis)));
    const terms = { contactCost: 1, benefit: 4, capacity: count / 4 };
    lines.push(line('target of one campaign', 'idealTarget', count, cpuTime(() => idealTarget(scored.result, terms)).millis));
  }
  return lines;
}
