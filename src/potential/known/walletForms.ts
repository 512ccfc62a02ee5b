/**
 * What the logarithm is taken of. With eta the linear predictor, S the spend and R a residual that varies between customers:
 * `'wallet'`: W = max(S, e^eta R); `'headroom'`: W = S (1 - c) + S max(c, e^eta R), c = 0.1, so that eta is about ln(headroom / spend);
 * `'share'`: W = max(S, S (1 + e^-eta) R), eta the log-odds of the share of wallet (Papke and Wooldridge, 1996).
 */
export type KnownWalletForm = 'wallet' | 'headroom' | 'share';

/** A share of the spend that is added to the headroom before its logarithm is taken, so that no headroom is no minus infinity. */
export const NEAR_NOTHING = 0.1;

/** How many residuals a stored branch keeps at most: of more, the means of parts of equal weight. */
export const ATOMS = 200;

/** W = base + max(floor, scale * R): the part that no residual changes. Spend 0 is a customer of whom only the profile is known. */
export function walletBase(form: KnownWalletForm, spend: number): number {
  return form === 'headroom' ? spend * (1 - NEAR_NOTHING) : 0;
}

/** The least that scale * R counts for. */
export function walletFloor(form: KnownWalletForm, spend: number): number {
  return form === 'headroom' ? spend * NEAR_NOTHING : spend;
}

/** What a residual of 1 makes. */
export function walletScale(form: KnownWalletForm, spend: number, eta: number): number {
  if (form === 'wallet') return Math.exp(eta);
  return spend * (form === 'headroom' ? Math.exp(eta) : 1 + Math.exp(-eta));
}

/** d ln scale / d eta. */
export function walletSlope(form: KnownWalletForm, eta: number): number {
  return form === 'share' ? -1 / (1 + Math.exp(eta)) : 1;
}

/** One customer's wallet under all residuals. */
export interface WalletMoments {
  /** Its mean: Duan's smearing estimate (1983), without the bias of e to the mean of logarithms. */
  wallet: number;
  /** Its variance. */
  variance: number;
  /** The mean of spend / wallet. */
  share: number;
  /** d wallet / d ln scale. */
  slope: number;
}

/** Writes the moments over equally likely residuals; O(residuals). */
export function walletMoments(atoms: ArrayLike<number>, spend: number, base: number, floor: number, scale: number, to: WalletMoments): void {
  const n = atoms.length;
  // About a middle value, so that the variance does not drown in the mean.
  const about = base + Math.max(floor, scale);
  let sum = 0;
  let squares = 0;
  let shares = 0;
  let moving = 0;
  for (let j = 0; j < n; j++) {
    const part = scale * atoms[j]!;
    if (part > floor) moving += part;
    const wallet = base + (part > floor ? part : floor);
    const d = wallet - about;
    sum += d;
    squares += d * d;
    shares += spend / wallet;
  }
  // Rounding may take the mean of numbers all at the spend a hair below it.
  to.wallet = Math.max(spend, about + sum / n);
  to.variance = Math.max(0, squares / n - (sum / n) * (sum / n));
  to.share = spend > 0 ? Math.min(1, shares / n) : 0;
  to.slope = moving / n;
}
