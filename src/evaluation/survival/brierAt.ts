import { addCensoringMoves, countUpTo, shareAt, type CensoringWeights, type Scratch } from './censoringWeights.js';

/** The score at one time, with what it rests on. */
export interface BrierAtTime {
  readonly estimate: number;
  /** Of the null model. */
  readonly nullModel: number;
  readonly effectiveSize: number;
}

/**
 * The mean over all rows of weight x (had the event - promised)², where those seen to have had it count 1 / G(T-), those observed beyond the time 1 / G(time) and
 * those censored before it nothing.
 * `survival` is by row; `nullSurvival` is what the null model promises everybody. Leaves in `scratch.moves` what each row moves it by, by position. O(n).
 */
export function brierAt(rows: CensoringWeights, survival: Float64Array, nullSurvival: number, time: number, scratch: Scratch): BrierAtTime {
  const { order, weights, spoken, total } = rows;
  const n = order.length;
  const split = countUpTo(rows, time);
  const beyond = shareAt(rows.curve, time);
  const { parts, moves } = scratch;
  let [estimate, nullModel, sum, squares] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const part = (k < split ? spoken[k]! : weights[k]! / beyond) / total;
    const happened = k < split ? 0 : 1;
    const error = survival[order[k]!]! - happened;
    const nullError = nullSurvival - happened;
    parts[k] = part * error * error;
    estimate += parts[k]!;
    nullModel += part * nullError * nullError;
    sum += part;
    squares += part * part;
  }
  for (let k = 0; k < n; k++) moves[k] = parts[k]! - (weights[k]! / total) * estimate;
  addCensoringMoves(rows, time, scratch);
  return { estimate, nullModel, effectiveSize: (sum * sum) / squares };
}
