import type { CustomerPotentials } from '../customerPotentials.js';

/** Columns as they are when every potential moves by its factor: around 0 where the whole grows, otherwise around the present spend. */
export function scaleColumns(columns: CustomerPotentials, wallets: boolean, factors: Float64Array): CustomerPotentials {
  const { present, ownVariance } = columns;
  const grows = (row: number): boolean => wallets && factors[row]! >= 1;
  const amounts = (column: Float64Array): Float64Array =>
    column.map((amount, row) => (grows(row) ? amount * factors[row]! : present[row]! + Math.max(0, amount - present[row]!) * factors[row]!));
  // Of a wallet W the share is s = present / W; of present + F (W - present) it is s / (s + F (1 - s)).
  const shares = (column: Float64Array): Float64Array => column.map((s, row) => (s > 0 ? s / (grows(row) ? factors[row]! : s + factors[row]! * (1 - s)) : 0));
  const potential = amounts(columns.potential);
  return {
    ...columns,
    wallet: amounts(columns.wallet),
    potential,
    headroom: potential.map((amount, row) => amount - present[row]!),
    potentialLower: amounts(columns.potentialLower),
    potentialUpper: amounts(columns.potentialUpper),
    share: shares(columns.share),
    shareLower: shares(columns.shareLower),
    shareUpper: shares(columns.shareUpper),
    ownVariance: ownVariance.map((variance, row) => variance * factors[row]! * factors[row]!),
  };
}
