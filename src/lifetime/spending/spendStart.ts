import { digamma } from '../../numeric/digamma.js';
import type { SpendRows } from './gammaGammaLikelihood.js';

/**
 * Parameters to begin with. The logarithm of a customer's mean amount of n purchases varies by trigamma(q) + trigamma(p n), which is about
 * 1 / (q - 1/2) + 1 / (p n): a line in 1 / n through the squared distances from their mean gives q and p, the mean itself v.
 */
export function spendStart({ purchases, total, weights, customers }: SpendRows): readonly [p: number, q: number, v: number] {
  let centre = 0;
  const logs = total.map((s, i) => Math.log(s / purchases[i]!));
  for (let i = 0; i < logs.length; i++) centre += (weights[i]! * logs[i]!) / customers;
  let [meanX, meanY, both, squares] = [0, 0, 0, 0];
  for (let i = 0; i < logs.length; i++) {
    meanX += weights[i]! / purchases[i]! / customers;
    meanY += (weights[i]! * (logs[i]! - centre) ** 2) / customers;
  }
  for (let i = 0; i < logs.length; i++) {
    const x = 1 / purchases[i]! - meanX;
    both += weights[i]! * x * ((logs[i]! - centre) ** 2 - meanY);
    squares += weights[i]! * x * x;
  }
  // Without different numbers of purchases both vary alike; a slope that is none, or more than there is, is kept within reason.
  const slope = Math.min(0.9 * meanY, Math.max(0.1 * meanY, squares > 0 ? (both / squares) * meanX : 0.5 * meanY)) / meanX;
  const p = within(1 / slope, 0.1, 100);
  const q = within(1 / (meanY - slope * meanX) + 0.5, 0.6, 100);
  return [p, q, Math.exp(centre + digamma(q)) / p];
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
