import type { ReconciledLines } from './reconcileLines.js';

/** Everything given, row-major; null totals are the sums. */
export interface Projection {
  readonly width: number;
  readonly amounts: Float64Array;
  readonly floors: Float64Array;
  readonly variances: Float64Array;
  readonly totals: Float64Array | null;
  readonly totalVariances: Float64Array;
}

/**
 * For each customer the root m of f(m) = sum max(floor, amount - variance m) - total - totalVariance m. f falls and is convex, so the tangent
 * at minus infinity (no line at its floor) has its root left of that of f, and so has every later tangent: m grows, and a line that
 * went to its floor stays there.
 */
export function projectLines({ width, amounts, floors, variances, totals, totalVariances }: Projection): ReconciledLines {
  const result = new Float64Array(amounts.length);
  const atFloor = new Uint8Array(amounts.length);
  const sums = new Float64Array(amounts.length / width);
  let beyondTotal = 0;
  for (let customer = 0, from = 0; from < amounts.length; customer++, from += width) {
    const to = from + width;
    const multiplier = totals === null ? 0 : multiplierOf(amounts, floors, variances, atFloor, from, to, totals[customer]!, totalVariances[customer]!);
    let sum = 0;
    for (let at = from; at < to; at++) {
      const moved = amounts[at]! - variances[at]! * multiplier;
      const isLow = atFloor[at] === 1 || moved <= floors[at]!;
      atFloor[at] = isLow ? 1 : 0;
      result[at] = isLow ? floors[at]! : moved;
      sum += result[at]!;
    }
    sums[customer] = sum;
    if (totals !== null && totalVariances[customer] === 0 && sum > totals[customer]! * (1 + 1e-9)) beyondTotal++;
  }
  return { amounts: result, totals: sums, atFloor, beyondTotal };
}

function multiplierOf(amounts: Float64Array, floors: Float64Array, variances: Float64Array, atFloor: Uint8Array, from: number, to: number, total: number, totalVariance: number): number {
  for (;;) {
    let excess = -total;
    let give = totalVariance;
    for (let at = from; at < to; at++) {
      // A certain amount gives nothing, but stands at its floor where it is below.
      if (atFloor[at] === 1 || (variances[at] === 0 && amounts[at]! < floors[at]!)) excess += floors[at]!;
      else {
        excess += amounts[at]!;
        give += variances[at]!;
      }
    }
    if (give === 0) return 0;
    const multiplier = excess / give;
    let isSettled = true;
    for (let at = from; at < to; at++) {
      if (atFloor[at] === 1 || variances[at] === 0 || amounts[at]! - variances[at]! * multiplier >= floors[at]!) continue;
      atFloor[at] = 1;
      isSettled = false;
    }
    if (isSettled) return multiplier;
  }
}
