import { describeValue } from '../../data/instant.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { descending, sumOf } from '../../numeric/selection/fillBudget.js';
import { planSelection } from '../../numeric/selection/planSelection.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';
import type { RetentionTerms } from './retentionTerms.js';
import { retentionValues, type RetentionValues } from './retentionValues.js';

/** A rule of thumb that contacts as many customers, for comparison. */
export interface RetentionRival {
  /** `'likeliest to leave'`: as many, from the highest probability of leaving down; `'most value at risk'`: from probability times value down; `'everybody'`. */
  readonly rule: 'likeliest to leave' | 'most value at risk' | 'everybody';
  /** How many it contacts. */
  readonly contacts: number;
  /** What it is expected to bring, less what it costs. */
  readonly expectedProfit: number;
}

/** Whom to keep, and what to expect of it. */
export interface RetentionTarget {
  /** Positions of the customers to contact, the most valuable contact first. */
  readonly selected: Uint32Array;
  /** Their identifiers, when `customers` were given. */
  readonly customers?: readonly (string | number)[];
  /** How many are contacted. */
  readonly contacts: number;
  /** What the campaign is expected to bring, less what it costs, with the interval that chance leaves where probabilities and terms are right. */
  readonly expectedProfit: Estimate;
  /** How many customers are expected to stay who would have left. */
  readonly expectedKept: number;
  /** What those are worth. */
  readonly expectedValueKept: number;
  /** What is expected to be spent: contacts, offers taken, and the fixed cost. */
  readonly expectedCost: number;
  /** What contacting each customer is expected to bring, less what it costs; below 0 for whom it does not pay. */
  readonly expectedGain: Float64Array;
  /** Whom contact does not keep: as likely to leave if contacted, or likelier. Never contacted, whatever they are worth. */
  readonly woken: {
    /** Their positions, ascending. */
    readonly rows: Uint32Array;
    /** Those of them with an effect below 0 beyond doubt, at the confidence asked for; null without `effectError`. */
    readonly surely: number | null;
    /** The value that would be lost in addition if they were contacted. */
    readonly valueSpared: number;
  };
  /** What keeps the target from being larger. */
  readonly limitedBy: 'break-even' | 'budget' | 'capacity' | 'fixed cost' | 'everybody chosen';
  /** No other choice within the limits can be expected to bring more than this amount above `expectedProfit`; 0 where the choice is proven best. */
  readonly optimalityGap: number;
  /** What rules of thumb would bring, without limits of budget and capacity. */
  readonly rivals: readonly RetentionRival[];
}

/**
 * Whom to keep: the customers whose contact is expected to save more than it costs, from their probability of leaving, their value, and how they answer.
 *
 * A contact changes the probability of leaving from p to q. It is worth (p - q) × value, less the contact and less the offer by the probability that it is taken: also by those who would
 * have stayed (Neslin et al., JMR 43, 2006). The likeliest to leave are seldom the ones to contact: some are lost, some are worth little, and who would stay unless
 * reminded is woken by it (Ascarza, JMR 55, 2018). Where q is not below p nobody is contacted, whatever the customer is worth. Values and probabilities come as
 * plain numbers, from a `ChurnScore`, a lifetime model, an uplift, or your own. The choice within budget and capacity is exact, or bounded by `optimalityGap`.
 * The interval holds chance only, not the error of the figures given. O(n log n).
 *
 * @param leaving - the probability of leaving of each customer if left in peace, in [0, 1], calibrated
 * @param terms - value, costs, and how contact changes leaving; see {@link RetentionTerms}
 * @returns the customers to contact and what to expect; nobody is a normal answer
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `MISSING_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of 100 who leave for certain, an offer of 10 keeps 30; a contact costs 1. Of those who stay, everybody takes the offer.
 * const target = retentionTarget([0.9, 0.5, 0.02, 0.9], { customerValue: [200, 200, 200, 10], contactCost: 1, incentiveCost: 10, acceptance: 0.3, customers: ['a', 'b', 'c', 'd'] });
 * target.customers; // => ['a', 'b']
 * target.expectedGain[0]; // => 49.3
 *
 * // An uplift says that b would leave for being reminded.
 * const measured = retentionTarget([0.9, 0.5], { customerValue: 200, contactCost: 1, leavingIfContacted: [0.7, 0.6] });
 * Array.from(measured.selected); // => [0]
 * Array.from(measured.woken.rows); // => [1]
 * ```
 */
