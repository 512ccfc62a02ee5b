import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { betaQuantile } from '../../numeric/betaQuantile.js';
import { gammaUpperQuantile } from '../../numeric/gammaQuantile.js';
import { requireConfidence } from '../requireConfidence.js';
import { readSpends, type FirstPurchase, type SpendHistories } from './spendHistories.js';
import type { GammaGammaParameter, GammaGammaState, SpendFit } from './spendState.js';

/** How wide `spendInterval` is. */
export interface SpendIntervalOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** Mean amounts of customers, one a customer at each end. */
export interface SpendInterval {
  /** The mean amount of a customer's purchases is below this with half of what `confidence` leaves. */
  readonly lower: Float64Array;
  /** Above this with the other half. */
  readonly upper: Float64Array;
}

/** What is asked of purchases to come. */
export interface PurchaseQuantileOptions {
  /** Over how many purchases the amount is a mean: a whole number from 1. @defaultValue 1 */
  readonly purchases?: number;
}

/** Parameters by name, and whether they are of amounts with the first purchase. */
export type GivenSpendParameters = Readonly<Record<GammaGammaParameter, number>> & {
  /** As in {@link SpendHistories}. @defaultValue 'excluded' */
  readonly firstPurchase?: FirstPurchase;
};

/**
 * What customers spend a purchase, by the gamma-gamma model (Colombo and Jiang, 1999; Fader and Hardie, 2013). Learnt by `fitGammaGamma`.
 *
 * Amounts of a customer are gamma with shape p and a rate of their own; rates over customers are gamma with shape q and rate v. What was seen of a customer
 * is weighed against all others: of whom nothing was seen, the mean of all is expected. The customers asked of must count their purchases as those
 * it was learnt from (`firstPurchase`). A mean amount that is not known (NaN) counts as nothing seen. O(customers) each.
 *
 * @example
 * ```ts
 * const model = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
 * const customers = { frequency: [2, 0], monetary: [22.35, NaN] };
 * model.expectedSpend(customers).map((amount) => Math.round(amount * 100)); // => [2466, 3522]
 * Math.round(model.meanSpend * 100); // => 3522
 * ```
 */
export class GammaGamma {
  /** `p`, `q` and `v`, all above 0; `v` in the currency of the amounts. */
  readonly parameters: Readonly<Record<GammaGammaParameter, number>>;
  /** Whether amounts are with or without the first purchase. */
  readonly firstPurchase: FirstPurchase;
  /** How it was learnt; null for a model made of given parameters. */
  readonly fit: SpendFit | null;

