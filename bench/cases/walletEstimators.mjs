import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cpuTime, line } from '../harness.mjs';

/** Candidates are not exported one by one: the case is bundled from source, with the worlds of the tests. */
async function sources() {
  const root = join(import.meta.dirname, '../..');
  const code = ["src/data/takeRows.ts", "src/potential/wallets/learnWallets.ts", "src/potential/wallets/walletEstimator.ts", "test/potential/worlds.ts"].map((path) => `export * from './${path}';`).join('\n');
  const { outputFiles } = await build({ stdin: { contents: code, resolveDir: root }, bundle: true, format: 'esm', platform: 'node', target: 'es2022', write: false, logLevel: 'silent' });
  const file = join(tmpdir(), `clientela-wallets-${process.pid}.mjs`);
  writeFileSync(file, outputFiles[0].text);
  const module = await import(pathToFileURL(file).href);
  rmSync(file);
  return module;
}

const WORLDS = ['halfNormal', 'heavyTails', 'betaShares', 'zeroInflated', 'nonlinear', 'driver', 'symmetric'];
const EVERY = ['halfNormal', 'exponential', 'truncatedNormal', 'heavyTails', 'treesFrontier', 'quantile', 'treesQuantile', 'peersQuantile'];

/**
 * Every estimator of wallets in worlds where the wallets are known, and what the automatic choice takes: root mean square of ln(wallet / true
 * wallet) | rank correlation of the headroom | all wallets over all true ones, means over seeds; of the choice the time. WALLET_SEEDS=1,2,3 makes it surer, WALLET_ROWS=1000 shorter.
 */
export async function run() {
  const { parseTable, learnWallets, WalletEstimator, createWorld, figuresOf } = await sources();
  const seeds = (process.env.WALLET_SEEDS ?? '1').split(',').map(Number);
  const rows = Number(process.env.WALLET_ROWS ?? 3000);
  const lines = [];
  for (const [name, drivers] of [...WORLDS.map((world) => [world, []]), ['driver', ['tenure']]]) {
    const figures = new Map([...EVERY, 'auto'].map((estimator) => [estimator, []]));
    const [chosen, times] = [[], []];
    let worst = 0;
    for (const seed of seeds) {
      const world = createWorld(name, rows, seed);
      const table = parseTable('bench', world.rows);
      const base = { spend: world.spend, weights: null, features: ['size', 'sector', 'tenure'], quantile: 0.9, shareDrivers: drivers, known: null, folds: 5, seed: 1 };
      let best = Infinity;
      for (const estimator of [...EVERY, 'auto']) {
        const learn = () => learnWallets('bench', table, { ...base, estimators: estimator === 'auto' ? 'auto' : [estimator] });
        try {
          const { millis, result } = estimator === 'auto' ? cpuTime(learn, 1) : { millis: 0, result: learn() };
          const found = figuresOf(world, WalletEstimator.from(result.state).estimate('bench', table, world.spend, 0.9).wallet);
          figures.get(estimator).push(found);
          if (estimator === 'auto') {
            chosen.push(result.chosen);
            times.push(millis);
            worst = Math.max(worst, found.logError / best);
          } else best = Math.min(best, found.logError);
        } catch (error) {
          if (error.code !== 'NOT_IDENTIFIED') throw error;
        }
      }
    }
    const told = drivers.length > 0 ? `${name} (named)` : name;
    for (const [estimator, found] of figures) {
      const mean = (of) => (found.reduce((sum, one) => sum + of(one), 0) / found.length).toFixed(3);
      const note = found.length === 0 ? 'finds no inefficiency' : `${mean((one) => one.logError)} | ${mean((one) => one.headroomRank)} | ${mean((one) => one.ratio)}${found.length < seeds.length ? ` (${found.length} of ${seeds.length} seeds)` : ''}`;
      const choice = estimator === 'auto' ? `; took ${[...new Set(chosen)].join(', ')}; at worst ${worst.toFixed(3)} x the best single (bar 1.05)` : '';
      lines.push(line(`wallets, world ${told}`, estimator, rows, estimator === 'auto' ? times.reduce((a, b) => a + b, 0) / times.length : 0, note + choice));
    }
  }
  return lines;
}
