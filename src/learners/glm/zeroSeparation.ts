import type { DesignColumn } from '../logisticDesign.js';
import type { LogisticProblem } from '../logisticPass.js';
import { separationAlong, type Separation } from '../separation.js';

/*
 * Where the mean is an exponential and a level (or a direction in the coefficients) holds nothing but zeros, the likelihood rises for ever as
 * the mean of those rows falls to 0: the estimate is minus infinity, all else what it is without those rows.
 */

/** The first column or level whose rows away from one value all have a target of 0, on one side of it. Exact, by looking. O(cells). */
export function zeroColumn(problem: LogisticProblem): Separation | null {
  for (const [j, column] of problem.columns.entries()) {
    const found = column.kind === 'number' ? zerosBeside(problem, [column.name], (row) => column.values[row]!, [[j, 1]]) : zeroLevel(problem, j);
    if (found !== null) return found;
  }
  return null;
}

function zeroLevel(problem: LogisticProblem, j: number): Separation | null {
  const { columns } = problem;
  const column = columns[j]!;
  if (column.kind === 'number') return null;
  const { codes, place } = column;
  const sisters = columns.flatMap((other, k): Move[] => (other.kind === 'level' && other.codes === codes ? [[k, -1]] : []));
  return (
    zerosBeside(problem, [column.name], (row) => (codes[row] === place ? 1 : 0), [[j, 1]]) ??
    // The baseline has no column of its own: it is 1 less all its sisters.
    (place > 1 ? null : zerosBeside(problem, [column.baseline], (row) => (codes[row] === 0 ? 1 : 0), sisters))
  );
}

type Move = readonly [column: number, amount: number];

function zerosBeside({ y, weights, columns }: LogisticProblem, names: readonly string[], value: (row: number) => number, moves: readonly Move[]): Separation | null {
  let shared = NaN;
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < y.length; row++) {
    if (weights?.[row] === 0) continue;
    const x = value(row);
    if (x < low) low = x;
    if (x > high) high = x;
    if (y[row]! === 0) continue;
    if (Number.isNaN(shared)) shared = x;
    else if (shared !== x) return null;
  }
  if (low === high || (shared !== low && shared !== high)) return null;
  const sign = shared === low ? -1 : 1;
  return { names: [...names], rows: Uint8Array.from(y, (_, row) => (weights?.[row] !== 0 && value(row) !== shared ? 1 : 0)), direction: directionOf(columns, moves, sign, shared), exact: true };
}

// Leaves rows at the shared value where they are: sign * (x - shared), x being a sum of raw columns (the baseline level is 1 less its sisters).
function directionOf(columns: readonly DesignColumn[], moves: readonly Move[], sign: number, shared: number): Float64Array {
  const direction = new Float64Array(columns.length + 1);
  const constant = moves.some(([, amount]) => amount < 0) ? 1 : 0;
  direction[0] = sign * (constant - shared);
  for (const [j, amount] of moves) {
    direction[j + 1] = sign * amount * columns[j]!.scale;
    direction[0] += sign * amount * columns[j]!.center;
  }
  return direction;
}

/** Whether a Newton step drives the mean of some rows, all with a target of 0, to 0 and leaves the others where they are. */
export function zerosAlong(problem: LogisticProblem, step: Float64Array): Separation | null {
  const found = separationAlong(problem, step);
  return found !== null && found.rows.some((moved, row) => moved === 1 && problem.y[row]! > 0) ? null : found;
}
