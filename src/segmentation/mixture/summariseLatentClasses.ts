import { segmentOrder } from '../space/segmentOrder.js';
import type { Climb } from './climb.js';
import type { LevelFeature } from './latentFeatures.js';
import { latentRows, type LatentClasses, type LevelRows } from './latentRows.js';
import type { LatentClassState } from './latentState.js';
import { fewerSegments, mixtureFigures } from './mixtureFigures.js';
import { settleRows } from './settleRows.js';

/** The state of the fit that was found, its segments in order. */
export function summariseLatentClasses(features: readonly LevelFeature[], rows: LevelRows & { readonly weights: Float64Array }, found: Climb<LatentClasses>, wanted: number, stopped: boolean): LatentClassState {
  const { weights: shares, table } = found.params;
  const segments = shares.length;
  const all = table.length / segments;
  const order = segmentOrder(shares, Float64Array.from(table));
  const params = { weights: order.map((c) => shares[c]!), table: order.flatMap((c) => Array.from(table).slice(c * all, (c + 1) * all)) };
  const { weights } = rows;
  const memberships = new Float64Array(weights.length * segments);
  const densities = new Float64Array(weights.length);
  const logLikelihood = settleRows(latentRows(rows, params, false), segments, { memberships });
  settleRows(latentRows(rows, params, true), segments, { densities });
  const parameterCount = segments - 1 + segments * rows.levels.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  const cells = rows.levels.reduce((product, count) => product * Math.max(1, count), 1);
  const warnings = fewerSegments(wanted, segments);
  if (parameterCount >= cells && segments > 1) warnings.push(`${parameterCount} parameters cannot be told from a table of ${cells} cells: take fewer segments or more features`);
  let entropy = 0;
  memberships.forEach((p, at) => (entropy -= p > 0 ? weights[Math.floor(at / segments)]! * p * Math.log(p) : 0));
  const most = weights.reduce((sum, weight) => sum + weight, 0) * Math.log(segments);
  let start = 0;
  return {
    format: 'LatentClass',
    formatVersion: 1,
    features: features.map((feature) => {
      const from = start;
      start += feature.levels.length;
      return { ...feature, probabilities: params.weights.flatMap((_, c) => params.table.slice(c * all + from, c * all + start)) };
    }),
    weights: params.weights,
    entropyR2: segments > 1 ? 1 - entropy / most : 1,
    ...mixtureFigures(found, logLikelihood, parameterCount, weights, memberships, densities, stopped, warnings),
  };
}
