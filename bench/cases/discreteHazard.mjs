import { fitDiscreteHazard, leavingSubgroups, retentionTarget } from 'clientela/churn';
import { createRandom } from 'clientela/data';
import { cpuTime, line } from '../harness.mjs';

/** Customers who leave at a hazard that five columns move, seen for up to a year; and whether they left. */
function customers(count) {
  const random = createRandom(7);
  const columns = { a: new Float64Array(count), b: new Float64Array(count), c: new Float64Array(count), plan: new Array(count), region: new Array(count), months: new Float64Array(count), left: new Int8Array(count) };
  for (let i = 0; i < count; i++) {
    for (const name of ['a', 'b', 'c']) columns[name][i] = random.normal();
    columns.plan[i] = random.uniform() < 0.3 ? 'gold' : 'basic';
    columns.region[i] = `region ${random.integer(8)}`;
    const leaves = -Math.log(1 - random.uniform()) / (0.06 * Math.exp(0.5 * columns.a[i] - 0.3 * columns.b[i] + (columns.plan[i] === 'gold' ? -0.7 : 0)));
    const seen = 1 + 11 * random.uniform();
    columns.months[i] = Math.min(leaves, seen);
    columns.left[i] = leaves <= seen ? 1 : 0;
  }
  return columns;
}

/** No peer has these in one: what hazards by interval cost by learner, subgroups of leavers, and whom to keep. */
export async function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const columns = customers(count);
    for (const learner of ['logistic', 'additive', 'boosted trees']) {
      const fitted = cpuTime(() => fitDiscreteHazard(columns, { duration: 'months', event: 'left', learner, intervals: 12 }), 1);
      lines.push(line('hazard by interval, learnt', `fitDiscreteHazard ${learner}`, count, fitted.millis, `${fitted.result.periodCount} rows of customers and intervals`));
      lines.push(line('probability of staying six months', `DiscreteHazard.predictSurvival ${learner}`, count, cpuTime(() => fitted.result.predictSurvival(columns, 6), 1).millis));
    }
    const { months, ...features } = columns;
    const groups = cpuTime(() => leavingSubgroups(features, { target: 'left', maxConditions: 3 }), 1);
    lines.push(line('subgroups of three conditions, every one searched', 'leavingSubgroups', count, groups.millis, `${groups.result.subgroups.length} hold, of ${months.length} customers`));
    const leaving = Float64Array.from(columns.a, (a) => 1 / (1 + Math.exp(1 - a)));
    const terms = { customerValue: Float64Array.from(columns.b, (b) => 100 * Math.exp(b)), contactCost: Float64Array.from(columns.c, (c) => 1 + c * c), incentiveCost: 8, acceptance: 0.3 };
    lines.push(line('whom to keep, within a budget', 'retentionTarget', count, cpuTime(() => retentionTarget(leaving, { ...terms, budget: count }), 1).millis));
  }
  return lines;
}
