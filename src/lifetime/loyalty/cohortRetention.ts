import type { EventLog } from '../../data/eventLog.js';
import { describeValue, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { outcomeTest, type OutcomeRule } from '../../data/outcome.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import { periodName, periodStarts, type CalendarPeriod } from './calendarPeriods.js';
import { CohortCounter } from './cohortCounter.js';

/** How to cut a log into cohorts. */
export interface CohortRetentionOptions {
  /** The calendar periods (UTC) of cohorts and ages; a week begins on Monday. */
  readonly by: CalendarPeriod;
  /** The end of observation: only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** What makes a customer active: an item, several, or a rule, as in `labelOutcome`; a use of the service, say. Cohorts go by the first purchase all the same. @defaultValue any purchase */
  readonly outcome?: string | readonly string[] | OutcomeRule;
}

/** The customers whose first purchase lies in one period, and what they did at each age. */
export interface Cohort {
  /** `2026-01`, `2026-Q1`, `2026`, or the Monday of a week. */
  readonly name: string;
  /** When the period begins, UTC epoch milliseconds. */
  readonly start: number;
  /** How many customers bought first in it, up to `asOf`. */
  readonly customers: number;
  /** Customers active in the period of each age, 0 being that of the first purchase; null where it was not over by `asOf`. */
  readonly active: readonly (number | null)[];
  /** `active` as a share of `customers`; null also where there are none. */
  readonly share: readonly (number | null)[];
  /** Purchases (or what `outcome` says); null where the period was not over. */
  readonly purchases: readonly (number | null)[];
  /** Sum of their amounts; null where the period was not over, or the log has no amounts. */
  readonly spend: readonly (number | null)[];
}

/** All cohorts that were observed through an age. */
export interface CohortAge {
  /** Periods after that of the first purchase. */
  readonly age: number;
  /** Cohorts whose period of this age was over. */
  readonly cohorts: number;
  /** Their customers. */
  readonly customers: number;
  /** Of these, active at this age. */
  readonly active: number;
  /** `active` as a share of `customers`; null where there are none. */
  readonly share: number | null;
  /** Purchases of each of these customers in the mean; null where there are none. */
  readonly purchasesPerCustomer: number | null;
  /** Spend of each in the mean; null where there are none, or the log has no amounts. */
  readonly spendPerCustomer: number | null;
}

/** Retention of cohorts by age. */
export interface CohortRetention {
  /** The periods of cohorts and ages. */
  readonly by: CalendarPeriod;
  /** The end of observation, UTC epoch milliseconds. */
  readonly asOf: number;
  /** One a period from the first purchase of anybody to `asOf`, also where nobody was new; each with one age fewer than the one before. */
  readonly cohorts: readonly Cohort[];
  /** Over all cohorts, ascending in age: customers of cohorts not yet of that age count neither above nor below. */
  readonly ages: readonly CohortAge[];
}

const CALLER = 'cohortRetention';
/** Thirty years of weeks; cells grow with the square. */
const MOST_PERIODS = 1600;

/**
 * Who stays: for the customers whose first purchase lies in one month (week, quarter, year), how many were active in each month after, how often they
 * bought, and for how much.
 *
 * A period that was not over at `asOf` is missing, never 0, so that the youngest cohorts do not seem to leave; so is the period of the first purchase
 * itself. A log that begins in the middle of a business shows its old customers as the first cohort: cut it at the date they are known from. O(events).
 *
 * @param log - with purchases
 * @param options - `by` at least
 * @returns cohorts with their ages, and all of them together by age
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no purchase before `asOf`), `UNKNOWN_ID` (an outcome the log does not have), `INVALID_INPUT`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: '2026-01-05', paid: 20 },
 *   { who: 'ann', day: '2026-02-15', paid: 30 },
 *   { who: 'bob', day: '2026-01-25', paid: 10 },
 *   { who: 'cid', day: '2026-02-25', paid: 50 },
 * ], { customer: 'who', time: 'day', amount: 'paid' });
 * const { cohorts, ages } = cohortRetention(log, { by: 'month', asOf: '2026-03-10' });
 * cohorts.map(({ name, customers, share }) => ({ name, customers, share })); // => [{ name: '2026-01', customers: 2, share: [1, 0.5, null] }, { name: '2026-02', customers: 1, share: [1, null] }, { name: '2026-03', customers: 0, share: [null] }]
 * ages[1]; // => { age: 1, cohorts: 1, customers: 2, active: 1, share: 0.5, purchasesPerCustomer: 0.5, spendPerCustomer: 15 }
 * ```
 */
export function cohortRetention(log: EventLog, options: CohortRetentionOptions): CohortRetention {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['by', 'asOf', 'outcome']);
  const by = requireChoice(CALLER, 'by', options.by, ['week', 'month', 'quarter', 'year']);
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  const isActive = outcomeTest(CALLER, log, options.outcome);
  const isPurchase = outcomeTest(CALLER, log, undefined);
  const begin = firstPurchase(log, asOf, isPurchase);
  const starts = periodStarts(by, begin, asOf);
  if (starts.length > MOST_PERIODS) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} would make ${starts.length - 1} cohorts by ${by} from ${describeValue(new Date(begin))} on; give by: 'year', or cut the log with between({ from })`, { option: 'by' });
  }
  const counter = new CohortCounter(starts);
  const { offsets, times, amounts } = log;
  for (let c = 0; c < log.customers.length; c++) {
    let event = offsets[c]!;
    const end = offsets[c + 1]!;
    while (event < end && times[event]! < asOf && !isPurchase(event)) event++;
    if (event === end || !(times[event]! < asOf)) continue;
    counter.enter(times[event]!);
    for (; event < end && times[event]! < asOf; event++) if (isActive(event)) counter.count(times[event]!, amounts === undefined ? 0 : amounts[event]!);
  }
  const cohorts = starts.slice(0, -1).map((start, row) => cohortOf(periodName(by, start), counter, row, asOf, amounts !== undefined));
  return Object.freeze({ by, asOf, cohorts, ages: cohorts.map((_, age) => ageOf(age, cohorts)) });
}

function firstPurchase({ times }: EventLog, asOf: number, isPurchase: (event: number) => boolean): number {
  let first = Infinity;
  for (let event = 0; event < times.length; event++) if (times[event]! < first && isPurchase(event)) first = times[event]!;
  if (first < asOf) return first;
  throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase before ${describeValue(new Date(asOf))}; choose a later asOf, or check the amounts`, { function: CALLER, asOf });
}

