import type { ColumnNameOf, TableInput, TableOf } from '../../data/table.js';
import { planEnvelopment, type EnvelopmentOptions } from './envelopmentOptions.js';
import { describeEnvelopment, type DataEnvelopment } from './envelopmentResult.js';
import { projectFreely } from './freeDisposal.js';
import { projectUnits } from './projectUnits.js';
import { readUnits } from './readUnits.js';
import { largestOf } from './technology.js';

/**
 * How much more each unit (a customer, a branch, a salesperson) could bring with what it has, going by the best of its like: a score, what it
 * could bring, and the peers that show that it can be done. Nothing is assumed of the form of the frontier; it is the hull of the units themselves,
 * so that one unit of wrong data, or of luck, moves it: for customers with noise in their spend, see `fitStochasticFrontier`.
 *
 * A unit with inputs x and outputs y is compared with mixes of units, intensities lambda >= 0: by outputs the largest phi with
 * X'lambda <= x and Y'lambda >= phi y, by inputs the smallest theta with X'lambda <= theta x and Y'lambda >= y. The sum of lambda is 1 for `variable`
 * returns (Banker, Charnes and Cooper, 1984), free for `constant` (Charnes, Cooper and Rhodes, 1978), at least 1 for `increasing`, at most 1 for
 * `decreasing`; lambda is 0 or 1 for `freeDisposal` (Deprins, Simar and Tulkens, 1984). Units of measurement do not matter, and every
 * solution is proven by its dual prices against all units (`certificate`).
 *
 * A unit without any output is measured, by outputs, towards equal shares of the largest of each: of a single output, towards the most of it.
 *
 * @param data - the units as rows; amounts finite and not negative
 * @param options - inputs and outputs, and what may be made of the units
 * @returns a place per unit in each column; time grows with the units times the parts of the frontier
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `MISSING_VALUE`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `DUPLICATE_ID`, `UNKNOWN_COLUMN`,
 * `INVALID_OPTION`; `NOT_IDENTIFIED` where amounts within a column are too many orders of magnitude apart to be solved for
 * @example
 * ```ts
 * const branches = { name: ['A', 'B', 'C', 'D'], staff: [2, 4, 8, 4], sales: [20, 60, 80, 30] };
 * const result = dataEnvelopment(branches, { inputs: ['staff'], outputs: ['sales'], unit: 'name' });
 * result.scores; // => [1, 1, 1, 2]
 * result.targetOutputs; // => [20, 60, 80, 60]
 * result.peers[3]; // => [{ row: 1, unit: 'B', intensity: 1 }]
 * dataEnvelopment(branches, { inputs: ['staff'], outputs: ['sales'], returns: 'constant' }).scores; // => [1.5, 1, 1.5, 2]
 * ```
 */
export function dataEnvelopment<const Data extends TableOf<Data>>(data: Data, options: EnvelopmentOptions<ColumnNameOf<Data>>): DataEnvelopment {
  return measure('dataEnvelopment', data, options);
}

/** {@link dataEnvelopment} on behalf of whoever offers it. */
export function measure(caller: string, data: TableInput, options: EnvelopmentOptions): DataEnvelopment {
  const plan = planEnvelopment(caller, options);
  const units = readUnits(caller, data, plan);
  const reference = plan.reference === null ? units : readUnits(`${caller} (reference)`, plan.reference, plan);
  const scales = largestOf([reference, units], plan.inputs.length + plan.outputs.length);
  if (plan.returns === 'freeDisposal') return describeEnvelopment(units, reference, plan, projectFreely(units, reference, scales, plan), scales, 0);
  const { projections, dualExcess } = projectUnits(units, reference, scales, plan);
  return describeEnvelopment(units, reference, plan, projections, scales, dualExcess);
}
