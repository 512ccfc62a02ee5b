import { logGamma } from '../../numeric/logGamma.js';
import { logGammaStep } from '../../numeric/logGammaStep.js';
import { logMinusDigamma } from '../../numeric/stirling.js';

/** Customers of whom amounts are known. */
export interface SpendRows {
  /** Amounts known of each, from 1. */
  readonly purchases: Float64Array;
  /** Their sum. */
  readonly total: Float64Array;
  readonly weights: Float64Array;
  /** The different numbers of purchases, with the weights of those who have them. */
  readonly counts: readonly (readonly [purchases: number, weight: number])[];
  readonly customers: number;
  /** Sum of weight times purchases times log total. */
  readonly logTotals: number;
  /** Sum of weight times log of the mean amount: from the density of p totals to that of means. */
  readonly logMeans: number;
}

/** The rows that a likelihood needs, with the sums that do not change. O(n). */
export function spendRows(purchases: Float64Array, total: Float64Array, weights: Float64Array): SpendRows {
  const byCount = new Map<number, number>();
  let [customers, logTotals, logMeans] = [0, 0, 0];
  for (let i = 0; i < purchases.length; i++) {
    const [n, w] = [purchases[i]!, weights[i]!];
    const log = Math.log(total[i]!);
    byCount.set(n, (byCount.get(n) ?? 0) + w);
    customers += w;
    logTotals += w * n * log;
    logMeans += w * (log - Math.log(n));
  }
  return { purchases, total, weights, counts: [...byCount].sort(([a], [b]) => a - b), customers, logTotals, logMeans };
}

/**
 * The log-likelihood of mean amounts m of n purchases (Fader and Hardie, 2013): with s = n m,
 * logGamma(p n + q) - logGamma(p n) - logGamma(q) + q log v + p n log s - log m - (p n + q) log(v + s). Its derivatives to log p, log q and log v are written.
 *
 * All that depends on a customer's own amounts is four sums over log(1 + s / v) and s / (v + s); the gamma functions are of the few different numbers of purchases.
 */
export function gammaGammaLikelihood(p: number, q: number, v: number, rows: SpendRows, gradient: Float64Array): number {
  const { purchases, total, weights } = rows;
  let [logs, countedLogs, shares, countedRests] = [0, 0, 0, 0];
  for (let i = 0; i < purchases.length; i++) {
    const [n, s, w] = [purchases[i]!, total[i]!, weights[i]!];
    const log = w * Math.log1p(s / v);
    const share = (w * s) / (v + s);
    logs += log;
    countedLogs += n * log;
    shares += share;
    countedRests += n * (w - share);
  }
  let [gammas, toP, toQ, all] = [0, 0, 0, 0];
  const ofQ = logMinusDigamma(q).value;
  for (const [n, w] of rows.counts) {
    const shape = p * n;
    const ofBoth = logMinusDigamma(shape + q).value;
    gammas += w * (logGammaStep(q, shape) - logGamma(shape));
    // Digamma differences, as logarithms of ratios and what is left.
    toP += w * n * (Math.log1p(q / shape) + logMinusDigamma(shape).value - ofBoth);
    toQ += w * (Math.log1p(shape / q) + ofQ - ofBoth);
    all += w * n;
  }
  // log(v + s) = log v + log(1 + s / v): where v and q are large, nothing large is subtracted.
  const logV = Math.log(v);
  gradient[0] = p * (toP + rows.logTotals - all * logV - countedLogs);
  gradient[1] = q * (toQ - logs);
  gradient[2] = q * shares - p * countedRests;
  return gammas + p * (rows.logTotals - all * logV - countedLogs) - q * logs - rows.logMeans;
}
