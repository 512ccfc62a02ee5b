import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Refuses what are no holdings, by their shape: rows are given to `Holdings.fromRows` first. */
export function requireHoldings(caller: string, holdings: unknown): void {
  if (typeof holdings === 'object' && holdings !== null && 'takenBetween' in holdings) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs Holdings, found ${describeValue(holdings)}; make them with Holdings.fromRows`, { function: caller });
}
