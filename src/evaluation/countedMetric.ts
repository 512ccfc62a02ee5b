import { describeValue } from '../data/instant.js';
import { ClientelaError, type ClientelaErrorCode } from '../errors.js';
import { sortedOrder } from '../numeric/sorting.js';
import type { Metric } from './crossValidate.js';
import { rocAuc } from './rocAuc.js';

/** A figure of merit over the same rows, each as often as its count says; NaN where a class is missing. */
export type CountedMetric = (counts: Float64Array) => number;

/**
 * A metric ready to be taken of many samples of the same rows: with counts as weights where it takes weights (a third parameter), otherwise with
 * every row written out as often as it was drawn. The area under the curve is ranked once for all samples.
 */
export function countedMetric(caller: string, metric: Metric, labels: Float64Array, scores: ArrayLike<number>, weighted: boolean): CountedMetric {
  if (metric === rocAuc) return rankedAuc(labels, scores);
  if (metric.length >= 3) return (counts) => metric(labels, scores, counts);
  if (weighted) requireWeighable(caller, metric);
  return writtenOut(metric, labels, scores);
}

/** Refuses a metric that would silently leave weights out. */
export function requireWeighable(caller: string, metric: Metric): void {
  if (metric.length >= 3) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a metric that takes weights, found ${metric.length} parameters; write it as (labels, scores, weights) => number`, {
    option: 'metric',
  });
}

/** Refuses what is no metric. */
export function requireMetric(caller: string, metric: unknown): void {
  if (typeof metric !== 'function') throw wrong('INVALID_OPTION', caller, metric);
}

/** A figure that can be worked with. */
export function requireFigure(caller: string, figure: unknown): number {
  if (Number.isFinite(figure)) return figure as number;
  throw wrong('NON_FINITE_VALUE', caller, figure);
}

function wrong(code: ClientelaErrorCode, caller: string, value: unknown): ClientelaError {
  return new ClientelaError(code, `${caller} needs a metric that is (labels, scores, weights) => number, found ${describeValue(value)}`, { value });
}

function writtenOut(metric: Metric, labels: Float64Array, scores: ArrayLike<number>): CountedMetric {
  return (counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const y = new Float64Array(total);
    const s = new Float64Array(total);
    let k = 0;
    for (let row = 0; row < counts.length; row++) {
      for (let copy = counts[row]!; copy > 0; copy--, k++) {
        y[k] = labels[row]!;
        s[k] = scores[row]!;
      }
    }
    return metric(y, s);
  };
}

// One walk up the ranking per sample: O(n) instead of a sort.
function rankedAuc(labels: Float64Array, scores: ArrayLike<number>): CountedMetric {
  const order = sortedOrder(scores);
  const n = order.length;
  const isEvent = Uint8Array.from(order, (row) => labels[row]!);
  const opens = Uint8Array.from(order, (row, i) => (i > 0 && scores[row] !== scores[order[i - 1]!] ? 1 : 0));
  return (counts) => {
    let [events, others, tiedEvents, tiedOthers, wins] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      if (opens[i]! === 1) {
        wins += tiedEvents * (others + tiedOthers / 2);
        others += tiedOthers;
        events += tiedEvents;
        tiedEvents = tiedOthers = 0;
      }
      const count = counts[order[i]!]!;
      if (isEvent[i]! === 1) tiedEvents += count;
      else tiedOthers += count;
    }
    wins += tiedEvents * (others + tiedOthers / 2);
    return wins / ((events + tiedEvents) * (others + tiedOthers));
  };
}
