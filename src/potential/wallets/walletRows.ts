import { normalQuantile } from '../../numeric/normal.js';
import type { WalletColumns } from '../walletColumns.js';
import { LN_U, LN_V, MixedLaw, RESIDUAL, TAU } from './mixedLaw.js';
import type { WalletLines } from './walletLines.js';
import type { WalletLawState, WalletState } from './walletState.js';

/** A law with what differs from row to row. */
export function lawOf({ distribution, noise, tau }: WalletLawState): MixedLaw {
  return new MixedLaw(distribution, noise, tau);
}

/** The estimates of an estimator; `lnU` is ln sigmaU of every row, `drivers` the design of the drivers, row-major without its ones. */
export function estimateWallets(state: WalletState, lines: WalletLines, lnU: Float64Array, drivers: Float64Array, spend: Float64Array | null, confidence: number): WalletColumns {
  const count = lines.main.length;
  const sharedCount = state.root.length > 0 ? state.rootWidth : lines.folds.length;
  const columns = (): Float64Array => new Float64Array(count);
  const to: WalletColumns = {
    ...{ wallet: columns(), walletLower: columns(), walletUpper: columns(), share: columns(), shareLower: columns(), shareUpper: columns(), ownVariance: columns() },
    sharedLoadings: new Float64Array(count * sharedCount),
    sharedCount,
  };
  const estimator = state.laws.length > 0 ? new FrontierRows(state, lines, lnU, drivers, confidence, to) : new QuantileWallets(lines, confidence, to);
  for (let i = 0; i < count; i++) estimator.estimate(i, spend === null ? 0 : spend[i]!);
  return to;
}

/** Wallets by a frontier: spend times E[e^u | spend], or by the profile E[e^(line + v)]. */
class FrontierRows {
  readonly #to: WalletColumns;
  readonly #state: WalletState;
  readonly #lines: WalletLines;
  readonly #lnU: Float64Array;
  readonly #drivers: Float64Array;
  readonly #driverCount: number;
  readonly #laws: readonly MixedLaw[];
  readonly #tails: readonly [number, number];
  readonly #noise: readonly [number, number];
  readonly #z: number;
  readonly #change: Float64Array;

  constructor(state: WalletState, lines: WalletLines, lnU: Float64Array, drivers: Float64Array, confidence: number, to: WalletColumns) {
    this.#to = to;
    this.#state = state;
    this.#lines = lines;
    this.#lnU = lnU;
    this.#drivers = drivers;
    this.#driverCount = state.laws[0]!.inefficiency.length - 1;
    this.#laws = state.laws.map(lawOf);
    this.#tails = [(1 - confidence) / 2, (1 + confidence) / 2];
    const [main] = this.#laws as [MixedLaw];
    main.open();
    this.#noise = [main.noiseQuantile(this.#tails[0]), main.noiseQuantile(this.#tails[1])];
    this.#z = normalQuantile(this.#tails[1]);
    this.#change = new Float64Array(state.rootWidth);
  }

