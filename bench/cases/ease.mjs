import { createRandom, Holdings } from 'clientela/data';
import { fitEase, fitItemNeighbours } from 'clientela/propensity';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers with a leaning to one of ten groups of products, few products popular: about `mean` holdings each. */
function sample(customerCount, productCount, mean) {
  const random = createRandom(7);
  const codes = [];
  const items = [];
  for (let customer = 0; customer < customerCount; customer++) {
    const group = random.integer(10);
    const count = 1 + Math.floor(-Math.log(1 - random.uniform()) * (mean - 1));
    const held = new Set();
    for (let k = 0; k < count; k++) {
      const product = Math.floor(productCount * random.uniform() ** 3);
      held.add(random.uniform() < 0.5 ? product : Math.min(productCount - 1, product - (product % 10) + group));
    }
    for (const product of held) {
      codes.push(customer);
      items.push(`p${String(product).padStart(5, '0')}`);
    }
  }
  const products = Array.from({ length: productCount }, (_, p) => `p${String(p).padStart(5, '0')}`);
  return Holdings.fromColumns({ customer: Int32Array.from(codes), product: items }, { customer: 'customer', product: 'product' }, { products });
}

function share({ sparse, customers, products }) {
  return [shareNumbers('offsets.u32', sparse.offsets), shareNumbers('columns.i32', sparse.columns), customers.length, products.length];
}

/** EASE by products and by customers, item neighbours and scoring, against numpy (one thread) and implicit where it is installed. */
export function run() {
  const lines = [];
  const wide = sample(943, 1682, 47);
  for (const [what, holdings, ridge, bar] of [['EASE, 32,710 customers x 285 products', sample(32_710, 285, 3), 100], ['EASE, 943 customers x 1,682 products', wide, 300]]) {
    const ours = cpuTime(() => fitEase(holdings, { ridge }), 3);
    const peers = pythonPeer('ease.py', 'ease', ...share(holdings), ridge) ?? [];
    lines.push(line(what, 'fitEase', holdings.count, ours.millis, ratio(ours.millis, peers[0]?.millis, 'numpy', bar)));
    const { values } = ours.result.toJSON();
    const sum = values.reduce((total, x) => total + x, 0);
    for (const peer of peers) {
      if (Math.abs(peer.sum / sum - 1) > 1e-9) throw new Error(`the weights differ from ${peer.who}`);
      lines.push(peerLine(what, peer.who, holdings.count, peer.millis, 'same weights'));
    }
  }
  const holdings = sample(32_710, 285, 3);
  const chosen = cpuTime(() => fitEase(holdings, { ridge: [3, 10, 30, 100, 300, 1000] }), 3);
  lines.push(line('EASE, 32,710 customers x 285 products', 'fitEase, the best of 6 ridges by leaving each customer out', holdings.count, chosen.millis, `ridge ${chosen.result.ridge}`));
  for (const similarity of ['cosine', 'tfidf', 'bm25']) {
    const ours = cpuTime(() => fitItemNeighbours(holdings, { similarity, neighbours: 284 }));
    const peers = pythonPeer('ease.py', similarity, ...share(holdings), 0) ?? [];
    lines.push(line('item neighbours, 285 products', `fitItemNeighbours, ${similarity}`, holdings.count, ours.millis, ratio(ours.millis, peers[0]?.millis, 'implicit')));
    for (const peer of peers) {
      const sum = ours.result.toJSON().values.reduce((total, x) => total + x, 0);
      if (Math.abs(peer.sum / sum - 1) > 1e-9) throw new Error(`the similarities differ from ${peer.who}`);
      lines.push(peerLine('item neighbours, 285 products', `${peer.who}, ${similarity}`, holdings.count, peer.millis, 'same similarities'));
    }
  }
  return [...lines, ...scoring()];
}

function scoring() {
  const lines = [];
  for (const [count, productCount] of [[100_000, 20], [100_000, 1000]]) {
    const holdings = sample(count, productCount, 3);
    const model = fitEase(holdings, { density: productCount === 20 ? 1 : 0.1 });
    if (productCount === 20) {
      const out = new Float64Array(count * productCount);
      lines.push(line('scores', `Ease.scoreInto, ${productCount} products`, count, cpuTime(() => model.scoreInto(holdings.sparse, 0, count, out)).millis, 'bar 100'));
      lines.push(line('scores', `Ease.scores, ${productCount} products`, count, cpuTime(() => model.scores(holdings)).millis, 'products put in order first'));
    }
    lines.push(line('top 5', `Ease.recommend, ${productCount} products`, count, cpuTime(() => model.recommend(holdings, { count: 5 })).millis));
  }
  return lines;
}
