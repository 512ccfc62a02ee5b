import { requireKnownOptions } from '../../data/options.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { readDimensions, type Dimension } from '../../data/readDimensions.js';
import type { TableInput } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { descending } from '../../numeric/selection/fillBudget.js';
import { readProbabilities } from './readProbabilities.js';
import type { RetentionAmount } from './retentionTerms.js';

/** What is at stake, and by which groups to tell it. */
export interface ValueAtRiskOptions {
  /** What each customer is worth who stays. One number, or one a customer; 0 or more. */
  readonly customerValue: RetentionAmount;
  /** A table with one row a customer, in the order of the probabilities, whose columns are groups. @defaultValue none */
  readonly by?: TableInput;
  /** The columns of `by` to tell it by. @defaultValue all but identifiers */
  readonly dimensions?: readonly string[];
  /** Of the intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What is at risk in a group of customers. */
export interface RiskFigures {
  /** How many. */
  readonly customers: number;
  /** What they are worth together if all stay. */
  readonly value: number;
  /** How many of them are expected to leave. */
  readonly expectedLeavers: number;
  /** What is expected to be lost, with the interval that chance leaves where the probabilities are right and customers leave independently. */
  readonly atRisk: Estimate;
  /** `atRisk` over `value`; 0 where there is no value. */
  readonly shareAtRisk: number;
}

/** A group of one dimension. */
export interface RiskGroup extends RiskFigures {
  /** The column. */
  readonly dimension: string;
  /** Its value; null where missing. */
  readonly group: string | null;
}

/** What {@link valueAtRisk} returns. */
export interface ValueAtRisk extends RiskFigures {
  /** What is at risk with each customer: the probability of leaving times the value. */
  readonly perCustomer: Float64Array;
  /** Positions of the customers, the most at risk first. */
  readonly ranking: Uint32Array;
  /** How few customers, from the most at risk down, hold half of what is at risk. */
  readonly customersWithHalf: number;
  /** The groups of each dimension, in its order. */
  readonly groups: readonly RiskGroup[];
}

/**
 * What is expected to be lost with the customers who leave, for each, in all and by any dimension.
 *
 * The value at risk of a customer is the probability of leaving times what the customer is worth. Sums are of expectations; their intervals hold the chance of who leaves
 * (normal approximation), not the error of probabilities and values. O(n log n + n × dimensions).
 *
 * @param leaving - the probability of leaving of each customer, in [0, 1], calibrated
 * @param options - the value of each, and the groups; see {@link ValueAtRiskOptions}
 * @returns figures of all, of each customer and of each group
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `MISSING_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND` or `INVALID_OPTION`
 * @example
 * ```ts
 * const risk = valueAtRisk([0.5, 0.1, 0.9], { customerValue: [100, 300, 20], by: { plan: ['gold', 'gold', 'basic'] } });
 * risk.atRisk.estimate; // => 98
 * Array.from(risk.ranking); // => [0, 1, 2]
 * risk.groups.map(({ group, atRisk }) => `${group} ${atRisk.estimate}`); // => ['basic 18', 'gold 80']
 * ```
 */
export function valueAtRisk(leaving: ArrayLike<number>, options: ValueAtRiskOptions): ValueAtRisk {
  requireKnownOptions('valueAtRisk', options, ['customerValue', 'by', 'dimensions', 'confidence']);
  const probabilities = readProbabilities('valueAtRisk', 'leaving', leaving);
  const values = perCustomerAmounts('valueAtRisk', 'customerValue', options.customerValue, probabilities.length);
  const z = normalMultiplier('valueAtRisk', options.confidence ?? 0.95);
  const perCustomer = probabilities.map((p, row) => p * values[row]!);
  const dimensions = options.by === undefined ? [] : readDimensions('valueAtRisk', options.by, options.dimensions, probabilities.length);
  const ranking = descending(perCustomer);
  const all = figuresOf(probabilities, values, { groups: [null], codes: new Int32Array(probabilities.length) }, z)[0]!;
  return {
    ...all,
    perCustomer,
    ranking,
    customersWithHalf: reaching(perCustomer, ranking, all.atRisk.estimate / 2),
    groups: dimensions.flatMap((dimension) => figuresOf(probabilities, values, dimension, z).map((figures, place) => ({ dimension: dimension.name, group: dimension.groups[place]!, ...figures }))),
  };
}

/** How many, from the top of the ranking down, it takes to reach this sum. */
function reaching(amounts: Float64Array, ranking: Uint32Array, sum: number): number {
  let [reached, count] = [0, 0];
  // The last sum may fall short by rounding.
  while (reached < sum * (1 - 1e-12) && count < ranking.length) reached += amounts[ranking[count++]!]!;
  return count;
}

function figuresOf(probabilities: Float64Array, values: Float64Array, { groups, codes }: Pick<Dimension, 'groups' | 'codes'>, z: number): RiskFigures[] {
  const sums = { customers: new Float64Array(groups.length), value: new Float64Array(groups.length), leavers: new Float64Array(groups.length), atRisk: new Float64Array(groups.length), variance: new Float64Array(groups.length) };
  for (let row = 0; row < codes.length; row++) {
    const [group, p, value] = [codes[row]!, probabilities[row]!, values[row]!];
    sums.customers[group]! += 1;
    sums.value[group]! += value;
    sums.leavers[group]! += p;
    sums.atRisk[group]! += p * value;
    sums.variance[group]! += value * value * p * (1 - p);
  }
  return groups.map((_, group) => {
    const [estimate, value] = [sums.atRisk[group]!, sums.value[group]!];
    const margin = z * Math.sqrt(sums.variance[group]!);
    return {
      customers: sums.customers[group]!,
      value,
      expectedLeavers: sums.leavers[group]!,
      // Neither less than nothing nor more than all can be lost.
      atRisk: { estimate, lower: Math.max(0, estimate - margin), upper: Math.min(value, estimate + margin) },
      shareAtRisk: value > 0 ? estimate / value : 0,
    };
  });
}
