import type { EventLog } from '../../data/eventLog.js';
import { describeValue, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import type { SpendHistories } from '../spending/spendHistories.js';
import { customerSummary, type CustomerSummaryOptions } from '../summary/customerSummary.js';
import { groupSummary } from '../summary/groupSummary.js';
import type { CustomerSummary } from '../summary/summaryTypes.js';
import type { BacktestPart, PurchaseBacktest } from './backtestTypes.js';
import { conditionalRows, frequencyBounds } from './conditionalRows.js';
import { decileRows } from './decileRows.js';
import { forecastErrors } from './forecastErrors.js';
import { periodBeforeSplit, splitHoldout, type HistoriesWithHoldout, type SplitCustomers } from './holdoutCustomers.js';
import { naiveForecasts } from './naiveForecasts.js';
import { parameterVariance } from './parameterVariance.js';
import { intervalCoverage, placement, placeOutcomes } from './placeOutcomes.js';
import { verdictOf } from './verdictOf.js';

/** A model of amounts, such as `GammaGamma`. */
export interface AmountForecaster {
  /** The mean amount to expect of each customer's purchases. */
  expectedSpend(customers: SpendHistories): Float64Array;
}

/** What to judge, and on what. All but `fit` and `spending` is for a log, as in `customerSummary`. */
export interface BacktestPurchasesOptions extends Omit<CustomerSummaryOptions, 'until'> {
  /** Learns the model from the histories before the split, such as `fitMbgNbd`. */
  readonly fit: (calibration: PurchaseHistories) => BuyingModel;
  /** Learns the model of amounts, such as `fitGammaGamma`. @defaultValue none: purchases only */
  readonly spending?: (calibration: SpendHistories) => AmountForecaster;
  /** The end of what the model may see; needed with a log. */
  readonly split?: Instant;
}

const CALLER = 'backtestPurchases';

/**
 * Whether a model of purchases can be believed: learnt up to a moment, it forecasts each customer, and is held against what followed.
 *
 * In all (bias with its standard error), customer by customer (errors, ranking, tenths), by earlier frequency, by how often predictive intervals hold the
 * outcome, and against forecasts that need no model. `verdict` says in words what speaks against the model; an empty list is no proof. Customers who
 * came after the split are left out. A holdout about as long as the horizon to be forecast later tells most. O(events + customers log customers),
 * and the fit.
 *
 * @param customers - a log; or histories with a `holdout`, as `customerSummary` with `split` gives them
 * @param options - see {@link BacktestPurchasesOptions}
 * @returns plain figures, tables and arrays
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `INVALID_DATE` or `LENGTH_MISMATCH`, and what `fit` throws
 * @example
 * ```ts
 * import { fitNbd, Nbd, simulatePurchases } from 'clientela/lifetime';
 * // Customers as the model assumes them: nothing speaks against it.
 * const truth = Nbd.fromParameters({ unit: 'week', r: 0.8, alpha: 10 });
 * const customers = simulatePurchases(truth, { customers: 3000, observation: { weeks: 52 }, holdout: { weeks: 26 } });
 * const backtest = backtestPurchases(customers, { fit: fitNbd });
 * backtest.verdict; // => { outcome: 'believable', reasons: [] }
 * Math.abs(backtest.purchases.total.relativeBias) < 0.05; // => true
 * ```
 */
export function backtestPurchases(customers: EventLog | HistoriesWithHoldout, options: BacktestPurchasesOptions): PurchaseBacktest {
  requireKnownOptions(CALLER, options, ['fit', 'spending', 'asOf', 'unit', 'mergeWithin', 'split', 'firstPurchase', 'zeroAmounts']);
  for (const option of ['fit', 'spending'] as const) {
    const isMissing = option === 'spending' && options.spending === undefined;
    if (!isMissing && typeof (options[option] as unknown) !== 'function') throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} as a function of the histories, such as fitNbd, found ${describeValue(options[option])}`, { option });
  }
  const { fit, spending, ...summaryOptions } = options;
  const split = readCustomers(customers, summaryOptions);
  const { calibration, duration, actual } = split;
  const model = fit(calibration);
  const histories = model.read(CALLER, calibration);
  const expected = model.each(CALLER, calibration, (theta, x, last, tenure) => model.law.alive(theta, x, last, tenure) * model.law.expected(theta, x, last, tenure, duration));
  const variance = totalVariance(model, calibration, duration);
  const purchases = judge(actual, expected, variance);
  const places = placeOutcomes(CALLER, model, calibration, duration, actual);
  const amounts = spending === undefined ? undefined : judgeSpend(split, expected, spending, variance);
  const coverage = [intervalCoverage(places, 0.8), intervalCoverage(places, 0.95)];
  const naive = naiveForecasts(histories, duration, actual, split.ids, split.before);
  return {
    model,
    duration,
    actual,
    expected,
    purchases,
    byFrequency: conditionalRows(histories.frequency, frequencyBounds(7), actual, expected),
    coverage,
    placement: placement(places),
    naive,
    ...(amounts === undefined ? {} : { spend: amounts }),
    verdict: verdictOf({ purchases, spend: amounts, coverage, naive, fit: model.fit }),
  };
}

interface BacktestCustomers extends SplitCustomers {
  readonly ids: readonly (string | number)[];
  readonly before: CustomerSummary | null;
}

function readCustomers(customers: EventLog | HistoriesWithHoldout, options: Omit<BacktestPurchasesOptions, 'fit' | 'spending'>): BacktestCustomers {
  if (typeof (customers as unknown) !== 'object' || (customers as unknown) === null || 'frequency' in customers) {
    const given = Object.keys(options).find((option) => options[option as keyof typeof options] !== undefined);
    if (given !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} takes ${given} with a log only: these histories have been split`, { option: given });
    return { ...splitHoldout(CALLER, customers as HistoriesWithHoldout), ids: [], before: null };
  }
  requireLog(CALLER, customers);
  if (options.split === undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs split, the moment that what the model may see ends`, { option: 'split' });
  const summary = customerSummary(customers, options);
  const split = splitHoldout(CALLER, summary);
  return { ...split, ids: summary.customers, before: periodBeforeSplit(customers, options, split.duration) };
}

/** Of the forecast in all, by the uncertainty of the parameters; 0 where it is not known. */
function totalVariance(model: BuyingModel, calibration: PurchaseHistories, duration: number): number {
  const groups = groupSummary(calibration);
  const weights = groups.weights;
  const total = (moved: BuyingModel): Float64Array => {
    const expected = moved.each(CALLER, groups, (theta, x, last, tenure) => moved.law.alive(theta, x, last, tenure) * moved.law.expected(theta, x, last, tenure, duration));
    return Float64Array.of(expected.reduce((sum, value, group) => sum + weights[group]! * value, 0));
  };
  return parameterVariance(CALLER, model, 1, total)?.[0] ?? 0;
}

function judge(actual: Float64Array, expected: Float64Array, variance: number): BacktestPart {
  let [did, forecast, squares] = [0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    did += actual[i]!;
    forecast += expected[i]!;
    squares += (actual[i]! - expected[i]!) ** 2;
  }
  const standardError = Math.sqrt(squares + variance);
  const bias = forecast - did;
  const z = bias === 0 ? 0 : bias / standardError;
  return { total: { actual: did, expected: forecast, bias, relativeBias: did > 0 ? bias / did : NaN, standardError, z }, errors: forecastErrors(actual, expected), deciles: decileRows(actual, expected) };
}

function judgeSpend({ calibration, spend }: BacktestCustomers, expected: Float64Array, spending: NonNullable<BacktestPurchasesOptions['spending']>, variance: number): BacktestPart {
  const known: PurchaseHistories & Partial<SpendHistories> = calibration;
  const { monetary } = known;
  if (monetary === undefined || spend.some((sum) => Number.isNaN(sum))) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs amounts for a model of spending: monetary of each customer, and spend in the holdout; give a log with amounts, or leave spending out`, { function: CALLER, column: 'monetary' });
  }
  const amounts = { ...known, monetary };
  const total = expected.reduce((sum, value) => sum + value, 0);
  const amount = spending(amounts).expectedSpend(amounts);
  const forecast = expected.map((purchases, i) => purchases * amount[i]!);
  const spent = forecast.reduce((sum, value) => sum + value, 0);
  // What is not known of the rates of purchases is not known of the sum either, in proportion.
  return judge(spend, forecast, total > 0 ? variance * (spent / total) ** 2 : 0);
}
