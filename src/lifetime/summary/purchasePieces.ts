import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { PieceWriter, type PurchasePieces } from './pieceColumns.js';
import { readPeriods } from './periods.js';
import { PurchaseTally } from './purchaseTally.js';

/** How to cut a log into pieces that merge; the same for all of them. */
export interface PurchasePiecesOptions {
  /** The end of this part: only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** As in `customerSummary`. @defaultValue { days: 1 } */
  readonly mergeWithin?: Duration;
  /** As in `customerSummary`. @defaultValue 'ignored' */
  readonly zeroAmounts?: 'ignored' | 'purchases';
}

const CALLER = 'purchasePieces';

/**
 * What a part of a log says of each of its customers, in a form that merges: for logs that stand in several files, machines or workers.
 *
 * Parts may be spans of time, or sets of customers. `mergePieces` joins two, `summaryOfPieces` closes the whole; the result equals, to the bit,
 * `customerSummary` on the whole log. Plain JSON: 14 numbers a customer, however many events. O(events).
 *
 * @param log - a part of the events
 * @param options - see {@link PurchasePiecesOptions}
 * @returns a frozen piece
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { mergePieces, summaryOfPieces } from 'clientela/lifetime';
 * const roles = { customer: 'who', time: 'day', amount: 'paid' } as const;
 * const january = EventLog.fromRows([{ who: 'ann', day: '2026-01-01', paid: 20 }], roles);
 * const february = EventLog.fromRows([{ who: 'ann', day: '2026-02-05', paid: 30 }], roles);
 * const pieces = mergePieces(purchasePieces(january), purchasePieces(february));
 * summaryOfPieces(pieces, { asOf: '2026-03-01', unit: 'day' }).recency; // => [35]
 * ```
 */
export function purchasePieces(log: EventLog, options: PurchasePiecesOptions = {}): PurchasePieces {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['asOf', 'mergeWithin', 'zeroAmounts']);
  const periods = readPeriods(CALLER, options.mergeWithin);
  const zeroAmounts = requireChoice(CALLER, 'zeroAmounts', options.zeroAmounts ?? 'ignored', ['ignored', 'purchases']);
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  const { customers, offsets, amounts } = log;
  const writer = new PieceWriter(customers.length, { mergeMillis: periods.areMoments ? 0 : periods.millis, zeroAmounts, hasAmounts: amounts !== undefined, observedUntil: asOf });
  const tally = new PurchaseTally();
  const rule = { periods, countZero: zeroAmounts === 'purchases' };
  for (let c = 0; c < customers.length; c++) {
    tally.clear();
    if (tally.read(log, offsets[c]!, offsets[c + 1]!, asOf, rule) > offsets[c]!) writer.write(customers[c]!, tally);
  }
  return writer.close();
}
