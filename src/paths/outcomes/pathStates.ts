import { lowerBound } from '../../numeric/lowerBound.js';
import type { OutcomeRule } from '../../data/outcome.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { ReadLimits } from '../journeys/stepLimits.js';
import { matchLate } from './lateMatch.js';
import type { OutcomeMoments, PathOutcome } from './outcomeMoments.js';
import { commonOddsRatio, conditionalP } from './stratifiedTables.js';

type TimedJourneys = JourneyColumns & { readonly times: Float64Array; readonly until: Float64Array };

/** From when to when each customer was waited for (UTC epoch milliseconds), and what ended it: 0 the observation, 1 the outcome, 2 … what competes. */
export interface FirstEnds {
  /** The first step; `NaN` where there is none before the end. */
  readonly from: Float64Array;
  readonly until: Float64Array;
  readonly causes: Uint8Array;
}

/** Refuses what competes with itself: the outcome would always come first. A rule may take some of an item, and leave the others to compete. */
export function requireOthers(outcome: PathOutcome | undefined, competing: readonly string[]): void {
  const isRule = typeof outcome === 'object' && !Array.isArray(outcome);
  const named = isRule && Object.keys(outcome).join() === 'item' ? (outcome as OutcomeRule).item : outcome;
  const twice = competing.find((item, i) => item === named || (Array.isArray(named) && named.includes(item)) || competing.indexOf(item) !== i);
  if (twice === undefined) return;
  throw new ClientelaError('INVALID_OPTION', `timeToOutcome needs competing items other than the outcome, each once, found '${twice}' again; leave it out`, { option: 'competing', value: twice });
}

/** The first of several ends of each customer; at one moment the earlier named. */
export function firstEnds({ customers, offsets, times, until }: TimedJourneys, outcomes: readonly OutcomeMoments[]): FirstEnds {
  const ends = { from: new Float64Array(customers.length).fill(NaN), until: until.slice(), causes: new Uint8Array(customers.length) };
  for (let c = 0; c < customers.length; c++) {
    outcomes.forEach(({ offsets: of, moments }, cause) => {
      const moment = of[c] === of[c + 1] ? Infinity : moments[of[c]!]!;
      if (moment > ends.until[c]! || (moment === ends.until[c]! && ends.causes[c]! > 0)) return;
      ends.until[c] = moment;
      ends.causes[c] = cause + 1;
    });
    if (offsets[c]! < offsets[c + 1]! && times[offsets[c]!]! < ends.until[c]!) ends.from[c] = times[offsets[c]!]!;
  }
  return ends;
}

/** When customers were in the state of a path. */
export interface PathSpells {
  /** When the path was complete for the first time; `NaN` for never before the end. */
  readonly entries: Float64Array;
  /** Whose spell, and from when (excluded) to when (included): none overlap, none goes beyond the end. */
  readonly owners: readonly number[];
  readonly starts: readonly number[];
  readonly stops: readonly number[];
}

/** All spells of a path; it counts for `lookback` milliseconds from its first step. */
export function statesOf({ customers, offsets, times }: TimedJourneys, { until }: FirstEnds, lists: readonly Uint32Array[], limits: ReadLimits, lookback: number): PathSpells {
  const matcher = matchLate(lists, times, limits);
  const spells = { entries: new Float64Array(customers.length).fill(NaN), owners: [] as number[], starts: [] as number[], stops: [] as number[] };
  for (let c = 0; c < customers.length; c++) {
    let open = -1;
    for (let end = matcher.find(offsets[c]!, offsets[c + 1]!); end >= 0; end = matcher.find(offsets[c]!, end)) {
      const start = times[end]!;
      const stop = Math.min(until[c]!, times[matcher.first]! + lookback);
      if (start >= stop) continue;
      spells.entries[c] = start;
      // From the last to the first: a spell that reaches the one behind it becomes one with it.
      if (open >= 0 && stop >= spells.starts[open]!) {
        spells.stops[open] = Math.max(spells.stops[open]!, stop);
        spells.starts[open] = start;
        continue;
      }
      open = spells.owners.length;
      spells.owners.push(c);
      spells.starts.push(start);
      spells.stops.push(stop);
    }
  }
  return spells;
}

/** The ratio of hazards in and out of the state, among customers at risk as long after their first step: one table per time of an outcome; null where in none of them some are in the state and some not. */
export function compareHazards({ from, until, causes }: FirstEnds, { owners, starts, stops }: PathSpells, z: number): { readonly hazardRatio: Estimate | null; readonly p: number | null } {
  const all = Float64Array.from(from, (start, c) => until[c]! - start).filter((length) => length === length).sort();
  const begun = Float64Array.from(starts, (start, i) => start - from[owners[i]!]!).sort();
  const over = Float64Array.from(stops, (stop, i) => stop - from[owners[i]!]!).sort();
  const below = (values: Float64Array, value: number): number => lowerBound(values, 0, values.length, value);
  // In the state at the end.
  const isIn = new Uint8Array(from.length);
  owners.forEach((c, i) => (isIn[c] = Number(isIn[c] === 1 || stops[i] === until[c])));
  const waited = (c: number): number => until[c]! - from[c]!;
  const events = Array.from(from, (_, c) => c).filter((c) => causes[c] === 1 && waited(c) > 0).sort((a, b) => waited(a) - waited(b));
  const tables = { casesWith: [] as number[], controlsWith: [] as number[], cases: [] as number[], controls: [] as number[] };
  for (let i = 0; i < events.length; ) {
    const elapsed = waited(events[i]!);
    let [had, inside] = [0, 0];
    for (; i < events.length && waited(events[i]!) === elapsed; i++) {
      had++;
      inside += isIn[events[i]!]!;
    }
    tables.casesWith.push(inside);
    tables.cases.push(had);
    tables.controlsWith.push(below(begun, elapsed) - below(over, elapsed) - inside);
    tables.controls.push(all.length - below(all, elapsed) - had);
  }
  const hazardRatio = commonOddsRatio(tables, z);
  return { hazardRatio, p: hazardRatio && conditionalP(tables) };
}
