import type { EventLog } from '../../data/eventLog.js';
import { describeValue, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { outcomeTest } from '../../data/outcome.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import { ShareCounter } from './shareCounter.js';

/** What to split purchases by. */
export interface PurchaseSharesOptions {
  /** Where customers buy, or what. */
  readonly by: 'channel' | 'item';
  /** What shares are of: the number of purchases, or their amounts. @defaultValue 'purchases' */
  readonly of?: 'purchases' | 'spend';
  /** The end of observation: only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
}

/** One channel or item, over all customers. */
export interface LevelShare {
  /** Its name. */
  readonly level: string;
  /** Purchases. */
  readonly purchases: number;
  /** Their sum; null in a log without amounts. */
  readonly spend: number | null;
  /** Of all purchases, or of all spend. */
  readonly share: number;
  /** Customers who bought there at all. */
  readonly customers: number;
  /** Customers whose main one it is. */
  readonly mainCustomers: number;
}

/**
 * How customers spread their purchases over channels or items. The entries of `customers[c]` are `offsets[c]` (included) to `offsets[c + 1]`
 * (excluded), ascending in level; what a customer does not use has no entry.
 */
export interface PurchaseShares {
  /** Customers with a purchase whose channel or item is known, in the order of the log. */
  readonly customers: readonly (string | number)[];
  /** Names that the positions in `level` and `main` mean. */
  readonly levels: readonly string[];
  /** Where the entries of each customer begin, and after the last of them. */
  readonly offsets: Uint32Array;
  /** Position in `levels`, one an entry. */
  readonly level: Int32Array;
  /** Purchases, one an entry. */
  readonly purchases: Float64Array;
  /** Sum of their amounts, one an entry; `NaN` in a log without amounts. */
  readonly spend: Float64Array;
  /** Of the customer's purchases or spend, one an entry. */
  readonly share: Float64Array;
  /** Position in `levels` of the largest share, one a customer; of equals the first by name. */
  readonly main: Int32Array;
  /** Its share, one a customer. */
  readonly mainShare: Float64Array;
  /** Herfindahl's index, one a customer: sum of the squared shares, 1 for who uses one only, 1 / n for who uses n alike. */
  readonly concentration: Float64Array;
  /** Shannon's entropy in nats, one a customer: 0 for who uses one only, ln n for who uses n alike. */
  readonly entropy: Float64Array;
  /** All customers together, the largest share first. */
  readonly whole: readonly LevelShare[];
  /** Purchases that were left out because their channel or item is missing. */
  readonly unknownPurchases: number;
}

const CALLER = 'purchaseShares';

/**
 * Where each customer buys, or what: the share of each channel or item in the customer's purchases, the main one, and how concentrated they are.
 *
 * O(events), and O(used levels · ln) a customer.
 *
 * @param log - with channels (or items)
 * @param options - `by` at least
 * @returns shares by customer, and of all together
 * @throws a {@link ClientelaError} `INVALID_INPUT` (a log without channels or items, or amounts where `of` is `'spend'`), `EMPTY_INPUT`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: '2026-01-05', by: 'web' },
 *   { who: 'ann', day: '2026-02-05', by: 'shop' },
 *   { who: 'ann', day: '2026-02-15', by: 'web' },
 *   { who: 'ann', day: '2026-03-15', by: 'web' },
 *   { who: 'bob', day: '2026-01-25', by: 'shop' },
 * ], { customer: 'who', time: 'day', channel: 'by' });
 * const { main, levels, mainShare, concentration, whole } = purchaseShares(log, { by: 'channel' });
 * levels[main[0]!]; // => 'web'
 * mainShare; // => [0.75, 1]
 * concentration; // => [0.625, 1]
 * whole[0]; // => { level: 'web', purchases: 3, spend: null, share: 0.6, customers: 1, mainCustomers: 1 }
 * ```
 */
export function purchaseShares(log: EventLog, options: PurchaseSharesOptions): PurchaseShares {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['by', 'of', 'asOf']);
  const by = requireChoice(CALLER, 'by', options.by, ['channel', 'item']);
  const of = requireChoice(CALLER, 'of', options.of ?? 'purchases', ['purchases', 'spend']);
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  const codes = by === 'channel' ? log.channels : log.items;
  const { offsets, times, amounts } = log;
  if (codes === undefined || (of === 'spend' && amounts === undefined)) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs a log with ${codes === undefined ? `${by}s` : 'amounts'}; name the column when the log is made`, { function: CALLER, option: codes === undefined ? 'by' : 'of' });
  }
  const isPurchase = outcomeTest(CALLER, log, undefined);
  const counter = new ShareCounter(by === 'channel' ? log.channelLevels : log.itemLevels, log.customers.length, { ofSpend: of === 'spend', hasAmounts: amounts !== undefined });
  for (let c = 0; c < log.customers.length; c++) {
    for (let event = offsets[c]!; event < offsets[c + 1]! && times[event]! < asOf; event++) {
      if (isPurchase(event)) counter.count(codes[event]!, amounts === undefined ? NaN : amounts[event]!);
    }
    counter.close(log.customers[c]!);
  }
  if (counter.customers.length > 0) return counter.shares();
  throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase with a known ${by} before ${describeValue(new Date(asOf))}; choose a later asOf, or check the amounts`, { function: CALLER, asOf });
}
