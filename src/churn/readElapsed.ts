import { describeValue } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import type { ElapsedOption } from './survivalModel.js';

/** How long each row has gone without the event already. */
export function readElapsed(caller: string, options: ElapsedOption, rowCount: number): (row: number) => number {
  requireKnownOptions(caller, options, ['elapsed']);
  const { elapsed = 0 } = options;
  if (typeof elapsed === 'number') {
    requireTime(caller, 'elapsed', elapsed);
    return () => elapsed;
  }
  const given = Object(elapsed) as ArrayLike<number>;
  if (given.length !== rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs elapsed as one time for all, or one for each of the ${rowCount} rows, found ${given.length}`, { function: caller, option: 'elapsed', expected: rowCount, found: given.length });
  }
  for (let row = 0; row < rowCount; row++) requireTime(caller, `elapsed in row ${row}`, given[row]!);
  return (row) => given[row]!;
}

/** Refuses what is no time of 0 or more. */
export function requireTime(caller: string, option: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} of 0 or more, found ${describeValue(value)}`, { function: caller, option, value });
}
