import type { DesignMatrix } from '../../data/encoding.js';
import type { WalletColumns } from '../walletColumns.js';
import type { KnownWalletBranch, KnownWalletsState } from './knownWalletState.js';
import { walletBase, walletFloor, walletMoments, walletScale, walletSlope, type WalletMoments } from './walletForms.js';

/** Every customer by the branch that its spend calls for. O(rows * (residuals + columns²)). */
export function estimateRows({ spenders, profile }: KnownWalletsState, { values, rowCount, columnCount }: DesignMatrix, spend: Float64Array): WalletColumns {
  const widths = [unknownsOf(spenders), unknownsOf(profile)] as const;
  const sharedCount = widths[0] + widths[1];
  const column = (): Float64Array => new Float64Array(rowCount);
  const wallets: WalletColumns = {
    ...{ wallet: column(), walletLower: column(), walletUpper: column(), share: column(), shareLower: column(), shareUpper: column(), ownVariance: column() },
    sharedLoadings: new Float64Array(rowCount * sharedCount),
    sharedCount,
  };
  const design = new Float64Array(columnCount + 3);
  const moments: WalletMoments = { wallet: 0, variance: 0, share: 0, slope: 0 };
  const factors = [Float64Array.from(spenders.factor), Float64Array.from(profile.factor)] as const;
  const cross = Float64Array.from(profile.cross ?? []);
  const atoms = [Float64Array.from(spenders.atoms), Float64Array.from(profile.atoms)] as const;
  for (let row = 0; row < rowCount; row++) {
    const which = spend[row]! > 0 ? 0 : 1;
    const branch = which === 0 ? spenders : profile;
    const eta = linearPredictor(branch, values, row, columnCount, spend[row]!, design);
    estimateRow(branch, atoms[which], spend[row]!, eta, row, moments, wallets);
    if (widths[which] === 0) continue;
    const slope = walletSlope(branch.form, eta);
    loadRow(factors[which], widths[which], widths[which], design, slope, moments.slope, wallets.sharedLoadings, row * sharedCount + which * widths[0]);
    if (which === 1 && cross.length > 0) loadRow(cross, widths[1], widths[0], design, slope, moments.slope, wallets.sharedLoadings, row * sharedCount);
  }
  return wallets;
}

function unknownsOf({ factor, slopes }: KnownWalletBranch): number {
  return factor.length === 0 ? 0 : slopes.length + 1;
}

// Writes the row of the design (1, features, ln spend, its square) and gives the linear predictor.
function linearPredictor({ slopes, spendScale, range }: KnownWalletBranch, values: Float64Array, row: number, columnCount: number, spend: number, design: Float64Array): number {
  design[0] = 1;
  let eta = slopes[0]!;
  for (let j = 0; j < columnCount; j++) {
    const x = values[row * columnCount + j]!;
    design[j + 1] = x;
    eta += slopes[j + 1]! * x;
  }
  if (spendScale !== null) {
    const z = (Math.log(spend) - spendScale[0]) / spendScale[1];
    design[columnCount + 1] = z;
    design[columnCount + 2] = z * z - 1;
    for (let j = columnCount + 1; j < slopes.length; j++) eta += slopes[j]! * design[j]!;
  }
  return Math.min(range[1], Math.max(range[0], eta));
}

function estimateRow(branch: KnownWalletBranch, atoms: Float64Array, spend: number, eta: number, row: number, moments: WalletMoments, to: WalletColumns): void {
  const base = walletBase(branch.form, spend);
  const floor = walletFloor(branch.form, spend);
  const scale = walletScale(branch.form, spend, eta);
  walletMoments(atoms, spend, base, floor, scale, moments);
  const { wallet, share } = moments;
  // The mean of a long tail may lie beyond its quantile.
  const lower = Math.min(wallet, Math.max(spend, base + Math.max(floor, scale * branch.ends[0])));
  const upper = Math.max(wallet, base + Math.max(floor, scale * branch.ends[1]));
  to.wallet[row] = wallet;
  to.walletLower[row] = lower;
  to.walletUpper[row] = upper;
  to.share[row] = share;
  to.shareLower[row] = Math.min(share, spend / upper);
  to.shareUpper[row] = spend > 0 ? Math.max(share, spend / lower) : 0;
  to.ownVariance[row] = moments.variance;
}

// d wallet / d ln scale * (d ln scale / d slopes, 1) * factor.
function loadRow(factor: Float64Array, width: number, columns: number, design: Float64Array, slope: number, moving: number, to: Float64Array, at: number): void {
  for (let a = 0; a < width; a++) {
    const x = a === width - 1 ? moving : moving * slope * design[a]!;
    for (let k = 0; k < columns; k++) to[at + k]! += x * factor[a * columns + k]!;
  }
}