  /** @internal */
  constructor({ parameters, firstPurchase, fit }: GammaGammaState) {
    this.parameters = parameters;
    this.firstPurchase = firstPurchase;
    this.fit = fit;
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `p`, `q` and `v`, and `firstPurchase` where it is included
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenSpendParameters): GammaGamma {
    const caller = 'GammaGamma.fromParameters';
    requireKnownOptions(caller, given, ['p', 'q', 'v', 'firstPurchase']);
    const bad = (['p', 'q', 'v'] as const).find((name) => !isPositive(given[name]));
    if (bad !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${bad} above 0, found ${String(given[bad])}`, { function: caller, option: bad, value: given[bad] });
    const firstPurchase = requireChoice(caller, 'firstPurchase', given.firstPurchase ?? 'excluded', ['excluded', 'included']);
    return new GammaGamma({ parameters: { p: given.p, q: given.q, v: given.v }, firstPurchase, fit: null });
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): GammaGamma {
    return restored('GammaGamma', () => {
      const saved = requireSavedModel('GammaGamma', 1, json, 'parameters', 'firstPurchase');
      const { p, q, v } = saved['parameters'] as Readonly<Record<GammaGammaParameter, number>>;
      const firstPurchase = saved['firstPurchase'];
      if (!isPositive(p) || !isPositive(q) || !isPositive(v) || (firstPurchase !== 'excluded' && firstPurchase !== 'included')) {
        throw new ClientelaError('MODEL_FORMAT', 'GammaGamma.fromJSON needs p, q and v above 0 and firstPurchase of excluded or included; the JSON is damaged', { format: 'GammaGamma', parameters: saved['parameters'], firstPurchase });
      }
      return new GammaGamma({ parameters: { p, q, v }, firstPurchase, fit: (saved['fit'] ?? null) as SpendFit | null });
    });
  }

  /** `'GammaGamma'`. */
  get format(): 'GammaGamma' {
    return 'GammaGamma';
  }

  /** Whether the mean of what all customers spend a purchase exists: q above 1. Where it does not, some customers spend without measure. */
  get meanSpendExists(): boolean {
    return this.parameters.q > 1;
  }

  /** What customers spend a purchase on average, each counting once; Infinity where {@link GammaGamma.meanSpendExists} is false. */
  get meanSpend(): number {
    const { p, q, v } = this.parameters;
    return this.meanSpendExists ? (p * v) / (q - 1) : Infinity;
  }

  /**
   * The mean amount to expect of each customer's purchases: their own mean drawn towards that of all, the more the fewer purchases were seen.
   *
   * @param customers - such as `customerSummary` gives
   * @returns one a customer, above 0; Infinity where p purchases + q is not above 1, and so no mean exists
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
   */
  expectedSpend(customers: SpendHistories): Float64Array {
    const { p, q, v } = this.parameters;
    return this.#each('expectedSpend', customers, (n, total) => (p * n + q > 1 ? (p * (v + total)) / (p * n + q - 1) : Infinity));
  }

  /**
   * The amount below which the mean of each customer's purchases lies with a given probability; exists whatever q.
   *
   * @param customers - such as `customerSummary` gives
   * @param share - in (0, 1): 0.5 for the median
   * @returns one a customer, above 0
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link GammaGamma.expectedSpend}
   */
  spendQuantile(customers: SpendHistories, share: number): Float64Array {
    requireShare('GammaGamma.spendQuantile', share);
    const { p, q, v } = this.parameters;
    // Mean p / nu with nu ~ gamma(p n + q, v + total): below m where nu is above p / m. The quantile of nu is of n alone.
    const rate = remembered((n) => gammaUpperQuantile(share, p * n + q));
    return this.#each('spendQuantile', customers, (n, total) => (p * (v + total)) / rate(n));
  }

  /**
   * Between which amounts the mean of each customer's purchases lies, with the parameters taken as known.
   *
   * @param customers - such as `customerSummary` gives
   * @param options - `confidence`
   * @returns both ends of each customer
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link GammaGamma.expectedSpend}
   */
  spendInterval(customers: SpendHistories, options: SpendIntervalOptions = {}): SpendInterval {
    requireKnownOptions('GammaGamma.spendInterval', options, ['confidence']);
    const confidence = requireConfidence('GammaGamma.spendInterval', options.confidence ?? 0.95);
    return { lower: this.spendQuantile(customers, (1 - confidence) / 2), upper: this.spendQuantile(customers, (1 + confidence) / 2) };
  }

  /**
   * The amount below which each customer's next purchase, or the mean of their next few, lies with a given probability.
   *
   * @param customers - such as `customerSummary` gives
   * @param share - in (0, 1): 0.5 for the median
   * @param options - `purchases`
   * @returns one a customer, above 0
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link GammaGamma.expectedSpend}
   */
  purchaseQuantile(customers: SpendHistories, share: number, options: PurchaseQuantileOptions = {}): Float64Array {
    const caller = 'GammaGamma.purchaseQuantile';
    requireKnownOptions(caller, options, ['purchases']);
    const ahead = requireWhole(caller, 'purchases', options.purchases ?? 1, 1);
    requireShare(caller, share);
    const { p, q, v } = this.parameters;
    // The sum of amounts over v + total is the odds of a beta variable of shapes p ahead and p n + q.
    const odds = remembered((n) => betaQuantile(share, p * ahead, p * n + q) / betaQuantile(1 - share, p * n + q, p * ahead));
    return this.#each('purchaseQuantile', customers, (n, total) => ((v + total) * odds(n)) / ahead);
  }

  /**
   * The same law with other parameters, and without a fit.
   *
   * @param parameters - `p`, `q` and `v`, all above 0
   * @returns a new model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  withParameters(parameters: Readonly<Record<GammaGammaParameter, number>>): GammaGamma {
    const { p, q, v } = parameters;
    return GammaGamma.fromParameters({ p, q, v, firstPurchase: this.firstPurchase });
  }

  /**
   * The model as plain data for `JSON.stringify`.
   *
   * @returns format, version, parameters and how they were learnt
   */
  toJSON(): object {
    const { format, parameters, firstPurchase, fit } = this;
    return savedCopy({ format, formatVersion: 1, parameters, firstPurchase, fit });
  }

  #each(method: string, customers: SpendHistories, value: (purchases: number, total: number) => number): Float64Array {
    const caller = `GammaGamma.${method}`;
    const { count, firstPurchase, purchases, mean } = readSpends(caller, customers, true);
    if (firstPurchase !== this.firstPurchase) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs amounts with the first purchase ${this.firstPurchase}, as it was learnt, found it ${firstPurchase}; give firstPurchase: '${this.firstPurchase}' to customerSummary`, {
        function: caller,
        expected: this.firstPurchase,
        found: firstPurchase,
      });
    }
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = value(purchases[i]!, purchases[i]! * mean[i]!);
    return values;
  }
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

function requireShare(caller: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a share between 0 and 1, found ${String(share)}; 0.5 is the median`, { function: caller, option: 'share', value: share });
}

/** A function of few different numbers, each computed once. */
function remembered(value: (n: number) => number): (n: number) => number {
  const known = new Map<number, number>();
  return (n) => {
    let found = known.get(n);
    if (found === undefined) known.set(n, (found = value(n)));
    return found;
  };
}