export function retentionTarget(leaving: ArrayLike<number>, terms: RetentionTerms): RetentionTarget {
  const values = retentionValues(CALLER, leaving, terms);
  const { fixedCost, budget, capacity } = readLimits(terms);
  const z = normalMultiplier(CALLER, terms.confidence ?? 0.95);
  // The fixed cost is paid first; rounding must not leave out the last one who fits.
  const plan = planSelection(values, budget * (1 + ROUNDING) - fixedCost, capacity);
  const worth = sumOf(values.net, plan.selected);
  const runs = worth > fixedCost * (1 + ROUNDING);
  const selected = runs ? plan.selected : new Uint32Array(0);
  const margin = z * deviation(values, selected);
  const estimate = runs ? worth - fixedCost : 0;
  const saved = values.leaving.map((p, row) => p - values.contacted[row]!);
  return {
    selected,
    ...(terms.customers === undefined ? {} : { customers: Array.from(selected, (row) => terms.customers![row]!) }),
    contacts: selected.length,
    expectedProfit: { estimate, lower: estimate - margin, upper: estimate + margin },
    expectedKept: sumOf(saved, selected),
    expectedValueKept: selected.reduce((sum, row) => sum + saved[row]! * values.values[row]!, 0),
    expectedCost: runs ? sumOf(values.costs, selected) + fixedCost : 0,
    expectedGain: saved.map((effect, row) => effect * values.values[row]! - values.costs[row]!),
    woken: whomContactWakes(values, saved, terms, z),
    limitedBy: limitOf(values, plan.selected, { runs, capacity, couldRun: plan.bound > fixedCost * (1 + ROUNDING) }),
    optimalityGap: Math.max(0, Math.max(plan.bound - fixedCost, 0) - estimate),
    rivals: rivalsOf(values, selected.length, fixedCost),
  };
}

const CALLER = 'retentionTarget';

interface Limits {
  readonly fixedCost: number;
  readonly budget: number;
  readonly capacity: number;
}

function readLimits({ fixedCost = 0, budget = Infinity, capacity = Infinity, customers, confidence = 0.95 }: RetentionTerms): Limits {
  const wrong = (option: string, needs: string, value: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${needs}, found ${describeValue(value)}`, { function: CALLER, option, value });
  if (!(fixedCost >= 0 && fixedCost < Infinity)) throw wrong('fixedCost', 'finite and not negative', fixedCost);
  if (!(budget >= 0)) throw wrong('budget', 'not negative', budget);
  if (!(capacity >= 0) || !(Number.isInteger(capacity) || capacity === Infinity)) throw wrong('capacity', 'as a whole number of customers', capacity);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  if (customers !== undefined && typeof (customers as { length?: unknown } | null)?.length !== 'number') throw wrong('customers', 'as an array', customers);
  return { fixedCost, budget, capacity };
}

/** What a contact saves is the value of one who stays with it, less that of one who would have stayed without: the worst case of the two independent. */
function deviation({ leaving, contacted, values }: RetentionValues, rows: Uint32Array): number {
  let variance = 0;
  for (const row of rows) {
    const [p, q] = [leaving[row]!, contacted[row]!];
    variance += values[row]! ** 2 * (p * (1 - p) + q * (1 - q));
  }
  return Math.sqrt(variance);
}

function whomContactWakes({ leaving, contacted, values }: RetentionValues, saved: Float64Array, { effectError }: RetentionTerms, z: number): RetentionTarget['woken'] {
  const rows = Uint32Array.from(leaving.keys()).filter((row) => contacted[row]! >= leaving[row]!);
  const errors = effectError === undefined ? null : perCustomerAmounts(CALLER, 'effectError', effectError, leaving.length);
  return {
    rows,
    surely: errors === null ? null : rows.filter((row) => saved[row]! < 0 && saved[row]! + z * errors[row]! < 0).length,
    valueSpared: rows.reduce((sum, row) => sum - saved[row]! * values[row]!, 0),
  };
}

function limitOf({ net }: RetentionValues, selected: Uint32Array, { runs, couldRun, capacity }: { readonly runs: boolean; readonly couldRun: boolean; readonly capacity: number }): RetentionTarget['limitedBy'] {
  const paying = net.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  if (paying === 0) return 'break-even';
  if (!runs && capacity < 1) return 'capacity';
  if (!runs) return selected.length === 0 || couldRun ? 'budget' : 'fixed cost';
  if (selected.length === paying) return paying === net.length ? 'everybody chosen' : 'break-even';
  return selected.length + 1 > capacity ? 'capacity' : 'budget';
}

/** What as many contacts would bring by rules that know less; they contact whom they wake as well. */
function rivalsOf({ leaving, contacted, values, costs }: RetentionValues, contacts: number, fixedCost: number): RetentionRival[] {
  const gain = leaving.map((p, row) => (p - contacted[row]!) * values[row]! - costs[row]!);
  const risk = leaving.map((p, row) => p * values[row]!);
  const rivals: readonly (readonly [RetentionRival['rule'], Uint32Array])[] = [
    ['likeliest to leave', descending(leaving).subarray(0, contacts)],
    ['most value at risk', descending(risk).subarray(0, contacts)],
    ['everybody', Uint32Array.from(leaving.keys())],
  ];
  return rivals.map(([rule, rows]) => ({ rule, contacts: rows.length, expectedProfit: rows.length === 0 ? 0 : sumOf(gain, rows) - fixedCost }));
}
