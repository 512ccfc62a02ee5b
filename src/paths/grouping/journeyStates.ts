import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { Journeys, type JourneySource } from '../journeys/journeys.js';
import { readTimedJourneys } from '../journeys/readJourneys.js';

/** Options of {@link journeyStates}. */
export interface JourneyStatesOptions {
  /** How long a period is, such as `{ months: 1 }`. */
  readonly unit: Duration;
  /** When the first period begins. */
  readonly from: Instant;
  /** When the last period ends, at the latest: only whole periods count. */
  readonly to: Instant;
  /** What the state of a period is: the last step up to its end, however long ago it was (a status that holds until it changes), or all items within the period. @defaultValue 'last' */
  readonly state?: 'last' | 'within';
  /** What a period without one is called. @defaultValue 'none' */
  readonly none?: string;
}

/** The most periods of one journey. */
const MOST_PERIODS = 10_000;

/**
 * Journeys of one step per period, from those of events: a log on the calendar, for distances by position, indicators and plots.
 *
 * All journeys begin with the first period; one ends with the last period that was observed whole (`observedUntil`), so that customers who were
 * followed to the end have journeys of one length. O(events + customers · periods).
 *
 * @param source - a log, or journeys with times
 * @param options - unit, from, to, what a state is; see {@link JourneyStatesOptions}
 * @returns the journeys, each step at the beginning of its period
 * @throws a {@link ClientelaError} `INVALID_INPUT` where no times are known, `INVALID_DATE`, `INVALID_OPTION` where there is no whole period or too many
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 1, at: '2026-01-05', what: 'basic' },
 *   { id: 1, at: '2026-03-20', what: 'gold' },
 * ], { customer: 'id', time: 'at', item: 'what' }, { observedUntil: '2026-05-01' });
 * const months = journeyStates(log, { unit: { months: 1 }, from: '2026-01-01', to: '2026-05-01' });
 * months.stepsOf(1).map(({ items }) => items[0]); // => ['basic', 'basic', 'gold', 'gold']
 * const within = journeyStates(log, { unit: { months: 1 }, from: '2026-01-01', to: '2026-05-01', state: 'within' });
 * within.stepsOf(1).map(({ items }) => items[0]); // => ['basic', 'none', 'gold', 'none']
 * ```
 */
export function journeyStates(source: JourneySource, options: JourneyStatesOptions): Journeys {
  const caller = 'journeyStates';
  requireKnownOptions(caller, options, ['unit', 'from', 'to', 'state', 'none']);
  const journeys = readTimedJourneys(caller, source);
  const isLast = requireChoice(caller, 'state', options.state ?? 'last', ['last', 'within']) === 'last';
  const starts = periodStarts(caller, options);
  const { customers, offsets, itemOffsets, items, times, until } = journeys;
  const none = options.none ?? 'none';
  const itemLevels = [...new Set([...journeys.itemLevels, none])].sort((a, b) => (a < b ? -1 : 1));
  const code = Int32Array.from(journeys.itemLevels, (name) => itemLevels.indexOf(name));
  const nothing = itemLevels.indexOf(none);
  const stepEnds = new Uint32Array(customers.length + 1);
  const itemEnds: number[] = [0];
  const found: number[] = [];
  const stepTimes: number[] = [];
  for (let c = 0; c < customers.length; c++) {
    let s = offsets[c]!;
    const end = offsets[c + 1]!;
    for (let p = 0; p + 1 < starts.length && starts[p + 1]! <= until[c]!; p++) {
      if (!isLast) while (s < end && times[s]! < starts[p]!) s++;
      const first = s;
      while (s < end && times[s]! < starts[p + 1]!) s++;
      const from = isLast ? Math.max(offsets[c]!, s - 1) : first;
      // Items of steps are ascending, and so are their names: each once, in order.
      const held = [...new Set(items.subarray(itemOffsets[from], itemOffsets[s]))].sort((a, b) => a - b);
      for (const item of held) found.push(code[item]!);
      if (held.length === 0) found.push(nothing);
      itemEnds.push(found.length);
      stepTimes.push(starts[p]!);
    }
    stepEnds[c + 1] = stepTimes.length;
  }
  const ends = { customers, itemLevels, offsets: stepEnds, itemOffsets: Uint32Array.from(itemEnds), items: Int32Array.from(found) };
  const last = starts.at(-1)!;
  return new Journeys({ ...ends, times: Float64Array.from(stepTimes), until: until.map((end) => Math.min(end, last)), weights: journeys.weights, leftOut: journeys.leftOut });
}

/** The beginning of every period, and the end of the last. */
function periodStarts(caller: string, options: JourneyStatesOptions): number[] {
  const unit = requireDuration(caller, 'unit', options.unit);
  const from = requireInstant(caller, 'from', options.from);
  const to = requireInstant(caller, 'to', options.to);
  const starts = [from];
  for (let p = 1; starts.length <= MOST_PERIODS; p++) {
    // From the beginning each time: months from the 31st do not add up.
    const next = addDuration(from, Object.fromEntries(Object.entries(unit).map(([name, count]) => [name, p * (count as number)])));
    if (next > to) break;
    starts.push(next);
  }
  if (starts.length > 1 && starts.length <= MOST_PERIODS) return starts;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs 1 to ${MOST_PERIODS - 1} whole periods between from and to, found ${starts.length > 1 ? 'more' : 'none'}; choose another unit`, { option: 'unit' });
}
