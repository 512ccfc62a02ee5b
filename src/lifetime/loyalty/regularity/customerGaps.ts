import type { EventLog } from '../../../data/eventLog.js';
import type { Instant } from '../../../data/instant.js';
import { requireChoice } from '../../../data/options.js';
import { requireLog } from '../../../data/requireLog.js';
import { ClientelaError } from '../../../errors.js';
import { readHistories, readNumbers, type PurchaseHistories } from '../../purchaseHistories.js';
import { periodOf, readPeriods } from '../../summary/periods.js';
import type { Duration } from '../../../data/duration.js';

/** How purchases are read from a log: as `customerSummary` does. */
export interface PurchaseReading {
  /** Only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant | undefined;
  /** Purchases within one UTC period of this length are one; see `customerSummary`. @defaultValue { days: 1 } */
  readonly mergeWithin?: Duration | undefined;
  /** Whether an event with an amount of 0 is a purchase. @defaultValue 'ignored' */
  readonly zeroAmounts?: 'ignored' | 'purchases' | undefined;
}

/** The times between the purchases of each customer. */
export interface CustomerGaps {
  /** Null where histories came without names. */
  readonly customers: readonly (string | number)[] | null;
  /** How many gaps each customer has. */
  readonly counts: Float64Array;
  /** The logarithm of the mean gap less the mean logarithm of the gaps: 0 where all are equal; NaN where there are none. */
  readonly unevenness: Float64Array;
  /** All gaps, customer after customer in the order of time; null where only their sums are known. */
  readonly gaps: Float64Array | null;
}

/** The gaps between purchases in a log, merged. A customer without a purchase has none. O(events). */
export function gapsOfLog(caller: string, log: EventLog, reading: PurchaseReading): CustomerGaps {
  requireLog(caller, log);
  const periods = readPeriods(caller, reading.mergeWithin);
  const countZero = requireChoice(caller, 'zeroAmounts', reading.zeroAmounts ?? 'ignored', ['ignored', 'purchases']) === 'purchases';
  const end = reading.asOf === undefined ? log.observedUntil : log.momentOf(caller, reading.asOf);
  const { customers, offsets, times, amounts } = log;
  const counts = new Float64Array(customers.length);
  const gaps = new Float64Array(times.length);
  let size = 0;
  for (let c = 0; c < customers.length; c++) {
    let last = NaN;
    for (let event = offsets[c]!; event < offsets[c + 1]! && times[event]! < end; event++) {
      if (amounts !== undefined && !(amounts[event]! > 0 || (countZero && amounts[event] === 0))) continue;
      const period = periodOf(periods, times[event]!);
      if (period > last) {
        gaps[size++] = period - last;
        counts[c]!++;
      }
      last = period;
    }
  }
  return { customers, counts, unevenness: unevennessOf(counts, gaps), gaps: gaps.subarray(0, size) };
}

function unevennessOf(counts: Float64Array, gaps: Float64Array): Float64Array {
  let from = 0;
  return counts.map((count) => {
    let [sum, logs] = [0, 0];
    for (let g = from; g < from + count; g++) {
      sum += gaps[g]!;
      logs += Math.log(gaps[g]!);
    }
    from += count;
    return count === 0 ? NaN : Math.log(sum / count) - logs / count;
  });
}

/** What histories tell of the gaps: their number, sum and sum of logarithms. */
export function gapsOfHistories(caller: string, histories: PurchaseHistories): CustomerGaps {
  const { count, frequency, recency } = readHistories(caller, histories);
  if (histories.weights !== undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a row for each customer, found weights, whose sumLogGaps are means; give the summary before it was grouped`, { function: caller, column: 'weights' });
  }
  const logs = readNumbers(caller, 'sumLogGaps', histories.sumLogGaps, count);
  const unevenness = frequency.map((x, row) => {
    if (x === 0) return NaN;
    const value = Math.log(recency[row]! / x) - logs[row]! / x;
    // Rounded recencies may fall a little short of what the gaps add up to.
    if (value > -0.1) return value;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs sumLogGaps of the ${x} gaps that make a recency of ${recency[row]!}, found ${logs[row]!} in row ${row}; take logarithms of times in the unit of recency`, {
      function: caller,
      column: 'sumLogGaps',
      row,
      value: logs[row]!,
    });
  });
  const { customers } = histories as { readonly customers?: readonly (string | number)[] };
  return { customers: customers ?? null, counts: frequency.slice(), unevenness, gaps: null };
}
