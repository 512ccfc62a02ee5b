/**
 * `node --expose-gc bench/soak.mjs`: ten million rows, in rounds, through everything that takes them in parts, with memory watched. Each round makes its rows
 * anew, as a stream would; after a collection what is left must not grow: a leak shows from the second round on. Ends with 1 when it does. Needs `npm run build:esm`.
 */
import { createRandom, EventLog, Frame } from 'clientela/data';
import { rocAuc } from 'clientela/evaluation';
import { fitLogisticRegression, LogisticRegression } from 'clientela/learners';
import { customerSummary, fitBgNbd, mergePieces, purchasePieces, summaryOfPieces } from 'clientela/lifetime';
import { mineSequences } from 'clientela/paths';
import { rfm } from 'clientela/segmentation';

const ROUNDS = 5;
const BATCH = 250_000;
/** In all, over rounds and streams. */
const ROWS = Number(process.env.SOAK_ROWS ?? 10_000_000);
/** How much may stay after a collection beyond the second round, in MB: what V8 keeps of compiled code and its own lists. */
const BOUND = 24;
if (globalThis.gc === undefined) throw new Error('run it as node --expose-gc bench/soak.mjs');

const start = Date.UTC(2025, 0, 1);
const items = ['tea', 'bread', 'jam', 'oil', 'wine'];
const stored = JSON.stringify(fitLogisticRegression(peopleOf(createRandom(1), 2000), { target: 'buys', features: ['age', 'visits', 'plan'] }));

/** So many purchases of customers numbered within a shard of their own. */
function purchasesOf(random, shard, rows) {
  const columns = { customer: new Array(rows), at: new Float64Array(rows), item: new Array(rows), paid: new Float64Array(rows) };
  for (let row = 0; row < rows; row++) {
    // Some buy often and many seldom.
    columns.customer[row] = `${shard}-${Math.floor((rows / 10) * random.uniform() ** 2)}`;
    columns.at[row] = start + random.integer(365) * 86_400_000;
    columns.item[row] = items[random.integer(items.length)];
    columns.paid[row] = 1 + random.integer(90);
  }
  return columns;
}

function peopleOf(random, rows) {
  const columns = { age: new Float64Array(rows), visits: new Float64Array(rows), plan: new Array(rows), buys: new Array(rows) };
  for (let row = 0; row < rows; row++) {
    columns.age[row] = 18 + random.integer(70);
    columns.visits[row] = random.integer(30);
    columns.plan[row] = ['basic', 'gold', 'plus'][random.integer(3)];
    columns.buys[row] = random.uniform() < 0.1 + 0.01 * columns.visits[row];
  }
  return columns;
}

/** A batch of purchases: log, scores, paths, and the pieces that are merged over batches. */
function purchasesRound(random, shard, kept) {
  const log = EventLog.fromColumns(purchasesOf(random, shard, BATCH), { customer: 'customer', time: 'at', item: 'item', amount: 'paid' }, { observedUntil: '2026-01-01' });
  const champions = rfm(log, { asOf: '2026-01-01' }).segments[0].customers;
  const paths = mineSequences(log, { minSupport: 0.2, maxSteps: 3 }).size;
  const part = purchasePieces(log.between({ to: start + 30 * 86_400_000 }), { mergeWithin: { days: 1 } });
  const model = fitBgNbd(customerSummary(log, { unit: 'week' }));
  return { told: champions + paths + model.parameters.r, merged: kept === null ? part : mergePieces(kept, part) };
}

/** A batch of customers scored with the model as it was stored. */
function scoringRound(random) {
  const people = peopleOf(random, BATCH);
  const model = LogisticRegression.fromJSON(JSON.parse(stored));
  return rocAuc(people.buys, model.predictProbability(Frame.fromColumns(people)));
}

function left() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, arrays: arrayBuffers / 2 ** 20, resident: rss / 2 ** 20 };
}

/** All batches of a round; what was made is free when it returns. */
function run(round, batches) {
  let merged = null;
  let told = 0;
  for (let batch = 0; batch < batches; batch++) {
    const random = createRandom(1000 * round + batch);
    const found = purchasesRound(random, batch, merged);
    merged = found.merged;
    told += found.told + scoringRound(random);
  }
  return { told, customers: summaryOfPieces(merged, { unit: 'week' }).customers.length };
}

const batches = Math.ceil(ROWS / (2 * BATCH * ROUNDS));
const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const { told, customers } = run(round, batches);
  const memory = left();
  rounds.push(memory);
  const shown = Object.entries(memory).map(([name, megabytes]) => `${name} ${megabytes.toFixed(1).padStart(7)} MB`).join('  ');
  console.log(`round ${round + 1}: ${(2 * BATCH * batches).toLocaleString('en')} rows, ${customers} customers merged  ${shown}  (${told.toFixed(3)})`);
}
const [, second] = rounds;
const last = rounds.at(-1);
const grown = last.heap + last.arrays - second.heap - second.arrays;
console.log(`from round 2 to ${ROUNDS}: ${grown.toFixed(1)} MB grown, allowed are ${BOUND}`);
process.exitCode = grown > BOUND ? 1 : 0;
