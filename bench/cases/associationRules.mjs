import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createRandom, Holdings } from 'clientela/data';
import { associationRules, frequentItemsets, matchingRules } from 'clientela/propensity';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

const file = resolve(import.meta.dirname, '../../../shared/data/propensity/groceries.csv');

function groceries() {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/).slice(1).filter((text) => text !== '');
  const cells = lines.map((text) => [Number(text.slice(0, text.indexOf(','))), text.slice(text.indexOf(',') + 1).replaceAll('"', '')]);
  return Holdings.fromColumns({ basket: cells.map(([basket]) => basket), item: cells.map(([, item]) => item) }, { customer: 'basket', product: 'item' });
}

/** Baskets of 1 to 20 of so many products, a few popular, in bundles that go together. */
function sample(count, productCount) {
  const random = createRandom(5);
  const [basket, item] = [[], []];
  for (let i = 0; i < count; i++) {
    const bundle = random.integer(productCount / 5) * 5;
    const size = 1 + random.integer(4) + (random.uniform() < 0.1 ? random.integer(16) : 0);
    for (let k = 0; k < size; k++) {
      basket.push(i);
      item.push(random.uniform() < 0.6 ? bundle + random.integer(5) : Math.floor(productCount * random.uniform() ** 3));
    }
  }
  return Holdings.fromColumns({ basket: Int32Array.from(basket), item: item.map((product) => `p${String(product).padStart(4, '0')}`) }, { customer: 'basket', product: 'item' });
}

/** Each customer has about so large a share of the products. */
function dense(count, productCount, share) {
  const random = createRandom(6);
  const profiles = Array.from({ length: 4 }, () => Array.from({ length: productCount }, () => Math.min(0.95, 2 * share * random.uniform())));
  const columns = { id: Int32Array.from({ length: count }, (_, i) => i), ...Object.fromEntries(Array.from({ length: productCount }, (_, j) => [`p${j}`, new Uint8Array(count)])) };
  for (let i = 0; i < count; i++) {
    const profile = profiles[random.integer(4)];
    for (let j = 0; j < productCount; j++) columns[`p${j}`][i] = random.uniform() < profile[j] ? 1 : 0;
  }
  return Holdings.fromTable(columns, { customer: 'id', products: Object.keys(columns).slice(1) });
}

/** Rules of the groceries beside node-fpgrowth (which gives itemsets only) and mlxtend, and how the time grows with baskets. */
export async function run() {
  const lines = [];
  if (existsSync(file)) lines.push(...(await beside(groceries())));
  else console.log('  the groceries are left out: there is no ../shared');
  for (const count of [10_000, 100_000, 1_000_000]) {
    const baskets = sample(count, 500);
    const ours = cpuTime(() => associationRules(baskets, { minSupport: 0.001, minConfidence: 0.2 }), 3);
    lines.push(line('rules, 500 products, .001/.2', 'associationRules', count, ours.millis, `${ours.result.itemsetCount} itemsets, ${ours.result.found} rules`));
  }
  for (const [count, products, share, minSupport] of [[1_000_000, 20, 0.12, 0.01], [100_000, 50, 0.3, 0.05], [20_000, 40, 0.5, 0.2]]) {
    const baskets = dense(count, products, share);
    const ours = cpuTime(() => frequentItemsets(baskets, { minSupport }), 3);
    lines.push(line(`itemsets, ${products} products, ${100 * share} % held`, 'frequentItemsets', count, ours.millis, `${ours.result.itemsets.length} itemsets`));
  }
  return lines;
}

async function beside(baskets) {
  const ours = cpuTime(() => associationRules(baskets, { minSupport: 0.001, minConfidence: 0.5, redundant: 'keep' }), 9);
  const sets = cpuTime(() => frequentItemsets(baskets, { minSupport: 0.001 }), 9);
  if (ours.result.rules.length !== 5668 || sets.result.itemsets.length !== 13_492) throw new Error('the rules differ from arules');
  const { rows, columns } = { rows: baskets.sparse.rowCount, columns: baskets.products.length };
  const [theirs] = pythonPeer('associationRules.py', shareNumbers('offsets.u32', baskets.sparse.offsets), shareNumbers('columns.i32', baskets.sparse.columns), rows, columns, 0.001, 0.5) ?? [];
  if (theirs !== undefined && (theirs.rules !== 5668 || theirs.itemsets !== 13_492)) throw new Error('the rules differ from mlxtend');
  const other = await nodeFpGrowth(baskets);
  const held = baskets.customers.slice(0, 1000).map((customer) => baskets.productsOf(customer));
  const matching = cpuTime(() => held.map((products) => matchingRules(ours.result.rules, products).length));
  return [
    line('groceries, rules .001/.5', 'associationRules', rows, ours.millis, `5668 rules; ${[ratio(ours.millis, other, 'node-fpgrowth', 0.2), ratio(ours.millis, theirs?.millis, 'mlxtend')].filter((note) => note !== '').join(', ')}`),
    line('groceries, itemsets .001', 'frequentItemsets', rows, sets.millis, `13,492 itemsets; ${ratio(sets.millis, other, 'node-fpgrowth', 0.2)}`),
    ...(other === undefined ? [] : [peerLine('groceries, itemsets .001', 'node-fpgrowth 1.2.1', rows, other, 'no rules')]),
    ...(theirs === undefined ? [] : [peerLine('groceries, rules .001/.5', theirs.who, rows, theirs.millis, 'fpgrowth and association_rules, any consequents')]),
    line('groceries, rules of 1000 baskets', 'matchingRules', 5668, matching.millis),
  ];
}

/** Its itemsets in the same baskets; undefined unless PEERS_NODE names a folder in which it was installed. */
async function nodeFpGrowth(baskets) {
  const folder = process.env.PEERS_NODE;
  if (folder === undefined) return undefined;
  const { FPGrowth } = createRequire(resolve(folder, 'package.json'))('node-fpgrowth');
  const transactions = baskets.customers.map((customer) => baskets.productsOf(customer));
  const times = [];
  for (let i = 0; i < 6; i++) {
    const start = process.cpuUsage();
    const found = await new FPGrowth(9.5 / baskets.customers.length).exec(transactions);
    const { user, system } = process.cpuUsage(start);
    if (found.length !== 13_492) throw new Error(`node-fpgrowth finds ${found.length} itemsets`);
    if (i > 0) times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[2];
}
