import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { SurvivalRows } from '../survivalRows.js';

/** With no more different times of events than this, each is an interval of its own. */
const FEW = 60;
/** Otherwise so many intervals with about as many events each. */
const USUAL = 20;

/**
 * The ends of the intervals in which the hazard is told, 0 first: those given, or one for each time of an event where there are few, or quantiles of those times. The last is at or after the
 * longest duration. Where each interval has a hazard of its own (`joinsEmpty`), one without an event is joined to the next: there a hazard of 0 would be infinitely certain.
 */
export function intervalCuts(caller: string, { durations, events, weights }: SurvivalRows, intervals: number | readonly number[] | undefined, joinsEmpty = true): Float64Array {
  const times = durations.filter((time, row) => events[row] === 1 && time > 0 && weights?.[row] !== 0).sort();
  if (times.length === 0) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some rows with a duration above 0 that ended with the event, found none; observe for longer, or name another eventValue`, { function: caller });
  }
  const longest = durations.reduce((most, time) => Math.max(most, time), 0);
  const ends = typeof intervals === 'object' ? given(caller, intervals) : spread(caller, times, intervals);
  if (ends[ends.length - 1]! < longest) ends.push(longest);
  return joinsEmpty ? withEvents(ends, times) : Float64Array.from([0, ...ends]);
}

function given(caller: string, intervals: readonly number[]): number[] {
  const ends = Array.isArray(intervals) ? Array.from<number>(intervals) : [];
  if (ends.length > 0 && ends.every((end, k) => Number.isFinite(end) && end > (k === 0 ? 0 : ends[k - 1]!))) return ends;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs intervals as a number of them, or as their ends, ascending from above 0, found ${describeValue(intervals)}`, { function: caller, option: 'intervals' });
}

function spread(caller: string, times: Float64Array, count: number | undefined): number[] {
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs intervals as a whole number of 1 or more, found ${describeValue(count)}`, { function: caller, option: 'intervals', value: count });
  }
  const distinct = times.filter((time, k) => k === 0 || time !== times[k - 1]);
  if (distinct.length <= (count ?? FEW)) return Array.from(distinct);
  const most = count ?? USUAL;
  const ends = Array.from({ length: most }, (_, k) => times[Math.ceil(((k + 1) * times.length) / most) - 1]!);
  return ends.filter((end, k) => k === 0 || end > ends[k - 1]!);
}

function withEvents(ends: readonly number[], times: Float64Array): Float64Array {
  const cuts = [0];
  let seen = 0;
  ends.forEach((end, k) => {
    const before = seen;
    while (seen < times.length && times[seen]! <= end) seen++;
    if (seen > before) cuts.push(end);
    // After the last event time still passes without one.
    else if (k === ends.length - 1) cuts[cuts.length - 1] = end;
  });
  return Float64Array.from(cuts);
}
