import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { readNumbers } from '../purchaseHistories.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';

/** Customers who began together, counted after each period of their contracts. */
export interface RenewalCohort {
  /** How many began, and how many of them were still there after each period: `[1000, 869, 743]`. Never rising. */
  readonly survivors: ArrayLike<number>;
  /** What each of its customers counts for. @defaultValue 1 */
  readonly weight?: number;
}

/** Counts of survivors, cohort by cohort; the cohorts may be of different lengths. */
export interface RenewalCohorts {
  /** Of the periods of the contract. */
  readonly unit: TimeUnit;
  /** At least one, with at least one period. */
  readonly cohorts: readonly RenewalCohort[];
}

/** What is known customer by customer, in arrays of one length. */
export interface RenewalHistories {
  /** Of the periods of the contract. */
  readonly unit: TimeUnit;
  /** Whole periods so far: of who is still there, the renewals made; of who left, the period in which they did not renew, from 1. */
  readonly periods: ArrayLike<number>;
  /** Whether the customer has left. */
  readonly ended: ArrayLike<boolean | number>;
  /** How many customers each entry stands for. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
}

/** All that a law of renewals learns from: what happened at the first renewal, at the second, … over all cohorts. */
export interface RenewalCounts {
  readonly unit: TimeUnit;
  /** Customers learnt from, by weight: those who came to a renewal. */
  readonly customers: number;
  /** By period from the first to the last that anybody came to: who could renew, and who did. */
  readonly atRisk: Float64Array;
  readonly renewed: Float64Array;
}

/** More periods no contract has. */
const MOST_PERIODS = 1_000_000;

/**
 * The counts of renewals, by period.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `EMPTY_INPUT` or `INVALID_OPTION`
 */
export function readRenewals(caller: string, renewals: RenewalCohorts | RenewalHistories): RenewalCounts {
  if (typeof (renewals as unknown) !== 'object' || (renewals as unknown) === null || !('cohorts' in renewals || 'periods' in renewals)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs { unit, cohorts: [{ survivors: [1000, 869, …] }] } or { unit, periods, ended }, found ${describeValue(renewals)}`, { function: caller });
  }
  const unit = requireTimeUnit(caller, renewals.unit);
  const { atRisk, renewed } = 'cohorts' in renewals ? countCohorts(caller, renewals.cohorts) : countHistories(caller, renewals);
  // Never rises: what comes after a 0 is 0.
  const empty = atRisk.indexOf(0);
  const length = empty < 0 ? atRisk.length : empty;
  if (length > 0) return { unit, customers: atRisk[0]!, atRisk: atRisk.subarray(0, length), renewed: renewed.subarray(0, length) };
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer who came to a renewal, found none; wait for the first period to end`, { function: caller });
}

/** The survivors of a cohort, checked. */
export function readSurvivors(caller: string, given: RenewalCohort, cohort: number): Float64Array {
  const column = `cohorts[${cohort}].survivors`;
  const survivors: unknown = (given as Partial<RenewalCohort> | null | undefined)?.survivors;
  if (typeof survivors !== 'object' || survivors === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs ${column} as an array of counts such as [1000, 869, 743], found ${describeValue(survivors)}`, { function: caller, column });
  }
  const counts = readNumbers(caller, column, survivors as ArrayLike<number>);
  if (counts.length === 0 || counts.length > MOST_PERIODS) throw new ClientelaError('INVALID_VALUE', `${caller} needs ${column} from how many began on, for at most ${MOST_PERIODS} periods, found ${counts.length}`, { function: caller, column });
  for (let t = 0; t < counts.length; t++) {
    const value = counts[t]!;
    if (value >= 0 && value <= (t === 0 ? Number.MAX_VALUE : counts[t - 1]!)) continue;
    const need = value >= 0 && value < Infinity ? 'never to rise: who comes back is a customer of a new cohort' : 'as counts, finite and not negative';
    throw new ClientelaError('INVALID_VALUE', `${caller} needs ${column} ${need}, found ${value} after period ${t}${t > 0 ? ` and ${counts[t - 1]!} before it` : ''}`, { function: caller, column, row: t, value });
  }
  return counts;
}

function countCohorts(caller: string, cohorts: readonly RenewalCohort[]): Pick<RenewalCounts, 'atRisk' | 'renewed'> {
  const isList: boolean = Array.isArray(cohorts);
  if (!isList) throw new ClientelaError('INVALID_INPUT', `${caller} needs cohorts as an array of { survivors }, found ${describeValue(cohorts)}`, { function: caller });
  const counts = cohorts.map((cohort, i) => readSurvivors(caller, cohort, i));
  const length = counts.reduce((most, { length: periods }) => Math.max(most, periods - 1), 0);
  const [atRisk, renewed] = [new Float64Array(length), new Float64Array(length)];
  counts.forEach((survivors, i) => {
    const weight = requireWeight(caller, cohorts[i]!.weight ?? 1, i);
    for (let t = 1; t < survivors.length; t++) {
      atRisk[t - 1]! += weight * survivors[t - 1]!;
      renewed[t - 1]! += weight * survivors[t]!;
    }
  });
  return { atRisk, renewed };
}

function countHistories(caller: string, { periods: given, ended, weights: givenWeights }: RenewalHistories): Pick<RenewalCounts, 'atRisk' | 'renewed'> {
  const periods = readNumbers(caller, 'periods', given);
  const weights = givenWeights === undefined ? null : readNumbers(caller, 'weights', givenWeights, periods.length);
  const left = readNumbers(caller, 'ended', ended as ArrayLike<number>, periods.length);
  const row = periods.findIndex((value, i) => !(Number.isInteger(value) && value >= (left[i] === 0 ? 0 : 1) && value <= MOST_PERIODS && (left[i] === 0 || left[i] === 1)));
  if (row >= 0) {
    const [column, value] = left[row] === 0 || left[row] === 1 ? ['periods', periods[row]!] : ['ended', left[row]!];
    throw new ClientelaError('INVALID_VALUE', `${caller} needs periods as whole numbers (from 1 for who left, at most ${MOST_PERIODS}) and ended as true or false, found ${column} ${value} in row ${row}`, { function: caller, column, row, value });
  }
  const length = periods.reduce((most, value) => Math.max(most, value), 0);
  // At index t: who came to the renewal t + 1 and no further, and whether they left there.
  const [last, lost] = [new Float64Array(length + 1), new Float64Array(length + 1)];
  periods.forEach((value, i) => {
    const weight = requireWeight(caller, weights?.[i] ?? 1, i);
    last[value]! += weight;
    if (left[i] === 1) lost[value]! += weight;
  });
  const [atRisk, renewed] = [new Float64Array(length), new Float64Array(length)];
  let there = 0;
  for (let t = length; t >= 1; t--) {
    there += last[t]!;
    atRisk[t - 1] = there;
    renewed[t - 1] = there - lost[t]!;
  }
  return { atRisk, renewed };
}

function requireWeight(caller: string, weight: number, row: number): number {
  if (weight >= 0 && weight < Infinity) return weight;
  throw new ClientelaError('INVALID_VALUE', `${caller} needs weights finite and not negative, found ${weight} in row ${row}`, { function: caller, column: 'weights', row, value: weight });
}
