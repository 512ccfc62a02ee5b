import { addDuration } from '../../data/calendar.js';
import type { CustomerValues } from '../../data/customerValues.js';
import type { EventLog } from '../../data/eventLog.js';
import { outcomeTest } from '../../data/outcome.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';
import type { ChurnRule, ContractRule, InactivityRule } from './churnRule.js';

/** When the relationship with each customer began and ended; UTC epoch milliseconds. Customers are positions in `customers`. */
export interface Relationships {
  /** Those of the log, in its order, then those of `startedAt` without any event. */
  readonly customers: readonly (string | number)[];
  /** The first beginning; `NaN` for who never began. */
  startOf(customer: number): number;
  /** Whether it is on just before a moment. */
  isOnAt(customer: number, moment: number): boolean;
  /** The first end at or after a moment, given that it is on then; Infinity where there is none in the log. */
  endFrom(customer: number, moment: number): number;
}

/** Relationships as a rule sees them: by contract, or ending when a silence has lasted too long. */
export function relationshipsOf(caller: string, log: EventLog, rule: ChurnRule): Relationships {
  if (rule.kind === 'contract') return rule.end === undefined ? datedContracts(caller, log, rule) : loggedContracts(caller, log, rule);
  if (rule.kind === 'inactivity' && rule.silence !== undefined) return silentEnds(caller, log, rule);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a rule that says when a customer has gone, { kind: 'contract' } or { kind: 'inactivity', silence }, found kind ${rule.kind}${rule.kind === 'inactivity' ? ' without silence' : ''}`, { option: 'rule', kind: rule.kind });
}

function loggedContracts(caller: string, log: EventLog, { end, start, startedAt }: ContractRule): Relationships {
  const { offsets, times } = log;
  const customers = everybody(log, startedAt);
  const isEnd = outcomeTest(caller, log, end);
  const isStart = start === undefined ? undefined : outcomeTest(caller, log, start);
  const began = momentsOf(caller, customers, startedAt);
  const startOf = (c: number): number => {
    const known = began(c);
    if (!Number.isNaN(known)) return known;
    for (let e = offsets[c]!; e < offsets[c + 1]!; e++) if (isStart === undefined || isStart(e)) return times[e]!;
    return NaN;
  };
  return {
    customers,
    startOf,
    isOnAt(c, moment) {
      let isOn = isStart === undefined && startOf(c) < moment;
      for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < moment; e++) {
        if (isEnd(e)) isOn = false;
        else if (isStart?.(e) === true) isOn = true;
      }
      return isOn;
    },
    endFrom(c, moment) {
      for (let e = offsets[c]!; e < offsets[c + 1]!; e++) if (times[e]! >= moment && isEnd(e)) return times[e]!;
      return Infinity;
    },
  };
}

function datedContracts(caller: string, log: EventLog, { endedAt, start, startedAt }: ContractRule): Relationships {
  const customers = everybody(log, startedAt);
  const ended = momentsOf(caller, customers, endedAt);
  const began = momentsOf(caller, customers, startedAt);
  const isStart = start === undefined ? (): boolean => true : outcomeTest(caller, log, start);
  const endOf = (c: number): number => {
    const moment = ended(c);
    return Number.isNaN(moment) ? Infinity : moment;
  };
  const startOf = (c: number): number => {
    const known = began(c);
    if (!Number.isNaN(known)) return known;
    for (let e = log.offsets[c]!; e < log.offsets[c + 1]!; e++) if (isStart(e)) return log.times[e]!;
    return NaN;
  };
  return { customers, startOf, isOnAt: (c, moment) => startOf(c) < moment && endOf(c) >= moment, endFrom: endOf };
}

/** A silence ends the relationship when it has lasted so long, not when it began: nobody knows then. */
function silentEnds(caller: string, log: EventLog, { outcome, silence }: InactivityRule): Relationships {
  const { offsets, times } = log;
  const isVisit = outcomeTest(caller, log, outcome);
  const deadline = (visit: number): number => addDuration(visit, silence!);
  const nextVisit = (c: number, from: number): number => {
    let e = from;
    while (e < offsets[c + 1]! && !isVisit(e)) e++;
    return e;
  };
  const lastBefore = (c: number, moment: number): number => {
    let last = NaN;
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < moment; e++) if (isVisit(e)) last = times[e]!;
    return last;
  };
  return {
    customers: log.customers,
    startOf(c) {
      const first = nextVisit(c, offsets[c]!);
      return first < offsets[c + 1]! ? times[first]! : NaN;
    },
    isOnAt(c, moment) {
      const last = lastBefore(c, moment);
      return last === last && deadline(last) >= moment;
    },
    endFrom(c, moment) {
      let last = lastBefore(c, moment);
      for (let e = nextVisit(c, offsets[c]!); e < offsets[c + 1]!; e = nextVisit(c, e + 1)) {
        if (times[e]! < moment) continue;
        if (last === last && times[e]! >= deadline(last)) break;
        last = times[e]!;
      }
      return last === last ? deadline(last) : Infinity;
    },
  };
}

/** A customer who has never done anything since joining is one who has not left: leaving such out would make leaving look more frequent. */
function everybody(log: EventLog, startedAt: CustomerValues | undefined): readonly (string | number)[] {
  if (startedAt === undefined) return log.customers;
  const known = new Set(log.customers.map(String));
  return [...log.customers, ...startedAt.customers.filter((customer, i) => !known.has(String(customer)) && !Number.isNaN(startedAt.values[i]))];
}

/** The moment of each customer, `NaN` where none is given. */
function momentsOf(caller: string, customers: readonly (string | number)[], given: CustomerValues | undefined): (customer: number) => number {
  if (given === undefined) return () => NaN;
  const moments = valuesById(caller, given.customers, given.values);
  return (c) => moments.get(String(customers[c]!)) ?? NaN;
}
