import type { Column } from '../data/column.js';
import type { Estimate } from '../numeric/estimate.js';
import { rocAucInterval } from './rocAucInterval.js';
import { traitColumn } from './traitCandidates.js';

/** Fine enough to see any shape, coarse enough that every band has rows. */
const BANDS = 20;

/** How well one column alone tells the classes apart: a number as it is (or turned round), and every column by the rates of its values on other rows. */
export function singleFeatureAuc(feature: string, column: Column, labels: Uint8Array): Estimate | null {
  const traits = traitColumn(feature, column, BANDS);
  if (traits === null || traits.texts.length < 2) return null;
  const shape = rocAucInterval(labels, ratesElsewhere(traits.codes, traits.texts.length, labels));
  if (column.kind !== 'number') return shape;
  const known = column.values.filter(Number.isFinite);
  // Missing stands in the middle.
  const mean = known.reduce((sum, value) => sum + value / known.length, 0);
  const direct = rocAucInterval(labels, column.values.map((value) => (Number.isFinite(value) ? value : mean)));
  const turned = direct.estimate >= 0.5 ? direct : { estimate: 1 - direct.estimate, lower: 1 - direct.upper, upper: 1 - direct.lower };
  return turned.estimate > shape.estimate ? turned : shape;
}

/** For each row the rate of its value among the rows of the other half: a value is never judged by its own outcome. */
function ratesElsewhere(codes: Int32Array, count: number, labels: Uint8Array): Float64Array {
  const rows = new Float64Array(2 * count);
  const events = new Float64Array(2 * count);
  const total = [0, 0];
  // By class in turn, so that both halves have the same rate whatever the order of the rows.
  const seen = [0, 0];
  const halfOf = Uint8Array.from(codes, (_, row) => seen[labels[row]!]!++ % 2);
  for (let row = 0; row < codes.length; row++) {
    const cell = halfOf[row]! * count + codes[row]!;
    rows[cell]!++;
    events[cell]! += labels[row]!;
    total[halfOf[row]!]! += labels[row]!;
  }
  return Float64Array.from(codes, (code, row) => {
    const other = 1 - halfOf[row]!;
    const cell = other * count + code;
    const average = (total[0]! + total[1]!) / codes.length;
    // One row at the average rate, so that a value of few rows is not taken at its word.
    return (events[cell]! + average) / (rows[cell]! + 1);
  });
}
