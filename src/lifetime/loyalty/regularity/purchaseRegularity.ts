import type { EventLog } from '../../../data/eventLog.js';
import { describeValue } from '../../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../../data/options.js';
import { ClientelaError } from '../../../errors.js';
import { normalQuantile } from '../../../numeric/normal.js';
import { requireConfidence } from '../../requireConfidence.js';
import type { PurchaseHistories } from '../../purchaseHistories.js';
import { customerShapes } from './customerShapes.js';
import { gapsOfHistories, gapsOfLog, type CustomerGaps, type PurchaseReading } from './customerGaps.js';
import { medianShape } from './medianShape.js';
import { pooledShape } from './pooledShape.js';
import { wheatShape, type BoundedShape } from './wheatShape.js';

/** How {@link purchaseRegularity} estimates. */
export type RegularityMethod = 'pooled' | 'wheat' | 'mle' | 'minka' | 'thom' | 'cv';

/** Options of {@link purchaseRegularity}; those of reading hold for a log only. */
export interface PurchaseRegularityOptions extends PurchaseReading {
  /**
   * `'pooled'`: one shape for all, by the likelihood of each customer's gaps given their sum. `'wheat'`: one shape for all, by pairs of gaps (Wheat and Morrison,
   * 1990). The others take the median over customers of each one's own: most likely (`'mle'`), by an approximation of it (`'minka'`, `'thom'`), or by the
   * coefficient of variation (`'cv'`); with few gaps each they are biased upwards.
   *
   * @defaultValue 'pooled'
   */
  readonly method?: RegularityMethod | undefined;
  /** Customers with fewer gaps do not count; from 2. @defaultValue 2 of `'pooled'` and `'wheat'`, else 10 */
  readonly leastGaps?: number | undefined;
  /** Of the interval. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

/** How regularly customers buy: the shape of the gamma law of the times between a customer's purchases. */
export interface PurchaseRegularity {
  /** As asked for. */
  readonly method: RegularityMethod;
  /** 1 is at random, more is more regular (Infinity: like clockwork), less is in bursts. */
  readonly shape: number;
  /** Lower end of its interval. */
  readonly lower: number;
  /** Upper end. */
  readonly upper: number;
  /** How many customers have gaps enough. */
  readonly counted: number;
  /** All customers, in the order of the log; null for histories without names. */
  readonly customers: readonly (string | number)[] | null;
  /** How many times between purchases each has. */
  readonly gaps: Float64Array;
  /** Each one's own shape, drawn towards that of all the more the fewer the gaps are; NaN where there are fewer than two. */
  readonly shapes: Float64Array;
  /** How much the shapes of customers differ: the standard deviation of their logarithm over customers, beyond chance; 0.1 at least. */
  readonly spread: number;
}

/**
 * How regularly customers buy, all together and each: whether the late ones should be missed, and whether `fitMbgCnbdK` is worth while.
 *
 * Times between purchases are taken as gamma, with a rate of each customer's own. The interval of `'pooled'` and `'wheat'` holds where customers differ in
 * shape too, that of the medians is by ranks. Times near the end of observation are cut off, which makes any of these a little too regular where
 * customers have few purchases. Unlike `estimateRegularity` of BTYDplus nothing is drawn. O(events), and 81 operations a customer for `shapes`.
 *
 * @param customers - a log, or histories with `sumLogGaps` such as `customerSummary` gives (not for `'wheat'` and `'cv'`, which take the gaps themselves)
 * @param options - see {@link PurchaseRegularityOptions}
 * @returns the shape with its interval, and each customer's own
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (nobody with gaps enough), `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const days = { ann: [1, 8, 14, 21, 28], bob: [3, 4, 17, 19, 30] };
 * const rows = Object.entries(days).flatMap(([who, on]) => on.map((day) => ({ who, day: new Date(Date.UTC(2026, 0, day)) })));
 * const log = EventLog.fromRows(rows, { customer: 'who', time: 'day' });
 * const { customers, shapes } = purchaseRegularity(log);
 * customers; // => ['ann', 'bob']
 * shapes[0]! > 4 * shapes[1]!; // => true
 * ```
 */
export function purchaseRegularity(customers: EventLog | PurchaseHistories, options: PurchaseRegularityOptions = {}): PurchaseRegularity {
  const caller = 'purchaseRegularity';
  requireKnownOptions(caller, options, ['method', 'leastGaps', 'confidence', 'asOf', 'mergeWithin', 'zeroAmounts']);
  const method = requireChoice(caller, 'method', options.method ?? 'pooled', ['pooled', 'wheat', 'mle', 'minka', 'thom', 'cv']);
  const least = requireWhole(caller, 'leastGaps', options.leastGaps ?? (method === 'pooled' || method === 'wheat' ? 2 : 10), 2);
  const z = normalQuantile((1 + requireConfidence(caller, options.confidence ?? 0.95)) / 2);
  const found = readGaps(caller, customers, options);
  const counted = found.counts.reduce((sum, n) => sum + (n >= least ? 1 : 0), 0);
  if (counted === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} found no customer with ${least} times between purchases; lower leastGaps, or observe longer`, { function: caller, leastGaps: least });
  const { shape, lower, upper } = estimate(caller, method, found, least, z);
  const { shapes, spread } = customerShapes(found);
  return { method, shape, lower, upper, counted, customers: found.customers, gaps: found.counts, shapes, spread };
}

function readGaps(caller: string, customers: EventLog | PurchaseHistories, options: PurchaseRegularityOptions): CustomerGaps {
  if (typeof (customers as unknown) !== 'object' || (customers as unknown) === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs an EventLog or histories with sumLogGaps, found ${describeValue(customers)}`, { function: caller });
  }
  if (!('frequency' in customers)) return gapsOfLog(caller, customers, options);
  const option = (['asOf', 'mergeWithin', 'zeroAmounts'] as const).find((name) => options[name] !== undefined);
  if (option === undefined) return gapsOfHistories(caller, customers);
  throw new ClientelaError('INVALID_OPTION', `${caller} takes ${option} with a log only: histories have been read already`, { function: caller, option });
}

function estimate(caller: string, method: RegularityMethod, found: CustomerGaps, least: number, z: number): BoundedShape {
  if (method === 'pooled') {
    const { shape, logError } = pooledShape(found, least);
    return { shape, lower: shape * Math.exp(-z * logError), upper: shape * Math.exp(z * logError) };
  }
  if (method !== 'wheat' && method !== 'cv') return medianShape(found, method, least, z);
  const { gaps } = found;
  if (gaps === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs an EventLog for the method '${method}', found histories, which have sums of gaps only; give the log, or take 'pooled'`, { function: caller, method });
  }
  return method === 'wheat' ? wheatShape({ ...found, gaps }, least, z) : medianShape({ ...found, gaps }, method, least, z);
}
