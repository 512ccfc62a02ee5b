import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRandom, EventLog } from 'clientela/data';
import { Journeys, mineSequences, sequenceRules } from 'clientela/paths';
import { cpuTime, line, quotedRatio } from '../harness.mjs';

const folder = resolve(import.meta.dirname, '../../../shared/data/paths/spmf');

function spmf(name) {
  const bytes = readFileSync(resolve(folder, name));
  const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split(/\r?\n/).filter((text) => text.includes('-2'));
  return Journeys.fromLists(lines.map((text) => text.slice(0, text.lastIndexOf('-2')).split('-1').map((step) => step.trim()).filter((step) => step !== '').map((step) => step.split(' '))));
}

/** CPU milliseconds of SPMF 2.66 on the machine of notes/paths.md when idle: CM-SPAM with a gap of 3; RuleGrowth. Bars are a third of the first, 0.3 s for the second. */
const GAPS = [
  ['kosarak10k', 'kosarak10k.spmf.txt', 50, 3, 351, 67_597, 430, 140],
  ['msnbc', 'msnbc.spmf.txt.gz', 1590, 3, 604, 1_943_072, 2900, 1000],
  ['bms1', 'bms1.spmf.txt.gz', 60, 3, 1220, 247_400],
  ['leviathan', 'leviathan.spmf.txt.gz', 292, 3, 163, 121_367],
];
const RULES = [
  ['kosarak10k', 'kosarak10k.spmf.txt', 0.005, 0.3, undefined, 756, 1000, 300],
  ['kosarak10k', 'kosarak10k.spmf.txt', 0.005, 0.3, { steps: 3 }, 56],
  ['bms1', 'bms1.spmf.txt.gz', 0.001, 0.5, undefined, 1148],
  ['bms1', 'bms1.spmf.txt.gz', 0.001, 0.5, { steps: 3 }, 107],
  ['leviathan', 'leviathan.spmf.txt.gz', 0.05, 0.6, undefined, 387],
  ['sign', 'sign.spmf.txt', 0.5, 0.6, undefined, 398],
];

/** Customers of so many events over two years, products by popularity. */
function sample(customers, events) {
  const random = createRandom(3);
  const columns = { id: new Int32Array(customers * events), at: new Float64Array(customers * events), item: [] };
  for (let e = 0; e < columns.id.length; e++) {
    columns.id[e] = Math.floor(e / events);
    columns.at[e] = Date.UTC(2025, 0, 1) + Math.floor(random.uniform() * 730) * 86_400_000;
    columns.item.push(`p${Math.floor(50 * random.uniform() ** 2)}`);
  }
  return Journeys.fromLog(EventLog.fromColumns(columns, { customer: 'id', time: 'at', item: 'item' }));
}

/** Paths within limits and sequential rules of public logs, beside what SPMF took, and how the time grows with customers. */
export async function run() {
  const lines = [];
  if (existsSync(folder)) lines.push(...publicLogs());
  else console.log('  the public logs are left out: there is no ../shared');
  for (const customers of [10_000, 100_000]) {
    const journeys = sample(customers, 10);
    const limited = cpuTime(() => mineSequences(journeys, { minSupport: 0.01, patterns: 'frequent', maxGap: { days: 60 }, maxSpan: { days: 180 } }), 3);
    lines.push(line('paths, gap 60 days, span 180 days, .01', 'mineSequences', customers, limited.millis, `${limited.result.size} paths`));
    const rules = cpuTime(() => sequenceRules(journeys, { minSupport: 0.01, minConfidence: 0.2, maxBefore: 2, maxAfter: 1, window: { days: 180 } }), 3);
    lines.push(line('rules, window 180 days, .01/.2', 'sequenceRules', customers, rules.millis, `${rules.result.found} rules`));
  }
  return lines;
}

function publicLogs() {
  const lines = [];
  for (const [name, file, minCount, steps, size, sum, theirs, bar] of GAPS) {
    const journeys = spmf(file);
    const ours = cpuTime(() => mineSequences(journeys, { minCount, patterns: 'frequent', maxGap: { steps } }), 5);
    const found = ours.result.slice().reduce((total, { count }) => total + count, 0);
    if (ours.result.size !== size || found !== sum) throw new Error(`the paths of ${name} differ from SPMF`);
    lines.push(line(`${name}, gap ${steps}, ${minCount} customers`, 'mineSequences', journeys.customers.length, ours.millis, [`${size} paths`, quotedRatio(ours.millis, theirs, 'SPMF CM-SPAM'), bar && `bar ${bar} ms`].filter(Boolean).join('; ')));
  }
  for (const [name, file, minSupport, minConfidence, window, found, theirs, bar] of RULES) {
    const journeys = spmf(file);
    const ours = cpuTime(() => sequenceRules(journeys, { minSupport, minConfidence, ...(window && { window }) }), 5);
    if (ours.result.found !== found) throw new Error(`the rules of ${name} differ from SPMF`);
    lines.push(line(`${name}, rules ${minSupport}/${minConfidence}${window ? ', window 3' : ''}`, 'sequenceRules', journeys.customers.length, ours.millis, [`${found} rules`, quotedRatio(ours.millis, theirs, 'SPMF RuleGrowth'), bar && `bar ${bar} ms`].filter(Boolean).join('; ')));
  }
  return lines;
}
