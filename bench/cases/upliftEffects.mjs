import { createRandom } from 'clientela/data';
import { areaUnderUplift, policyValue, qiniCoefficient, rankAverageTreatmentEffect, upliftByDecile, upliftCurve } from 'clientela/response';
import { cpuTime, line, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers contacted by lot, whose effect a score ranks with noise. */
function trial(count) {
  const random = createRandom(4);
  const [outcomes, treated, scores] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const effect = 0.1 * random.uniform();
    treated[i] = random.uniform() < 0.5 ? 1 : 0;
    outcomes[i] = random.uniform() < 0.1 + treated[i] * effect ? 1 : 0;
    scores[i] = effect + 0.05 * random.normal();
  }
  return { outcomes, treated, scores };
}

/** Figures of an uplift score against scikit-uplift, which must agree to 1e-10; the bar is well under a second at a million rows. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { outcomes: y, treated: w, scores } = trial(count);
    const peer = pythonPeer('upliftEffects.py', shareNumbers('y.f64', y), shareNumbers('w.f64', w), shareNumbers('s.f64', scores));
    const cases = {
      upliftCurve: () => upliftCurve(y, w, scores),
      qiniCoefficient: () => qiniCoefficient(y, w, scores),
      areaUnderUplift: () => areaUnderUplift(y, w, scores),
      upliftByDecile: () => upliftByDecile(y, w, scores),
    };
    for (const [name, call] of Object.entries(cases)) {
      const ours = cpuTime(call);
      const theirs = peer?.figures[name];
      const value = typeof ours.result === 'number' ? ours.result : undefined;
      if (theirs?.value !== undefined && value !== undefined && Math.abs(theirs.value - value) > 1e-10) throw new Error(`${name}: ${value} against ${theirs.value}`);
      lines.push(line('uplift figures', name, count, ours.millis, ratio(ours.millis, theirs?.millis, peer?.who, count === 1_000_000 ? 1 : undefined)));
    }
  }
  const { outcomes, treated, scores } = trial(100_000);
  const rate = cpuTime(() => rankAverageTreatmentEffect(outcomes, treated, scores), 3);
  lines.push(line('RATE with 200 random halves', 'rankAverageTreatmentEffect', 100_000, rate.millis));
  const policy = scores.map((score) => (score > 0.05 ? 1 : 0));
  lines.push(line('policy value beside two constants', 'policyValue', 100_000, cpuTime(() => policyValue(outcomes, treated, policy, { contactCost: { 1: 0.01 } }), 3).millis));
  return lines;
}
