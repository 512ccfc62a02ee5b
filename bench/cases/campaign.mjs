import { createRandom } from 'clientela/data';
import { campaignSensitivity, compareTargets, idealTarget, targetSize } from 'clientela/scoring';
import { cpuTime, line } from '../harness.mjs';

/** One campaign and what belongs to it: thresholds, control group, sensitivity, rivals, size from a past campaign. */
export function run() {
  const lines = [];
  for (const count of [100_000, 1_000_000]) {
    const random = createRandom(1);
    const scores = Float64Array.from({ length: count }, () => 1 / (1 + Math.exp(2.5 - 1.5 * random.normal())));
    const labels = Uint8Array.from(scores, (p) => (random.uniform() < p ? 1 : 0));
    const costs = scores.map(() => 1 + 3 * random.uniform());
    const revenue = scores.map(() => random.uniform());
    const terms = { contactCost: 1, benefit: 4, capacity: count / 10 };
    const dear = { contactCost: costs, benefit: 10, budget: count / 10 };
    const control = { share: 0.1 };
    const timed = (what, who, work, note = '') => {
      const { millis, result } = cpuTime(work, count > 100_000 ? 1 : 3);
      lines.push(line(what, who, count, millis, typeof note === 'function' ? note(result) : note));
    };
    timed('target, one cost', 'idealTarget', () => idealTarget(scores, terms));
    timed('target, minimum lift', 'idealTarget', () => idealTarget(scores, { ...terms, minLift: 2 }));
    timed('target, control group', 'idealTarget', () => idealTarget(scores, { ...terms, control }));
    timed('target, costs differ, budget', 'idealTarget', () => idealTarget(scores, dear), (target) => `gap ${((100 * target.optimalityGap) / target.expectedProfit.estimate).toPrecision(2)} %`);
    timed('the same with a control group', 'idealTarget', () => idealTarget(scores, { ...dear, control }), (target) => `spends ${((100 * target.spend) / dear.budget).toFixed(2)} % of the budget`);
    timed('13 scenarios', 'campaignSensitivity', () => campaignSensitivity(scores, terms));
    timed('against a ranking, with outcomes', 'compareTargets', () => compareTargets(scores, terms, { revenue: { rankBy: revenue } }, { labels }));
    timed('size of the target, 200 samples', 'targetSize', () => targetSize(labels, scores, { contactCost: 10, benefit: 100, replicates: 200 }));
  }
  return lines;
}
