import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { Estimate } from '../../numeric/estimate.js';
import { compareArms } from './armSums.js';
import { binFeature, type FeatureBins, type FeatureValues } from './featureBins.js';
import { readUpliftRows, requireAsMany, type Outcomes, type Treated, type UpliftRows } from './upliftRows.js';

/** Options of {@link netWeightOfEvidence}. */
export interface NetWeightOptions {
  /** Into how many bins of about equal size numbers are cut; equal values stay together, and no more values than bins have one each. Categories and missing values are bins of their own. @defaultValue 10 */
  readonly bins?: number;
  /** Added to every count, of events and of others, in either arm and every bin, so that no ratio is 0 or infinite. @defaultValue 0.5 */
  readonly smoothing?: number;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** One bin of {@link netWeightOfEvidence}. */
export interface NetWeightBin {
  /** `'2.5 to 4'` (numbers from the first to the last in it), a category, or `'missing'`. */
  readonly label: string;
  /** Treated and control customers. */
  readonly treated: number;
  /** Rows of the control in the bin. */
  readonly control: number;
  /** Those of them with the event. */
  readonly treatedEvents: number;
  /** Events among them. */
  readonly controlEvents: number;
  /** ln of the share of all events that lie here over the share of all others, among the treated. */
  readonly treatedWoe: number;
  /** The same in control. */
  readonly controlWoe: number;
  /** Their difference: above 0 where treatment works better than on all. */
  readonly netWoe: number;
  /** What the bin adds to the net information value. */
  readonly contribution: number;
  /** Rate of the treated less that of control; null where the bin lacks an arm. */
  readonly uplift: Estimate | null;
}

/** What {@link netWeightOfEvidence} returns. */
export interface NetWeightTable {
  /** Net information value: how much the feature tells about who is moved by treatment, beyond who responds anyway; 0 is nothing. */
  readonly niv: number;
  /** How probable such differences of uplift between bins are if it is the same in all (Cochran's Q, chi-square with bins - 1 degrees of freedom). */
  readonly p: number;
  /** Numbers ascending, categories by code unit, missing last. */
  readonly bins: readonly NetWeightBin[];
}

/**
 * Net weight of evidence and net information value of one feature (Larsen, 2009): which of its values go with a large effect of treatment.
 *
 * In bin x with Pt, Pc the shares of events (1) and others (0) in it, NWOE(x) = ln(Pt(x|1) / Pt(x|0)) - ln(Pc(x|1) / Pc(x|0)), and
 * NIV = sum of (Pt(x|1) Pc(x|0) - Pt(x|0) Pc(x|1)) NWOE(x). NIV grows with the number of bins even for noise, so read it beside p. For screening on rows of
 * training. O(n log n).
 *
 * @param outcomes - 1 or true for the event, 0 or false for none; both must occur in either arm
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param values - of the feature, one per row: numbers, texts or booleans; null, undefined and NaN are missing
 * @param options - bins, smoothing, weights, confidence
 * @returns net information value, p-value, and a row per bin
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, `NOT_IDENTIFIED` where an arm is missing, or `TARGET_CLASSES` where one lacks events or others
 * @example
 * ```ts
 * const values = ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b'];
 * const table = netWeightOfEvidence([1, 1, 1, 0, 1, 0, 1, 0], [1, 1, 1, 1, 0, 0, 0, 0], values);
 * table.bins.map(({ label, uplift }) => [label, uplift?.estimate]); // => [['a', 0.5], ['b', 0]]
 * table.bins[0]?.netWoe; // => Math.log((2.5 / 4) / (0.5 / 2))
 * ```
 */
export function netWeightOfEvidence(outcomes: Outcomes, treated: Treated, values: FeatureValues, options: NetWeightOptions = {}): NetWeightTable {
  const caller = 'netWeightOfEvidence';
  requireKnownOptions(caller, options, ['bins', 'smoothing', 'weights', 'confidence']);
  const rows = readScreening(caller, outcomes, treated, options);
  requireAsMany(caller, 'values', values, outcomes.length);
  return netWeightTable(caller, rows, binFeature(caller, values, rows.places, rows.weights, options.bins ?? 10), options);
}

/** The rows of a screening, whose outcomes must be events, of both kinds in either arm. */
export function readScreening(caller: string, outcomes: Outcomes, treated: Treated, options: NetWeightOptions): UpliftRows {
  normalMultiplier(caller, options.confidence ?? 0.95);
  requireWhole(caller, 'bins', options.bins ?? 10, 2);
  if (requireFinite(caller, 'smoothing', options.smoothing ?? 0.5) < 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs smoothing of at least 0, found ${options.smoothing!}`, { option: 'smoothing' });
  const rows = readUpliftRows(caller, outcomes, treated, new Float64Array((outcomes as Outcomes | null)?.length ?? 0), options.weights);
  const bad = rows.outcomes.findIndex((y) => y !== 0 && y !== 1);
  if (bad >= 0) throw new ClientelaError('INVALID_VALUE', `${caller} needs outcomes of 0 and 1, found ${rows.outcomes[bad]!} in row ${rows.places?.[bad] ?? bad}`, { row: rows.places?.[bad] ?? bad });
  const events: [number, number] = [0, 0];
  for (let row = 0; row < rows.outcomes.length; row++) events[rows.treated[row] === 1 ? 1 : 0] += (rows.weights?.[row] ?? 1) * rows.outcomes[row]!;
  if (!(events[0] > 0 && events[1] > 0 && events[0] < rows.controlWeight && events[1] < rows.treatedWeight)) {
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs customers with and without the event in either arm, found ${events[1]} events of ${rows.treatedWeight} treated and ${events[0]} of ${rows.controlWeight} in control`);
  }
  return rows;
}

