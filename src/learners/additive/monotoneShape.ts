import { joinColumns } from './basis.js';
import { LINES, positionShares, type DesignTerm } from './design.js';
import { solveAdditive, type AdditiveProblem, type AdditiveRun, type AdditiveSolution } from './solveAdditive.js';
import { valuesOfTerm } from './termValues.js';

/**
 * A term of a number held to one direction: itself where its values at the knots already run that way, otherwise the term whose one
 * shape is the nearest that does (pooling adjacent violators, by the rows at each knot), of a size still to be learnt.
 */
function heldMonotone(term: DesignTerm, values: Float64Array, direction: number, weights: Float64Array | null): DesignTerm {
  const n = term.width - 1;
  const wanted = values.subarray(0, n).map((value) => direction * value);
  if (wanted.every((value, i) => i === 0 || value >= wanted[i - 1]!)) return term;
  const masses = positionShares(term, weights);
  const pooled = risingValues(wanted, masses);
  let [mean, square, mass] = [0, 0, 0];
  pooled.forEach((value, i) => {
    mass += masses[i]!;
    mean += masses[i]! * value;
    square += masses[i]! * value * value;
  });
  mean /= mass;
  const deviation = Math.sqrt(Math.max(square / mass - mean * mean, 0));
  const isFlat = !(deviation > 1e-9);
  const hasMissing = term.basis.subarray(n * term.size).some((value) => value !== 0);
  const { values: basis, size } = joinColumns(isFlat ? [] : [pooled.map((value) => (direction * (value - mean)) / deviation)], n, hasMissing);
  return { ...term, basis, size, groups: new Int32Array(size).fill(LINES) };
}

/** The nearest values that never fall, by weighted squares. */
function risingValues(values: Float64Array, masses: Float64Array): Float64Array {
  const blocks: { sum: number; mass: number; count: number }[] = [];
  values.forEach((value, i) => {
    let block = { sum: value * masses[i]!, mass: masses[i]!, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum * block.mass >= block.sum * last.mass; last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, mass: block.mass + last.mass, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  return Float64Array.from(blocks.flatMap(({ sum, mass, count }) => new Array<number>(count).fill(sum / mass)));
}

/** The fit with every term of `monotone` held to its direction: those that run another way get the nearest shape, and all is learnt again. */
export function holdMonotone(problem: AdditiveProblem, solution: AdditiveSolution, monotone: ReadonlyMap<string, number>, run: AdditiveRun): { terms: readonly DesignTerm[]; solution: AdditiveSolution } {
  const { terms, weights } = problem;
  let from = 1;
  const held = terms.map((term) => {
    const direction = term.axes.length === 1 ? monotone.get(term.axes[0]!.column) : undefined;
    const values = direction === undefined ? null : valuesOfTerm(term, solution.beta, from);
    from += term.size;
    return values === null ? term : heldMonotone(term, values, direction!, weights);
  });
  if (held.every((term, j) => term === terms[j])) return { terms, solution };
  // A shape may change its sign beside the others; then it goes, which the next round sees to.
  return holdMonotone({ ...problem, terms: held }, solveAdditive({ ...problem, terms: held }, run), monotone, run);
}
