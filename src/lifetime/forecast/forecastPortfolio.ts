import type { EventLog } from '../../data/eventLog.js';
import { requireDuration } from '../../data/duration.js';
import { requireInstant } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { readDimensions } from '../../data/readDimensions.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { requireConfidence } from '../requireConfidence.js';
import type { LifetimeValue } from '../value/lifetimeValue.js';
import { isLog, type ValueHistories } from '../value/valueHistories.js';
import { amountMoments, newcomerMoments } from './amountMoments.js';
import { distinctHistories, pairsByPeriod, purchasesByPeriod } from './existingCounts.js';
import { forecastLoadings, newcomerPurchases, type ForecastCustomers } from './forecastAnswers.js';
import { forecastSpan } from './forecastPeriods.js';
import { addCustomers, ForecastSums } from './forecastSums.js';
import type { ForecastPortfolioOptions, PortfolioForecast } from './forecastTypes.js';
import { newcomerNodes, pairsOfNewcomers, repeatsOfNewcomers } from './newcomerCounts.js';
import { writeForecast } from './writeForecast.js';

const CALLER = 'forecastPortfolio';

/**
 * What a portfolio is going to buy and bring, calendar period by calendar period: present customers and those who come apart, in all and by group, with
 * intervals; for plans of revenue and for budgets.
 *
 * Expected purchases are those of the law of buying between the bounds of each period (nothing is discounted), times the expected amount, less the share
 * brought back; margin is the model's share of it. New customers come evenly within each period and buy from then on as the law says of newcomers, the
 * purchase with which they come included.
 *
 * Intervals are of what happens: chance in each customer (the variance of purchases in a stretch ahead, and of amounts), in how many come, and the error
 * of the parameters, which is the same in all customers and by the delta method; ends are those of a lognormal law. They do not add up over periods or
 * groups, and must not; estimates do. O(distinct histories × periods × 2 parameters).
 *
 * @param model - what `fitLifetimeValue` learnt; `LifetimeValue.fromLaws` makes one of laws that you have
 * @param customers - those who are there: a summary, histories, or a log
 * @param options - periods, new customers, season, groups; see {@link ForecastPortfolioOptions}
 * @returns figures for each period and for all
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_DATE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN` or `COLUMN_KIND`
 * @example
 * ```ts
 * import { LifetimeValue, Nbd } from 'clientela/lifetime';
 * // Four purchases in 20 weeks of the law and the customer: .2 a week, 50 each with a margin of 20 %.
 * const model = LifetimeValue.fromLaws({ buying: Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 }) }, { margin: 0.2, meanSpend: 50 });
 * const customers = { unit: 'week', frequency: [3], recency: [9], tenure: [10] } as const;
 * const { periods, whole } = forecastPortfolio(model, customers, { asOf: '2026-03-01', periods: 2, every: { weeks: 5 }, newCustomers: { perPeriod: 10 } });
 * periods.map(({ existing }) => existing.purchases.estimate); // => [1, 1]
 * periods[0]?.existing.margin?.estimate; // => 10
 * // Those who come buy once on arrival, and .1 a week afterwards.
 * whole.coming.purchases.estimate; // => 20 + 10 * (0.1 * 2.5 + 0.1 * 7.5)
 * ```
 */
export function forecastPortfolio(model: LifetimeValue, customers: EventLog | ValueHistories, options: ForecastPortfolioOptions): PortfolioForecast {
  requireKnownOptions(CALLER, options, ['periods', 'every', 'asOf', 'newCustomers', 'seasonality', 'by', 'dimensions', 'confidence']);
  const periods = requireWhole(CALLER, 'periods', options.periods, 1);
  const every = requireDuration(CALLER, 'every', options.every ?? { months: 1 });
  const confidence = requireConfidence(CALLER, options.confidence ?? model.confidence);
  const from = startOf(customers, options);
  const { buying } = model;
  const span = forecastSpan(CALLER, buying.unit, from, { every, periods, seasonality: options.seasonality });
  const terms = model.terms(CALLER, customers, { horizon: every, annualDiscountRate: 0, ...(isLog(customers) && { asOf: from }) });
  const { count, source, weights } = terms.histories;
  const dimensions = options.by === undefined ? [] : readGroups(options.by, options.dimensions, count);
  const series = seriesOf(dimensions.map(({ codes, groups }) => ({ codes, size: groups.length })), count);
  const distinct = distinctHistories(source, count);
  const isFixed = model.marginPerPurchase !== null;
  const kept = isFixed ? 1 : 1 - model.returnedShare;
  const found: ForecastCustomers = { terms, distinct, ...series, arrivals: readArrivals(options.newCustomers?.perPeriod ?? 0, periods), newcomers: newcomerNodes(buying, span.times, options.newCustomers?.covariates), span, kept };
  const amounts = amountMoments(terms, kept);
  const usual = newcomerMoments(terms, model, kept);
  const means = purchasesByPeriod(CALLER, buying, distinct, span.times);
  const sums = new ForecastSums(series.seriesCount, periods);
  addCustomers(sums, series.series, distinct.kinds, weights, { means, pairs: pairsByPeriod(CALLER, buying, distinct, span.times), seasons: span.seasons }, amounts);
  const coming = comingSums(model, found, usual);
  const loadings = forecastLoadings(CALLER, model, found, { means, coming: newcomerPurchases(CALLER, buying, found), amounts: amounts.mean, usual: usual[0] });
  const hasMoney = model.measure === 'amounts' || isFixed;
  const scale = { z: normalQuantile((1 + confidence) / 2), margin: isFixed ? 1 : model.margin, hasRevenue: hasMoney && !isFixed, hasMargin: hasMoney };
  return writeForecast({ customers: found, sums, coming, loadings, scale, dimensions, confidence });
}

