import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, Holdings } from 'clientela/data';
import { fitImplicitAls } from 'clientela/propensity';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** As many customers, products and holdings as the training part of MovieLens 100k: products of very unlike popularity, customers of few holdings and many. */
function movieLens() {
  const random = createRandom(5);
  const share = Array.from({ length: 1682 }, (_, c) => 1 / (c + 20));
  const total = share.reduce((sum, x) => sum + x, 0);
  const pairs = [];
  for (let u = 0; u < 943; u++) {
    const size = 46 * (random.uniform() < 0.25 ? 2.6 : 0.55);
    share.forEach((x, c) => {
      if (random.uniform() < Math.min(0.9, (size * 1.06 * x) / total)) pairs.push([u, c]);
    });
  }
  return { name: 'as MovieLens 100k', pairs, rows: 943, columns: 1682, alpha: 2, ridge: 20 };
}

/** A bank: 100,000 customers of 20 products. */
function portfolio() {
  const random = createRandom(6);
  const pairs = [];
  for (let u = 0; u < 100_000; u++) {
    const trait = random.normal();
    for (let c = 0; c < 20; c++) if (random.uniform() < 1 / (1 + Math.exp(2 + 0.1 * c - trait * (c % 3 === 0 ? 1 : -0.5)))) pairs.push([u, c]);
  }
  return { name: 'portfolio of 20 products', pairs, rows: 100_000, columns: 20, alpha: 20, ridge: 300 };
}

function msweb() {
  const path = join(import.meta.dirname, '../../../shared/data/propensity/msweb.csv');
  if (!existsSync(path)) return [];
  const pairs = readFileSync(path, 'utf8').trim().split('\n').slice(1).map((text) => text.split(',').map((number) => Number(number) - 1));
  return [{ name: 'MSWeb', pairs, rows: 32_710, columns: 285, alpha: 19, ridge: 200 }];
}

/** Fifteen sweeps from holdings to model, and scores of every cell, against implicit on one thread. */
export function run() {
  const lines = [];
  for (const { name, pairs, rows, columns, alpha, ridge } of [movieLens(), ...msweb(), portfolio()]) {
    const names = Array.from({ length: columns }, (_, c) => String(c).padStart(4, '0'));
    const holdings = Holdings.fromColumns({ who: Int32Array.from(pairs, ([who]) => who), what: pairs.map(([, what]) => names[what]) }, { customer: 'who', product: 'what' });
    const shared = shareNumbers('pairs.i32', Int32Array.from(pairs.flat()));
    for (const factors of columns < 32 ? [16] : [32, 64]) {
      const theirs = pythonPeer('implicitAls.py', shared, rows, columns, factors, alpha, ridge);
      const what = `15 sweeps, ${name}, ${factors} factors`;
      for (const solver of ['conjugate gradient', 'cholesky']) {
        const fitted = cpuTime(() => fitImplicitAls(holdings, { factors, alpha, ridge, solver, tolerance: 0 }), 3);
        const [peer, precision] = solver === 'cholesky' ? [theirs?.exact, 'exact'] : [theirs?.double, 'double'];
        const note = solver === 'cholesky' ? '' : `${ratio(fitted.millis, theirs?.single, 'implicit single')}; `;
        lines.push(line(what, `fitImplicitAls, ${solver}`, pairs.length, fitted.millis, `${note}${ratio(fitted.millis, peer, `implicit ${precision}`)}; loss ${fitted.result.losses.at(-1).toFixed(1)}`));
        if (solver === 'cholesky') {
          const scored = cpuTime(() => fitted.result.scores(holdings), 3);
          lines.push(line(`all scores, ${name}, ${factors} factors`, 'ImplicitAls.scores', rows * columns, scored.millis));
        }
      }
      for (const precision of ['single', 'double', 'exact']) if (theirs?.[precision]) lines.push(peerLine(what, `${theirs.who} ${precision}`, pairs.length, theirs[precision]));
    }
  }
  return lines;
}
