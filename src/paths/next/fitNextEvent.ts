import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { contextTree } from './contextTree.js';
import { countContexts } from './countContexts.js';
import { learnBlend } from './learnBlend.js';
import { NextEvent } from './nextEvent.js';
import { countItems, frequentSets, StepSymbols, symbolJourneys } from './stepSymbols.js';
import { learnWaits } from './waits.js';

/** How the next event is learnt. */
export interface NextEventOptions {
  /** The most steps that are looked back on, 0 to 12. @defaultValue 4 */
  readonly maxOrder?: number;
  /** Contexts and sets of items met less often are left out: 2 makes the model several times smaller and hardly less good. @defaultValue 1 */
  readonly minCount?: number;
  /** Items had once only, such as contracts: those in the journey are not predicted and the others' probabilities grow. All (`true`), or these. @defaultValue none */
  readonly excludeOwned?: boolean | readonly string[];
}

/** The names of {@link NextEventOptions}. */
export const NEXT_EVENT_OPTIONS = ['maxOrder', 'minCount', 'excludeOwned'] as const;

/**
 * Learns what customers do next from what followed what.
 *
 * How often each item followed the last 0, 1, … `maxOrder` steps is counted, and all orders speak together: each adds what it knows to what the one below says,
 * the more the oftener its context was seen and the fewer items came after it. These weights, what is taken off small counts, how far items of the own
 * journey come again and how far they do not, are learnt by foretelling the last step of each journey with counts that leave it out (Jelinek and Mercer, 1980;
 * the counts of contexts: Kneser and Ney, 1995). Probabilities so learnt are calibrated as far as customers stay as they were; {@link evaluateNextEvent} measures it.
 *
 * A step of several items is an event for each of them, and as a context it is the set; a set met less than `minCount` times (at least twice) stands as its rarest item.
 * Days until the event: quartiles of the time from the last step, among those who had the item next, with last steps censored at the end of observation.
 * O(events × maxOrder).
 *
 * @param source - a log, or journeys
 * @param options - orders, size, what is had once; see {@link NextEventOptions}
 * @returns the model
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`, `EMPTY_INPUT` when there are no steps
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const contracts = Journeys.fromLists([['energy', 'insurance', 'card'], ['energy', 'insurance'], ['card', 'energy', 'insurance'], ['card', 'loan']]);
 * const model = fitNextEvent(contracts, { excludeOwned: true });
 * model.predictRow(['energy'])[0].item; // => 'insurance'
 * model.predictRow(['energy', 'insurance']).some(({ item }) => item === 'energy'); // => false
 * ```
 */
export function fitNextEvent(source: JourneySource, options: NextEventOptions = {}): NextEvent {
  return fitToJourneys('fitNextEvent', readJourneys('fitNextEvent', source), options);
}

/** The same of journeys read. */
export function fitToJourneys(caller: string, journeys: JourneyColumns, options: NextEventOptions): NextEvent {
  requireKnownOptions(caller, options, NEXT_EVENT_OPTIONS);
  const maxOrder = requireWhole(caller, 'maxOrder', options.maxOrder ?? 4, 0);
  const minCount = requireWhole(caller, 'minCount', options.minCount ?? 1, 1);
  if (maxOrder > 12) throw new ClientelaError('INVALID_OPTION', `${caller} needs maxOrder of at most 12, found ${maxOrder}`, { option: 'maxOrder', value: maxOrder });
  const takenOnce = readTakenOnce(caller, options.excludeOwned ?? false, journeys.itemLevels);
  const itemCounts = countItems(journeys);
  if (!itemCounts.some((count) => count > 0)) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one step, found none of a weight above 0`);
  const sets = frequentSets(journeys, Math.max(2, minCount));
  const symbols = symbolJourneys(journeys, new StepSymbols(sets, itemCounts), takenOnce);
  const contexts = countContexts(symbols, maxOrder, minCount);
  const blend = learnBlend(contextTree(contexts), symbols, itemCounts.length, maxOrder, minCount);
  return new NextEvent({ format: 'NextEvent', formatVersion: 1, itemLevels: journeys.itemLevels, takenOnce, itemCounts, sets, contexts, blend, waits: learnWaits(journeys) });
}

function readTakenOnce(caller: string, excludeOwned: boolean | readonly string[], itemLevels: readonly string[]): number[] {
  if (typeof excludeOwned === 'boolean') return itemLevels.map(() => Number(excludeOwned));
  if (!Array.isArray(excludeOwned)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs excludeOwned as true or an array of items, found ${describeValue(excludeOwned)}`, { option: 'excludeOwned', value: excludeOwned });
  }
  for (const item of excludeOwned as readonly unknown[]) {
    if (!itemLevels.includes(item as string)) throw new ClientelaError('UNKNOWN_ID', `${caller} found no item ${describeValue(item)} to exclude; items are ${itemLevels.slice(0, 5).join(', ')}`, { option: 'excludeOwned', value: item });
  }
  return itemLevels.map((item) => Number(excludeOwned.includes(item)));
}
