import { createRandom, Frame } from 'clientela/data';
import { fitMarketPotential } from 'clientela/potential';
import { cpuTime, line } from '../harness.mjs';

/** Customers with five numbers and three categories; ln wallet follows them, a half-normal part goes elsewhere; a tenth spends nothing. */
function sample(count) {
  const random = createRandom(8);
  const numbers = Array.from({ length: 5 }, () => Float64Array.from({ length: count }, () => random.normal()));
  const levels = [4, 6, 10].map((size) => Array.from({ length: count }, () => random.integer(size)));
  const spend = Float64Array.from({ length: count }, (_, i) => {
    const profile = 5 + numbers.reduce((sum, column, j) => sum + (column[i] * 0.5) / (j + 1), 0) + levels.reduce((sum, codes) => sum + 0.2 * Math.sin(codes[i] * 2), 0);
    return random.uniform() < 0.1 ? 0 : Math.exp(profile + 0.35 * random.normal() - Math.abs(0.7 * random.normal()));
  });
  return Frame.fromColumns({ ...Object.fromEntries(numbers.map((column, j) => [`x${j}`, column])), ...Object.fromEntries(levels.map((codes, j) => [`c${j}`, codes.map((code) => `l${code}`)])), spend });
}

/** The whole door, what each part of it costs, and scoring. */
export function run() {
  const lines = [];
  for (const count of [4000, 20_000, 100_000]) {
    const frame = sample(count);
    const repetitions = count > 20_000 ? 1 : 3;
    const frontier = cpuTime(() => fitMarketPotential(frame, { spend: 'spend', estimators: ['halfNormal'], peers: 0 }), repetitions);
    lines.push(line('potential, 8 features, halfNormal', 'fitMarketPotential', count, frontier.millis, 'masked in 5 folds, participation judged; the bar of the fit alone: 1500 at 100k'));
    // Peers of mixed columns are found by comparing all with all.
    const some = count > 4000 && { estimators: ['halfNormal', 'exponential', 'truncatedNormal', 'heavyTails', 'quantile'] };
    const whole = cpuTime(() => fitMarketPotential(frame, { spend: 'spend', ...some }), 1);
    lines.push(line(`potential, 8 features, ${some ? 'frontiers and quantile' : 'all estimators'}`, 'fitMarketPotential', count, whole.millis, `${whole.result.report.estimator} chosen`));
    const scored = cpuTime(() => frontier.result.predict(frame), 3);
    lines.push(line('potential, 8 features', 'predict', count, scored.millis, `${scored.result.sharedCount} shared unknowns`));
    const attained = cpuTime(() => frontier.result.attainability(frame), 3);
    lines.push(line('potential, 8 features', 'attainability', count, attained.millis));
    const row = { ...frame.row(0) };
    lines.push(line('potential, one row', 'predictRow', 1, cpuTime(() => Array.from({ length: 1000 }, () => whole.result.predictRow(row))).millis / 1000));
    lines.push(line('potential, one row', 'peersOf', 1, cpuTime(() => Array.from({ length: 20 }, () => whole.result.peersOf(row))).millis / 20));
  }
  return lines;
}
