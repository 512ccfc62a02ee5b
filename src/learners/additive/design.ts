import type { TermAxis, Placement } from './axis.js';
import { contrasts, crossBasis, joinColumns } from './basis.js';
import { curveOn } from './curve.js';
import type { LearntAxis } from './learnAxes.js';

/** What a term adds to the log-odds, as the fit sees it: where the rows stand, and what may be learnt there. */
export interface DesignTerm {
  /** One axis, or two whose positions multiply, the first the slower. */
  readonly axes: readonly TermAxis[];
  /** Where the rows stand on each. */
  readonly sides: readonly Placement[];
  /** Positions of the term. */
  readonly width: number;
  /** From coefficients to values at the positions: width x size, row-major. */
  readonly basis: Float64Array;
  /** Coefficients of the term. */
  readonly size: number;
  /** Which penalty each coefficient is under, by position in the list of the fit. */
  readonly groups: Int32Array;
}

/** The penalty that lines and levels share. */
export const LINES = 0;

/** The term of one feature: levels that share the penalty of all lines and levels, or a line under it and bends under the penalty `bends`. */
export function mainTerm({ fine, hasMissing }: LearntAxis, placement: Placement, weights: Float64Array | null, bends: number): DesignTerm {
  const shared = { axes: [fine], sides: [placement], width: placement.width };
  if ('levels' in fine) {
    const { values, size } = contrasts(fine.levels.length);
    return { ...shared, basis: values, size, groups: new Int32Array(size).fill(LINES) };
  }
  const curve = curveOn(fine.knots, placement, weights);
  const columns = curve.line === null ? [] : [curve.line, ...curve.bends];
  const { values, size } = joinColumns(columns, fine.knots.length, hasMissing);
  return { ...shared, basis: values, size, groups: Int32Array.from({ length: size }, (_, k) => (k === 0 || k >= columns.length ? LINES : bends)) };
}

/** The term of two features together, beyond what each says alone. */
export function crossTerm(first: LearntAxis, second: LearntAxis, sides: readonly [Placement, Placement], penalty: number): DesignTerm {
  const { values, size } = crossBasis(contrastsOf(first), contrastsOf(second));
  return { axes: [first.coarse, second.coarse], sides, width: sides[0].width * sides[1].width, basis: values, size, groups: new Int32Array(size).fill(penalty) };
}

/** How many coefficients a pair would have. */
export function crossSize(first: LearntAxis, second: LearntAxis): number {
  return (usedPositions(first) - 1) * (usedPositions(second) - 1);
}

function contrastsOf(axis: LearntAxis): ReturnType<typeof contrasts> {
  const { coarse } = axis;
  return contrasts(usedPositions(axis), 'levels' in coarse ? coarse.levels.length : coarse.knots.length + 1);
}

/** The place of a missing value counts only where there are any. */
function usedPositions({ coarse, hasMissing }: LearntAxis): number {
  return 'levels' in coarse ? coarse.levels.length : coarse.knots.length + (hasMissing ? 1 : 0);
}

/** Share of the rows at each position, by weight. */
export function positionShares({ sides, width }: DesignTerm, weights: Float64Array | null): Float64Array {
  const shares = new Float64Array(width);
  const [first, second] = sides as readonly [Placement, Placement?];
  let total = 0;
  for (let row = 0; row < first.at.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    total += w;
    eachPosition(first, row, (at, share) => {
      if (second === undefined) shares[at]! += w * share;
      else eachPosition(second, row, (other, otherShare) => (shares[at * second.width + other]! += w * share * otherShare));
    });
  }
  return shares.map((sum) => sum / total);
}

function eachPosition({ at, share }: Placement, row: number, visit: (position: number, share: number) => void): void {
  const s = share === null ? 0 : share[row]!;
  visit(at[row]!, 1 - s);
  if (s > 0) visit(at[row]! + 1, s);
}
