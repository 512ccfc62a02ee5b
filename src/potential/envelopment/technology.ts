import type { ReturnsToScale } from './envelopmentOptions.js';
import type { UnitRows } from './readUnits.js';

/** The units to measure against, as columns of linear programs. */
export interface Technology {
  readonly inputCount: number;
  readonly outputCount: number;
  readonly unitCount: number;
  /** Rows of a program: inputs, outputs, and, save with constant returns, the sum of the intensities. */
  readonly rowCount: number;
  /** Unit after unit: inputs, negated outputs, each divided by the largest of its column, and 1. */
  readonly columns: Float64Array;
  /** Sign of the slack of each row; 0 where the row is an equation. */
  readonly slackSigns: Int8Array;
  /** The largest of each input and output. */
  readonly scales: Float64Array;
}

/** The largest of each column, 1 where all are 0: divided by it, neither currency nor unit of measurement matters. */
export function largestOf(rows: readonly UnitRows[], width: number): Float64Array {
  const scales = new Float64Array(width);
  for (const { values } of rows) for (let i = 0; i < values.length; i++) scales[i % width] = Math.max(scales[i % width]!, values[i]!);
  return scales.map((largest) => largest || 1);
}

/** Sets up the rows that the returns to scale ask for. */
export function buildTechnology(reference: UnitRows, scales: Float64Array, inputCount: number, outputCount: number, returns: ReturnsToScale): Technology {
  const width = inputCount + outputCount;
  const rowCount = returns === 'constant' ? width : width + 1;
  const slackSigns = new Int8Array(rowCount).fill(1);
  if (rowCount > width) slackSigns[width] = returns === 'decreasing' ? 1 : returns === 'increasing' ? -1 : 0;
  const shape = { inputCount, outputCount, unitCount: reference.count, rowCount, slackSigns, scales };
  return { ...shape, columns: columnsOf(reference, shape) };
}

/** Units as columns of programs. */
export function columnsOf({ count, values }: UnitRows, { inputCount, rowCount, scales }: Pick<Technology, 'inputCount' | 'rowCount' | 'scales'>): Float64Array {
  const width = scales.length;
  const columns = new Float64Array(count * rowCount).fill(1);
  for (let unit = 0; unit < count; unit++) {
    for (let i = 0; i < width; i++) {
      const value = values[unit * width + i]! / scales[i]!;
      columns[unit * rowCount + i] = i < inputCount ? value : -value;
    }
  }
  return columns;
}
