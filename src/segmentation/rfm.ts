import { ClientelaError } from '../errors.js';
import type { EventLog } from '../data/eventLog.js';
import { describeValue, requireInstant, type Instant } from '../data/instant.js';
import { requireChoice, requireKnownOptions } from '../data/options.js';
import { requireLog, requireObserved } from '../data/requireLog.js';
import { quantileCuts, requireCuts, scoreOf, type RfmCuts } from './rfmCuts.js';
import { requireRules, rf10Segments, ruleOf, type RfmSegmentRule } from './rfmSegments.js';
import { segmentTable, type RfmSegment } from './rfmTable.js';
import { rfmValues } from './rfmValues.js';

/** How {@link rfm} counts and cuts. */
export interface RfmOptions {
  /** The moment to look from; only events strictly before it count. */
  readonly asOf: Instant;
  /**
   * How many scores per dimension, 2 to 9.
   *
   * @defaultValue 5
   */
  readonly bins?: number;
  /** Fixed cut points, for example `cuts` of an earlier result, so that scores of two dates compare; quantiles where not given. */
  readonly cuts?: Partial<RfmCuts>;
  /**
   * What money means: the sum over all purchases, or the mean of one.
   *
   * @defaultValue 'sum'
   */
  readonly monetary?: 'sum' | 'mean';
  /**
   * What negative amounts do to money: `'subtract'` them, or `'ignore'` them. They are no purchases either way.
   *
   * @defaultValue 'subtract'
   */
  readonly returns?: 'subtract' | 'ignore';
  /**
   * Which scores make which segment, first match wins; `false` for scores only.
   *
   * @defaultValue {@link rf10Segments}, which need 5 bins
   */
  readonly segments?: readonly RfmSegmentRule[] | false;
}

/** Recency, frequency and money of every customer with a purchase, their scores, and the segments these make. */
export interface RfmResult {
  /** Customers with at least one purchase before `asOf`, ascending; all arrays below are in this order. */
  readonly customers: readonly (string | number)[];
  /** Midnights (UTC) since the last purchase, whole days, 0 or more. */
  readonly recencyDays: Float64Array;
  /** Purchases, 1 or more. */
  readonly frequency: Float64Array;
  /** Sum or mean of amounts, in the currency of the log; `NaN` when the log has no amounts. */
  readonly monetary: Float64Array;
  /** 1 (longest ago) to `bins` (most recent). */
  readonly recencyScore: Uint8Array;
  /** 1 (least) to `bins` (most). */
  readonly frequencyScore: Uint8Array;
  /** 1 (least) to `bins` (most); 0 when the log has no amounts. */
  readonly monetaryScore: Uint8Array;
  /** Position in `segments`; -1 throughout when `segments: false`. */
  readonly segment: Int32Array;
  /** The cut points used; give them to a later call to score by the same yardstick. */
  readonly cuts: RfmCuts;
  /** One line per segment, in the order of the rules; customers whom no rule takes are in `'other'`: the rule of that name, otherwise a last line. */
  readonly segments: readonly RfmSegment[];
  /** Customers with events before `asOf` but no purchase: prospects, in no segment. */
  readonly customersWithoutPurchase: number;
  /** Events at or after `asOf`, which were not looked at. */
  readonly eventsIgnored: number;
}

/**
 * The portfolio by recency, frequency and money: three scores per customer, and named segments.
 *
 * Scores are honest about ties: a score is one more than the number of cut points strictly below the value, recency counted
 * from the other end, so that equal customers have equal scores whatever the order of the rows. (The recipe that ranks first
 * splits 1,493 one-time buyers of a well-known data set into two scores by the order of the file.) On a discrete frequency the
 * groups are then unequal, as they are in truth. Cut points are quantiles of type 7 over the customers unless given.
 * `O(events + customers · log customers)`. (Hughes, "Strategic Database Marketing", 1994.)
 *
 * @param log - who bought, when, and for how much; one row per order
 * @param options - `asOf` and how to count; see {@link RfmOptions}
 * @returns arrays in the order of `customers`, and a table of segments
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when nobody bought before `asOf`; `INVALID_OPTION`, also for an `asOf` later than the end of
 * observation by more than a year and more than the length of the log (everybody would look lost); `INVALID_DATE`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', day: '2026-06-01', paid: 40 },
 *   { id: 'ann', day: '2026-06-20', paid: 60 },
 *   { id: 'bob', day: '2025-12-31', paid: 10 },
 * ], { customer: 'id', time: 'day', amount: 'paid' });
 * const portfolio = rfm(log, { asOf: '2026-06-30', cuts: { recency: [14, 30, 90, 180], frequency: [1, 2, 4, 8] } });
 * portfolio.recencyDays; // => [10, 181]
 * portfolio.recencyScore; // => [5, 1]
 * portfolio.segments[portfolio.segment[1]].name; // => 'hibernating'
 * ```
 */
