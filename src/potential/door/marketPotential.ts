import { frozenCopy } from '../../data/frozenCopy.js';
import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { NearestPeers } from '../../learners/peers/nearestPeers.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { attainabilityOf } from './attainability.js';
import type { MarketPotentialReport, MarketPotentialState } from './marketPotentialState.js';
import { potentialPeers, type PotentialPeer } from './potentialPeers.js';
import { reasonsOf, type PotentialReason } from './potentialReasons.js';
import { openPotential, predictPotentials, type OpenPotential } from './predictPotentials.js';
import { readCustomers, readPresent } from './readSpenders.js';

/** The potential of one customer: the columns of `CustomerPotentials` as plain figures. */
export interface CustomerPotential {
  /** Who it is; null where no column named the customer. */
  readonly customer: string | number | null;
  /** What it spends now. */
  readonly present: number;
  /** What it spends on such things in all, provided that it is in the market. */
  readonly wallet: number;
  /** Probability of being in the market; 1 for whoever spends. */
  readonly participation: number;
  /** What it could bring; `present` or more. */
  readonly potential: number;
  /** potential - present. */
  readonly headroom: number;
  /** Expected share of the wallet spent here, in [0, 1]. */
  readonly share: number;
  /** Lower end of the interval of the potential. */
  readonly potentialLower: number;
  /** Upper end of it. */
  readonly potentialUpper: number;
  /** Lower end of the interval of the share. */
  readonly shareLower: number;
  /** Upper end of it. */
  readonly shareUpper: number;
}

/** Why one customer has its potential. */
export interface PotentialExplanation {
  /** The figures. */
  readonly potential: CustomerPotential;
  /** What the average profile would make of the wallet: the reasons multiply it. */
  readonly typicalWallet: number;
  /** What the profile alone makes of the wallet; the present spend then moves it to `potential.wallet`. */
  readonly walletByProfile: number;
  /** What in the profile raises or lowers the wallet, the strongest first. */
  readonly wallet: readonly PotentialReason[];
  /** What raises or lowers the share of it that is spent here; none without `shareDrivers`. */
  readonly share: readonly PotentialReason[];
  /** What raises or lowers the odds of spending at all; none where everybody has the same. */
  readonly participation: readonly PotentialReason[];
}

/** Whose potential. */
export interface PotentialOptions {
  /** Whether nobody in the data spends here, whatever the column of the spend says: it may then be absent. @defaultValue false */
  readonly prospects?: boolean;
}

/** How far is far enough. */
export interface AttainabilityOptions extends PotentialOptions {
  /** The part of the headroom to be won, in (0, 1]. @defaultValue 0.2 */
  readonly step?: number;
}

/**
 * What every customer could bring, beside what it spends now; learnt by `fitMarketPotential`. Travels as JSON, with the spenders learnt from where
 * peers are kept.
 *
 * Whoever spends is judged by profile and spend. Whoever spends nothing, or of whom no spend is known, is judged by the profile alone: the wallet of
 * such a profile times the probability of spending at all.
 *
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * import { fitMarketPotential } from 'clientela/potential';
 * const random = createRandom(1);
 * const customers = Array.from({ length: 300 }, () => {
 *   const size = 1 + random.integer(5);
 *   return { size, spend: 100 * size * Math.exp(0.3 * random.normal() - Math.abs(0.7 * random.normal())) };
 * });
 * const fitted = fitMarketPotential(customers, { spend: 'spend', estimators: ['halfNormal'] });
 * const model = MarketPotential.fromJSON(JSON.parse(JSON.stringify(fitted)));
 * const { potential, headroom, share } = model.predictRow({ size: 3, spend: 120 });
 * [potential > 200, headroom === potential - 120, share < 0.6]; // => [true, true, true]
 * model.predictRow({ size: 3, spend: null }).present; // => 0
 * ```
 */
export class MarketPotential {
  /** What was learnt from, what was tried, chosen and why. */
  readonly report: MarketPotentialReport;
  /** The column of what customers spend. */
  readonly spend: string;
  /** The columns a row must have besides. */
  readonly features: readonly string[];
  /** The column that names customers; null where none was given. */
  readonly customer: string | null;
  /** Coverage of all intervals. */
  readonly confidence: number;
  readonly #state: MarketPotentialState;
  readonly #open: OpenPotential;
  /** Made when first asked for. */
  readonly #peers: { finder?: NearestPeers } = {};

  /** @internal */
  constructor(given: MarketPotentialState) {
    // The rows of peers are many, and nobody is given them to change.
    const { peers, ...rest } = given;
    const state: MarketPotentialState = Object.freeze({ ...frozenCopy(rest), peers });
    this.#state = state;
    this.#open = openPotential(state);
    this.report = state.report;
    this.spend = state.spend;
    this.features = state.features;
    this.customer = state.customer;
    this.confidence = state.confidence;
    Object.freeze(this);
  }

  /**
   * The model that {@link MarketPotential.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its potentials are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): MarketPotential {
    return restored('MarketPotential', () => new MarketPotential(requireSavedModel('MarketPotential', 1, json, 'spend', 'features', 'confidence', 'wallets', 'report') as unknown as MarketPotentialState));
  }

  /**
   * What every customer could bring: a place in each column per row. Takes spenders and others alike; see {@link MarketPotential}.
   *
   * @param data - raw rows with every column of `features`, and the spend; the column that names customers where there is one
   * @param options - `prospects`: nobody spends
   * @returns the columns, in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `MISSING_VALUE` or `DUPLICATE_ID` (customers), `INVALID_OPTION`
   */
  predict(data: TableInput, options: PotentialOptions = {}): CustomerPotentials {
    const caller = 'MarketPotential.predict';
    requireKnownOptions(caller, options, ['prospects']);
    return this.#predict(caller, readTable(caller, data), options);
  }

