import type { EncodingTerm } from '../../data/encodingTerm.js';
import { readTable, type TableView } from '../../data/table.js';
import { buildEffects } from '../../learners/buildEffects.js';
import { rankContributions, type MarginExplanation } from '../../learners/explanation.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import { BoostedTrees } from '../../learners/trees/boostedTrees.js';
import { LN_U, RESIDUAL } from './mixedLaw.js';
import { designOf, timesDesign, walletLines } from './walletLines.js';
import type { WalletColumns } from '../walletColumns.js';
import { estimateWallets, lawOf } from './walletRows.js';
import type { WalletEstimatorName, WalletState } from './walletState.js';

/** Why a customer's wallet by profile is what it is, and what its share of wallet depends on. */
export interface WalletExplanation {
  /** ln of the wallet by profile (a quantile of ln spend for the quantile estimators); `prediction` is the wallet. */
  readonly wallet: MarginExplanation;
  /** ln sigmaU by the drivers of the share: what raises it lowers the share. Null without drivers. */
  readonly share: MarginExplanation | null;
}

/** Estimates wallets from a profile and, where there is one, the spend. Learnt by `learnWallets`; its state is plain JSON. */
export class WalletEstimator {
  readonly name: WalletEstimatorName;
  /** The columns of the data a row must have. */
  readonly features: readonly string[];
  readonly state: WalletState;

  private constructor(state: WalletState) {
    this.state = state;
    this.name = state.estimator;
    this.features = [...new Set([...columnsOf(state), ...state.drivers.map(({ column }) => column)])];
  }

  /**
   *
   */
  /** Opens a state. */
  static from(state: WalletState): WalletEstimator {
    return new WalletEstimator(state);
  }

  /** Wallets of rows; a spend of 0 or `NaN`, or no spends at all: by the profile alone. O(rows * (columns + unknowns²)). */
  estimate(caller: string, view: TableView, spend: Float64Array | null, confidence: number): WalletColumns {
    const { drivers, laws } = this.state;
    const design = laws.length > 0 && drivers.length > 0 ? designOf(caller, drivers, view) : null;
    return estimateWallets(this.state, this.#lines(caller, view), this.#lnU(caller, view), design?.values ?? new Float64Array(0), spend, confidence);
  }

  /** P(a customer like this spends more than `amounts`, if anything). O(rows). */
  survival(caller: string, view: TableView, amounts: Float64Array): Float64Array {
    return this.logSurvival(caller, view, amounts).map(Math.exp);
  }

  /** ln of {@link WalletEstimator.survival}, good far out, where that is 0. */
  logSurvival(caller: string, view: TableView, amounts: Float64Array): Float64Array {
    const { laws, spread } = this.state;
    const { main } = this.#lines(caller, view);
    const [law] = laws;
    if (law === undefined) return main.map((line, i) => (amounts[i]! > 0 ? logBeyond(spread, Math.log(amounts[i]!) - line) : 0));
    const lnU = this.#lnU(caller, view);
    const mixed = lawOf(law);
    return main.map((line, i) => {
      if (!(amounts[i]! > 0)) return 0;
      mixed.parameters[LN_U] = lnU[i]!;
      mixed.open();
      const residual = Math.log(amounts[i]!) - line - law.shift;
      const left = 1 - mixed.cdf(residual);
      if (left > 1e-7) return Math.log(left);
      // Far out density / hazard, the hazard being how fast the log of the density falls.
      const at = (e: number): number => {
        mixed.parameters[RESIDUAL] = e;
        return mixed.observe();
      };
      const density = at(residual);
      return Math.min(Math.log(1e-7), density - Math.log((at(residual - 1e-4) - at(residual + 1e-4)) * 5e3));
    });
  }

  /** What each feature of a row adds to the ln wallet by profile. */
  explain(caller: string, row: object): WalletExplanation {
    const { line, laws, drivers, quantile } = this.state;
    const view = readTable(caller, [row]);
    const [law] = laws;
    let raised = 0;
    if (law !== undefined) {
      const mixed = lawOf(law);
      mixed.open();
      raised = law.shift + Math.log(mixed.noiseMoment(1));
    }
    const margin = walletLines(caller, line, quantile, view).main[0]! + raised;
    const prediction = Math.exp(margin);
    const share = law === undefined || drivers.length === 0 ? null : linearMargin(drivers, law.inefficiency, row, 0, Math.exp);
    if (line.kind === 'linear') return { wallet: { ...linearMargin(line.terms, line.slopes[0]!, row, raised, Math.exp), margin, prediction }, share };
    // Peers are no sum of features: who they are says more.
    if (line.kind === 'peers') return { wallet: { baseline: margin, contributions: [], margin, prediction }, share };
    const parts = line.models.map((model) => new BoostedTrees(model).explain(row));
    const { features } = line.models[0]!.summary;
    const mean = (of: (part: MarginExplanation) => number): number => parts.reduce((sum, part) => sum + of(part), 0) / parts.length;
    const amounts = features.map((feature) => mean(({ contributions }) => contributions.find((each) => each.feature === feature)!.contribution));
    return { wallet: { baseline: mean(({ baseline }) => baseline) + raised, contributions: rankContributions(row, features, amounts), margin, prediction }, share };
  }

  #lines(caller: string, view: TableView): ReturnType<typeof walletLines> {
    return walletLines(caller, this.state.line, this.state.quantile, view);
  }

  #lnU(caller: string, view: TableView): Float64Array {
    const { laws, drivers } = this.state;
    const [law] = laws;
    if (law === undefined || drivers.length === 0) return new Float64Array(view.rowCount).fill(law?.inefficiency[0] ?? 0);
    return timesDesign(designOf(caller, drivers, view), law.inefficiency);
  }
}

function columnsOf({ line }: WalletState): readonly string[] {
  if (line.kind === 'linear') return line.terms.map(({ column }) => column);
  return line.kind === 'trees' ? line.models[0]!.summary.features : line.finder.features.map(({ column }) => column);
}

function linearMargin(terms: readonly EncodingTerm[], slopes: readonly number[], row: object, raised: number, respond: (margin: number) => number): MarginExplanation {
  const effects = buildEffects(terms, slopes.slice(1));
  const amounts = linearContributions(effects, row);
  const baseline = slopes[0]! + raised;
  const margin = amounts.reduce((sum, amount) => sum + amount, baseline);
  return { baseline, contributions: rankContributions(row, effects.map(({ column }) => column), amounts), margin, prediction: respond(margin) };
}

/** ln P(residual > at) by equally likely residuals, straight between them; beyond the ends it falls as between the last tenth of them. */
function logBeyond(spread: readonly number[], at: number): number {
  const count = spread.length;
  const last = spread[count - 1]!;
  if (at < spread[0]!) return 0;
  if (at >= last) {
    const tenth = spread[Math.floor(0.9 * (count - 1))]!;
    const mean = Math.max(1e-9, (last - tenth) / Math.log(0.1 * count));
    return -Math.log(count) - (at - last) / mean;
  }
  let [low, high] = [0, count - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (spread[middle]! <= at) low = middle;
    else high = middle;
  }
  const place = low + (at - spread[low]!) / (spread[high]! - spread[low]! || 1);
  return Math.log1p(-(place * (1 - 1 / count)) / (count - 1));
}
