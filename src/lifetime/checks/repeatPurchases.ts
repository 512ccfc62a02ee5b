import type { EventLog } from '../../data/eventLog.js';
import { periodOf, periodStart } from '../summary/periods.js';
import type { TallyRule } from '../summary/purchaseTally.js';

/** All purchases after the first, merged by periods, of the customers who came before a moment. */
export interface RepeatPurchases {
  /** When each of those customers first bought: the beginning of the period; by row of the log, `NaN` for others. */
  readonly firstTimes: Float64Array;
  /** When each repeat purchase was, in no order: the beginning of its period. */
  readonly repeatTimes: Float64Array;
}

/** Walks through a log; customers count whose first purchase is before `enteredBefore`, purchases before `asOf`. O(events). */
export function repeatPurchases({ customers, offsets, times, amounts }: EventLog, { periods, countZero }: TallyRule, enteredBefore: number, asOf: number): RepeatPurchases {
  const firstTimes = new Float64Array(customers.length).fill(NaN);
  const repeatTimes = new Float64Array(times.length);
  let repeats = 0;
  for (let c = 0; c < customers.length; c++) {
    let last = NaN;
    for (let event = offsets[c]!; event < offsets[c + 1]! && times[event]! < asOf; event++) {
      if (amounts !== undefined && !(amounts[event]! > 0 || (countZero && amounts[event] === 0))) continue;
      const time = times[event]!;
      const period = periodOf(periods, time);
      if (Number.isNaN(last)) {
        if (!(time < enteredBefore)) break;
        firstTimes[c] = periodStart(periods, period);
      } else if (period !== last) repeatTimes[repeats++] = periodStart(periods, period);
      last = period;
    }
  }
  return { firstTimes, repeatTimes: repeatTimes.slice(0, repeats) };
}
