import type { SurvivalRows } from '../survivalRows.js';

/** A row for each interval that a customer was at risk in. */
export interface PersonPeriods {
  /** The row of the customer. */
  readonly rows: Uint32Array;
  /** The interval, from 0. */
  readonly intervals: Uint16Array;
  /** 1 where the event came in it. */
  readonly labels: Uint8Array;
  /** The weight of the customer, by the part of the interval it was observed in without the event. */
  readonly weights: Float64Array;
}

/**
 * Splits each row into the intervals it was at risk in. The likelihood of a hazard h in an interval is h where the event came, and (1 - h)^f where the customer was without it for a part f of the
 * interval and then no longer observed (or came late): a row with label 0 and weight f. O(rows × intervals).
 */
export function personPeriods({ durations, events, entries, weights }: SurvivalRows, cuts: Float64Array): PersonPeriods {
  const count = walk(durations, entries, cuts, () => undefined);
  const periods = { rows: new Uint32Array(count), intervals: new Uint16Array(count), labels: new Uint8Array(count), weights: new Float64Array(count) };
  let place = 0;
  walk(durations, entries, cuts, (row, k, share) => {
    const came = events[row] === 1 && durations[row]! <= cuts[k + 1]!;
    periods.rows[place] = row;
    periods.intervals[place] = k;
    periods.labels[place] = came ? 1 : 0;
    periods.weights[place++] = (weights?.[row] ?? 1) * (came ? 1 : share);
  });
  return periods;
}

/** Visits the intervals of each row with the share of it that was observed; a duration of 0 is the first moment of the first interval. */
function walk(durations: Float64Array, entries: Float64Array | null, cuts: Float64Array, visit: (row: number, interval: number, share: number) => void): number {
  let count = 0;
  for (let row = 0; row < durations.length; row++) {
    const [from, to] = [entries?.[row] ?? 0, durations[row]!];
    for (let k = 0; k + 1 < cuts.length; k++) {
      const [low, high] = [cuts[k]!, cuts[k + 1]!];
      if (high <= from) continue;
      if (low >= to && !(k === 0 && to === 0)) break;
      count++;
      visit(row, k, (Math.min(high, to) - Math.max(low, from)) / (high - low));
    }
  }
  return count;
}
