import { describeValue } from './instant.js';
import { ClientelaError } from '../errors.js';

/** The error for a column that is not there, with the nearest name that is, or some of the names; `details` has them all. */
export function unknownColumn(caller: string, column: string, columns: readonly string[]): ClientelaError {
  // Plain JavaScript brings anything here: an option left out arrives as undefined.
  const name = typeof column === 'string' ? column : describeValue(column);
  const wanted = name.toLowerCase();
  const nearest = columns.find((known) => differing(wanted, known.toLowerCase()) <= Math.max(1, wanted.length / 3));
  const hint = nearest === undefined ? `the data have ${columns.slice(0, 12).join(', ') || 'no columns'}` : `did you mean "${nearest}"?`;
  return new ClientelaError('UNKNOWN_COLUMN', `${caller} found no column "${name}"; ${hint}`, { column, columns });
}

/** The length of what lies between the common beginning and the common end of two words: 1 or 2 for a slip of the finger. */
export function differing(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end;
}
