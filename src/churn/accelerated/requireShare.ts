import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** Refuses a share that is none, or of all. */
export function requireShare(caller: string, share: number): void {
  if (share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs share between 0 and 1, found ${describeValue(share)}`, { function: caller, option: 'share', value: share });
}
