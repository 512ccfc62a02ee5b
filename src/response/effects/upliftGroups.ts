import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { compareArms, NO_SUMS } from './armSums.js';
import { excludeBins, excludeCustomers, type DoNotContact } from './doNotContact.js';
import { armMeans, keep } from './effectScores.js';
import { binIntervals, customerIntervals } from './effectIntervals.js';
import { addRow, measureList } from './groupSums.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** The groups, in the order in which `assigned` numbers them. */
export type UpliftGroupName = 'persuadable' | 'sureThing' | 'lostCause' | 'doNotDisturb' | 'notDistinguishable';

const NAMES: readonly UpliftGroupName[] = ['persuadable', 'sureThing', 'lostCause', 'doNotDisturb', 'notDistinguishable'];

/** Options of {@link upliftGroups}. */
export interface UpliftGroupsOptions {
  /** Expected outcome of each customer if left alone, by a model that has not learnt from these rows. */
  readonly baseline: ArrayLike<number>;
  /** The smallest effect worth a contact, above 0 and in the unit of the outcome: contactCost / benefit. Effects surely within it, on either side, count as none. */
  readonly smallestEffect: number;
  /** From which baseline on a customer whom contact does not move is a sure thing. @defaultValue the mean outcome of control */
  readonly baselineThreshold?: number;
  /** Standard error of each score. With it every customer is placed by their own interval, without it by that of their bin of scores. */
  readonly standardErrors?: ArrayLike<number>;
  /** How many bins of equal size, by score; without standard errors. @defaultValue 10 */
  readonly bins?: number;
  /** How much of the list not to contact may be there by mistake (with standard errors), or how probable a mistake in it may be (without). @defaultValue 0.05 */
  readonly falseExclusionRate?: number;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable: which half of the rows places the bins. @defaultValue 1 */
  readonly seed?: number;
}

/** One of the groups. */
export interface UpliftGroup {
  /** Which. */
  readonly name: UpliftGroupName;
  /** Customers in it (sum of weights). */
  readonly customers: number;
  /** Their share of all. */
  readonly share: number;
  /** Effect measured in the trial; null where it holds no treated or no control customer. */
  readonly effect: Estimate | null;
  /** Outcome of its control customers; null likewise. */
  readonly controlMean: Estimate | null;
}

/** What {@link upliftGroups} returns. */
export interface UpliftGroups {
  /** Whose interval places a customer: their own, or that of their bin. */
  readonly by: 'customer' | 'bin';
  /** For each row the place of its group in `groups`. */
  readonly assigned: Uint8Array;
  /** All five, also the empty ones. */
  readonly groups: readonly UpliftGroup[];
  /** Whom contact surely puts off. */
  readonly doNotContact: DoNotContact;
}

/**
 * The four groups of uplift with their sizes and measured effects: persuadable, sure thing, lost cause, do not disturb, and those the data cannot place.
 *
 * By the interval of a customer's effect: persuadable where it lies above 0 and reaches smallestEffect; do not disturb where it lies below 0; without effect where
 * it lies within ± smallestEffect (or above 0 but below it), a sure thing from baselineThreshold on and a lost cause below; else `'notDistinguishable'`,
 * which on most data is the largest group. With `standardErrors` intervals are those of the scores, and effects are measured on all rows, which the model must not have
 * learnt from. Without, one half of the rows (by lot, within each arm) measures the effect of every bin of scores, which places all its customers, and the other
 * half measures the groups, so that no group looks better than it is for having been picked. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - predicted uplift, one finite number per row
 * @param options - baseline, smallestEffect, baselineThreshold, standardErrors, bins, falseExclusionRate, weights, confidence, seed
 * @returns group of each row, groups with sizes and effects, the list not to contact
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an arm is missing, in all or in a bin
 * @example
 * ```ts
 * const treated = Array.from({ length: 600 }, (_, i) => i % 2);
 * const scores = treated.map((_, i) => [0.5, 0, -0.4][i % 3]!);
 * const outcomes = treated.map((w, i) => Number(((i * 7) % 600) / 600 < 0.5 + w * scores[i]!));
 * const found = upliftGroups(outcomes, treated, scores, { baseline: treated.map(() => 0.5), smallestEffect: 0.05, standardErrors: treated.map(() => 0.01) });
 * found.groups.map(({ customers }) => customers); // => [200, 200, 0, 200, 0]
 * found.doNotContact.rows.length; // => 200
 * ```
 */
