import { ClientelaError } from '../errors.js';
import type { EventColumns } from './eventRoles.js';
import { describeValue } from './instant.js';
import { levelFilter } from './levelFilter.js';
import { requireKnownOptions } from './options.js';

/** Which events are the outcome: all conditions given must hold, and at least one is given. A return never is one. */
export interface OutcomeRule {
  /** The item, or any of several. */
  readonly item?: string | readonly string[];
  /** The channel, or any of several. */
  readonly channel?: string | readonly string[];
  /** The least amount of the event. */
  readonly minimumAmount?: number;
}

/** Whether an event is the outcome: any purchase, an item by name, any of several, or a rule. */
export function outcomeTest(caller: string, log: EventColumns, outcome: string | readonly string[] | OutcomeRule | undefined): (event: number) => boolean {
  const { amounts } = log;
  if (outcome === undefined) return (event) => amounts === undefined || amounts[event]! > 0;
  const rule: OutcomeRule = typeof outcome === 'string' || isList(outcome) ? { item: outcome } : outcome;
  if (typeof rule !== 'object' || (rule as object | null) === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome as an item, or as several items or { item, channel, minimumAmount }, found ${describeValue(outcome)}`, { option: 'outcome' });
  }
  requireKnownOptions(`${caller} outcome`, rule, ['item', 'channel', 'minimumAmount']);
  const { item, channel, minimumAmount } = rule;
  if ([item, channel, minimumAmount].every((condition) => condition === undefined || (isList(condition) && condition.length === 0))) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs at least one item, channel or minimumAmount in outcome, found none; leave outcome out for any purchase`, { option: 'outcome' });
  }
  if (minimumAmount !== undefined && (amounts === undefined || typeof minimumAmount !== 'number' || Number.isNaN(minimumAmount))) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome.minimumAmount as a number, and amounts in the log, found ${describeValue(minimumAmount)}`, { option: 'outcome.minimumAmount' });
  }
  const ofItem = item === undefined ? undefined : levelFilter(caller, 'item', item, log.itemLevels, log.items);
  const ofChannel = channel === undefined ? undefined : levelFilter(caller, 'channel', channel, log.channelLevels, log.channels);
  return (event) =>
    !(amounts !== undefined && amounts[event]! < 0) &&
    (minimumAmount === undefined || amounts![event]! >= minimumAmount) &&
    (ofItem === undefined || ofItem(event)) &&
    (ofChannel === undefined || ofChannel(event));
}

// Array.isArray does not tell readonly arrays apart.
function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