  estimate(row: number, spend: number): void {
    const to = this.#to;
    const law = this.#laws[0]!;
    const frontier = this.#lines.main[row]! + this.#state.laws[0]!.shift;
    law.parameters[LN_U] = this.#lnU[row]!;
    law.open();
    if (!(spend > 0)) {
      const middle = Math.exp(frontier);
      to.wallet[row] = middle * law.noiseMoment(1);
      to.ownVariance[row] = middle * middle * Math.max(0, law.noiseMoment(2) - law.noiseMoment(1) ** 2);
      this.#load(row, to.wallet[row], 0);
      this.#interval(row, 0, frontier + this.#noise[0], frontier + this.#noise[1]);
      return;
    }
    const y = Math.log(spend);
    law.parameters[RESIDUAL] = y - frontier;
    law.observe();
    const times = Math.max(1, law.moment(1));
    to.wallet[row] = spend * times;
    to.ownVariance[row] = spend * spend * Math.max(0, law.moment(2) - times * times);
    to.share[row] = law.moment(-1);
    const [low, high] = [law.quantile(this.#tails[0]), law.quantile(this.#tails[1])];
    this.#load(row, to.wallet[row], spend);
    this.#interval(row, spend, y + low, y + high);
    to.shareLower[row] = Math.min(to.share[row], spend / to.walletUpper[row]!);
    to.shareUpper[row] = Math.max(to.share[row], spend / to.walletLower[row]!);
  }

  /** Own and shared uncertainty of ln wallet together; the mean of a long tail may lie beyond its quantile. */
  #interval(row: number, spend: number, low: number, high: number): void {
    const to = this.#to;
    const middle = Math.log(to.wallet[row]!);
    let square = 0;
    for (let k = row * to.sharedCount; k < (row + 1) * to.sharedCount; k++) square += to.sharedLoadings[k]! ** 2;
    const reach = (this.#z * Math.sqrt(square)) / to.wallet[row]!;
    to.walletLower[row] = Math.max(spend, Math.exp(middle - Math.hypot(Math.max(0, middle - low), reach)));
    to.walletUpper[row] = Math.exp(middle + Math.hypot(Math.max(0, high - middle), reach));
  }

  #load(row: number, wallet: number, spend: number): void {
    if (this.#state.root.length > 0) this.#loadByRoot(row, wallet, spend);
    else loadByFolds(this.#to, row, (fold) => this.#walletWithout(fold, row, spend), this.#lines.folds.length);
  }

  #walletWithout(fold: number, row: number, spend: number): number {
    const { laws } = this.#state;
    const place = Math.min(fold + 1, laws.length - 1);
    const law = this.#laws[place]!;
    const frontier = this.#lines.folds[fold]![row]! + laws[place]!.shift;
    law.parameters[LN_U] = laws[place]!.inefficiency[0]!;
    law.open();
    if (!(spend > 0)) return Math.exp(frontier) * law.noiseMoment(1);
    law.parameters[RESIDUAL] = Math.log(spend) - frontier;
    law.observe();
    return spend * Math.max(1, law.moment(1));
  }

  // The wallet by each parameter of the customer's law, by central differences; those by the coefficients follow by the columns.
  #loadByRoot(row: number, wallet: number, spend: number): void {
    const { root, rootWidth } = this.#state;
    const { values, columnCount } = this.#lines.design!;
    const law = this.#laws[0]!;
    const { parameters } = law;
    const [change, drivers, driverCount] = [this.#change.fill(0), this.#drivers, this.#driverCount];
    const add = (place: number, factor: number): void => {
      for (let k = 0, at = place * rootWidth; k < rootWidth; k++) change[k]! += factor * root[at + k]!;
    };
    const byLine = spend > 0 ? -this.#slope(RESIDUAL, spend) : wallet;
    add(0, byLine);
    for (let j = 0; j < columnCount; j++) add(j + 1, byLine * values[row * columnCount + j]!);
    let place = columnCount + 1;
    if (spend > 0) {
      const byU = this.#slope(LN_U, spend);
      add(place, byU);
      for (let j = 0; j < driverCount; j++) add(place + 1 + j, byU * drivers[row * driverCount + j]!);
    }
    place += driverCount + 1;
    for (let j = LN_V; j < parameters.length; j++) add(place++, spend > 0 ? this.#slope(j, spend) : this.#noiseSlope(j, wallet));
    if (spend > 0 && this.#state.laws[0]!.distribution === 'truncatedNormal') add(place, this.#slope(TAU, spend));
    this.#to.sharedLoadings.set(change, row * rootWidth);
  }

  #slope(parameter: number, spend: number): number {
    const law = this.#laws[0]!;
    const before = law.parameters[parameter]!;
    const at = (x: number): number => {
      law.parameters[parameter] = x;
      if (parameter !== RESIDUAL) law.open();
      law.observe();
      return law.moment(1);
    };
    const slope = (at(before + 1e-5) - at(before - 1e-5)) * 5e4;
    law.parameters[parameter] = before;
    law.open();
    return spend * slope;
  }

  #noiseSlope(parameter: number, wallet: number): number {
    const law = this.#laws[0]!;
    const before = law.parameters[parameter]!;
    const now = law.noiseMoment(1);
    const at = (x: number): number => {
      law.parameters[parameter] = x;
      law.open();
      return law.noiseMoment(1);
    };
    const slope = (at(before + 1e-5) - at(before - 1e-5)) * 5e4;
    law.parameters[parameter] = before;
    law.open();
    return (wallet * slope) / now;
  }
}

/** Wallets by a quantile: what so many like the customer stay below, or the spend where it is more. */
class QuantileWallets {
  readonly #lines: WalletLines;
  readonly #to: WalletColumns;
  readonly #z: number;

  constructor(lines: WalletLines, confidence: number, to: WalletColumns) {
    this.#lines = lines;
    this.#to = to;
    this.#z = normalQuantile((1 + confidence) / 2);
  }

  estimate(row: number, given: number): void {
    const { main, folds } = this.#lines;
    const to = this.#to;
    const spend = given > 0 ? given : 0;
    const wallet = Math.max(spend, Math.exp(main[row]!));
    to.wallet[row] = wallet;
    loadByFolds(to, row, (fold) => Math.max(spend, Math.exp(folds[fold]![row]!)), folds.length);
    let square = 0;
    for (let k = row * to.sharedCount; k < (row + 1) * to.sharedCount; k++) square += to.sharedLoadings[k]! ** 2;
    const reach = (this.#z * Math.sqrt(square)) / wallet;
    to.walletLower[row] = Math.max(spend, wallet * Math.exp(-reach));
    to.walletUpper[row] = wallet * Math.exp(reach);
    to.share[row] = spend / wallet;
    to.shareLower[row] = spend / to.walletUpper[row];
    to.shareUpper[row] = spend / to.walletLower[row];
  }
}

/** The delete-group jackknife: ((K - 1) / K)^½ times how far the wallet without each fold is from their mean. */
function loadByFolds(to: WalletColumns, row: number, without: (fold: number) => number, folds: number): void {
  const at = row * to.sharedCount;
  let mean = 0;
  for (let k = 0; k < folds; k++) mean += (to.sharedLoadings[at + k] = without(k)) / folds;
  const factor = Math.sqrt((folds - 1) / folds);
  for (let k = 0; k < folds; k++) to.sharedLoadings[at + k] = factor * (to.sharedLoadings[at + k]! - mean);
}