/** The table behind some bins. */
export function netWeightTable(caller: string, { outcomes, treated, weights }: UpliftRows, { labels, binOf }: FeatureBins, { smoothing = 0.5, confidence = 0.95 }: NetWeightOptions): NetWeightTable {
  const size = labels.length;
  // In every bin: control without and with the event, treated without and with.
  const counts = new Float64Array(4 * size);
  for (let row = 0; row < outcomes.length; row++) counts[4 * binOf[row]! + 2 * treated[row]! + outcomes[row]!]! += weights === null ? 1 : weights[row]!;
  const totals = [0, 1, 2, 3].map((kind) => labels.reduce((sum, _, bin) => sum + counts[4 * bin + kind]!, smoothing * size));
  let niv = 0;
  const bins = labels.map((label, bin): NetWeightBin => {
    const [c0, c1, t0, t1] = counts.subarray(4 * bin, 4 * bin + 4) as unknown as [number, number, number, number];
    const [pc0, pc1, pt0, pt1] = [c0, c1, t0, t1].map((count, kind) => (count + smoothing) / totals[kind]!) as [number, number, number, number];
    const [treatedWoe, controlWoe] = [Math.log(pt1 / pt0), Math.log(pc1 / pc0)];
    const netWoe = treatedWoe - controlWoe;
    if (!Number.isFinite(netWoe)) {
      throw new ClientelaError('NOT_IDENTIFIED', `${caller} found a bin "${label}" without events or without others in an arm; give a smoothing above 0, or fewer bins`, { bin: label });
    }
    const contribution = (pt1 * pc0 - pt0 * pc1) * netWoe;
    niv += contribution;
    const sums = { treated: t0 + t1, treatedSum: t1, treatedSquares: t1, control: c0 + c1, controlSum: c1, controlSquares: c1 };
    const uplift = sums.treated > 0 && sums.control > 0 ? compareArms(caller, sums, { isBinary: true, center: 0, confidence }).uplift : null;
    return { label, treated: sums.treated, control: sums.control, treatedEvents: t1, controlEvents: c1, treatedWoe, controlWoe, netWoe, contribution, uplift };
  });
  return { niv, p: sameUpliftP(bins), bins };
}

/** Cochran's Q, every variance with one more of each kind (Agresti and Caffo, 2000), so that a bin without events is not taken as certain. */
function sameUpliftP(bins: readonly NetWeightBin[]): number {
  const known = bins.filter(({ uplift }) => uplift !== null).map(({ treated, treatedEvents, control, controlEvents, uplift }) => {
    const [a, b] = [(treatedEvents + 1) / (treated + 2), (controlEvents + 1) / (control + 2)];
    return { effect: uplift!.estimate, precision: 1 / ((a * (1 - a)) / (treated + 2) + (b * (1 - b)) / (control + 2)) };
  });
  if (known.length < 2) return 1;
  const total = known.reduce((sum, { precision }) => sum + precision, 0);
  const mean = known.reduce((sum, { effect, precision }) => sum + effect * precision, 0) / total;
  return chiSquareSurvival(known.reduce((sum, { effect, precision }) => sum + precision * (effect - mean) ** 2, 0), known.length - 1);
}
