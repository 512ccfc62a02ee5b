import { lowerBound } from '../../numeric/lowerBound.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { OutcomeMoments } from './outcomeMoments.js';
import type { Windows } from './windowRows.js';

/** How windows are laid; lengths in milliseconds. */
export interface WindowPlan {
  readonly lookback: number;
  readonly gap: number;
  /** Whether each outcome is a case, not only the first of a customer. */
  readonly every: boolean;
  /** Whether controls are drawn at the same moment, not at the same time since their first step. */
  readonly calendar: boolean;
  /** Controls a case. */
  readonly controls: number;
  readonly seed: number;
}

/** Windows before outcomes and before comparable moments without. */
export interface DrawnWindows extends Windows {
  /** The outcome, or the moment without. */
  readonly moments: readonly number[];
  readonly isCase: readonly number[];
  /** Outcomes of customers of whom nothing could be known before: at their first step, or within the gap behind it or behind the outcome before. */
  readonly withoutHistory: number;
  /** Outcomes behind the first step: those of the days at risk. */
  readonly outcomeCount: number;
  /** Days over all customers during which they could have had the outcome. */
  readonly atRiskDays: number;
}

/** Stretches during which a customer could have the outcome: from the first step, or the outcome before, to the outcome or the end. Those of `c` are `offsets[c]` to `offsets[c + 1]`. */
interface Spells {
  readonly offsets: Uint32Array;
  readonly owners: readonly number[];
  readonly starts: readonly number[];
  readonly stops: Float64Array;
  /** Whether an outcome ended it. */
  readonly had: readonly boolean[];
}

type TimedJourneys = JourneyColumns & { readonly times: Float64Array; readonly until: Float64Array };

/**
 * Cases and, for each, customers still at risk at the same time (risk-set sampling: Prentice and Breslow, 1978), drawn without replacement within a case. Nothing
 * at or after an outcome is looked at but that it is there. The time is that since the spell began (with every outcome: gap time; Prentice, Williams and Peterson, 1981) or the calendar's. All windows
 * of a case and its controls are equally long: as long as the shortest of their spells allows.
 */
export function drawWindows(journeys: TimedJourneys, outcomes: OutcomeMoments, plan: WindowPlan): DrawnWindows {
  const { lookback, gap, every, calendar } = plan;
  const { offsets, times, customers } = journeys;
  const { offsets: spellsOf, owners, starts, stops, had } = readSpells(journeys, outcomes, every);
  const random = createRandom(plan.seed);
  const drawn = { from: [] as number[], until: [] as number[], moments: [] as number[], isCase: [] as number[], withoutHistory: 0, outcomeCount: 0, atRiskDays: 0 };
  const lengths = Float64Array.from(stops, (stop, k) => Math.max(0, stop - starts[k]!));
  for (const length of lengths) drawn.atRiskDays += length / DAY_MILLIS;
  const byLength = sortedOrder(lengths);
  const rising = Float64Array.from(byLength, (k) => lengths[k]!);
  const everybody = Uint32Array.from(customers, (_, c) => c);
  const stepFrom = (c: number, moment: number): number => lowerBound(times, offsets[c]!, offsets[c + 1]!, moment);
  for (let k = 0; k < lengths.length; k++) {
    if (!had[k]!) continue;
    const [moment, elapsed] = [stops[k]!, lengths[k]!];
    if (elapsed > 0) drawn.outcomeCount++;
    if (!(elapsed > gap)) {
      drawn.withoutHistory++;
      continue;
    }
    // Of the calendar's pool, customers: their spell of that moment.
    const spellOf = (one: number): number => (calendar ? lowerBound(stops, spellsOf[one]!, spellsOf[one + 1]!, moment) : one);
    const momentOf = (spell: number): number => (calendar ? moment : starts[spell]! + elapsed);
    const isFit = (one: number): boolean => {
      const spell = spellOf(one);
      if ((calendar && spell === spellsOf[one + 1]!) || owners[spell] === owners[k]) return false;
      const at = momentOf(spell);
      return at - starts[spell]! > gap && (at < stops[spell]! || (at === stops[spell]! && !had[spell]!));
    };
    const pool = calendar ? everybody : byLength.subarray(lowerBound(rising, 0, rising.length, elapsed));
    const set = [k, ...Array.from(drawSome(pool, plan.controls, isFit, random), spellOf)];
    const shortest = set.reduce((least, spell) => Math.min(least, momentOf(spell) - starts[spell]!), Infinity);
    // What opens a spell is in nobody's window where it does not open all of them alike; moments are whole milliseconds.
    const reach = shortest > lookback + gap ? lookback + gap : shortest - Number(every || calendar);
    set.forEach((spell, i) => {
      const at = momentOf(spell);
      drawn.from.push(stepFrom(owners[spell]!, at - reach));
      drawn.until.push(stepFrom(owners[spell]!, at - gap));
      drawn.moments.push(at);
      drawn.isCase.push(Number(i === 0));
    });
  }
  return drawn;
}

/** The spells of all customers, in order of time; only the first of each unless every outcome counts. */
function readSpells({ customers, offsets, times, until }: TimedJourneys, outcomes: OutcomeMoments, every: boolean): Spells {
  const spells = { offsets: new Uint32Array(customers.length + 1), owners: [] as number[], starts: [] as number[], had: [] as boolean[] };
  const stops: number[] = [];
  for (let c = 0; c < customers.length; c++) {
    let start = offsets[c]! < offsets[c + 1]! ? times[offsets[c]!]! : Infinity;
    const add = (stop: number, isOutcome: boolean): void => {
      spells.owners.push(c);
      spells.starts.push(start);
      spells.had.push(isOutcome);
      stops.push(stop);
    };
    const [first, end] = [outcomes.offsets[c]!, outcomes.offsets[c + 1]!];
    for (let k = first; k < (every ? end : Math.min(end, first + 1)); k++) {
      add(outcomes.moments[k]!, true);
      start = Math.max(start, outcomes.moments[k]!);
    }
    if ((every || first === end) && start < until[c]!) add(until[c]!, false);
    spells.offsets[c + 1] = stops.length;
  }
  return { ...spells, stops: Float64Array.from(stops) };
}

/** So many of the pool that are fit, each once; all of them where there are no more. By lot, and only where that fails by looking at everybody. */
function drawSome(pool: Uint32Array, count: number, isFit: (c: number) => boolean, random: ReturnType<typeof createRandom>): readonly number[] {
  const drawn: number[] = [];
  if (pool.length > 4 * count) {
    for (let tries = 0; drawn.length < count && tries < 30 * count; tries++) {
      const c = pool[random.integer(pool.length)]!;
      if (!drawn.includes(c) && isFit(c)) drawn.push(c);
    }
    if (drawn.length === count) return drawn;
  }
  return Array.from(shuffle(pool.filter(isFit), random).subarray(0, count));
}
