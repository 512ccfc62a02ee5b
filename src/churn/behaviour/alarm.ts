import { wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { createRandom } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { StratifiedRows } from './stratifiedAuc.js';

/** From which value on a behaviour raises an alarm, and what that is worth. */
export interface Alarm {
  /** The alarm is raised at this value and beyond, in the direction of the warning. */
  readonly threshold: number;
  /** The share of rows that raise it. */
  readonly share: number;
  /** The share of the alarms after which the customer left; the interval takes rows for customers. */
  readonly precision: Estimate;
  /** The share of those who left that raised it. */
  readonly recall: number;
  /** The precision over the rate of all. */
  readonly lift: number;
}

/** A threshold chosen, and the rows that did not choose it. */
export interface ChosenAlarm {
  readonly threshold: number;
  readonly judges: Uint32Array;
}

/**
 * The threshold with the most leavers beyond those of as many average rows, among those that set apart no more than a share, on a random half of the customers;
 * null where equal values leave no such threshold.
 */
export function chooseAlarm(values: Float64Array, rows: Uint32Array, { labels, clusters, clusterCount }: StratifiedRows, { seed, alarmShare }: { readonly seed: number; readonly alarmShare: number }): ChosenAlarm | null {
  const random = createRandom(seed);
  const chooses = Uint8Array.from({ length: clusterCount }, () => (random.uniform() < 0.5 ? 1 : 0));
  const choosing = rows.filter((row) => chooses[clusters[row]!] === 1 && !Number.isNaN(values[row]!));
  const order = sortedOrder(Float64Array.from(choosing, (row) => -values[row]!));
  const rate = choosing.reduce((sum, row) => sum + labels[row]!, 0) / choosing.length;
  let [best, threshold, left] = [0, NaN, 0];
  for (let k = 0; k < order.length && k + 1 <= alarmShare * order.length; k++) {
    const row = choosing[order[k]!]!;
    left += labels[row]!;
    const next = order[k + 1];
    const isCut = next === undefined || values[choosing[next]!]! < values[row]!;
    const excess = left - rate * (k + 1);
    if (isCut && excess > best) [best, threshold] = [excess, values[row]!];
  }
  if (Number.isNaN(threshold)) return null;
  return { threshold, judges: rows.filter((row) => chooses[clusters[row]!] === 0) };
}

/** What the alarm is worth on rows that did not choose it; a missing value raises none. */
export function judgeAlarm({ threshold, judges }: ChosenAlarm, values: Float64Array, direction: 'high' | 'low', { labels }: StratifiedRows, { z }: { readonly z: number }): Alarm {
  let [alarms, hits, leavers] = [0, 0, 0];
  for (const row of judges) {
    const left = labels[row]!;
    leavers += left;
    if (!(values[row]! >= threshold)) continue;
    alarms++;
    hits += left;
  }
  const precision = alarms === 0 ? { estimate: 0, lower: 0, upper: 1 } : wilsonRate(hits, alarms, z);
  return {
    threshold: direction === 'high' ? threshold : -threshold,
    share: judges.length === 0 ? 0 : alarms / judges.length,
    precision,
    recall: leavers === 0 ? 0 : hits / leavers,
    lift: leavers === 0 ? 0 : (precision.estimate * judges.length) / leavers,
  };
}
