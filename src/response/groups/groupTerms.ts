import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { GroupTerms } from './responseGroupsState.js';

/** What a contact costs and a response brings, both given and not negative. */
export function requireTerms(caller: string, contactCost: unknown, benefit: unknown): GroupTerms {
  for (const [option, value] of [['contactCost', contactCost], ['benefit', benefit]] as const) {
    if (typeof value === 'number' && value >= 0 && value < Infinity) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a number of 0 or more, found ${describeValue(value)}; contactCost and benefit belong together`, { option, value });
  }
  return { contactCost: contactCost as number, benefit: benefit as number };
}
