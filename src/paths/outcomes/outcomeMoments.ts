import type { CustomerValues } from '../../data/customerValues.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue } from '../../data/instant.js';
import { requireLevels } from '../../data/levelFilter.js';
import { outcomeTest, type OutcomeRule } from '../../data/outcome.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';

/**
 * What paths lead to: an item, any of several, a rule on events (of an `EventLog` only; see `OutcomeRule` of `clientela/data`), or a moment per customer
 * (UTC epoch milliseconds; `NaN`, or not listed: never).
 */
export type PathOutcome = string | readonly string[] | OutcomeRule | CustomerValues;

/** When customers had the outcome. */
export interface OutcomeMoments {
  /** The outcomes of customer `c` are `offsets[c]` to `offsets[c + 1]`. */
  readonly offsets: Uint32Array;
  /** UTC epoch milliseconds, rising within a customer, none after its `until`. */
  readonly moments: Float64Array;
  /** The items that are the outcome: in no path. */
  readonly items: readonly string[];
}

type TimedJourneys = JourneyColumns & { readonly times: Float64Array; readonly until: Float64Array };

/** The moments of an outcome, each once a customer. */
export function outcomeMoments(caller: string, source: JourneySource | JourneyColumns, journeys: TimedJourneys, outcome: PathOutcome): OutcomeMoments {
  const { customers, until } = journeys;
  const [items, momentsOf] = readOutcome(caller, source, journeys, outcome);
  const offsets = new Uint32Array(customers.length + 1);
  const moments: number[] = [];
  for (let c = 0; c < customers.length; c++) {
    momentsOf(c, (moment) => {
      if (moment <= until[c]! && (moments.length === offsets[c] || moments.at(-1)! < moment)) moments.push(moment);
    });
    offsets[c + 1] = moments.length;
  }
  return { offsets, moments: Float64Array.from(moments), items };
}

/** The names of the outcome, and what tells its moments, in order of time. */
function readOutcome(caller: string, source: JourneySource | JourneyColumns, journeys: TimedJourneys, outcome: PathOutcome): readonly [readonly string[], (c: number, tell: (moment: number) => void) => void] {
  const { itemLevels, offsets, itemOffsets, items, times, customers } = journeys;
  const given = outcome as PathOutcome | undefined | null;
  if (typeof given === 'object' && given !== null && 'values' in given && 'customers' in given) {
    const momentOf = valuesById(`${caller} outcome`, given.customers, given.values);
    return [[], (c, tell) => tell(momentOf.get(String(customers[c]!)) ?? NaN)];
  }
  if (given === undefined || given === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome as an item, several items, a rule or a moment per customer, found ${describeValue(given)}`, { option: 'outcome' });
  }
  if ('momentOf' in source) return [namesAmong(given, source), tellEvents(caller, source, given)];
  const names = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(names) || names.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome as an item or several where it is given Journeys, found ${describeValue(given)}; rules go with an EventLog`, { option: 'outcome' });
  }
  const isOutcome = flagsOf(itemLevels, requireLevels(caller, 'item', names, itemLevels));
  return [names, (c, tell) => {
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) if (isOutcome[items[i]!] === 1) tell(times[s]!);
    }
  }];
}

function tellEvents(caller: string, log: EventLog, outcome: string | readonly string[] | OutcomeRule): (c: number, tell: (moment: number) => void) => void {
  const isOutcome = outcomeTest(caller, log, outcome);
  return (c, tell) => {
    for (let e = log.offsets[c]!; e < log.offsets[c + 1]!; e++) if (isOutcome(e)) tell(log.times[e]!);
  };
}

/** The items that an outcome of a log names; its channels, where steps are channels. */
function namesAmong(outcome: string | readonly string[] | OutcomeRule, log: EventLog): readonly string[] {
  const { item = [], channel = [] } = typeof outcome === 'object' && !Array.isArray(outcome) ? (outcome as OutcomeRule) : { item: outcome as string | readonly string[] };
  const named = log.items === undefined ? channel : item;
  return typeof named === 'string' ? [named] : named;
}

/** 1 for the levels named. */
export function flagsOf(levels: readonly string[], names: readonly string[]): Uint8Array {
  const flags = new Uint8Array(levels.length);
  levels.forEach((level, code) => (flags[code] = names.includes(level) ? 1 : 0));
  return flags;
}
