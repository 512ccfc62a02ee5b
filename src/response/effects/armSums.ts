import { wilsonRate } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import { studentTMultiplier } from '../../numeric/studentT.js';
import type { RankedArms } from './rankArms.js';

/** Treated and control customers of a stretch of the ranking, with the sums of their outcomes. */
export interface ArmSums {
  readonly treated: number;
  readonly treatedSum: number;
  readonly treatedSquares: number;
  readonly control: number;
  readonly controlSum: number;
  readonly controlSquares: number;
}

/** Nobody. */
export const NO_SUMS: ArmSums = { treated: 0, treatedSum: 0, treatedSquares: 0, control: 0, controlSum: 0, controlSquares: 0 };

/** Whose places are counted: those of both arms together, or of each arm by itself. */
export type CutBy = 'overall' | 'group';

/** The sums of the first `mass` customers of the ranking, or of the first of one arm; a group of equal scores that is cut gives its share. */
export function sumsWithin(ranked: RankedArms, mass: number, of: 'both' | 'treated' | 'control' = 'both'): ArmSums & { readonly lastScore: number } {
  const sizeAt = (group: number): number => (group < 0 ? 0 : (of === 'control' ? 0 : ranked.treated[group]!) + (of === 'treated' ? 0 : ranked.control[group]!));
  let low = 0;
  let high = ranked.scores.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sizeAt(middle) >= mass) high = middle;
    else low = middle + 1;
  }
  const before = sizeAt(low - 1);
  const share = Math.min(1, (mass - before) / (sizeAt(low) - before));
  const part = (sums: Float64Array): number => {
    const start = low === 0 ? 0 : sums[low - 1]!;
    return share === 1 ? sums[low]! : start + share * (sums[low]! - start);
  };
  const treated = { treated: part(ranked.treated), treatedSum: part(ranked.treatedSum), treatedSquares: part(ranked.treatedSquares) };
  return { ...treated, control: part(ranked.control), controlSum: part(ranked.controlSum), controlSquares: part(ranked.controlSquares), lastScore: ranked.scores[low]! };
}

/** The first of both arms together, or so large a share of each arm. */
export function sumsOfCut(ranked: RankedArms, by: CutBy, massOf: (size: number) => number): ArmSums & { readonly lastScore: number } {
  const end = ranked.scores.length - 1;
  const [treated, control] = [ranked.treated[end]!, ranked.control[end]!];
  if (by === 'overall') return sumsWithin(ranked, massOf(treated + control));
  const ofTreated = sumsWithin(ranked, massOf(treated), 'treated');
  const ofControl = sumsWithin(ranked, massOf(control), 'control');
  const lastScore = Math.min(ofTreated.lastScore, ofControl.lastScore);
  return { ...ofControl, treated: ofTreated.treated, treatedSum: ofTreated.treatedSum, treatedSquares: ofTreated.treatedSquares, lastScore };
}

/** What lies between two cuts. */
export function sumsBetween(a: ArmSums, b: ArmSums): ArmSums {
  return {
    treated: b.treated - a.treated,
    treatedSum: b.treatedSum - a.treatedSum,
    treatedSquares: b.treatedSquares - a.treatedSquares,
    control: b.control - a.control,
    controlSum: b.controlSum - a.controlSum,
    controlSquares: b.controlSquares - a.controlSquares,
  };
}

/** How the outcomes are to be read. */
export interface OutcomeScale {
  readonly isBinary: boolean;
  readonly center: number;
  readonly confidence: number;
}

/** Mean outcome of the two arms and their difference, each with its interval: of events Wilson's and Newcombe's (1998, method 10), of amounts Student's and Welch's. */
export function compareArms(caller: string, sums: ArmSums, scale: OutcomeScale): { readonly treatedMean: Estimate; readonly controlMean: Estimate; readonly uplift: Estimate } {
  const { treated, control } = sums;
  if (!(treated > 0 && control > 0)) {
    const message = `${caller} needs treated and control customers in every part, found ${treated} and ${control} in one; take fewer or larger parts`;
    throw new ClientelaError('NOT_IDENTIFIED', message, { treated, control });
  }
  if (scale.isBinary) {
    const z = -normalQuantile((1 - scale.confidence) / 2);
    const a = wilsonRate(sums.treatedSum, treated, z);
    const b = wilsonRate(sums.controlSum, control, z);
    const estimate = a.estimate - b.estimate;
    const lower = estimate - Math.hypot(a.estimate - a.lower, b.upper - b.estimate);
    return { treatedMean: a, controlMean: b, uplift: { estimate, lower, upper: estimate + Math.hypot(a.upper - a.estimate, b.estimate - b.lower) } };
  }
  const a = meanOf(treated, sums.treatedSum, sums.treatedSquares, scale.center);
  const b = meanOf(control, sums.controlSum, sums.controlSquares, scale.center);
  const freedom = (a.square + b.square) ** 2 / (a.square ** 2 / (treated - 1) + b.square ** 2 / (control - 1));
  return {
    treatedMean: around(a.mean, a.square, treated - 1, scale.confidence),
    controlMean: around(b.mean, b.square, control - 1, scale.confidence),
    uplift: around(a.mean - b.mean, a.square + b.square, freedom, scale.confidence),
  };
}

/** The squared standard error of the difference of means, unpooled. */
export function squaredError({ treated, treatedSum, treatedSquares, control, controlSum, controlSquares }: ArmSums, center: number): number {
  return meanOf(treated, treatedSum, treatedSquares, center).square + meanOf(control, controlSum, controlSquares, center).square;
}

/** Mean and the square of its standard error. */
function meanOf(n: number, sum: number, squares: number, center: number): { readonly mean: number; readonly square: number } {
  const mean = sum / n;
  return { mean, square: n > 1 ? Math.max(0, squares / n - (mean - center) ** 2) / (n - 1) : Infinity };
}

function around(estimate: number, square: number, freedom: number, confidence: number): Estimate {
  if (square === 0) return { estimate, lower: estimate, upper: estimate };
  if (!(square < Infinity)) return { estimate, lower: -Infinity, upper: Infinity };
  // Beyond a thousand degrees of freedom Student's multiplier is the normal one to a part in 800.
  const multiplier = freedom < 1000 ? studentTMultiplier(confidence, Math.max(1, Math.floor(freedom))) : -normalQuantile((1 - confidence) / 2);
  const half = multiplier * Math.sqrt(square);
  return { estimate, lower: estimate - half, upper: estimate + half };
}

/** Where the parts end: the first `size` mod `bins` of them hold one customer more, as numpy and scikit-uplift split; equal shares of weights that are not whole. */
export function splitAt(size: number, bins: number, part: number, isWhole: boolean): number {
  return isWhole ? part * Math.floor(size / bins) + Math.min(part, size % bins) : (size * part) / bins;
}

/** Whether all weights count customers. */
export function areWhole(weights: Float64Array | null): boolean {
  return weights === null || weights.every((weight) => weight % 1 === 0);
}
