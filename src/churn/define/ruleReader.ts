import { addDuration } from '../../data/calendar.js';
import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { outcomeTest } from '../../data/outcome.js';
import type { ChurnRule } from './churnRule.js';
import { lineReader } from './lineReader.js';
import { relationshipsOf } from './relationships.js';
import { rhythmReader } from './rhythmReader.js';
import { volumeReader } from './volumeReader.js';

/** Whether a customer can be asked about: there (`'active'`), or why not. */
export type Standing = 'active' | 'inactive' | 'ended' | 'endedInGap' | 'tooNew';

/** The moment, the window in which it may happen, and how far back activity is looked for; UTC epoch milliseconds. */
export interface RuleWindow {
  readonly asOf: number;
  readonly from: number;
  readonly to: number;
  /** NaN where no activity is asked for. */
  readonly activeFrom: number;
}

/** A rule read over a log; customers are positions in `log.customers`. */
export interface RuleReader {
  /** What is known at the moment (and, for contracts, in the gap after it). */
  readonly standing: (customer: number) => Standing;
  /** Whether it happens in the window, of a customer who is active. */
  readonly happens: (customer: number) => boolean;
}

/** How far back activity is looked for: the lookback, or, for rules that know no other way to be there, the horizon. */
export function activeFrom(rule: ChurnRule, asOf: number, lookback: Duration | undefined, horizon: Duration | undefined): number {
  const needsActivity = rule.kind === 'inactivity' || rule.kind === 'lineDropped' || rule.kind === 'newLine';
  const span = lookback ?? (needsActivity ? horizon : undefined);
  return span === undefined ? NaN : addDuration(asOf, span, -1);
}

/** Reads a rule; who has not been active as `activeFrom` asks is inactive whatever the rule. */
export function readRule(caller: string, log: EventLog, rule: ChurnRule, window: RuleWindow): RuleReader {
  const reader = readerOf(caller, log, rule, window);
  const isActivity = outcomeTest(caller, log, 'outcome' in rule ? rule.outcome : undefined);
  const isActive = Number.isNaN(window.activeFrom) || rule.kind === 'lineDropped' ? () => true : (c: number) => countIn(log, c, window.activeFrom, window.asOf, isActivity) > 0;
  return { happens: reader.happens, standing: (c) => (isActive(c) ? reader.standing(c) : 'inactive') };
}

function readerOf(caller: string, log: EventLog, rule: ChurnRule, window: RuleWindow): RuleReader {
  switch (rule.kind) {
    case 'inactivity': {
      const isVisit = outcomeTest(caller, log, rule.outcome);
      return { standing: () => 'active', happens: (c) => countIn(log, c, window.from, window.to, isVisit) === 0 };
    }
    case 'contract':
      return contractReader(caller, log, rule, window);
    case 'rhythm':
      return rhythmReader(caller, log, rule, window);
    case 'decline':
    case 'growth':
      return volumeReader(caller, log, rule, window);
    default:
      return lineReader(caller, log, rule, window);
  }
}

function contractReader(caller: string, log: EventLog, rule: ChurnRule, { asOf, from, to }: RuleWindow): RuleReader {
  const contracts = relationshipsOf(caller, log, rule);
  return {
    standing(c) {
      if (contracts.isOnAt(c, asOf)) return contracts.endFrom(c, asOf) < from ? 'endedInGap' : 'active';
      return contracts.startOf(c) < asOf ? 'ended' : 'inactive';
    },
    happens: (c) => contracts.endFrom(c, from) < to,
  };
}

/** How many such events of a customer lie in a span. */
export function countIn({ offsets, times }: Pick<EventLog, 'offsets' | 'times'>, customer: number, from: number, to: number, test: (event: number) => boolean): number {
  let count = 0;
  for (let e = offsets[customer]!; e < offsets[customer + 1]! && times[e]! < to; e++) if (times[e]! >= from && test(e)) count++;
  return count;
}
