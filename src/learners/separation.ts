import type { DesignColumn } from './logisticDesign.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';

/**
 * Rows whose outcome a direction in the coefficients foretells without exception: their likelihood goes to 1 along it and the
 * likelihood of the other rows does not change, so the estimate runs off to infinity (Albert and Anderson, 1984).
 */
export interface Separation {
  /** The columns or levels to blame. */
  readonly names: readonly string[];
  /** 1 for the rows that are foretold. */
  readonly rows: Uint8Array;
  /** Standardised coordinates, intercept first; raises the log-odds of foretold rows with y = 1 and lowers those with y = 0. */
  readonly direction: Float64Array;
  /** Whether the other rows are known not to move along it. */
  readonly exact: boolean;
}

/** Zero weight for the foretold rows: what is left has the likelihood of the whole at infinity. */
export function withoutSeparated(problem: LogisticProblem, { rows }: Separation): LogisticProblem {
  return { ...problem, weights: Float64Array.from(rows, (foretold, row) => (foretold ? 0 : (problem.weights?.[row] ?? 1))) };
}

/** Whether both outcomes are left among the rows that count. */
export function hasBothClasses({ y, weights }: Pick<LogisticProblem, 'y' | 'weights'>): boolean {
  return [0, 1].every((outcome) => y.some((value, row) => value === outcome && weights?.[row] !== 0));
}

/** The first column or level that separates by itself: exact, by counting. O(cells). */
export function separatedColumn(problem: LogisticProblem): Separation | null {
  const { columns } = problem;
  for (const [j, column] of columns.entries()) {
    if (column.kind === 'number') {
      const found = separatedBy(problem, column.name, (row) => column.values[row]!, [[j, 1]], 0);
      if (found !== null) return found;
      continue;
    }
    const { codes, place } = column;
    const found =
      separatedBy(problem, column.name, (row) => (codes[row] === place ? 1 : 0), [[j, 1]], 0) ??
      // The baseline has no column of its own: it is 1 less all its sisters.
      (place > 1 ? null : separatedBy(problem, column.baseline, (row) => (codes[row] === 0 ? 1 : 0), sistersOf(columns, codes), 1));
    if (found !== null) return found;
  }
  return null;
}

type Move = readonly [column: number, amount: number];

function sistersOf(columns: readonly DesignColumn[], codes: Int32Array): Move[] {
  return columns.flatMap((column, j): Move[] => (column.kind === 'level' && column.codes === codes ? [[j, -1]] : []));
}

/** Whether the values of one class lie above those of the other, one shared value apart; the value is a constant and moves of raw columns. */
function separatedBy({ y, weights, columns }: LogisticProblem, name: string, value: (row: number) => number, moves: readonly Move[], constant: number): Separation | null {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let row = 0; row < y.length; row++) {
    if (weights?.[row] === 0) continue;
    const outcome = y[row]!;
    low[outcome] = Math.min(low[outcome]!, value(row));
    high[outcome] = Math.max(high[outcome]!, value(row));
  }
  const sign = high[0]! <= low[1]! ? 1 : high[1]! <= low[0]! ? -1 : 0;
  if (sign === 0 || Math.min(...low) === Math.max(...high)) return null;
  const below = sign > 0 ? high[0]! : high[1]!;
  const above = sign > 0 ? low[1]! : low[0]!;
  const direction = new Float64Array(columns.length + 1);
  direction[0] = sign * (constant - (below + above) / 2);
  for (const [j, move] of moves) {
    direction[j + 1] = sign * move * columns[j]!.scale;
    direction[0] += sign * move * columns[j]!.center;
  }
  // Rows at a value both classes share are not foretold.
  return { names: [name], rows: Uint8Array.from(y, (_, row) => (weights?.[row] === 0 || (below === above && value(row) === above) ? 0 : 1)), direction, exact: true };
}

/** How far a direction moves the log-odds of each row towards its outcome. */
function gainsAlong(problem: LogisticProblem, direction: Float64Array, offset: Float64Array | null): Float64Array {
  const { y } = problem;
  const gains = new Float64Array(y.length);
  const pass = new LogisticPass({ ...problem, offset });
  pass.eachBlock(direction, (start, count) => {
    for (let i = 0; i < count; i++) gains[start + i] = y[start + i] === 1 ? pass.eta[i]! : -pass.eta[i]!;
  });
  return gains;
}

/**
 * Whether a Newton step runs along a separating direction: under separation it ends up raising the log-odds of each row concerned by
 * about 1 or more towards its outcome, and leaving every other where it is.
 */
export function separationAlong(problem: LogisticProblem, step: Float64Array): Separation | null {
  const direction = step.map((s) => -s);
  const gains = gainsAlong(problem, direction, null).map((gain, row) => (problem.weights?.[row] === 0 ? 0 : gain));
  const rows = Uint8Array.from(gains, (gain) => (gain > 0.5 ? 1 : 0));
  if (!rows.includes(1) || gains.some((gain) => gain <= 0.5 && Math.abs(gain) > 0.05)) return null;
  return { names: movedColumns(problem.columns, direction), rows, direction, exact: false };
}

/** The names of the columns a direction moves noticeably. */
export function movedColumns(columns: readonly DesignColumn[], direction: Float64Array): string[] {
  const most = Math.max(...direction.subarray(1).map(Math.abs));
  return columns.filter((_, j) => Math.abs(direction[j + 1]!) > 0.01 * most).map(({ name }) => name);
}

/** Log-odds beyond which a foretold row counts as certain: its share of the loss, 1e-13, is nothing. */
const CERTAIN = 30;

/** Moves beta along the direction until every foretold row is certain; false where the direction does not do that. */
export function pushToCertainty(problem: LogisticProblem, { rows, direction }: Separation, beta: Float64Array): boolean {
  const gains = gainsAlong(problem, direction, null);
  const distances = gainsAlong(problem, beta, problem.offset).map((gain, row) => (rows[row] === 0 ? 0 : (CERTAIN - gain) / gains[row]!));
  if (gains.some((gain, row) => rows[row] === 1 && gain < 1e-6)) return false;
  const distance = distances.reduce((most, d) => Math.max(most, d), 0);
  beta.forEach((b, j) => (beta[j] = b + distance * direction[j]!));
  return true;
}
