import { ClientelaError } from '../../errors.js';
import type { AdditiveLogisticOptions } from './additiveOptions.js';
import type { Placement } from './axis.js';
import { crossSize, positionShares, type DesignTerm } from './design.js';
import type { LearntAxis } from './learnAxes.js';
import { screenCrosses } from './screenCrosses.js';
import type { AdditiveSolution } from './solveAdditive.js';
import { valuesOfTerm } from './termValues.js';

/** What the choice is made from. */
export interface CrossTask {
  readonly axes: readonly LearntAxis[];
  /** Where the rows stand on the coarse axes. */
  readonly coarse: readonly Placement[];
  readonly mains: readonly DesignTerm[];
  /** Of the terms of single features. */
  readonly solution: AdditiveSolution;
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  readonly monotone: ReadonlyMap<string, number>;
}

/** A pair to be taken in. */
export interface ChosenCross {
  /** Positions in the list of features. */
  readonly pair: readonly [number, number];
  /** Of the test; null where the pair was asked for. */
  readonly p: number | null;
}

/** Chance of a pair where none acts together. */
const SIGNIFICANCE = 0.05;
/** Only pairs of so many features are tested, the strongest by themselves. */
const MOST_FEATURES = 40;
/** A pair with more coefficients is not taken unasked. */
const MOST_COEFFICIENTS = 150;

/** The pairs that options ask for, or that the data speak for beyond chance. */
export function chooseCrosses(caller: string, task: CrossTask, { crosses = 'auto', maxCrosses = 10 }: AdditiveLogisticOptions): { chosen: readonly ChosenCross[]; tested: number } {
  if (crosses === 'none' || maxCrosses === 0) return { chosen: [], tested: 0 };
  if (crosses !== 'auto') return { chosen: crosses.map((pair) => ({ pair: positionsOf(caller, task, pair), p: null })).filter(({ pair: [a, b] }) => crossSize(task.axes[a]!, task.axes[b]!) > 0), tested: 0 };
  const features = strongest(task);
  const pairs = features.flatMap((a, i) => features.slice(i + 1).map((b) => [a, b] as const)).filter(([a, b]) => {
    const size = crossSize(task.axes[a]!, task.axes[b]!);
    return size > 0 && size <= MOST_COEFFICIENTS;
  });
  const found = screenCrosses(task.coarse, pairs, task.solution.eta, task.y, task.weights);
  return { chosen: found.filter(({ p }) => p * pairs.length < SIGNIFICANCE).slice(0, maxCrosses), tested: pairs.length };
}

/** In the order of the features. A feature held monotone is in no pair. */
function strongest({ axes, mains, solution, weights, monotone }: CrossTask): number[] {
  let from = 1;
  const features = mains.map((term, j) => {
    const values = valuesOfTerm(term, solution.beta, from);
    from += term.size;
    let [mean, square] = [0, 0];
    if (mains.length > MOST_FEATURES) {
      positionShares(term, weights).forEach((share, i) => {
        mean += share * values[i]!;
        square += share * values[i]! * values[i]!;
      });
    }
    return { j, variance: square - mean * mean };
  });
  return features
    .filter(({ j }) => !monotone.has(axes[j]!.fine.column))
    .sort((a, b) => b.variance - a.variance || a.j - b.j)
    .slice(0, MOST_FEATURES)
    .map(({ j }) => j)
    .sort((a, b) => a - b);
}

function positionsOf(caller: string, { axes, monotone }: CrossTask, pair: readonly [string, string]): [number, number] {
  return pair.map((name) => {
    const at = axes.findIndex(({ fine }) => fine.column === name);
    if (at < 0) throw new ClientelaError('UNKNOWN_COLUMN', `${caller} cannot cross "${name}": it is none of the features; name it there too`, { option: 'crosses', column: name });
    if (monotone.has(name)) throw new ClientelaError('INVALID_OPTION', `${caller} cannot cross "${name}": it is held monotone; leave it out of one of the two`, { option: 'crosses', column: name });
    return at;
  }) as [number, number];
}
