import { TILE, type MixtureRows } from './settleRows.js';

/** The parameters of a latent class model. */
export interface LatentClasses {
  /** Shares of the segments. */
  readonly weights: ArrayLike<number>;
  /** Probabilities, row-major: segments x the levels of all features side by side. */
  readonly table: ArrayLike<number>;
}

/** Rows of levels: row-major places among the levels of all features side by side, after them one place a feature for what is missing. */
export interface LevelRows {
  readonly places: Int32Array;
  readonly weights: Float64Array | null;
  /** How many levels each feature has. */
  readonly levels: readonly number[];
}

/** What is impossible under a segment is as good as impossible: another segment has it, or none. */
const IMPOSSIBLE = 1e-300;

/** Rows with positions in the levels of each feature (NaN where missing) as places among all levels. */
export function levelRows(codes: Float64Array, weights: Float64Array | null, levels: readonly number[]): LevelRows {
  const starts = levels.map((_, j) => levels.slice(0, j).reduce((sum, count) => sum + count, 0));
  const all = levels.reduce((sum, count) => sum + count, 0);
  const places = new Int32Array(codes.length);
  for (let at = 0; at < codes.length; at++) {
    const j = at % levels.length;
    const code = codes[at]!;
    places[at] = code === code ? starts[j]! + code : all + j;
  }
  return { places, weights, levels };
}

/** By segment the logarithms of the probabilities, then what a missing value of each feature adds: nothing, or when `filled` the logarithm of the likeliest level. */
export function logTable({ weights, table }: LatentClasses, levels: readonly number[], filled: boolean): Float64Array {
  const segments = weights.length;
  const all = table.length / segments;
  const logs = new Float64Array(segments * (all + levels.length));
  for (let c = 0, at = 0, from = 0; c < segments; c++) {
    const missing = at + all;
    levels.forEach((count, j) => {
      let highest = count > 0 ? -Infinity : 0;
      for (const end = at + count; at < end; at++, from++) highest = Math.max(highest, (logs[at] = Math.log(Math.max(table[from]!, IMPOSSIBLE))));
      logs[missing + j] = filled ? highest : 0;
    });
    at += levels.length;
  }
  return logs;
}

/** The rows under the classes; with `into`, a table like that of the logarithms, the shares of the levels are added up, and in `counts` those of the classes. */
export function latentRows({ places, weights, levels }: LevelRows, params: LatentClasses, filled: boolean, into?: Float64Array, counts?: Float64Array): MixtureRows {
  const segments = params.weights.length;
  const width = levels.length;
  const logs = logTable(params, levels, filled);
  const stride = logs.length / segments;
  const shares = Float64Array.from(params.weights, Math.log);
  const fill = (from: number, size: number, joint: Float64Array): void => {
    for (let c = 0; c < segments; c++) {
      const start = c * stride;
      for (let t = 0, at = from * width; t < size; t++) {
        let sum = shares[c]!;
        for (const end = at + width; at < end; at++) sum += logs[start + places[at]!]!;
        joint[c * TILE + t] = sum;
      }
    }
  };
  const collect = (from: number, size: number, joint: Float64Array): void => {
    for (let c = 0; c < segments; c++) {
      const start = c * stride;
      for (let t = 0, at = from * width; t < size; t++) {
        const share = joint[c * TILE + t]!;
        counts![c]! += share;
        for (const end = at + width; at < end; at++) into![start + places[at]!]! += share;
      }
    }
  };
  return { count: places.length / width, weights, rows: null, fill, ...(into && { collect }) };
}
