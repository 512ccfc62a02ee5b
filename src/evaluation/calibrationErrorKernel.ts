import { sortedOrder } from '../numeric/sorting.js';
import type { BinMethod } from './calibrationBins.js';
import { massBins } from './scoreGroups.js';

/** The expected calibration error of the same probabilities under other weights and events (sums of weights too), one of each per row. */
export type CalibrationErrorKernel = (weights: Float64Array, events: Float64Array) => number;

/** As expectedCalibrationError has it, the ranking or the bins found once for all samples. */
export function calibrationErrorKernel(caller: string, probabilities: Float64Array, method: BinMethod, bins: number): CalibrationErrorKernel {
  return method === 'width' ? widthKernel(probabilities, bins) : massKernel(caller, probabilities, bins);
}

function massKernel(caller: string, probabilities: Float64Array, bins: number): CalibrationErrorKernel {
  const order = sortedOrder(probabilities);
  const n = order.length;
  const [scores, weight, events] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  return (weights, happened) => {
    let [count, weightSoFar, eventsSoFar] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const row = order[i]!;
      const w = weights[row]!;
      if (w === 0) continue;
      const score = probabilities[row]!;
      if (count === 0 || scores[count - 1] !== score) scores[count++] = score;
      weight[count - 1] = weightSoFar += w;
      events[count - 1] = eventsSoFar += happened[row]!;
    }
    const groups = { scores: scores.subarray(0, count), weight: weight.subarray(0, count), events: events.subarray(0, count) };
    const found = massBins(caller, { weights }, groups, bins);
    return found.reduce((sum, bin) => sum + Math.abs(bin.scoreSum - bin.events), 0) / weightSoFar;
  };
}

function widthKernel(probabilities: Float64Array, bins: number): CalibrationErrorKernel {
  const binOf = Uint32Array.from(probabilities, (p) => Math.min(bins - 1, Math.floor(p * bins)));
  return (weights, happened) => {
    const excess = new Float64Array(bins);
    let total = 0;
    for (let i = 0; i < binOf.length; i++) {
      total += weights[i]!;
      excess[binOf[i]!]! += weights[i]! * probabilities[i]! - happened[i]!;
    }
    return excess.reduce((sum, difference) => sum + Math.abs(difference), 0) / total;
  };
}
