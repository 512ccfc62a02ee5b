import { gather } from '../../numeric/gather.js';
import { logGamma } from '../../numeric/logGamma.js';
import { logGammaStep } from '../../numeric/logGammaStep.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { logMinusDigamma } from '../../numeric/stirling.js';

/** Customers of whom amounts are known, ascending in how many are. */
export interface SpendRows extends SpendColumns {
  /** The rows of each number of purchases. */
  readonly groups: readonly SpendGroup[];
  /** Whether each row is one customer. */
  readonly isUnweighted: boolean;
  readonly customers: number;
  /** Sum of weight times purchases times log total. */
  readonly logTotals: number;
  /** Sum of weight times log of the mean amount: from the density of p totals to that of means. */
  readonly logMeans: number;
}

/** What is known of customers, row by row. */
export interface SpendColumns {
  /** Amounts known of each, from 1. */
  readonly purchases: Float64Array;
  /** Their sum. */
  readonly total: Float64Array;
  readonly weights: Float64Array;
}

/** Rows with as many purchases. */
interface SpendGroup {
  readonly purchases: number;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** The rows that a likelihood needs, with the sums that do not change. O(n). */
export function spendRows(given: SpendColumns): SpendRows {
  const order = sortedOrder(given.purchases);
  const [purchases, total, weights] = [gather(given.purchases, order), gather(given.total, order), gather(given.weights, order)];
  const groups: SpendGroup[] = [];
  let [customers, logTotals, logMeans] = [0, 0, 0];
  for (let from = 0, to = 0; from < purchases.length; from = to) {
    const n = purchases[from]!;
    let [weight, logs] = [0, 0];
    for (; purchases[to] === n; to++) {
      weight += weights[to]!;
      logs += weights[to]! * Math.log(total[to]!);
    }
    groups.push({ purchases: n, from, to, weight });
    customers += weight;
    logTotals += n * logs;
    logMeans += logs - weight * Math.log(n);
  }
  return { purchases, total, weights, groups, isUnweighted: weights.every((weight) => weight === 1), customers, logTotals, logMeans };
}

/**
 * The log-likelihood of mean amounts m of n purchases (Fader and Hardie, 2013): with s = n m,
 * logGamma(p n + q) - logGamma(p n) - logGamma(q) + q log v + p n log s - log m - (p n + q) log(v + s). Its derivatives to log p, log q and log v are written.
 *
 * All that depends on a customer's own amounts is log(1 + s / v) and s / (v + s), summed by number of purchases; the gamma functions are of these numbers only.
 */
export function gammaGammaLikelihood(p: number, q: number, v: number, rows: SpendRows, gradient: Float64Array): number {
  let [logs, countedLogs, shares, countedRests] = [0, 0, 0, 0];
  let [gammas, toP, toQ, all] = [0, 0, 0, 0];
  const ofQ = logMinusDigamma(q).value;
  for (const group of rows.groups) {
    const { purchases: n, weight } = group;
    const sums = groupSums(rows, group, v);
    logs += sums.logs;
    countedLogs += n * sums.logs;
    shares += sums.shares;
    countedRests += n * (weight - sums.shares);
    const shape = p * n;
    const ofBoth = logMinusDigamma(shape + q).value;
    gammas += weight * (logGammaStep(q, shape) - logGamma(shape));
    // Digamma differences, as logarithms of ratios and what is left.
    toP += weight * n * (Math.log1p(q / shape) + logMinusDigamma(shape).value - ofBoth);
    toQ += weight * (Math.log1p(shape / q) + ofQ - ofBoth);
    all += weight * n;
  }
  // log(v + s) = log v + log(1 + s / v): where v and q are large, nothing large is subtracted.
  const logV = Math.log(v);
  gradient[0] = p * (toP + rows.logTotals - all * logV - countedLogs);
  gradient[1] = q * (toQ - logs);
  gradient[2] = q * shares - p * countedRests;
  return gammas + p * (rows.logTotals - all * logV - countedLogs) - q * logs - rows.logMeans;
}

/** Rows are added in blocks of so many, so that rounding does not grow with their number. */
const BLOCK = 512;

/** The sums of weight times log(1 + s / v) and of weight times s / (v + s). */
function groupSums({ total, weights, isUnweighted }: SpendRows, { from, to }: SpendGroup, v: number): { readonly logs: number; readonly shares: number } {
  let [logs, shares] = [0, 0];
  for (let start = from; start < to; start += BLOCK) {
    const end = Math.min(to, start + BLOCK);
    let [blockLogs, blockShares] = [0, 0];
    // The product of all 1 + s / v, less 1, takes one logarithm for many rows, and loses nothing where s / v is small.
    let product = 0;
    for (let i = start; i < end; i++) {
      const ratio = total[i]! / v;
      const share = ratio / (1 + ratio);
      if (isUnweighted) {
        product += ratio + product * ratio;
        blockShares += share;
        if (product < 1e100) continue;
        blockLogs += Math.log1p(product);
        product = 0;
      } else {
        blockLogs += weights[i]! * Math.log1p(ratio);
        blockShares += weights[i]! * share;
      }
    }
    logs += blockLogs + Math.log1p(product);
    shares += blockShares;
  }
  return { logs, shares };
}