export function rfm(log: EventLog, options: RfmOptions): RfmResult {
  const { asOf, bins, rules } = readOptions(log, options);
  const returnsCount = requireChoice('rfm', 'returns', options.returns ?? 'subtract', ['subtract', 'ignore']) === 'subtract';
  const mean = requireChoice('rfm', 'monetary', options.monetary ?? 'sum', ['sum', 'mean']) === 'mean';
  const { customers, recencyDays, frequency, revenue, ...left } = rfmValues(log, asOf, returnsCount);
  if (customers.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `rfm found no purchase before ${describeValue(new Date(asOf))}; choose a later asOf, or check the amounts`, { function: 'rfm', asOf });
  }
  const monetary = mean ? revenue.map((amount, i) => amount / frequency[i]!) : revenue;
  const hasAmounts = log.amounts !== undefined;
  const cuts: RfmCuts = {
    recency: cutsOf('recency', recencyDays, bins, options),
    frequency: cutsOf('frequency', frequency, bins, options),
    monetary: hasAmounts ? cutsOf('monetary', monetary, bins, options) : [],
  };
  const n = customers.length;
  const [recencyScore, frequencyScore, monetaryScore] = [new Uint8Array(n), new Uint8Array(n), new Uint8Array(n)];
  const segment = new Int32Array(n);
  const names = rules.map((rule) => rule.name);
  // A segment of the caller's own called 'other' takes the rest as well.
  const rest = names.includes('other') ? names.indexOf('other') : names.length;
  for (let i = 0; i < n; i++) {
    recencyScore[i] = bins + 1 - scoreOf(recencyDays[i]!, cuts.recency);
    frequencyScore[i] = scoreOf(frequency[i]!, cuts.frequency);
    if (hasAmounts) monetaryScore[i] = scoreOf(monetary[i]!, cuts.monetary);
    segment[i] = ruleOf(rules, recencyScore[i]!, frequencyScore[i]!, monetaryScore[i]!);
    if (segment[i]! >= 0 || rules.length === 0) continue;
    segment[i] = rest;
    names[rest] = 'other';
  }
  const segments = segmentTable(names, segment, { recencyDays, frequency, monetary, revenue });
  return { customers, recencyDays, frequency, monetary, recencyScore, frequencyScore, monetaryScore, segment, cuts, segments, ...left };
}

function cutsOf(name: keyof RfmCuts, values: Float64Array, bins: number, options: RfmOptions): readonly number[] {
  const given = options.cuts?.[name];
  return given === undefined ? quantileCuts(values, bins) : requireCuts('rfm', name, given, bins);
}

function readOptions(log: EventLog, options: RfmOptions): { asOf: number; bins: number; rules: readonly RfmSegmentRule[] } {
  requireLog('rfm', log);
  requireKnownOptions('rfm', options, ['asOf', 'bins', 'cuts', 'monetary', 'returns', 'segments']);
  requireKnownOptions('rfm cuts', options.cuts ?? {}, ['recency', 'frequency', 'monetary']);
  const { bins = 5, segments } = options;
  if (!Number.isInteger(bins) || bins < 2 || bins > 9) {
    throw new ClientelaError('INVALID_OPTION', `rfm needs bins as a whole number from 2 to 9, found ${describeValue(bins)}`, { function: 'rfm', option: 'bins', value: bins });
  }
  if (segments === undefined && bins !== 5) {
    throw new ClientelaError('INVALID_OPTION', `rfm has segments of its own for 5 bins only, found ${bins}; give segments, or segments: false for scores only`, { function: 'rfm', option: 'segments', bins });
  }
  const rules = segments === false ? [] : requireRules('rfm', segments ?? rf10Segments, bins, log.amounts !== undefined);
  const asOf = requireInstant('rfm', 'asOf', options.asOf);
  requireObserved('rfm', log, asOf);
  return { asOf, bins, rules };
}
