import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { PackedJourneys } from './packJourneys.js';
import { givenCosts, transitionCosts } from './itemCosts.js';

/** How two journeys are compared. */
export interface JourneyMeasureOptions {
  /**
   * What is counted. `'optimalMatching'`: the cheapest way to turn one journey into the other by leaving steps out, putting steps in and replacing them
   * (edit distance). `'commonSubsequence'`, `'commonPrefix'`: the steps of both that are not in the longest subsequence, or beginning, they share.
   * `'hamming'`: the steps that differ, position by position; `'dynamicHamming'`: the same, where what a difference costs follows the transitions at that position
   * (Lesnard, 2010). Both need journeys of one length, as `journeyStates` makes them. @defaultValue 'optimalMatching'
   */
  readonly measure?: 'optimalMatching' | 'commonSubsequence' | 'commonPrefix' | 'hamming' | 'dynamicHamming';
  /**
   * What replacing one item by another costs: one number; `'transitions'`, 2 less the shares of steps with one that the other follows, both ways; or costs by name,
   * `{ visit: { quote: 0.5 } }`, the same both ways and 2 where none is given. Between steps of several items it is the mean over pairs of different items, times the
   * share of their items that the steps do not have in common (Jaccard distance). @defaultValue 2; 1 in 'hamming'
   */
  readonly substitution?: number | 'transitions' | Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What leaving a step out or putting one in costs in `'optimalMatching'`, above 0. @defaultValue half of the dearest substitution */
  readonly indel?: number;
  /**
   * What matching two steps costs beside that in `'optimalMatching'` because of the time since the step before: so much times |a - b| / (a + b) for
   * waits of a and b days, and so at most this. Needs times. @defaultValue 0
   */
  readonly timeWeight?: number;
  /** What the distance is divided by: nothing, the steps of the longer journey, or the greatest distance of journeys so long (0 to 1). @defaultValue 'none' */
  readonly normalise?: 'none' | 'longest' | 'greatest';
}

/** The names of {@link JourneyMeasureOptions}. */
export const MEASURE_OPTIONS = ['measure', 'substitution', 'indel', 'timeWeight', 'normalise'] as const;

/** How journeys are compared, learnt: plain JSON. */
export interface JourneyMeasure {
  /** How journeys are compared. */
  readonly measure: NonNullable<JourneyMeasureOptions['measure']>;
  /** What a step costs that only one of them has. */
  readonly indel: number;
  /** How much waits of different length cost. */
  readonly timeWeight: number;
  /** What distances are divided by. */
  readonly normalise: 'none' | 'longest' | 'greatest';
  /** What a substitution costs that is not listed. */
  readonly substitution: number;
  /** What the dearest costs. */
  readonly dearest: number;
  /** Names of the items in `costs`. */
  readonly items: readonly string[];
  /** Item, item and cost, one after another; a list for all positions, or (`'dynamicHamming'`) one a position. Empty where one number holds. */
  readonly costs: readonly (readonly number[])[];
}

/** Options as they are asked for, before anything is learnt. */
export function readMeasure(caller: string, options: JourneyMeasureOptions): Required<Pick<JourneyMeasureOptions, 'measure' | 'timeWeight' | 'normalise'>> {
  const measure = requireChoice(caller, 'measure', options.measure ?? 'optimalMatching', ['optimalMatching', 'commonSubsequence', 'commonPrefix', 'hamming', 'dynamicHamming']);
  const normalise = requireChoice(caller, 'normalise', options.normalise ?? 'none', ['none', 'longest', 'greatest']);
  const timeWeight = requireFinite(caller, 'timeWeight', options.timeWeight ?? 0);
  if (timeWeight < 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs timeWeight of 0 or more, found ${timeWeight}`, { option: 'timeWeight' });
  for (const option of ['substitution', 'indel', 'timeWeight'] as const) {
    if (options[option] === undefined || measure === 'optimalMatching' || (measure === 'hamming' && option === 'substitution')) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} knows no ${option} for measure '${measure}'; leave it out, or ask for 'optimalMatching'`, { option });
  }
  return { measure, normalise, timeWeight };
}

/** What the journeys say of costs, beside what was asked for. */
export function learnMeasure(caller: string, options: JourneyMeasureOptions, journeys: JourneyColumns, packed: PackedJourneys): JourneyMeasure {
  const asked = readMeasure(caller, options);
  const isHamming = asked.measure === 'hamming';
  if (isHamming || asked.measure === 'dynamicHamming') requireOneLength(caller, asked.measure, packed);
  const { substitution = isHamming ? 1 : 2 } = options;
  let [other, items, costs]: [number, readonly string[], readonly (readonly number[])[]] = [2, journeys.itemLevels, []];
  if (asked.measure === 'dynamicHamming') [other, costs] = [4, transitionCosts(caller, packed, items.length, true)];
  else if (substitution === 'transitions') costs = transitionCosts(caller, packed, items.length, false);
  else if (typeof substitution === 'object') [items, costs] = givenCosts(caller, substitution);
  else other = requireCost(caller, 'substitution', substitution, 0);
  if (costs.length === 0) items = [];
  const dearest = costs.length === 0 ? other : dearestOf(costs, other, new Set([...items, ...journeys.itemLevels]).size);
  const indel = options.indel === undefined ? dearest / 2 || 1 : requireCost(caller, 'indel', options.indel, Number.MIN_VALUE);
  return { ...asked, indel, substitution: other, dearest, items, costs };
}

/** The dearest of what is listed, and of what is not, unless all pairs of so many items are. */
function dearestOf(costs: readonly (readonly number[])[], other: number, itemCount: number): number {
  const full = (3 * itemCount * (itemCount - 1)) / 2;
  let most = 0;
  for (const list of costs) {
    if (list.length < full || full === 0) most = Math.max(most, other);
    for (let i = 2; i < list.length; i += 3) most = Math.max(most, list[i]!);
  }
  return most;
}

function requireCost(caller: string, option: string, value: unknown, least: number): number {
  if (typeof value === 'number' && value >= least && value < Infinity) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a finite number ${least > 0 ? 'above 0' : "of 0 or more, 'transitions' or costs by name"}, found ${describeValue(value)}`, { option, value });
}

function requireOneLength(caller: string, measure: string, { count, offsets, first }: PackedJourneys): void {
  for (let j = 1; j < count; j++) {
    const [length, other] = [offsets[j + 1]! - offsets[j]!, offsets[1]!];
    if (length === other) continue;
    throw new ClientelaError('INVALID_INPUT', `${caller} needs journeys of one length for '${measure}', found ${other} and ${length} steps; make them with journeyStates, or ask for 'optimalMatching'`, { customers: [first[0], first[j]] });
  }
}
