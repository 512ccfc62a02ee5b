import type { UpliftSample } from './upliftSample.js';

/** The outcomes of some rows of one arm. */
export interface ArmMoments {
  /** By weight. */
  readonly rows: number;
  readonly mean: number;
  /** Of the outcomes about their mean; of two classes of a share drawn to 1/2 by two rows, so that it is never 0. */
  readonly variance: number;
}

/** Rows, mean and variance of a stretch of rows; a weight of 2 is the row twice. The mean has the center of the sample added. */
export function armMoments({ trial, outcomes, center, table }: UpliftSample, from: number, to: number): ArmMoments {
  const { weights, isBinary } = trial;
  const { rows: list } = table.memory;
  let rows = 0;
  let sum = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const row = list[i]!;
    const weight = weights === null ? 1 : weights[row]!;
    const y = outcomes[row]!;
    rows += weight;
    sum += weight * y;
    squares += weight * y * y;
  }
  const drawn = (sum + 1) / (rows + 2);
  const variance = isBinary ? drawn * (1 - drawn) : Math.max(0, squares - (sum * sum) / rows) / Math.max(rows - 1, 1e-12);
  return { rows, mean: center + sum / rows, variance };
}
