import { wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { hypergeometricP } from '../../numeric/hypergeometric.js';
import { commonOddsRatio, conditionalP, mantelHaenszel, type StratifiedTables } from './stratifiedTables.js';

/** How a path divides cases from controls. */
export interface PathEvidence {
  /** Cases with the path. */
  readonly caseCount: number;
  /** Controls with the path. */
  readonly controlCount: number;
  /** The share of cases with the path: how much of the outcome it covers. */
  readonly caseShare: number;
  /** The share of controls with the path: how usual it is otherwise. */
  readonly controlShare: number;
  /** Whether the outcome is more or less frequent after it: `adjustedOddsRatio` above 1, or not. */
  readonly direction: 'raises' | 'lowers';
  /** `caseShare / controlShare`, with half a row added to both sides: near how many times as likely the outcome is after it, where it is rare. */
  readonly lift: number;
  /** `caseShare - controlShare`, with the interval of Newcombe (1998). */
  readonly difference: Estimate;
  /** Odds of the path among cases over those among controls, half a row added to each cell (Haldane, 1956), with its logarithmic interval. */
  readonly oddsRatio: Estimate;
  /** Pearson's, of the table as it is; 1 degree of freedom. */
  readonly chiSquare: number;
  /** Fisher's exact test of the table as it is, two-sided (the smaller tail doubled). */
  readonly fisherP: number;
  /** The odds ratio among rows of the same number of steps (Mantel and Haenszel, 1959); without strata, `oddsRatio` without the half rows. */
  readonly adjustedOddsRatio: Estimate;
  /** Two-sided, among rows of the same number of steps: exact where the path is not too frequent, else of Cochran, Mantel and Haenszel; without strata, `fisherP`. */
  readonly p: number;
}

/** All that counts say of one path; null where they say nothing: among rows of any number of steps all have it, or none. */
export function pathEvidence(tables: StratifiedTables, z: number): PathEvidence | null {
  const adjustedOddsRatio = commonOddsRatio(tables, z);
  if (adjustedOddsRatio === null) return null;
  const [caseCount, controlCount, cases, controls] = [tables.casesWith, tables.controlsWith, tables.cases, tables.controls].map(sumOf) as [number, number, number, number];
  const total = cases + controls;
  const withIt = caseCount + controlCount;
  const margins = cases * controls * withIt * (total - withIt);
  const cross = caseCount * (controls - controlCount) - controlCount * (cases - caseCount);
  const fisherP = hypergeometricP(caseCount, withIt, cases, total);
  const all = { casesWith: [caseCount], controlsWith: [controlCount], cases: [cases], controls: [controls] };
  return {
    caseCount,
    controlCount,
    caseShare: caseCount / cases,
    controlShare: controlCount / controls,
    direction: adjustedOddsRatio.estimate > 1 ? 'raises' : 'lowers',
    lift: ((caseCount + 0.5) / (cases + 1)) / ((controlCount + 0.5) / (controls + 1)),
    difference: shareDifference(caseCount, cases, controlCount, controls, z),
    oddsRatio: mantelHaenszel(all, z, 0.5),
    chiSquare: margins === 0 ? 0 : (total * cross * cross) / margins,
    fisherP,
    adjustedOddsRatio,
    p: tables.cases.length > 1 ? conditionalP(tables) : fisherP,
  };
}

/** The difference of two shares with the hybrid interval of Newcombe (1998), made of the two intervals of Wilson. */
function shareDifference(a: number, n: number, b: number, m: number, z: number): Estimate {
  const [one, other] = [wilsonRate(a, n, z), wilsonRate(b, m, z)];
  const estimate = one.estimate - other.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(one.estimate - one.lower, other.upper - other.estimate),
    upper: estimate + Math.hypot(one.upper - one.estimate, other.estimate - other.lower),
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
