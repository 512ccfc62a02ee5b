import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import type { StepLimits } from '../journeys/stepLimits.js';
import type { SequencePattern } from '../sequences/sequencePattern.js';
import { pathKey, type CountedPath } from './countPaths.js';
import { pathEvidence, type PathEvidence } from './pathEvidence.js';
import { commonOddsRatio, conditionalP } from './stratifiedTables.js';

/** What the last item of a path adds to the part of it that explains it best. */
export interface PathImprovement {
  /** The path without one item: of all such parts, that beside which the item tells least. */
  readonly over: SequencePattern['steps'];
  /** Among the rows with that part, the odds ratio of the whole path, by strata as `adjustedOddsRatio`; null where all of them have it. */
  readonly oddsRatio: Estimate | null;
  /** Two-sided, of the item telling nothing there. */
  readonly p: number;
}

/** A path and what tells cases from controls in it. */
export interface PathContrast extends PathEvidence {
  /** The steps in order; each the items of one time, ascending by code unit. */
  readonly steps: SequencePattern['steps'];
  /** What the path says beyond its parts; null for a path of one item. */
  readonly improvement: PathImprovement | null;
  /**
   * False-discovery control (Benjamini and Hochberg, 1995) over all paths tested: taking all with q up to .05, about 5 % of them are chance. Of the larger of `p` and
   * `improvement.p`, so that an idle companion of a telling path is no discovery; with `redundant: 'keep'` of `p` alone.
   */
  readonly q: number;
}

/** How the paths are judged and which are kept. */
export interface JudgePlan {
  readonly z: number;
  readonly dropRedundant: boolean;
  readonly top: number;
  readonly limits: StepLimits;
}

/** The paths with their evidence, strongest first; `order` says which of those counted each is, `tested` how many say anything at all (that is seen without the labels). */
export function judgePaths(paths: readonly CountedPath[], cases: Float64Array, controls: Float64Array, plan: JudgePlan): { readonly judged: PathContrast[]; readonly order: number[]; readonly found: number; readonly tested: number } {
  const { z, dropRedundant, top, limits } = plan;
  const places = new Map(paths.map(({ codes }, i) => [pathKey(codes), i]));
  const improvementOf = (path: CountedPath): PathImprovement | null => {
    let best: PathImprovement | null = null;
    for (const codes of partsOf(path.codes, limits)) {
      const part = paths[places.get(pathKey(codes)) ?? -1];
      if (part === undefined) continue;
      const within = { casesWith: path.casesWith, controlsWith: path.controlsWith, cases: part.casesWith, controls: part.controlsWith };
      const p = conditionalP(within);
      if (best === null || p > best.p) best = { over: part.steps, oddsRatio: commonOddsRatio(within, z), p };
    }
    return best;
  };
  const told = paths.flatMap((path, at) => {
    const evidence = pathEvidence({ casesWith: path.casesWith, controlsWith: path.controlsWith, cases, controls }, z);
    if (evidence === null) return [];
    const improvement = improvementOf(path);
    return [{ at, path, evidence, improvement, worst: dropRedundant ? Math.max(evidence.p, improvement?.p ?? 0) : evidence.p }];
  });
  const q = falseDiscoveryQ(Float64Array.from(told, ({ worst }) => worst));
  const kept = told.map((one, i) => ({ ...one, q: q[i]! })).filter(({ improvement }) => !dropRedundant || (improvement?.p ?? 0) <= 0.05);
  kept.sort((a, b) => a.worst - b.worst || b.evidence.chiSquare - a.evidence.chiSquare || a.path.codes.length - b.path.codes.length || a.at - b.at);
  const given = kept.slice(0, top);
  return {
    judged: given.map(({ path, evidence, improvement, q: rate }) => ({ steps: path.steps, ...evidence, improvement, q: rate })),
    order: given.map(({ at }) => at),
    found: kept.length,
    tested: told.length,
  };
}

/** The path without one of its items, where every row with the path is sure to have that within the limits. */
function partsOf(codes: readonly (readonly number[])[], limits: StepLimits): number[][][] {
  const parts: number[][][] = [];
  codes.forEach((step, at) => {
    const isEnd = at === 0 || at === codes.length - 1;
    if (step.length === 1 && (codes.length === 1 || (isEnd ? limits.minSpan : limits.maxGap) !== undefined)) return;
    for (const item of step) {
      const rest = step.filter((other) => other !== item);
      parts.push([...codes.slice(0, at), ...(rest.length > 0 ? [rest] : []), ...codes.slice(at + 1)].map((kept) => [...kept]));
    }
  });
  return parts;
}
