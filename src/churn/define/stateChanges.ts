import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { outcomeTest } from '../../data/outcome.js';
import { ClientelaError } from '../../errors.js';
import type { EventsMeant } from './churnRule.js';

/** Something about a customer that changes with events. */
export type CustomerState = CountState | RecentState | AmountState;

/** How many events so far, such as contracts held. */
export interface CountState {
  /** The events that add one. */
  readonly count: EventsMeant;
  /** The events that take one away. @defaultValue none */
  readonly minus?: EventsMeant;
}

/** 1 from an event until so long after the last one, otherwise 0, such as a complaint in the last 60 days. */
export interface RecentState {
  /** The events. */
  readonly recent: EventsMeant;
  /** How long each is remembered: at the end of it no longer. */
  readonly within: Duration;
}

/** The sum of amounts so far. */
export interface AmountState {
  /** The events whose amounts are added up. */
  readonly amount: EventsMeant;
}

/** States after a change. */
export interface StateChange {
  /** The moment, UTC epoch milliseconds. */
  readonly at: number;
  /** All states from then on, in the order of their names. */
  readonly values: readonly number[];
}

/** What one event does to a state: at which moments, by how much. */
type Steps = (event: number) => readonly (readonly [at: number, by: number])[];

/** Reads what is followed; `changesOf` gives the changes of a customer in order of time, one a moment. */
export function readStates(caller: string, log: EventLog, states: Readonly<Record<string, CustomerState>>): { readonly names: readonly string[]; readonly changesOf: (customer: number) => StateChange[] } {
  if (typeof states !== 'object' || (states as object | null) === null) throw new ClientelaError('INVALID_OPTION', `${caller} needs states by name, found ${describeValue(states)}`, { option: 'states' });
  const names = Object.keys(states);
  const steps = names.map((name) => stepsOf(caller, log, name, states[name]!));
  const isFlag = names.map((name) => 'recent' in states[name]!);
  return {
    names,
    changesOf(c) {
      const found: { readonly at: number; readonly state: number; readonly by: number }[] = [];
      for (let e = log.offsets[c]!; e < log.offsets[c + 1]!; e++) {
        steps.forEach((read, state) => { for (const [at, by] of read(e)) found.push({ at, state, by }); });
      }
      found.sort((a, b) => a.at - b.at);
      const totals = names.map(() => 0);
      const changes: StateChange[] = [];
      found.forEach(({ at, state, by }, i) => {
        totals[state]! += by;
        if (found[i + 1]?.at !== at) changes.push({ at, values: totals.map((total, j) => (isFlag[j]! ? Math.min(total, 1) : total)) });
      });
      return changes;
    },
  };
}

function stepsOf(caller: string, log: EventLog, name: string, state: CustomerState): Steps {
  const { times, amounts } = log;
  const option = `states.${name}`;
  if (typeof state === 'object' && (state as object | null) !== null) {
    if ('count' in state) {
      requireKnownOptions(`${caller} ${option}`, state, ['count', 'minus']);
      const isMore = outcomeTest(caller, log, state.count);
      const isLess = state.minus === undefined ? () => false : outcomeTest(caller, log, state.minus);
      return (e) => (isMore(e) ? [[times[e]!, 1]] : isLess(e) ? [[times[e]!, -1]] : []);
    }
    if ('recent' in state) {
      requireKnownOptions(`${caller} ${option}`, state, ['recent', 'within']);
      const within = requireDuration(caller, `${option}.within`, state.within);
      const isMeant = outcomeTest(caller, log, state.recent);
      return (e) => (isMeant(e) ? [[times[e]!, 1], [addDuration(times[e]!, within), -1]] : []);
    }
    if ('amount' in state) {
      requireKnownOptions(`${caller} ${option}`, state, ['amount']);
      if (amounts === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} cannot add up amounts in ${option}: the log has none; name their column when the log is made`, { option });
      const isMeant = outcomeTest(caller, log, state.amount);
      return (e) => (isMeant(e) && !Number.isNaN(amounts[e]!) ? [[times[e]!, amounts[e]!]] : []);
    }
  }
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as { count }, { recent, within } or { amount }, found ${describeValue(state)}`, { option, value: state });
}
