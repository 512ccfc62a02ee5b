import { createRandom } from 'clientela/data';
import { fitCaptureEase, potentialQuadrants, quickWins } from 'clientela/potential';
import { cpuTime, line } from '../harness.mjs';

/** Two periods of so many customers: whoever is content and often visited moves half of the gap. */
function company(count) {
  const random = createRandom(5);
  const columns = { satisfaction: new Float64Array(count), visits: new Int32Array(count), plan: new Array(count) };
  const potentials = { present: new Float64Array(count), potential: new Float64Array(count) };
  const later = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const wallet = Math.exp(6 + 0.8 * random.normal());
    const present = wallet * (0.1 + 0.7 * random.uniform());
    const isGold = random.uniform() < 0.3;
    columns.satisfaction[i] = random.normal();
    columns.visits[i] = random.integer(10);
    columns.plan[i] = isGold ? 'gold' : 'basic';
    const isWon = random.uniform() < 1 / (1 + Math.exp(1.4 - 1.1 * columns.satisfaction[i] - 0.15 * (columns.visits[i] - 4.5) - (isGold ? 0.9 : 0)));
    potentials.present[i] = present;
    potentials.potential[i] = wallet;
    later[i] = (isWon ? (present + wallet) / 2 : present) * Math.exp(0.08 * random.normal());
  }
  return { columns, potentials, later };
}

/** No peer sells this: what learning, ranking and quadrants cost, and how they grow. */
export async function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const { columns, potentials, later } = company(count);
    for (const learner of ['logistic', 'auto']) {
      const fitted = cpuTime(() => fitCaptureEase(columns, { potentials, later, learner }), 1);
      const { figures, rankings } = fitted.result.report;
      lines.push(line('ease, learnt and reported', `fitCaptureEase ${learner}`, count, fitted.millis, `AUC ${figures.auc.estimate.toFixed(3)}, calibration error ${figures.calibrationError.toFixed(4)}, top tenth of headroom * ease brings ${rankings[0].topTenth.toFixed(2)} of the growth, of headroom ${rankings[1].topTenth.toFixed(2)}`));
      if (learner === 'auto') continue;
      const ease = cpuTime(() => fitted.result.predict(columns, potentials), 3);
      lines.push(line('ease of everybody', 'CaptureEase.predict', count, ease.millis));
      const wins = cpuTime(() => quickWins(potentials, { ease: ease.result, contactCost: 2 }), 3);
      lines.push(line('ranking, all of them', 'quickWins', count, wins.millis, `${wins.result.considered} worth it`));
      lines.push(line('quadrants', 'potentialQuadrants', count, cpuTime(() => potentialQuadrants(potentials, { ease: ease.result }), 3).millis));
    }
  }
  return lines;
}