function startOf(customers: EventLog | ValueHistories, { asOf }: ForecastPortfolioOptions): number {
  const known = isLog(customers) ? customers.observedUntil : (customers as { readonly asOf?: number }).asOf;
  const given = asOf === undefined ? known : requireInstant(CALLER, 'asOf', asOf);
  if (given === undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs asOf, the end of observation of the histories, to know where its periods begin; a customerSummary brings it along`, { function: CALLER, option: 'asOf' });
  if (isLog(customers) || known === undefined || given === known) return given;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} starts where the summary ends, found asOf ${new Date(given).toISOString()} beside a summary up to ${new Date(known).toISOString()}; leave asOf out, or make the summary as of then`, { function: CALLER, option: 'asOf', asOf: given });
}

// Rows of a table are objects; cells are not.
function readGroups(by: NonNullable<ForecastPortfolioOptions['by']>, dimensions: readonly string[] | undefined, count: number): ReturnType<typeof readDimensions> {
  const isColumn = ArrayBuffer.isView(by) || (Array.isArray(by) && !by.some((cell) => typeof cell === 'object' && cell !== null));
  return readDimensions(CALLER, (isColumn ? { group: by } : by) as Parameters<typeof readDimensions>[1], dimensions, count);
}

/** Everybody is series 0, the groups of the dimensions follow. */
function seriesOf(dimensions: readonly { readonly codes: Int32Array; readonly size: number }[], count: number): Pick<ForecastCustomers, 'series' | 'seriesCount'> {
  const series = [new Int32Array(count)];
  let seriesCount = 1;
  for (const { codes, size } of dimensions) {
    const first = seriesCount;
    series.push(codes.map((code) => first + code));
    seriesCount += size;
  }
  return { series, seriesCount };
}

function readArrivals(perPeriod: number | readonly number[], periods: number): Float64Array {
  const given = typeof perPeriod === 'number' ? new Float64Array(periods).fill(perPeriod) : Float64Array.from(perPeriod);
  if (given.length !== periods) throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs newCustomers.perPeriod as one number or one for each of the ${periods} periods, found ${given.length}`, { option: 'newCustomers', expected: periods, found: given.length });
  const bad = given.findIndex((arrivals) => !(arrivals >= 0 && arrivals < Infinity));
  if (bad >= 0) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs newCustomers.perPeriod finite and not negative, found ${given[bad]!} for period ${bad}`, { option: 'newCustomers', row: bad, value: given[bad]! });
  return given;
}

/** What newcomers buy and bring; as many come as a Poisson law says, so that the variance is the mean of squares. */
function comingSums({ buying }: LifetimeValue, found: ForecastCustomers, [amount, square, product]: readonly [number, number, number]): ForecastSums {
  const { arrivals, newcomers, span: { times, seasons } } = found;
  const periods = seasons.length;
  const sums = new ForecastSums(1, periods);
  const repeats = repeatsOfNewcomers(CALLER, buying, newcomers, times);
  const pairs = pairsOfNewcomers(CALLER, buying, newcomers, times);
  for (let j = 0; j < periods; j++) {
    let whole = 0;
    for (let k = j; k <= periods; k++) {
      const mean = k === periods ? whole : (k === j ? 1 : 0) + seasons[k]! * repeats[j * periods + k]!;
      if (k < periods) whole += mean;
      const both = pairs[j * (periods + 1) + k]!;
      sums.purchases[k]! += arrivals[j]! * mean;
      sums.earned[k]! += arrivals[j]! * mean * amount;
      sums.purchaseVariance[k]! += arrivals[j]! * (mean + both);
      if (arrivals[j]! > 0 && mean > 0) sums.earnedVariance[k]! += arrivals[j]! * (mean * square + both * product);
    }
  }
  return sums;
}
