import { readNumbers } from '../purchaseHistories.js';
import type { ReadValueHistories } from './valueHistories.js';

/** The share of all amounts that was brought back, in [0, 1]; null where that is not known. */
export function shareReturned(caller: string, { source, count, weights }: ReadValueHistories): number | null {
  if (source.spend === undefined || source.returned === undefined) return null;
  const spend = readNumbers(caller, 'spend', source.spend, count);
  const returned = readNumbers(caller, 'returned', source.returned, count);
  let [bought, back] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(spend[i]) || !Number.isFinite(returned[i])) continue;
    const weight = weights === null ? 1 : weights[i]!;
    bought += weight * spend[i]!;
    back -= weight * returned[i]!;
  }
  return bought > 0 ? Math.min(1, Math.max(0, back / bought)) : null;
}
