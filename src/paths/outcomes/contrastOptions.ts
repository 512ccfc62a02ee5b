import { normalMultiplier } from '../../evaluation/intervals.js';
import { requireChoice, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import { readLimits, type StepLimits } from '../journeys/stepLimits.js';
import { countPaths, limitsAmong, strataOfSteps, type CandidatePlan, type CountedPath } from './countPaths.js';
import { judgePaths, type JudgePlan, type PathContrast } from './judgePaths.js';

/** Which paths are tested, and how. */
export interface PathContrastOptions extends StepLimits {
  /** The share of rows, cases and controls together, that must have a path, above 0 to 1. @defaultValue 0.01 */
  readonly minSupport?: number;
  /** The number of rows that must have a path, in place of `minSupport`. @defaultValue from `minSupport` */
  readonly minCount?: number;
  /** The most steps of a path. @defaultValue any number */
  readonly maxSteps?: number;
  /** The most items of a path, over all its steps. @defaultValue 3 */
  readonly maxItems?: number;
  /** The most paths tested: where more are frequent, the count asked for is raised, and the result says so. @defaultValue 20,000 */
  readonly maxPatterns?: number;
  /**
   * What cases and controls are compared within: rows of an equal number of steps, since whoever does more has more of every path; or all of them together. Where the path is nearly all
   * that customers do, the number of steps says as much as the path: take 'none' there. @defaultValue 'steps'
   */
  readonly strata?: 'steps' | 'none';
  /** Whether paths go that tell nothing beyond one of their parts (`improvement.p` above .05). @defaultValue 'drop' */
  readonly redundant?: 'drop' | 'keep';
  /** The most paths given, those of strongest evidence; the others are counted only. @defaultValue 100 */
  readonly top?: number;
  /** Level of all intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What the comparison found. */
export interface PathContrasts<Found extends PathContrast = PathContrast> {
  /** Strongest evidence first, whether the path raises or lowers. */
  readonly paths: readonly Found[];
  /** Rows with the outcome. */
  readonly caseCount: number;
  /** Rows without. */
  readonly controlCount: number;
  /** Paths tested; `q` allows for all of them. Those that all rows have, or all of any number of steps, tell nothing and are not. */
  readonly tested: number;
  /** Paths that are not redundant; the first `top` are given. */
  readonly found: number;
  /** Whether `maxPatterns` cut the search short. */
  readonly truncated: boolean;
}

/** The names of {@link PathContrastOptions}. */
export const CONTRAST_OPTIONS: readonly string[] = ['minSupport', 'minCount', 'maxSteps', 'maxItems', 'maxPatterns', 'strata', 'redundant', 'top', 'confidence', 'minGap', 'maxGap', 'minSpan', 'maxSpan'];

/** The options, checked. */
export interface ContrastPlan extends JudgePlan {
  readonly search: CandidatePlan;
  readonly byLength: boolean;
}

/** Reads the options, or refuses them. */
export function readContrastPlan(caller: string, options: PathContrastOptions): ContrastPlan {
  const { minSupport, minCount, maxSteps, maxItems = 3, maxPatterns = 20_000, strata = 'steps', redundant = 'drop', top = 100, confidence = 0.95 } = options;
  const least = minCount ?? minSupport ?? 0.01;
  if ((minCount !== undefined && minSupport !== undefined) || !(least > 0 && (minCount !== undefined || least <= 1))) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs either minSupport above 0 and at most 1 or minCount above 0, found ${String(minSupport)} and ${String(minCount)}`, { option: minCount === undefined ? 'minSupport' : 'minCount' });
  }
  return {
    search: {
      ...(minCount === undefined ? { minSupport: least } : { minCount }),
      ...(maxSteps !== undefined && { maxSteps: requireWhole(caller, 'maxSteps', maxSteps, 1) }),
      maxItems: requireWhole(caller, 'maxItems', maxItems, 1),
      maxPatterns: requireWhole(caller, 'maxPatterns', maxPatterns, 1),
    },
    limits: limitsAmong(options),
    byLength: requireChoice(caller, 'strata', strata, ['steps', 'none']) === 'steps',
    dropRedundant: requireChoice(caller, 'redundant', redundant, ['drop', 'keep']) === 'drop',
    top: requireWhole(caller, 'top', top, 1),
    z: normalMultiplier(caller, confidence),
  };
}

/** Mines, counts and judges; `finish` adds what a caller knows beside. */
export function contrastRows<Found extends PathContrast>(
  caller: string,
  journeys: JourneyColumns,
  isCase: Uint8Array,
  plan: ContrastPlan,
  finish: (judged: PathContrast, path: CountedPath) => Found,
): PathContrasts<Found> {
  const limits = readLimits(caller, plan.limits, journeys.times);
  const rowCount = isCase.length;
  const caseCount = isCase.reduce((sum, flag) => sum + flag, 0);
  const counts = { caseCount, controlCount: rowCount - caseCount };
  if (caseCount === 0 || caseCount === rowCount) return { paths: [], ...counts, tested: 0, found: 0, truncated: false };
  const { strata, strataCount } = plan.byLength ? strataOfSteps(journeys.offsets) : { strata: new Int32Array(rowCount), strataCount: 1 };
  const [cases, controls] = [new Float64Array(strataCount), new Float64Array(strataCount)];
  for (let row = 0; row < rowCount; row++) (isCase[row] === 1 ? cases : controls)[strata[row]!]!++;
  const { paths, truncated } = countPaths({ journeys, isCase, strata, strataCount }, plan.search, plan.limits, limits);
  const { judged, order, found, tested } = judgePaths(paths, cases, controls, plan);
  return { paths: judged.map((path, i) => finish(path, paths[order[i]!]!)), ...counts, tested, found, truncated };
}
