import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';
import { readPiece, requirePieces, type PurchasePieces } from './pieceColumns.js';
import { PurchaseTally } from './purchaseTally.js';
import { SummaryWriter } from './summaryWriter.js';
import type { CustomerSummary } from './summaryTypes.js';

/** How to close merged pieces. */
export interface SummaryOfPiecesOptions {
  /** The end of observation, not before that of the pieces. @defaultValue the end of the last piece */
  readonly asOf?: Instant;
  /** As in `customerSummary`. @defaultValue 'week' */
  readonly unit?: TimeUnit;
  /** As in `customerSummary`. @defaultValue 'excluded' */
  readonly firstPurchase?: 'excluded' | 'included';
}

const CALLER = 'summaryOfPieces';

/**
 * The summary of a log that was read in pieces: equal, to the bit, to `customerSummary` on all of it. O(customers).
 *
 * @param pieces - what `purchasePieces` or `mergePieces` gave, itself or its parsed JSON
 * @param options - see {@link SummaryOfPiecesOptions}
 * @returns a frozen summary, a row for each customer with a purchase
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no purchase), `MODEL_FORMAT`, `MODEL_VERSION`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { purchasePieces } from 'clientela/lifetime';
 * const log = EventLog.fromRows([{ who: 'ann', day: '2026-01-01' }, { who: 'ann', day: '2026-01-04' }], { customer: 'who', time: 'day' });
 * const sent = JSON.stringify(purchasePieces(log));
 * summaryOfPieces(JSON.parse(sent), { unit: 'day' }).recency; // => [3]
 * ```
 */
export function summaryOfPieces(pieces: PurchasePieces, options: SummaryOfPiecesOptions = {}): CustomerSummary {
  requirePieces(CALLER, pieces);
  requireKnownOptions(CALLER, options, ['asOf', 'unit', 'firstPurchase']);
  const { customers, mergeMillis, hasAmounts, observedUntil } = pieces;
  const unit = requireTimeUnit(CALLER, options.unit ?? 'week');
  const firstPurchase = requireChoice(CALLER, 'firstPurchase', options.firstPurchase ?? 'excluded', ['excluded', 'included']);
  const asOf = options.asOf === undefined ? observedUntil : requireInstant(CALLER, 'asOf', options.asOf);
  if (asOf < observedUntil) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs asOf not before the end of the pieces at ${describeValue(new Date(observedUntil))}, found ${describeValue(new Date(asOf))}; cut the pieces with an earlier asOf`, { option: 'asOf', asOf, observedUntil });
  }
  const periods = mergeMillis === 0 ? { millis: 1, areMoments: true } : { millis: mergeMillis, areMoments: false };
  const writer = new SummaryWriter(customers.length, { unit, asOf, periods, hasAmounts, firstPurchase });
  const tally = new PurchaseTally();
  for (let row = 0; row < customers.length; row++) {
    readPiece(pieces, row, tally);
    if (tally.periods > 0) writer.write(customers[row]!, tally, asOf);
  }
  if (writer.count === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase in the pieces; check the amounts`, { function: CALLER });
  return writer.close();
}
