import { createRandom } from 'clientela/data';
import { bundle } from '../../scripts/bundle.mjs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers with ten numbers and three categories, products that hang together, and what is taken later. */
function portfolio(rowCount, productCount) {
  const random = createRandom(3);
  const customers = {};
  for (let k = 0; k < 10; k++) customers[`x${k}`] = Float64Array.from({ length: rowCount }, () => random.normal());
  for (let k = 0; k < 3; k++) customers[`c${k}`] = Array.from({ length: rowCount }, () => `level${random.integer(6)}`);
  const effects = Array.from({ length: productCount }, () => Array.from({ length: 10 }, () => 0.3 * random.normal()));
  const holds = Array.from({ length: productCount }, () => Array.from({ length: productCount }, () => 0.4 * random.normal()));
  const held = [];
  const taken = [];
  for (let i = 0; i < rowCount; i++) {
    const own = [];
    const logOdds = effects.map((of, j) => of.reduce((sum, effect, k) => sum + effect * customers[`x${k}`][i], -2.5 - 0.05 * j));
    const chance = (j) => 1 / (1 + Math.exp(-own.reduce((sum, other) => sum + holds[j][other], logOdds[j])));
    for (let j = 0; j < productCount; j++) if (random.uniform() < chance(j)) own.push(j);
    held.push(own);
    taken.push(logOdds.flatMap((_, j) => (!own.includes(j) && random.uniform() < chance(j) * 0.6 ? [j] : [])));
  }
  return { customers, held: sparse(held, productCount), taken: sparse(taken, productCount), products: effects.map((_, j) => `p${j}`) };
}

function sparse(lists, columnCount) {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, row) => (offsets[row + 1] = offsets[row] + list.length));
  return { rowCount: lists.length, columnCount, offsets, columns: Int32Array.from(lists.flat()), values: null };
}

/** The engine is internal to the matrix: it is taken from the source, as bundlers would. */
async function engine() {
  const root = join(import.meta.dirname, '../..');
  const { code } = await bundle(
    "export { learnDesign } from './src/propensity/products/learnDesign.ts'; export { replayDesign } from './src/propensity/products/replayDesign.ts';" +
      "export { fitProducts } from './src/propensity/products/fitProducts.ts'; export { ProductLogits } from './src/propensity/products/productLogits.ts';" +
      "export { takeSparseRows } from './src/numeric/sparseRows.ts';",
    { resolveDir: root },
  );
  const path = join(mkdtempSync(join(tmpdir(), 'clientela-products-')), 'engine.mjs');
  writeFileSync(path, code);
  return import(pathToFileURL(path).href);
}

/** One logistic regression a product on profile and holdings, against scikit-learn on the same sparse columns; and scoring. */
export async function run() {
  const { learnDesign, replayDesign, fitProducts, ProductLogits, takeSparseRows } = await engine();
  const [rowCount, P] = [23_000, 20];
  const { customers, held, taken, products } = portfolio(rowCount, P);
  const design = learnDesign('bench', customers, held, products);
  const replay = cpuTime(() => replayDesign('bench', design, customers, held));
  const rows = replay.result;
  const what = `${products.length} regressions, ${rows.columnCount} columns`;
  const fixed = cpuTime(() => fitProducts('bench', design, rows, held, taken, { ridge: 1, pooling: false, digits: 12 }), 3);
  const learnt = cpuTime(() => fitProducts('bench', design, rows, held, taken), 3);
  const sure = cpuTime(() => fitProducts('bench', design, rows, held, taken, { uncertainty: true }), 3);

  const logits = new Float64Array(rowCount * P);
  new ProductLogits(design, fixed.result.state).logitsInto(rows, 0, rowCount, logits);
  const peers = pythonPeer(
    'productLogistic.py', shareNumbers('offsets.u32', rows.offsets), shareNumbers('columns.i32', rows.columns), shareNumbers('held.u32', held.offsets), shareNumbers('heldColumns.i32', held.columns),
    shareNumbers('taken.u32', taken.offsets), shareNumbers('takenColumns.i32', taken.columns), shareNumbers('logits.f64', logits), rows.columnCount, P,
  ) ?? [];

  const model = new ProductLogits(design, learnt.result.state);
  const many = takeSparseRows(rows, Uint32Array.from({ length: 100_000 }, (_, i) => i % rowCount));
  const out = new Float64Array(100_000 * P);
  const scoring = cpuTime(() => model.logitsInto(many, 0, 100_000, out), 9);
  return [
    line(what, 'fitProducts, ridge 1', rowCount, fixed.millis, ratio(fixed.millis, peers[1]?.millis, peers[1]?.who)),
    line(what, 'fitProducts, penalties learnt, pooled', rowCount, learnt.millis, `bar 6000; ${ratio(learnt.millis, peers[1]?.millis, peers[1]?.who)}`),
    line(what, 'the same with its uncertainty', rowCount, sure.millis, `${Math.round(JSON.stringify(sure.result.uncertainty).length / 1000)} kB of JSON`),
    ...peers.map((peer) => peerLine(what, peer.who, rowCount, peer.millis, `log-odds within ${peer.largest.toExponential(1)} of ours`)),
    line(what, 'replayDesign', rowCount, replay.millis),
    line(`log-odds of ${P} products, ${(many.columns.length / 1e5).toFixed(1)} columns a row`, 'logitsInto', 100_000, scoring.millis, 'bar 150'),
  ];
}
