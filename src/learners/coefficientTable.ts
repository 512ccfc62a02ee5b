import type { Convergence } from '../numeric/convergence.js';
import type { LogisticSolution } from './linearSolution.js';
import { coefficientLine, rawCoefficients, rawCovariance } from './logisticInference.js';
import type { LogisticProblem } from './logisticPass.js';
import type { AliasedColumn, CoefficientCovariance, LogisticCoefficient } from './logisticState.js';

/** The table of coefficients, without those of aliased columns. */
export function coefficientLines(names: readonly string[], raw: Float64Array, aliased: readonly AliasedColumn[], covariance: CoefficientCovariance | null, confidence: number): LogisticCoefficient[] {
  const variance = (name: string): number | null => {
    const at = covariance?.names.indexOf(name) ?? -1;
    return at < 0 ? null : covariance!.values[at * covariance!.names.length + at]!;
  };
  return names.flatMap((name, j) => (aliased.some((alias) => alias.name === name) ? [] : [coefficientLine(name, raw[j]!, variance(name), confidence)]));
}

/** Of the estimates that are finite, on the raw scale. */
export function finiteCovariance(problem: LogisticProblem, solution: LogisticSolution, standardised: Float64Array, names: readonly string[]): CoefficientCovariance {
  const { reduced, kept } = solution;
  const raw = rawCovariance(reduced.columns, standardised);
  const moved = solution.separations.map(({ direction }) => movedPositions(problem, direction));
  const finite = [...kept.keys()].filter((k) => !moved.some((positions) => positions.has(kept[k]!)));
  return { names: finite.map((k) => names[kept[k]!]!), values: finite.flatMap((j) => finite.map((k) => raw[j * kept.length + k]!)) };
}

/** Positions of the raw coefficients that change along a direction, beyond rounding. */
function movedPositions(problem: LogisticProblem, direction: Float64Array): Set<number> {
  const raw = rawCoefficients(problem.columns, direction);
  const most = direction.reduce((soFar, d) => Math.max(soFar, Math.abs(d)), 0);
  const size = problem.columns.reduce((sum, { center }, j) => sum + Math.abs(raw[j + 1]! * center), most);
  const isMoved = (j: number): boolean => (j === 0 ? Math.abs(raw[0]!) > 1e-9 * size : Math.abs(direction[j]!) > 1e-9 * most);
  return new Set([...raw.keys()].filter(isMoved));
}

/** The aliased columns by name. */
export function aliasesInWords(problem: LogisticProblem, { aliased }: LogisticSolution, names: readonly string[]): AliasedColumn[] {
  return aliased.map(({ position, of }) => {
    const own = problem.columns[position - 1]!;
    // x = mean + sum of weight * sd / sd_k * (x_k - mean_k): a constant is left unless it cancels.
    let constant = own.center;
    let size = Math.abs(own.center);
    for (const part of of.filter((p) => p.position > 0)) {
      const { center, scale } = problem.columns[part.position - 1]!;
      const share = (part.weight * own.scale * center) / scale;
      constant -= share;
      size += Math.abs(share);
    }
    const parts = of.filter((p) => p.position > 0).map((p) => names[p.position]!);
    return { name: names[position]!, combinationOf: Math.abs(constant) > 1e-9 * size || parts.length === 0 ? ['(Intercept)', ...parts] : parts };
  });
}

/** How the fit ended, and for which columns there is no finite estimate. */
export function endingOf({ fit, reachedSupremum, separations }: LogisticSolution): { readonly convergence: Convergence; readonly separated: readonly string[] } {
  const { outcome, iterations, gradientNorm } = fit;
  const separated = [...new Set(separations.flatMap(({ names }) => names))];
  const lacking = separated.length === 0 ? '' : `; no finite estimate for ${separated.join(', ')}${reachedSupremum ? '' : ', whose rows could not be made certain'}`;
  const converged = outcome === 'step below tolerance' && reachedSupremum;
  return { convergence: { converged, iterations, gradientNorm, reason: `${outcome}${lacking}` }, separated };
}
