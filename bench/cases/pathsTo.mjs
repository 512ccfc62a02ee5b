import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createRandom, EventLog } from 'clientela/data';
import { contrastPaths, Journeys, mineSequences, pathsTo, timeToOutcome } from 'clientela/paths';
import { cpuTime, line, quotedRatio } from '../harness.mjs';

const file = resolve(import.meta.dirname, '../../../shared/data/paths/journeys/shopper_intent_sample_2000.csv');

/** Customers with some ten events a year of 30 items for three years; a complaint makes leaving more likely for 60 days. */
function company(count) {
  const random = createRandom(11);
  const [customer, time, item] = [[], [], []];
  const days = (rate) => -Math.log(1 - random.uniform()) / rate;
  for (let c = 0; c < count; c++) {
    const joined = random.integer(365);
    let [left, complained] = [Infinity, -Infinity];
    const events = [];
    for (let day = joined; day < 1095; day += days(10 / 365)) {
      const what = random.uniform() < 0.04 ? 'complaint' : `p${String(Math.floor(30 * random.uniform() ** 2)).padStart(2, '0')}`;
      const next = day + days((day - complained < 60 ? 6 : 1) * 0.08 / 365);
      events.push([day, what]);
      if (what === 'complaint') complained = day;
      if (next < day + 36) {
        left = next;
        break;
      }
    }
    if (left < 1095) events.push([left, 'leave']);
    for (const [day, what] of events) {
      customer.push(c);
      time.push(Date.UTC(2023, 0, 1) + Math.floor(day * 1440) * 60_000);
      item.push(what);
    }
  }
  return EventLog.fromColumns({ customer: Int32Array.from(customer), time: Float64Array.from(time), item }, { customer: 'customer', time: 'time', item: 'item' });
}

/** What precedes leaving as customers grow, and the sessions of seq2pat's example of dichotomic mining. */
export async function run() {
  const lines = [];
  for (const count of [10_000, 100_000]) {
    const log = company(count);
    const journeys = Journeys.fromLog(log);
    const options = { outcome: 'leave', lookback: { days: 60 } };
    const ours = cpuTime(() => pathsTo(journeys, options), 3);
    const [first] = ours.result.paths;
    if (first.steps.join() !== 'complaint') throw new Error(`the strongest path is ${first.steps.join(' > ')}`);
    lines.push(line('paths to leaving, 60 days', 'pathsTo', log.eventCount, ours.millis, `${ours.result.caseCount} cases, ${ours.result.tested} paths, complaint ${first.adjustedOddsRatio.estimate.toFixed(2)}`));
    const times = cpuTime(() => timeToOutcome(journeys, { outcome: 'leave', after: [{ steps: ['complaint'] }], lookback: { days: 60 } }), 3);
    lines.push(line('time to leaving after a complaint', 'timeToOutcome', log.eventCount, times.millis, `hazard ratio ${times.result.states[0].hazardRatio.estimate.toFixed(2)}`));
  }
  if (!existsSync(file)) console.log('  the shopping sessions are left out: there is no ../shared');
  else lines.push(...shopper());
  return lines;
}

function shopper() {
  const rows = Array.from(readFileSync(file, 'utf8').matchAll(/^"(\[.*?\])","\[.*?\]",(\d)/gm), ([, steps, label]) => ({ steps: JSON.parse(steps), label: Number(label) }));
  const sessions = Journeys.fromLists(rows.map(({ steps }) => steps));
  const labels = rows.map(({ label }) => label);
  const plain = cpuTime(() => contrastPaths(sessions, labels, { minCount: 100, maxItems: 4, strata: 'none', redundant: 'keep', top: 1000 }), 3);
  if (plain.result.tested !== 490) throw new Error('not the 490 paths of the reference');
  // The notebook of seq2pat 2.0, in its own figures: 7.4 s to mine both groups, 187 to 405 s to mark who has which path.
  const mined = cpuTime(() => [1, 0].map((label) => mineSequences(Journeys.fromLists(rows.filter((row) => row.label === label).map(({ steps }) => steps)), { minCount: 300, minSteps: 2, maxSpan: { steps: 9 }, patterns: 'frequent' }).size), 3);
  if (mined.result.join() !== '590,263') throw new Error('not the paths of the reference');
  const both = cpuTime(() => contrastPaths(sessions, labels, { minCount: 300, maxItems: 10, maxSpan: { steps: 9 }, strata: 'none', redundant: 'keep', top: 10_000 }), 1);
  return [
    line('shopper intent, 490 paths judged', 'contrastPaths', rows.length, plain.millis),
    line('shopper intent, 300 a group within 10 steps', 'mineSequences', rows.length, mined.millis, quotedRatio(mined.millis, 7400, 'seq2pat 2.0')),
    line('shopper intent, mined, marked and judged', 'contrastPaths', rows.length, both.millis, `${both.result.tested} paths; ${quotedRatio(both.millis, 194_400, 'seq2pat 2.0')}`),
  ];
}
