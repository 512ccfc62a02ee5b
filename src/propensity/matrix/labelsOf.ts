import type { PropensityTask } from './propensityTask.js';

/** What is to be foretold of these rows, row-major rows × products: 1 taken (or held, where that is the question), 0 not, -1 not at risk. */
export function labelsOf({ held, barred, taken }: PropensityTask, rows: Uint32Array): Int8Array {
  const width = held.columnCount;
  const labels = new Int8Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (taken !== null) for (let e = taken.offsets[row]!; e < taken.offsets[row + 1]!; e++) labels[i * width + taken.columns[e]!] = 1;
    for (let e = barred.offsets[row]!; e < barred.offsets[row + 1]!; e++) labels[i * width + barred.columns[e]!] = taken === null ? 1 : -1;
  }
  return labels;
}
