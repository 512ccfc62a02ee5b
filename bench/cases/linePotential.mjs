import { createRandom } from 'clientela/data';
import { fitKnownWallets, opportunityMatrix, reconcileLines } from 'clientela/potential';
import { cpuTime, line } from '../harness.mjs';

/** Estimates of eight lines and of their total that disagree; most customers have some lines at their present spend. */
function estimates(customers, lineCount) {
  const random = createRandom(4);
  const amounts = new Float64Array(customers * lineCount).map(() => Math.exp(5 + random.normal()));
  const floors = amounts.map((amount) => amount * random.uniform() * (random.uniform() < 0.3 ? 1.2 : 0.8));
  const totals = new Float64Array(customers).map((_, i) => amounts.subarray(i * lineCount, (i + 1) * lineCount).reduce((sum, amount) => sum + amount, 0) * (0.7 + 0.5 * random.uniform()));
  return { lineCount, amounts, floors, variances: amounts.map((amount) => (0.4 * amount) ** 2), totals, totalVariances: totals.map((total) => (0.3 * total) ** 2) };
}

/** Customers with eight features, a share of them of known wallet. */
function asked(customers, share) {
  const random = createRandom(5);
  const columns = Object.fromEntries(Array.from({ length: 8 }, (_, j) => [`x${j}`, new Float64Array(customers).map(() => random.normal())]));
  const truth = columns.x0.map((x, i) => Math.exp(8 + 0.5 * x + 0.3 * columns.x1[i] + 0.35 * random.normal()));
  const spend = truth.map((wallet) => (wallet * (random.uniform() + random.uniform() + random.uniform())) / 3);
  return { data: { ...columns, spend, wallet: truth.map((wallet) => (random.uniform() < share ? wallet : NaN)) }, truth };
}

/** Reconciling and opportunities of 100,000 customers and 8 lines, and wallets from known ones; no package of any language does either. */
export async function run() {
  const lines = [];
  for (const customers of [10_000, 100_000]) {
    const given = estimates(customers, 8);
    const ours = cpuTime(() => reconcileLines(given), 5);
    const atFloor = ours.result.atFloor.reduce((sum, flag) => sum + flag, 0) / ours.result.atFloor.length;
    lines.push(line('lines and total reconciled, 8 lines', 'reconcileLines', customers, ours.millis, `${Math.round(100 * atFloor)} % at the floor (bar 100k: 300 ms)`));
    const probability = given.amounts.map((_, i) => ((i * 7919) % 101) / 200);
    const perLine = Array.from({ length: 8 }, (_, j) => ({ wallet: new Float64Array(customers).map((_, i) => ours.result.amounts[i * 8 + j]), present: new Float64Array(customers).map((_, i) => (j % 2 ? 0 : given.floors[i * 8 + j])) }));
    const names = perLine.map((_, j) => `line ${j}`);
    const cells = cpuTime(() => opportunityMatrix({ lines: names, probability, perLine }), 3);
    lines.push(line('opportunities, 8 lines', 'opportunityMatrix', customers, cells.millis, `total ${cells.result.total.toFixed(0)}`));
  }
  for (const [customers, share] of [[10_000, 0.03], [100_000, 0.003], [100_000, 0.1]]) {
    const { data, truth } = asked(customers, share);
    const ours = cpuTime(() => fitKnownWallets(data, { spend: 'spend', wallet: 'wallet' }), 3);
    const { known, chosen, coverage } = ours.result.report;
    lines.push(line('wallets from known ones, 8 features', 'fitKnownWallets', customers, ours.millis, `${known} known; ${chosen.form}, log error ${chosen.logError.toFixed(3)}, coverage ${coverage.toFixed(3)}`));
    const predicted = cpuTime(() => ours.result.predict(data), 3);
    const error = Math.sqrt(predicted.result.wallet.reduce((sum, wallet, i) => sum + Math.log(wallet / truth[i]) ** 2, 0) / customers);
    lines.push(line('wallets estimated', 'KnownWallets.predict', customers, predicted.millis, `log error of all ${error.toFixed(3)}`));
  }
  return lines;
}
