import { ClientelaError } from '../errors.js';
import { addDuration } from './calendar.js';
import { requireDuration, type Duration } from './duration.js';
import type { CustomerValues } from './customerValues.js';
import type { EventLog } from './eventLog.js';
import { describeValue, requireInstant, type Instant } from './instant.js';
import { requireChoice, requireKnownOptions } from './options.js';
import { outcomeTest, type OutcomeRule } from './outcome.js';
import { customersAt, numbersAt } from './perCustomer.js';
import { requireLog } from './requireLog.js';
import { customersBefore } from './snapshotFeatures.js';
import { valuesById } from './valuesForCustomers.js';

/** What is to be foretold, apart from the moment. */
export interface OutcomeOptions {
  /**
   * Time between the snapshot and the first day that counts: as long as it takes to score and to reach the customer.
   *
   * @defaultValue none
   */
  readonly gap?: Duration;
  /** How long the outcome may take. */
  readonly horizon: Duration;
  /**
   * The outcome: an item by name, any of several, a rule, or any purchase.
   *
   * @defaultValue any purchase
   */
  readonly outcome?: string | readonly string[] | OutcomeRule;
  /**
   * `'happened'`: 1 or 0. `'count'`: how many such events. `'amount'`: the sum of their amounts.
   *
   * @defaultValue 'happened'
   */
  readonly measure?: 'happened' | 'count' | 'amount';
  /**
   * Until when everything is known: one moment, or one per customer (UTC epoch milliseconds; who is not listed, or `NaN`, has that of
   * the log; a customer whom the log does not know is passed over).
   *
   * @defaultValue `log.observedUntil`
   */
  readonly observedUntil?: Instant | CustomerValues;
}

/** The moment of {@link labelOutcome} and what is to be foretold. */
export interface LabelOptions extends OutcomeOptions {
  /** The moment of the snapshot that the labels belong to. */
  readonly asOf: Instant;
}

/** Labels of the customers of a snapshot. */
export interface OutcomeLabels extends CustomerValues {
  /** The moment of the snapshot that the labels belong to, UTC epoch milliseconds. */
  readonly asOf: number;
  /** The window, UTC epoch milliseconds: this moment is in it. */
  readonly from: number;
  /** The window, UTC epoch milliseconds: this moment is no longer in it. */
  readonly to: number;
  /** How many customers are `NaN` because their window is not over. */
  readonly incomplete: number;
}

/**
 * What happened after a moment: for each customer with an event before `asOf` (the rows of `snapshot` at the same `asOf`, in the same
 * order) the outcome in [asOf + gap, asOf + gap + horizon).
 *
 * Where the window ends after the end of observation, the label is `NaN`, never 0: what has not happened may yet happen. That
 * holds for customers with an early outcome as well: to keep those and drop the others would make the outcome look
 * more frequent than it is. A negative amount (a return) is no outcome. `O(events)`.
 *
 * @param log - who did what, when, for how much
 * @param options - `asOf`, `gap`, `horizon`, `outcome`; see {@link LabelOptions}
 * @returns one number per customer, with the window and how many are incomplete; give it to `frame.withColumn`, which matches customers,
 * and moments where the frame has a date column `asOf` (a frame of `snapshot` has none: there take the same `asOf` yourself)
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when there is no event before `asOf`; `UNKNOWN_ID` for an item or channel the log does not
 * have, or an `observedUntil` of nobody in the log; `DUPLICATE_ID`, `LENGTH_MISMATCH`, `INVALID_DATE`, `INVALID_OPTION`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-01-10' }, { id: 'ann', at: '2026-02-01' },
 *   { id: 'bob', at: '2026-01-20' }, { id: 'bob', at: '2026-03-01' },
 * ], { customer: 'id', time: 'at' });
 * labelOutcome(log, { asOf: '2026-02-01', horizon: { weeks: 2 } }).values; // => [1, 0]
 * labelOutcome(log, { asOf: '2026-02-01', horizon: { months: 2 } }).values; // => [NaN, NaN]
 * ```
 */
export function labelOutcome(log: EventLog, options: LabelOptions): OutcomeLabels {
  requireLog('labelOutcome', log);
  requireKnownOptions('labelOutcome', options, ['asOf', ...OUTCOME_OPTIONS]);
  const asOf = requireInstant('labelOutcome', 'asOf', options.asOf);
  const labels = labelsAt('labelOutcome', log, asOf, options);
  if (labels.customers.length > 0) return labels;
  throw new ClientelaError('EMPTY_INPUT', `labelOutcome found no event before ${describeValue(new Date(asOf))}; choose a later asOf`, { function: 'labelOutcome', asOf });
}

/** The names of {@link OutcomeOptions}. */
export const OUTCOME_OPTIONS = ['gap', 'horizon', 'outcome', 'measure', 'observedUntil'] as const;

/** Labels at a moment, on behalf of any caller. */
export function labelsAt(caller: string, log: EventLog, asOf: number, options: OutcomeOptions): OutcomeLabels {
  const from = options.gap === undefined ? asOf : addDuration(asOf, requireDuration(caller, 'gap', options.gap, true));
  const to = addDuration(from, requireDuration(caller, 'horizon', options.horizon));
  const measure = requireChoice(caller, 'measure', options.measure ?? 'happened', ['happened', 'count', 'amount']);
  const { amounts, offsets, times } = log;
  if (measure === 'amount' && amounts === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot measure amounts: the log has none; name their column when the log is made`, { option: 'measure' });
  }
  const isOutcome = outcomeTest(caller, log, options.outcome);
  const observed = observation(caller, log, options.observedUntil);
  let incomplete = 0;
  const rows = customersBefore(log, asOf);
  const values = numbersAt(rows, (c) => {
    if (!(observed(c) >= to)) {
      incomplete++;
      return NaN;
    }
    let total = 0;
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < to; e++) {
      if (times[e]! < from || !isOutcome(e)) continue;
      const amount = measure === 'amount' ? amounts![e]! : 1;
      if (amount === amount) total += amount;
    }
    return measure === 'happened' ? Math.min(total, 1) : total;
  });
  return { customers: customersAt(log.customers, rows), values, asOf, from, to, incomplete };
}

function observation(caller: string, log: EventLog, until: Instant | CustomerValues | undefined): (customer: number) => number {
  if (until === undefined) return () => log.observedUntil;
  if (typeof until !== 'object' || (until as object | null) === null || !('customers' in until)) {
    const moment = requireInstant(caller, 'observedUntil', until);
    return () => moment;
  }
  const momentOf = momentsById(caller, log, until);
  return (c) => {
    const moment = momentOf.get(String(log.customers[c]!));
    return moment === undefined || Number.isNaN(moment) ? log.observedUntil : moment;
  };
}

function momentsById(caller: string, log: EventLog, { customers, values }: CustomerValues): Map<string, number> {
  if (customers.length !== values.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one observedUntil per customer, found ${customers.length} customers and ${values.length} values`, { option: 'observedUntil' });
  }
  const momentOf = valuesById(`${caller} observedUntil`, customers, values);
  for (const [customer, moment] of momentOf) {
    if (!Number.isNaN(moment)) requireInstant(caller, `observedUntil of customer ${describeValue(customer)}`, moment);
  }
  if (momentOf.size === 0 || log.customers.some((customer) => momentOf.has(String(customer)))) return momentOf;
  throw new ClientelaError(
    'UNKNOWN_ID',
    `${caller} found no customer of observedUntil in the log: the log begins with ${describeValue(log.customers[0])}, observedUntil with ${describeValue(customers[0])}; identifiers must be written alike`,
    { option: 'observedUntil', customer: customers[0] },
  );
}
