import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createRandom } from 'clientela/data';
import { groupJourneys, journeyDistances, journeyIndicators, Journeys } from 'clientela/paths';
import { cpuTime, line, quotedRatio } from '../harness.mjs';

const file = resolve(import.meta.dirname, '../../../shared/data/paths/states/mvad.csv');

/** Journeys of events: a few products in bundles, 2 to 20 steps, few of them alike. */
function sample(count) {
  const random = createRandom(4);
  return Journeys.fromLists(Array.from({ length: count }, () => {
    const bundle = random.integer(6) * 4;
    return Array.from({ length: 2 + random.integer(19) }, () => `p${random.uniform() < 0.7 ? bundle + random.integer(4) : random.integer(24)}`);
  }));
}

function sumOf({ weights, values }) {
  let sum = 0;
  for (let i = 1, at = 0; i < weights.length; i++) for (let j = 0; j < i; j++, at++) sum += 2 * weights[i] * weights[j] * values[at];
  return sum;
}

/** Distances and groups of the school-to-work months beside TraMineR (its times from the research notes, same machine), and how time grows with journeys. */
export async function run() {
  const lines = [];
  if (existsSync(file)) {
    const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1).map((text) => text.replaceAll('"', '').split(',').slice(16, 86));
    lines.push(...schoolToWork(Journeys.fromLists(rows)));
  } else console.log('  school to work is left out: there is no ../shared');
  for (const count of [500, 1000, 2000, 4000]) {
    const journeys = sample(count);
    const distances = cpuTime(() => journeyDistances(journeys, { substitution: 1.5, indel: 1 }), 3);
    lines.push(line('distances, substitution below two indels', 'journeyDistances', count, distances.millis));
    lines.push(line('distances, equal steps only', 'journeyDistances', count, cpuTime(() => journeyDistances(journeys), 3).millis));
    if (count <= 2000) lines.push(line('6 groups around medoids', 'groupJourneys', count, cpuTime(() => groupJourneys(journeys, { groups: 6 }), 1).millis));
  }
  const many = sample(20_000);
  lines.push(line('6 groups, 5 samples of 1000', 'groupJourneys', 20_000, cpuTime(() => groupJourneys(many, { groups: 6, sample: 1000 }), 1).millis));
  lines.push(line('indicators', 'journeyIndicators', 20_000, cpuTime(() => journeyIndicators(many), 3).millis));
  return lines;
}

function schoolToWork(journeys) {
  const size = journeys.customerCount;
  const plain = cpuTime(() => journeyDistances(journeys), 5);
  const rates = cpuTime(() => journeyDistances(journeys, { substitution: 'transitions', indel: 1 }), 5);
  if (sumOf(plain.result) !== 43_338_664 || Math.abs(sumOf(rates.result) / 42_943_367.16 - 1) > 1e-8) throw new Error('the distances differ from TraMineR');
  const options = { groups: 4, substitution: 'transitions', indel: 1 };
  const beside = (millis) => quotedRatio(millis, 1170, 'TraMineR 2.2-12');
  return [
    line('OM, constant costs, 712 x 70', 'journeyDistances', size, plain.millis, beside(plain.millis)),
    line('OM, transition rates, 712 x 70', 'journeyDistances', size, rates.millis, beside(rates.millis)),
    line('DHD, 712 x 70', 'journeyDistances', size, cpuTime(() => journeyDistances(journeys, { measure: 'dynamicHamming' }), 5).millis),
    line('OM and PAM into 4', 'groupJourneys', size, cpuTime(() => groupJourneys(journeys, { ...options, starts: 1 }), 3).millis),
    line('OM and Ward into 4', 'groupJourneys', size, cpuTime(() => groupJourneys(journeys, { ...options, method: 'ward' }), 3).millis),
  ];
}
