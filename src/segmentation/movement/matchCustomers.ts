import { describeValue } from '../../data/instant.js';
import { unfit } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';

/** An identifier of a customer. */
type Id = string | number;

/**
 * The position of each customer of one list in another, or -1. An identifier is its text. Lists in ascending order are walked side by side, others
 * looked up: O(customers).
 *
 * @throws a ClientelaError `DUPLICATE_ID` or `INVALID_VALUE`
 */
export function matchCustomers(caller: string, customers: readonly Id[], among: readonly Id[]): Int32Array {
  const found = new Int32Array(customers.length).fill(-1);
  if (typeof customers[0] === typeof among[0] && isAscending(customers) && isAscending(among)) {
    for (let i = 0, j = 0; i < customers.length && j < among.length; ) {
      if (customers[i]! < among[j]!) i++;
      else if (customers[i] === among[j]) found[i++] = j++;
      else j++;
    }
    return found;
  }
  const areNumbers = customers.every(isNumber) && among.every(isNumber);
  const places = placesOf(caller, among, areNumbers);
  placesOf(caller, customers, areNumbers).forEach((i, id) => (found[i] = places.get(id) ?? -1));
  return found;
}

function placesOf(caller: string, ids: readonly Id[], areNumbers: boolean): Map<Id, number> {
  const places = new Map<Id, number>();
  for (let i = 0; i < ids.length; i++) {
    const given = ids[i]!;
    if (typeof given !== 'string' && !Number.isFinite(given)) throw unfit(caller, 'customer', given, i, 'text or a number');
    const id = areNumbers ? given : String(given);
    if (places.has(id)) throw new ClientelaError('DUPLICATE_ID', `${caller} needs every customer once, found ${describeValue(given)} again at ${i}`, { customer: given, index: i });
    places.set(id, i);
  }
  return places;
}

function isAscending(ids: readonly Id[]): boolean {
  const kind = typeof ids[0];
  for (let i = 1; i < ids.length; i++) if (typeof ids[i] !== kind || !(ids[i - 1]! < ids[i]!)) return false;
  return true;
}

function isNumber(id: Id): boolean {
  return typeof id === 'number';
}
