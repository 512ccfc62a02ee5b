import { ClientelaError } from '../../../errors.js';
import { sortedOrder } from '../../../numeric/sorting.js';
import type { CoxRows } from '../coxRows.js';

/** How time is counted in the test of proportional hazards. */
export type TimeTransform = 'km' | 'rank' | 'log' | 'identity';

/** The time of each block on the scale of the transform, less its mean over events. O(n log n). */
export function timeScale(caller: string, rows: CoxRows, transform: TimeTransform): Float64Array {
  const { blockStarts, eventEnds, durations, weights } = rows;
  const ofRows = transform === 'km' ? soFarShares(rows) : transform === 'rank' ? weightedRanks(rows) : durations;
  const scale = Float64Array.from(eventEnds, (_, block) => ofRows[blockStarts[block]!]!);
  let [sum, count] = [0, 0];
  for (let block = 0; block < scale.length; block++) {
    if (transform === 'log') scale[block] = Math.log(scale[block]!);
    for (let row = blockStarts[block]!; row < eventEnds[block]!; row++) {
      if (scale[block] === -Infinity) throw new ClientelaError('INVALID_OPTION', `${caller} needs events after time 0 for transform 'log', found one at 0; use 'km' or 'identity'`, { function: caller, option: 'transform' });
      const weight = weights === null ? 1 : weights[row]!;
      sum += weight * scale[block]!;
      count += weight;
    }
  }
  return scale.map((value) => value - sum / count);
}

/** Before the time of each row: the share that has had the event, by Kaplan and Meier, all strata together. */
function soFarShares({ durations, entries, events, weights }: CoxRows): Float64Array {
  const weightOf = (row: number): number => (weights === null ? 1 : weights[row]!);
  const order = sortedOrder(durations);
  const entering = entries && sortedOrder(entries);
  const shares = new Float64Array(order.length);
  let [survival, atRisk, entered] = [1, 0, 0];
  for (let row = 0; row < order.length && entries === null; row++) atRisk += weightOf(row);
  for (let i = 0; i < order.length; ) {
    const time = durations[order[i]!]!;
    for (; entering !== null && entered < entering.length && entries![entering[entered]!]! < time; entered++) atRisk += weightOf(entering[entered]!);
    let [had, leaving] = [0, 0];
    for (; i < order.length && durations[order[i]!] === time; i++) {
      const row = order[i]!;
      shares[row] = 1 - survival;
      leaving += weightOf(row);
      if (events[row] === 1) had += weightOf(row);
    }
    if (had > 0) survival *= Math.max(0, 1 - had / atRisk);
    atRisk -= leaving;
  }
  return shares;
}

/** The mean rank of the time of each row among all rows, each counted as often as it weighs. */
function weightedRanks({ durations, weights }: CoxRows): Float64Array {
  const order = sortedOrder(durations);
  const ranks = new Float64Array(order.length);
  let before = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tied = 0;
    for (; end < order.length && durations[order[end]!] === durations[order[start]!]; end++) tied += weights === null ? 1 : weights[order[end]!]!;
    for (let i = start; i < end; i++) ranks[order[i]!] = before + (tied + 1) / 2;
    before += tied;
    start = end;
  }
  return ranks;
}
