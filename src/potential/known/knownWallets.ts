import { Encoding, encodeView } from '../../data/encoding.js';
import { numbersOf } from '../../data/replayColumn.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { buildEffects } from '../../learners/buildEffects.js';
import { rankContributions, type MarginExplanation } from '../../learners/explanation.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import { knownAmounts } from './knownAmounts.js';
import type { WalletColumns } from '../walletColumns.js';
import type { KnownWalletReport, KnownWalletsState } from './knownWalletState.js';
import { estimateRows } from './estimateRows.js';

/** The wallet of one customer. */
export interface KnownWalletRow {
  /** What the customer spends on such things in all; the spend or more. */
  readonly wallet: number;
  /** Lower end of the interval of the wallet. */
  readonly walletLower: number;
  /** Upper end. */
  readonly walletUpper: number;
  /** Expected share of the wallet spent here. */
  readonly share: number;
  /** Lower end of the interval of the share. */
  readonly shareLower: number;
  /** Upper end. */
  readonly shareUpper: number;
}

/**
 * Wallets by what is known of a sample: learnt by `fitKnownWallets`, applied to anybody with the same columns, and kept as JSON.
 *
 * @example
 * ```ts
 * import { fitKnownWallets } from 'clientela/potential';
 * const customers = Array.from({ length: 80 }, (_, i) => ({ size: 1 + (i % 8), spend: 10 + (i % 8) * (1 + (i % 5)), wallet: i < 60 ? 20 + (i % 8) * (3 + (i % 4)) * 2 : null }));
 * const stored = JSON.stringify(fitKnownWallets(customers, { spend: 'spend', wallet: 'wallet' }));
 * const model = KnownWallets.fromJSON(JSON.parse(stored));
 * const { wallet, share } = model.predictRow({ size: 4, spend: 22 });
 * [wallet > 22, share < 1]; // => [true, true]
 * ```
 */
export class KnownWallets {
  /** The column of the spend. */
  readonly spend: string;
  /** The columns a row must have beside it. */
  readonly features: readonly string[];
  /** Coverage of the intervals. */
  readonly confidence: number;
  /** What learning tells about itself. */
  readonly report: KnownWalletReport;
  readonly #state: KnownWalletsState;
  readonly #encoding: Encoding;

  /** @internal */
  constructor(state: KnownWalletsState) {
    this.#state = state;
    this.#encoding = new Encoding({ format: 'Encoding', formatVersion: 1, terms: state.terms });
    this.spend = state.spend;
    this.features = this.#encoding.features;
    this.confidence = state.confidence;
    this.report = state.report;
  }

  /**
   * The model that {@link KnownWallets.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its estimates are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): KnownWallets {
    return restored('KnownWallets', () => new KnownWallets(requireSavedModel('KnownWallets', 1, json, 'spend', 'terms', 'spenders', 'profile', 'confidence', 'report') as unknown as KnownWalletsState));
  }

  /**
   * The wallet and share of wallet of every customer, with intervals and how they hang together.
   *
   * Whoever spends is judged by profile and spend; whoever does not (0 or blank) by the profile alone, as somebody in the market. A known
   * wallet in the data is not looked at. O(customers * (residuals + features²)).
   *
   * @param data - raw rows, with every column of `features` and the spend
   * @returns a place for each row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput): WalletColumns {
    const view = readTable('KnownWallets.predict', data);
    const spend = knownAmounts('KnownWallets.predict', this.spend, numbersOf('KnownWallets.predict', this.spend, view.source(this.spend)));
    return this.estimate('KnownWallets.predict', view, spend);
  }

  /**
   * The wallet of one customer, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features` and the spend
   * @returns wallet and share with their intervals
   * @throws a {@link ClientelaError} as {@link KnownWallets.predict}
   */
  predictRow(row: object): KnownWalletRow {
    const { wallet, walletLower, walletUpper, share, shareLower, shareUpper } = this.predict([row]);
    return { wallet: wallet[0]!, walletLower: walletLower[0]!, walletUpper: walletUpper[0]!, share: share[0]!, shareLower: shareLower[0]!, shareUpper: shareUpper[0]! };
  }

  /**
   * What each feature of a row adds to the logarithm of the wallet by profile, the spend left aside.
   *
   * @param row - a raw row, with every column of `features`
   * @returns baseline and contributions, the strongest first; the prediction is the wallet of such a customer who does not spend
   * @throws a {@link ClientelaError} as {@link KnownWallets.predict}
   */
  explain(row: object): MarginExplanation {
    const prediction = this.estimate('KnownWallets.explain', readTable('KnownWallets.explain', [row]), new Float64Array(1)).wallet[0]!;
    const { slopes, atoms } = this.#state.profile;
    const amounts = linearContributions(buildEffects(this.#state.terms, slopes.slice(1)), row);
    // The mean residual belongs to the average customer.
    const baseline = slopes[0]! + Math.log(atoms.reduce((sum, atom) => sum + atom, 0) / atoms.length);
    return { baseline, contributions: rankContributions(row, this.features, amounts), margin: amounts.reduce((sum, amount) => sum + amount, baseline), prediction };
  }

  // For the door: an opened table, and spends of one's own; 0 for somebody of whom only the profile is known.
  /** @internal */
  estimate(caller: string, view: object, spend: Float64Array): WalletColumns {
    return estimateRows(this.#state, encodeView(caller, this.#encoding, view as TableView), spend);
  }

  /**
   * The model as plain JSON.
   *
   * @returns plain numbers and names
   */
  toJSON(): KnownWalletsState {
    return savedCopy(this.#state);
  }
}
