import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { PieceWriter, readPiece, requirePieces, type PurchasePieces } from './pieceColumns.js';
import { PurchaseTally } from './purchaseTally.js';

const CALLER = 'mergePieces';

/**
 * Two pieces of a log as one: of different customers, of different spans of time, or both.
 *
 * What both hold of a customer must follow each other in time (they may share the period at the seam, whose purchases are one then); which is
 * given first does not matter, nor does the order in which many are merged. O(customers), and O(c log c) where identifiers are numbers in only one of the two.
 *
 * @param a - what `purchasePieces` or `mergePieces` gave
 * @param b - the same, cut by the same options
 * @returns a frozen piece, equal to the bit to that of all events in one
 * @throws a {@link ClientelaError} `INVALID_INPUT` naming a customer whose pieces overlap in time, or what the pieces do not agree in; `MODEL_FORMAT` or `MODEL_VERSION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { purchasePieces } from 'clientela/lifetime';
 * const ann = purchasePieces(EventLog.fromRows([{ who: 'ann', day: '2026-01-01' }], { customer: 'who', time: 'day' }));
 * const bob = purchasePieces(EventLog.fromRows([{ who: 'bob', day: '2026-01-01' }], { customer: 'who', time: 'day' }));
 * mergePieces(bob, ann).customers; // => ['ann', 'bob']
 * ```
 */
export function mergePieces(a: PurchasePieces, b: PurchasePieces): PurchasePieces {
  requirePieces(CALLER, a);
  requirePieces(CALLER, b);
  for (const name of ['mergeMillis', 'zeroAmounts', 'hasAmounts'] as const) {
    if (a[name] === b[name]) continue;
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs pieces of the same ${name}, found ${a[name]} and ${b[name]}; cut both with the same options from logs with the same roles`, { function: CALLER, option: name });
  }
  const observedUntil = Math.max(a.observedUntil, b.observedUntil);
  const writer = new PieceWriter(a.customers.length + b.customers.length, { mergeMillis: a.mergeMillis, zeroAmounts: a.zeroAmounts, hasAmounts: a.hasAmounts, observedUntil });
  const asText = !areNumbers(a.customers) || !areNumbers(b.customers);
  const [ofA, ofB] = [inOrder(a.customers, asText), inOrder(b.customers, asText)];
  const [one, other] = [new PurchaseTally(), new PurchaseTally()];
  for (let i = 0, j = 0; i < ofA.ids.length || j < ofB.ids.length; ) {
    const [idA, idB] = [ofA.ids[i], ofB.ids[j]];
    const takesA = idB === undefined || (idA !== undefined && idA <= idB);
    const takesB = idA === undefined || (idB !== undefined && idB <= idA);
    if (takesA) readPiece(a, ofA.rows[i++]!, one);
    if (takesB) readPiece(b, ofB.rows[j++]!, other);
    writer.write((takesA ? idA : idB)!, takesA && takesB ? joined(one, other, idA!) : takesA ? one : other);
  }
  return writer.close();
}

function areNumbers(ids: PurchasePieces['customers']): boolean {
  return ids.every((id) => typeof id === 'number');
}

/** Identifiers in the order of a log, text by code unit where any is text, and their rows. */
function inOrder(ids: PurchasePieces['customers'], asText: boolean): { readonly ids: PurchasePieces['customers']; readonly rows: Uint32Array } {
  const rows = new Uint32Array(ids.length).map((_, row) => row);
  if (!asText || ids.every((id) => typeof id === 'string')) return { ids, rows };
  const texts = ids.map(String);
  rows.sort((i, j) => (texts[i]! < texts[j]! ? -1 : 1));
  return { ids: Array.from(rows, (row) => texts[row]!), rows };
}

function joined(one: PurchaseTally, other: PurchaseTally, customer: string | number): PurchaseTally {
  const oneIsFirst = one.periods === 0 || other.periods === 0 || one.last <= other.first;
  const [earlier, later] = oneIsFirst ? [one, other] : [other, one];
  if (earlier.periods > 0 && later.periods > 0 && earlier.last > later.first) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs pieces that follow each other in time, found purchases of customer ${describeValue(customer)} that overlap; cut the log at moments, or by customers`, { function: CALLER, customer });
  }
  earlier.join(later);
  return earlier;
}
