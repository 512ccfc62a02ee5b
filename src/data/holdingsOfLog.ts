import { ClientelaError } from '../errors.js';
import { addDuration } from './calendar.js';
import { requireDuration, type Duration } from './duration.js';
import type { EventColumns } from './eventRoles.js';
import type { EventLog } from './eventLog.js';
import type { HoldingColumns } from './holdingColumns.js';
import { requireInstant, type Instant } from './instant.js';
import { levelFilter } from './levelFilter.js';
import { requireKnownOptions, requireWhole } from './options.js';
import { customersAt, numbersAt, positionsWhere } from './perCustomer.js';
import { compressHoldings, type RawHoldings } from './readHoldings.js';
import { requireLog, requireObserved } from './requireLog.js';
import { customersBefore } from './snapshotFeatures.js';

/** Which events of a log make a holding. */
export interface LogHoldingsOptions {
  /** Only what happened before this moment. @defaultValue everything observed */
  readonly asOf?: Instant;
  /** Only what happened in a span before it. @defaultValue everything before it */
  readonly lookback?: Duration;
  /** Which items are products. @defaultValue all */
  readonly items?: string | readonly string[];
  /** So many events make a holding. @defaultValue 1 */
  readonly atLeast?: number;
  /** True counts purchases only (an amount above 0), false every event: contracts without an amount. @defaultValue true */
  readonly purchases?: boolean;
}

/** What each customer of a log bought; O(events). */
export function holdingsOfLog(caller: string, log: EventLog, options: LogHoldingsOptions): HoldingColumns {
  requireLog(caller, log);
  requireKnownOptions(caller, options, ['asOf', 'lookback', 'items', 'atLeast', 'purchases']);
  const { lookback, atLeast = 1, purchases = true } = options;
  requireWhole(caller, 'atLeast', atLeast, 1);
  if (log.items === undefined) throw new ClientelaError('INVALID_INPUT', `${caller} needs a log with items, found none; name their column as item when the log is made`, { function: caller });
  // Just after the end of observation, so that the last event is in.
  const asOf = options.asOf === undefined ? log.observedUntil + 1 : requireInstant(caller, 'asOf', options.asOf);
  requireObserved(caller, log, asOf);
  const from = lookback === undefined ? -Infinity : addDuration(asOf, requireDuration(caller, 'lookback', lookback), -1);
  const { items, itemLevels } = options.items === undefined ? { items: undefined, itemLevels: log.itemLevels } : { items: options.items, itemLevels: typeof options.items === 'string' ? [options.items] : options.items };
  const ofInterest = items === undefined ? undefined : levelFilter(caller, 'item', items, log.itemLevels, log.items);
  const { times, amounts } = log;
  const counts = (e: number): boolean =>
    times[e]! >= from && times[e]! < asOf && log.items![e]! >= 0 && (!purchases || amounts === undefined || amounts[e]! > 0) && (ofInterest === undefined || ofInterest(e));
  const raw = holdingsBy(log, counts, atLeast);
  return compressHoldings(caller, raw, { customers: customersAt(log.customers, customersBefore(log, asOf)), products: itemLevels }, 0);
}

/** One row for each customer and item with enough events that count: their sum, and the time of the first. */
function holdingsBy(log: EventColumns, counts: (event: number) => boolean, atLeast: number): RawHoldings {
  const { offsets, times, amounts, itemLevels } = log;
  const items = log.items!;
  const place = new Int32Array(itemLevels.length).fill(-1);
  const codes: number[] = [];
  const products: number[] = [];
  const found: number[] = [];
  const since: number[] = [];
  const sums: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const start = products.length;
    for (let e = offsets[c]!; e < offsets[c + 1]!; e++) {
      if (!counts(e)) continue;
      const at = place[items[e]!]!;
      if (at >= start) {
        found[at]!++;
        // Held since the event that makes it so: an earlier one would tell of later ones.
        if (found[at] === atLeast) since[at] = times[e]!;
        sums[at]! += amounts?.[e] ?? 0;
        continue;
      }
      place[items[e]!] = products.length;
      products.push(items[e]!);
      codes.push(c);
      found.push(1);
      since.push(times[e]!);
      sums.push(amounts?.[e] ?? 0);
    }
  }
  const kept = positionsWhere(found.length, (i) => found[i]! >= atLeast);
  const pick = (from: readonly number[]): Int32Array => Int32Array.from(kept, (i) => from[i]!);
  return {
    customers: { codes: pick(codes), levels: [...log.customers] },
    products: { codes: pick(products), levels: [...itemLevels] },
    amounts: amounts && numbersAt(kept, (i) => sums[i]!),
    since: numbersAt(kept, (i) => since[i]!),
    until: undefined,
  };
}