  /**
   * What one customer could bring, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row
   * @param options - as for {@link MarketPotential.predict}
   * @returns the figures
   * @throws a {@link ClientelaError} as {@link MarketPotential.predict}
   */
  predictRow(row: object, options: PotentialOptions = {}): CustomerPotential {
    const caller = 'MarketPotential.predictRow';
    requireKnownOptions(caller, options, ['prospects']);
    return firstOf(this.#predict(caller, readTable(caller, [row]), options));
  }

  /**
   * The customers that justify a potential: among those learnt from the nearest by profile who spend more than this one, and no more than its wallet.
   * Looked for among the 20 nearest for each peer wanted; farther ones are no longer like the customer.
   *
   * @param row - a raw row
   * @param options - `peers`: how many at most, by default as fitted
   * @returns the peers, the nearest first; none where nobody near spends more
   * @throws a {@link ClientelaError} `INVALID_INPUT` for a model that kept no peers, `INVALID_OPTION`, or as {@link MarketPotential.predict}
   */
  peersOf(row: object, options: PotentialOptions & { readonly peers?: number } = {}): PotentialPeer[] {
    const caller = 'MarketPotential.peersOf';
    requireKnownOptions(caller, options, ['prospects', 'peers']);
    const { peers } = this.#state;
    if (peers === null) throw new ClientelaError('INVALID_INPUT', `${caller} needs a model that kept its peers, found one fitted with peers: 0; fit it with some`);
    const count = requireWhole(caller, 'peers', options.peers ?? peers.count, 1);
    const { present, wallet } = firstOf(this.#predict(caller, readTable(caller, [row]), options));
    return potentialPeers((this.#peers.finder ??= NearestPeers.fromJSON(peers.finder)), peers.rows, row, present, wallet, count);
  }

  /**
   * Why one customer has its potential, compared with the average customer learnt from.
   *
   * @param row - a raw row
   * @param options - as for {@link MarketPotential.predict}
   * @returns the figures, and what in the profile raises or lowers the wallet, the share of it, and the odds of spending at all
   * @throws a {@link ClientelaError} as {@link MarketPotential.predict}
   */
  explain(row: object, options: PotentialOptions = {}): PotentialExplanation {
    const caller = 'MarketPotential.explain';
    requireKnownOptions(caller, options, ['prospects']);
    const view = readTable(caller, [row]);
    const { wallets, known, participation } = this.#open;
    const { wallet, share } = wallets.explain(caller, row);
    const { baseline, contributions, margin } = known === null ? wallet : known.explain(row);
    const walletByProfile = this.#predict(caller, view, { prospects: true }).wallet[0]!;
    return {
      potential: firstOf(this.#predict(caller, view, options)),
      typicalWallet: walletByProfile * Math.exp(baseline - margin),
      walletByProfile,
      wallet: reasonsOf('the wallet', contributions),
      share: share === null ? [] : reasonsOf('the share spent here', share.contributions, true),
      participation: reasonsOf('the odds of spending', participation?.model?.explain(row).contributions ?? []),
    };
  }

  /**
   * How attainable a step towards the potential is, judged by what customers of the same profile spend.
   *
   * Of those who spend as much as this one or more, the share who spend `step * headroom` more: (1 - F(S + step * headroom | x)) / (1 - F(S | x)), F the
   * law of spend of spenders of profile x. Whoever spends nothing: participation * (1 - F(step * wallet | x)). It says how many like the customer are there
   * already, not how many move in a year: that needs history (`fitCaptureEase`).
   *
   * @param data - as for {@link MarketPotential.predict}
   * @param options - `step`: the part of the headroom to be won
   * @returns one figure a row, in [0, 1]
   * @throws a {@link ClientelaError} as {@link MarketPotential.predict}
   */
  attainability(data: TableInput, options: AttainabilityOptions = {}): Float64Array {
    const caller = 'MarketPotential.attainability';
    requireKnownOptions(caller, options, ['prospects', 'step']);
    const step = requireFinite(caller, 'step', options.step ?? 0.2);
    if (!(step > 0 && step <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs step above 0 and at most 1, found ${step}`, { option: 'step', value: step });
    const view = readTable(caller, data);
    return attainabilityOf(caller, this.#open.wallets, view, this.#predict(caller, view, options), step);
  }

  /**
   * The model as plain JSON.
   *
   * @returns what {@link MarketPotential.fromJSON} reads
   */
  toJSON(): MarketPotentialState {
    return savedCopy(this.#state);
  }

  #predict(caller: string, view: TableView, { prospects = false }: PotentialOptions): CustomerPotentials {
    const present = prospects ? new Float64Array(view.rowCount) : readPresent(caller, view, this.spend).map((spend) => (spend > 0 ? spend : 0));
    const customers = this.customer !== null && view.names.includes(this.customer) ? readCustomers(caller, view, this.customer) : null;
    return predictPotentials(caller, this.#open, view, present, customers);
  }
}

/** The first place of each column. */
function firstOf({ customers, ...columns }: CustomerPotentials): CustomerPotential {
  const { present, wallet, participation, potential, headroom, share, potentialLower, potentialUpper, shareLower, shareUpper } = columns;
  return {
    customer: customers?.[0] ?? null,
    present: present[0]!,
    wallet: wallet[0]!,
    participation: participation[0]!,
    potential: potential[0]!,
    headroom: headroom[0]!,
    share: share[0]!,
    potentialLower: potentialLower[0]!,
    potentialUpper: potentialUpper[0]!,
    shareLower: shareLower[0]!,
    shareUpper: shareUpper[0]!,
  };
}
