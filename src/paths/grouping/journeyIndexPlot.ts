import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { statesOf } from './statesOf.js';

/** Options of {@link journeyIndexPlot}. */
export interface JourneyIndexPlotOptions {
  /** A group for every customer, as `labels` of groups: rows of one group stand together. @defaultValue one group */
  readonly groups?: ArrayLike<number>;
  /** How rows are ordered within a group: by their states from the first on, from the last back, or as customers are. @defaultValue 'start' */
  readonly order?: 'start' | 'end' | 'customer';
  /** At most so many rows a group, evenly drawn from the ordered ones. @defaultValue all */
  readonly rows?: number;
}

/** Steps of one state, one after another. */
export interface StateRun {
  /** A position in `states`. */
  readonly state: number;
  /** Position of its first step, from 0. */
  readonly start: number;
  /** Position after its last step. */
  readonly end: number;
}

/** One journey as it is drawn. */
export interface IndexRow {
  /** Who. */
  readonly customer: string | number;
  /** In which group, where groups were given. */
  readonly group: number;
  /** Runs of one state, in order. */
  readonly runs: readonly StateRun[];
}

/** What {@link journeyIndexPlot} returns. */
export interface JourneyIndexPlot {
  /** Names of states, ascending. */
  readonly states: readonly string[];
  /** Steps of the longest row: the width of the plot. */
  readonly positions: number;
  /** From top to bottom. */
  readonly rows: readonly IndexRow[];
}

/**
 * What a sequence index plot draws: a row per journey, in it a bar per run of one state. Plain data; colours and pixels are the caller's. O(steps + n log n).
 *
 * @param source - a log, or journeys
 * @param options - groups, order, how many rows; see {@link JourneyIndexPlotOptions}
 * @returns states and rows
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`, or `LENGTH_MISMATCH` where groups are not one a customer
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const plot = journeyIndexPlot(Journeys.fromLists([['gold', 'gold'], ['basic', 'gold', 'gold']]));
 * plot.states; // => ['basic', 'gold']
 * plot.rows[0]; // => { customer: 1, group: 0, runs: [{ state: 0, start: 0, end: 1 }, { state: 1, start: 1, end: 3 }] }
 * ```
 */
export function journeyIndexPlot(source: JourneySource, options: JourneyIndexPlotOptions = {}): JourneyIndexPlot {
  const caller = 'journeyIndexPlot';
  requireKnownOptions(caller, options, ['groups', 'order', 'rows']);
  const order = requireChoice(caller, 'order', options.order ?? 'start', ['start', 'end', 'customer']);
  const most = options.rows === undefined ? Infinity : requireWhole(caller, 'rows', options.rows, 1);
  const journeys = readJourneys(caller, source);
  const { customers, offsets } = journeys;
  const { groups } = options;
  if (groups !== undefined && groups.length !== customers.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one group per customer, found ${groups.length} groups for ${customers.length} customers`, { option: 'groups' });
  }
  const { steps, names } = statesOf(journeys);
  const words = customers.map((_, c) => steps.subarray(offsets[c], offsets[c + 1]));
  const keys = order === 'end' ? words.map((word) => word.slice().reverse()) : words;
  const groupOf = (c: number): number => groups?.[c] ?? 0;
  const ordered = Array.from(words.keys()).sort((a, b) => groupOf(a) - groupOf(b) || (order === 'customer' ? 0 : compareWords(keys[a]!, keys[b]!)) || a - b);
  const rows: IndexRow[] = [];
  for (let from = 0, to = 0; from < ordered.length; from = to) {
    const group = groupOf(ordered[from]!);
    while (to < ordered.length && groupOf(ordered[to]!) === group) to++;
    const shown = Math.min(most, to - from);
    for (let i = 0; i < shown; i++) {
      const c = ordered[from + Math.floor(((i + 0.5) * (to - from)) / shown)]!;
      rows.push({ customer: customers[c]!, group, runs: runsOf(words[c]!) });
    }
  }
  return { states: names, positions: rows.reduce((longest, { runs }) => Math.max(longest, runs.at(-1)?.end ?? 0), 0), rows };
}

function compareWords(a: Int32Array, b: Int32Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

function runsOf(word: Int32Array): StateRun[] {
  const runs: StateRun[] = [];
  for (let start = 0, end = 0; start < word.length; start = end) {
    while (end < word.length && word[end] === word[start]) end++;
    runs.push({ state: word[start]!, start, end });
  }
  return runs;
}
