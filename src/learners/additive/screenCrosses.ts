import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import type { Placement } from './axis.js';

/** A pair of features, and what speaks for it. */
export interface CrossCandidate {
  /** Positions in the list of features. */
  readonly pair: readonly [number, number];
  /** Of the score test that the two only add up, as if it were the only one. */
  readonly p: number;
  /** Statistic of the test. */
  readonly statistic: number;
}

/** A cell with less information than four rows of p = 1/2 is left to the others: its square is no chi-square. */
const LEAST_INFORMATION = 1;

/**
 * Tests for every pair whether what an additive model leaves unexplained depends on both together, as GA2M's FAST does (Lou, Caruana, Gehrke,
 * Hooker, 2013) but by a test: residuals summed by cells, less the sums that rows and columns of the table explain (weighted least squares), squared and
 * divided by their variance. The clearest first. O(pairs (rows + cells)).
 */
export function screenCrosses(placements: readonly Placement[], pairs: readonly (readonly [number, number])[], eta: Float64Array, y: Float64Array, weights: Float64Array | null): CrossCandidate[] {
  const residuals = new Float64Array(y.length);
  const information = new Float64Array(y.length);
  for (let row = 0; row < y.length; row++) {
    const p = sigmoid(eta[row]!);
    const w = weights === null ? 1 : weights[row]!;
    residuals[row] = w * (y[row]! - p);
    information[row] = w * p * (1 - p);
  }
  const cells = placements.map(nearestPositions);
  const found = pairs.map((pair): CrossCandidate => {
    const [a, b] = pair;
    const { width } = placements[b]!;
    const table = { rows: placements[a]!.width, columns: width, sums: new Float64Array(placements[a]!.width * width), information: new Float64Array(placements[a]!.width * width) };
    const [first, second] = [cells[a]!, cells[b]!];
    for (let row = 0; row < residuals.length; row++) {
      const cell = first[row]! * width + second[row]!;
      table.sums[cell]! += residuals[row]!;
      table.information[cell]! += information[row]!;
    }
    const { statistic, degrees } = interactionTest(table);
    return { pair, statistic, p: degrees > 0 ? chiSquareSurvival(statistic, degrees) : 1 };
  });
  // Where p is 0 to the last digit, the statistic tells.
  return found.sort((a, b) => a.p - b.p || b.statistic - a.statistic);
}

/** The nearer of the two positions a row stands between. */
function nearestPositions({ at, share }: Placement): Int32Array {
  return share === null ? at : at.map((position, row) => (share[row]! > 0.5 ? position + 1 : position));
}

/** Residuals and their variance by cell, row-major. */
interface ResidualTable {
  readonly rows: number;
  readonly columns: number;
  readonly sums: Float64Array;
  readonly information: Float64Array;
}

/** The score test against sums of a row and a column effect. */
export function interactionTest({ rows, columns, sums, information }: ResidualTable): { statistic: number; degrees: number } {
  const left = sums.slice();
  const inRow = new Float64Array(rows);
  const inColumn = new Float64Array(columns);
  let cells = 0;
  information.forEach((value, cell) => {
    inRow[Math.floor(cell / columns)]! += value;
    inColumn[cell % columns]! += value;
    if (value > LEAST_INFORMATION) cells++;
  });
  for (let sweep = 0; sweep < 20; sweep++) {
    for (let i = 0; i < rows; i++) takeMean(left, information, inRow[i]!, i * columns, 1, columns);
    for (let j = 0; j < columns; j++) takeMean(left, information, inColumn[j]!, j, columns, rows);
  }
  let statistic = 0;
  left.forEach((value, cell) => {
    if (information[cell]! > LEAST_INFORMATION) statistic += (value * value) / information[cell]!;
  });
  const isInformed = (value: number): boolean => value > LEAST_INFORMATION;
  return { statistic, degrees: cells - inRow.filter(isInformed).length - inColumn.filter(isInformed).length + 1 };
}

function takeMean(left: Float64Array, information: Float64Array, total: number, from: number, step: number, count: number): void {
  if (total === 0) return;
  let sum = 0;
  for (let k = 0, cell = from; k < count; k++, cell += step) sum += left[cell]!;
  for (let k = 0, cell = from; k < count; k++, cell += step) left[cell]! -= (sum / total) * information[cell]!;
}