export function upliftGroups(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftGroupsOptions): UpliftGroups {
  const caller = 'upliftGroups';
  const { smallestEffect, confidence, rate, bins, seed, z } = readGroupOptions(caller, options);
  const rows = readUpliftRows(caller, outcomes, treated, scores, options.weights);
  const baseline = keep(caller, 'values of baseline', options.baseline, rows.places, outcomes.length);
  const bad = baseline.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new ClientelaError('NON_FINITE_VALUE', `${caller} found ${baseline[bad]!} in baseline, row ${rows.places?.[bad] ?? bad}; it must be finite`, { row: bad });
  const threshold = options.baselineThreshold ?? armMeans(rows)[1];
  requireFinite(caller, 'baselineThreshold', threshold);
  const given = options.standardErrors;
  const intervals = given === undefined ? binIntervals(caller, rows, { bins, confidence, seed }) : customerIntervals(caller, rows, given, outcomes.length, z);
  const assigned = new Uint8Array(outcomes.length).fill(4);
  const sums = NAMES.map(() => ({ ...NO_SUMS, size: 0 }));
  const center = rows.outcomes[0]!;
  for (let row = 0; row < baseline.length; row++) {
    const group = place(intervals.lower[row]!, intervals.upper[row]!, smallestEffect, baseline[row]! >= threshold);
    assigned[rows.places?.[row] ?? row] = group;
    const sum = sums[group]!;
    sum.size += rows.weights?.[row] ?? 1;
    if (intervals.measures === null || intervals.measures[row] === 1) addRow(sum, rows, row, center);
  }
  const scale = { isBinary: rows.isBinary, center, confidence };
  const total = rows.treatedWeight + rows.controlWeight;
  const groups = NAMES.map((name, group): UpliftGroup => {
    const { size, ...sum } = sums[group]!;
    const both = sum.treated > 0 && sum.control > 0 ? compareArms(caller, sum, scale) : null;
    return { name, customers: size, share: size / total, effect: both?.uplift ?? null, controlMean: both?.controlMean ?? null };
  });
  const list = given === undefined ? excludeBins(intervals, rate) : excludeCustomers(intervals, rate);
  return { by: given === undefined ? 'bin' : 'customer', assigned, groups, doNotContact: measureList(caller, list, rows, intervals, rate, scale) };
}

function place(lower: number, upper: number, smallest: number, isHigh: boolean): number {
  if (upper < 0) return 3;
  if (lower > 0 && upper >= smallest) return 0;
  return lower >= -smallest && upper <= smallest ? (isHigh ? 1 : 2) : 4;
}

function readGroupOptions(caller: string, options: UpliftGroupsOptions): { readonly smallestEffect: number; readonly confidence: number; readonly rate: number; readonly bins: number; readonly seed: number; readonly z: number } {
  requireKnownOptions(caller, options, ['baseline', 'smallestEffect', 'baselineThreshold', 'standardErrors', 'bins', 'falseExclusionRate', 'weights', 'confidence', 'seed']);
  const { smallestEffect, confidence = 0.95, falseExclusionRate: rate = 0.05, seed = 1 } = options;
  if (!(smallestEffect > 0 && smallestEffect < Infinity)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs smallestEffect above 0, found ${smallestEffect}; contactCost / benefit is what a contact must bring`, { option: 'smallestEffect' });
  }
  if (!(rate > 0 && rate < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs falseExclusionRate between 0 and 1, found ${rate}; 0.05 is usual`, { option: 'falseExclusionRate' });
  const bins = requireWhole(caller, 'bins', options.bins ?? 10, 1);
  if (options.bins !== undefined && options.standardErrors !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes one of bins and standardErrors, found both; leave one out`, { option: 'bins' });
  return { smallestEffect, confidence, rate, bins, seed, z: normalMultiplier(caller, confidence) };
}
