import type { TargetValue } from '../../data/binaryTarget.js';
import type { AdditiveLogisticState, AdditiveTermState, TermPenalty } from './additiveState.js';
import { addTerms } from './addTerms.js';
import type { NumberAxis } from './axis.js';
import type { ChosenCross } from './chooseCrosses.js';
import { LINES, positionShares, type DesignTerm } from './design.js';
import type { LearntAxis } from './learnAxes.js';
import type { AdditiveSolution } from './solveAdditive.js';
import { valuesOfTerm } from './termValues.js';

/** A solution, and what it is of. */
export interface AdditiveResult {
  readonly terms: readonly DesignTerm[];
  readonly solution: AdditiveSolution;
  readonly axes: readonly LearntAxis[];
  readonly chosen: readonly ChosenCross[];
  readonly tested: number;
  readonly target: string;
  readonly positive: TargetValue;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
}

/** The fitted model as it is stored: every term less its training mean, which the intercept takes. */
export function writeAdditive(result: AdditiveResult): AdditiveLogisticState {
  const { terms, solution, axes, chosen, weights } = result;
  let intercept = solution.beta[0]!;
  let from = 1;
  const written = terms.map((term) => {
    const found = settleTerm(term, solution, from, weights);
    from += term.size;
    intercept += found.mean;
    return found.state;
  });
  const kept = written.filter(({ effects }, j) => j < axes.length || effects.some((effect) => effect !== 0));
  const features = axes.map(({ fine }) => fine.column);
  const crosses = chosen.filter((_, k) => kept.includes(written[axes.length + k]!)).map(({ pair: [a, b], p }) => ({ features: [features[a]!, features[b]!] as const, p }));
  return {
    format: 'AdditiveLogistic',
    formatVersion: 1,
    intercept,
    terms: kept,
    summary: { target: result.target, positive: result.positive, features, crosses, crossesTested: result.tested, ...figuresOf(result), convergence: solution.convergence },
  };
}

function settleTerm(term: DesignTerm, solution: AdditiveSolution, from: number, weights: Float64Array | null): { state: AdditiveTermState; mean: number } {
  const { basis, size, width } = term;
  const shares = positionShares(term, weights);
  const values = valuesOfTerm(term, solution.beta, from);
  const mean = values.reduce((sum, value, i) => sum + value * shares[i]!, 0);
  const middle = new Float64Array(size);
  for (let i = 0; i < width; i++) for (let k = 0; k < size; k++) middle[k]! += shares[i]! * basis[i * size + k]!;
  const errors = values.map((_, i) => standardError(solution, from, Float64Array.from(middle, (center, k) => basis[i * size + k]! - center)));
  const effects = values.map((value) => value - mean);
  // Nothing was learnt of a missing number where training had none: there the term says what it says of the average customer.
  for (let i = 0; i < width; i++) if (shares[i] === 0 && basis.subarray(i * size, i * size + size).every((value) => value === 0)) effects[i] = errors[i] = 0;
  const state = { axes: term.axes, effects: [...effects], errors: [...errors].map((error) => Number(error.toPrecision(4))) };
  const placed = new Map(term.axes.map((axis, side) => [axis, term.sides[side]!]));
  const said = addTerms([{ ...state, spread: 0 }], placed, new Float64Array(term.sides[0]!.at.length));
  let [total, square] = [0, 0];
  said.forEach((effect, row) => {
    const w = weights === null ? 1 : weights[row]!;
    total += w;
    square += w * effect * effect;
  });
  return { state: { ...straightened(term, solution, state), spread: Math.sqrt(square / total) }, mean };
}

/** The square root of c' V c, V the posterior covariance of the coefficients from `from` on: the length of L^-1 c. */
function standardError({ alive, factor }: AdditiveSolution, from: number, direction: Float64Array): number {
  const n = alive.length;
  const first = alive.findIndex((j) => j >= from);
  if (first < 0) return 0;
  const solved = new Float64Array(n);
  let square = 0;
  for (let i = first; i < n; i++) {
    let value = direction[alive[i]! - from] ?? 0;
    const row = i * n;
    for (let k = first; k < i; k++) value -= factor[row + k]! * solved[k]!;
    solved[i] = value / factor[row + i]!;
    square += solved[i]! * solved[i]!;
  }
  return Math.sqrt(square);
}

/** A number whose bends are all out is straight: its ends say it all. */
function straightened(term: DesignTerm, { penalties }: AdditiveSolution, state: Omit<AdditiveTermState, 'spread'>): Omit<AdditiveTermState, 'spread'> {
  const [axis] = term.axes as [NumberAxis];
  const bends = term.groups.find((group) => group !== LINES);
  const isStraight = term.axes.length === 1 && 'knots' in axis && bends !== undefined && penalties.strengths[bends] === Infinity;
  if (!isStraight) return state;
  const last = axis.knots.length - 1;
  const ends = (values: readonly number[]): number[] => [values[0]!, values[last]!, values[last + 1]!];
  return { axes: [{ column: axis.column, knots: [axis.knots[0]!, axis.knots[last]!] }], effects: ends(state.effects), errors: ends(state.errors) };
}

function figuresOf({ solution, axes, y, weights }: AdditiveResult): Pick<AdditiveLogisticState['summary'], 'penalties' | 'parameterCount' | 'logLikelihood' | 'nullLogLikelihood' | 'aic' | 'rowCount' | 'events'> {
  const { strengths, effective } = solution.penalties;
  const used = new Set(solution.penalties.groups);
  const names = ['lines and levels', ...axes.map(({ fine }) => `bends of ${fine.column}`), 'pairs'];
  const penalties = names.flatMap((name, g): TermPenalty[] =>
    used.has(g) ? [{ name, strength: strengths[g]! < Infinity ? strengths[g]! : null, effectiveCount: effective[g]! }] : [],
  );
  const parameterCount = penalties.reduce((sum, { effectiveCount }) => sum + effectiveCount, 1);
  const rowCount = weights === null ? y.length : weights.reduce((sum, w) => sum + w, 0);
  const events = y.reduce((sum, label, row) => sum + label * (weights === null ? 1 : weights[row]!), 0);
  const entropy = (count: number): number => (count > 0 ? count * Math.log(count / rowCount) : 0);
  const logLikelihood = -solution.loss;
  return { penalties, parameterCount, logLikelihood, nullLogLikelihood: entropy(events) + entropy(rowCount - events), aic: 2 * parameterCount - 2 * logLikelihood, rowCount, events };
}