function cohortOf(name: string, { starts, customers, active, purchases, spend }: CohortCounter, row: number, asOf: number, hasAmounts: boolean): Cohort {
  const width = starts.length - 1;
  const periods = starts.slice(row, -1);
  const whenOver = (values: Float64Array): (number | null)[] => periods.map((_, age) => (starts[row + age + 1]! <= asOf ? values[row * width + row + age]! : null));
  const size = customers[row]!;
  const counts = whenOver(active);
  return {
    name,
    start: starts[row]!,
    customers: size,
    active: counts,
    share: counts.map((count) => (count === null || size === 0 ? null : count / size)),
    purchases: whenOver(purchases),
    spend: hasAmounts ? whenOver(spend) : periods.map(() => null),
  };
}

function ageOf(age: number, cohorts: readonly Cohort[]): CohortAge {
  const grown = cohorts.filter(({ active }) => typeof active[age] === 'number');
  const sum = (value: (cohort: Cohort) => number): number => grown.reduce((total, cohort) => total + value(cohort), 0);
  const customers = sum((cohort) => cohort.customers);
  const active = sum((cohort) => cohort.active[age]!);
  const mean = (value: (cohort: Cohort) => number): number | null => (customers === 0 ? null : sum(value) / customers);
  const hasAmounts = grown.every(({ spend }) => spend[age] !== null);
  return {
    age,
    cohorts: grown.length,
    customers,
    active,
    share: mean((cohort) => cohort.active[age]!),
    purchasesPerCustomer: mean((cohort) => cohort.purchases[age]!),
    spendPerCustomer: hasAmounts ? mean((cohort) => cohort.spend[age]!) : null,
  };
}
