import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { ArmNumbers } from './armNumbers.js';
import { readPolicyData, type Actions, type PolicyData } from './policyData.js';
import type { Outcomes } from './upliftRows.js';
import { weightedMean } from './weightedMean.js';

/**
 * How outcomes of the actions not taken are made up for.
 *
 * - `'ips'`: rows that got what the policy would do, each over its probability (inverse propensity). Unbiased; moves with the luck of who was matched.
 * - `'snips'`: the same over the sum of those weights (self-normalised). A little biased, much steadier where outcomes lie far from 0.
 * - `'doublyRobust'`: predictions for all, corrected by `'ips'` of their errors (Dudík, Langford and Li, 2011). Steadiest where predictions are good.
 */
export type PolicyMethod = 'ips' | 'snips' | 'doublyRobust';

/** Options of {@link policyValue}. */
export interface PolicyValueOptions {
  /** How the value is estimated. @defaultValue 'doublyRobust' where predicted is given, else 'snips' */
  readonly method?: PolicyMethod;
  /** The probability with which each action was given, a number or one per row. @defaultValue the shares observed: everybody had the same chance */
  readonly propensity?: ArmNumbers;
  /** What one unit of outcome is worth: one number, or for each action. @defaultValue 1 */
  readonly benefit?: number | ArmNumbers;
  /** What each action costs a customer: a number, or one per row. @defaultValue 0 */
  readonly contactCost?: ArmNumbers;
  /** Expected outcome of every row under each action, by models that have not learnt from these rows; for `'doublyRobust'`. */
  readonly predicted?: { readonly [action: string]: ArrayLike<number> };
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What doing one thing for all earns, and how much more the policy does. */
export interface ConstantPolicy {
  /** What is done for all. */
  readonly action: string;
  /** Net value per customer. */
  readonly value: Estimate;
  /** Value of the policy less this one, estimated on the same rows. */
  readonly gain: Estimate;
}

/** What {@link policyValue} returns. */
export interface PolicyValue {
  /** Net value per customer: benefit x outcome - cost. */
  readonly value: Estimate;
  /** Of the value. */
  readonly standardError: number;
  /** How it was estimated. */
  readonly method: PolicyMethod;
  /** What the policy does, and for which share of the customers. */
  readonly actions: readonly { readonly action: string; readonly share: number }[];
  /** As many equally weighted rows would say as much: (sum of the weights of matched rows)² over the sum of their squares. */
  readonly effectiveSampleSize: number;
  /** Every constant policy, best first. */
  readonly constants: readonly ConstantPolicy[];
  /** Whether the gain over each constant policy is above 0 with its whole interval. */
  readonly beatsEveryConstant: boolean;
}

/**
 * What a policy (an action for each customer) would have earned in a trial, with its interval, beside doing the same for all.
 *
 * A policy can be judged on any rows whose actions were drawn by lot or with known probabilities, as long as it was not learnt from them. O(n x actions).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param arms - the action each customer got, as text, number or boolean
 * @param policy - the action the policy would take for each; only ones that occur in arms
 * @param options - method, propensity, benefit, contactCost, predicted, weights, confidence
 * @returns net value per customer, and the gain over every constant policy
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an action of the policy was never
 * tried, or no customer got what the policy would do
 * @example
 * ```ts
 * const arms = ['mail', 'none', 'mail', 'none'];
 * const found = policyValue([4, 1, 0, 1], arms, ['mail', 'mail', 'none', 'none'], { contactCost: { mail: 1 } });
 * found.value.estimate; // => 2
 * found.constants.map(({ action, value }) => [action, value.estimate]); // => [['mail', 1], ['none', 1]]
 * ```
 */
export function policyValue(outcomes: Outcomes, arms: Actions, policy: Actions, options: PolicyValueOptions = {}): PolicyValue {
  const caller = 'policyValue';
  requireKnownOptions(caller, options, ['method', 'propensity', 'benefit', 'contactCost', 'predicted', 'weights', 'confidence']);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const methods: readonly PolicyMethod[] = ['ips', 'snips', 'doublyRobust'];
  const method = requireChoice<PolicyMethod>(caller, 'method', options.method ?? (options.predicted === undefined ? 'snips' : 'doublyRobust'), methods);
  if (method !== 'doublyRobust' && options.predicted !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} uses predicted with method 'doublyRobust' only, found '${method}'; leave one out`, { option: 'predicted' });
  }
  const data = readPolicyData(caller, outcomes, arms, policy, options);
  const judged = valueOf(caller, data, data.policy, method);
  const around = (estimate: number, deviations: Float64Array): Estimate => {
    const { standardError } = weightedMean(deviations, data.weights);
    return { estimate, lower: estimate - z * standardError, upper: estimate + z * standardError };
  };
  const constants = data.actions
    .map((action, a): ConstantPolicy => {
      const constant = valueOf(caller, data, new Uint16Array(data.policy.length).fill(a), method);
      const difference = judged.deviations.map((deviation, row) => deviation - constant.deviations[row]!);
      return { action, value: around(constant.value, constant.deviations), gain: around(judged.value - constant.value, difference) };
    })
    .sort((a, b) => b.value.estimate - a.value.estimate);
  return {
    value: around(judged.value, judged.deviations),
    standardError: weightedMean(judged.deviations, data.weights).standardError,
    method,
    ...describe(data),
    constants,
    beatsEveryConstant: constants.every(({ gain }) => gain.lower > 0),
  };
}

/** The value of a policy, and for every row how far it moves the estimate (mean 0): what the variance of the value and of differences follows from. */
function valueOf(caller: string, data: PolicyData, policy: Uint16Array, method: PolicyMethod): { readonly value: number; readonly deviations: Float64Array } {
  const { arms, nets, propensities, predictedNets, weights } = data;
  const n = arms.length;
  const terms = new Float64Array(n);
  const chances = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const a = arms[row]!;
    const chance = a === policy[row] ? 1 / propensities[a]![row]! : 0;
    chances[row] = chance;
    terms[row] = method === 'doublyRobust' ? predictedNets![policy[row]!]![row]! + chance * (nets[row]! - predictedNets![a]![row]!) : chance * nets[row]!;
  }
  const matched = weightedMean(chances, weights).mean;
  if (!(matched > 0)) throw new ClientelaError('NOT_IDENTIFIED', `${caller} found no customer who got what the policy would do; it cannot be judged on these rows`);
  const mean = weightedMean(terms, weights).mean;
  const value = method === 'snips' ? mean / matched : mean;
  const deviations = terms.map((term, row) => (method === 'snips' ? (term - chances[row]! * value) / matched : term - value));
  return { value, deviations };
}

function describe({ actions, arms, policy, propensities, weights }: PolicyData): Pick<PolicyValue, 'actions' | 'effectiveSampleSize'> {
  const shares = new Float64Array(actions.length);
  let [total, sum, squares] = [0, 0, 0];
  for (let row = 0; row < policy.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    shares[policy[row]!]! += w;
    total += w;
    if (arms[row] !== policy[row]) continue;
    const chance = 1 / propensities[arms[row]!]![row]!;
    sum += w * chance;
    squares += w * chance * chance;
  }
  return { actions: actions.map((action, a) => ({ action, share: shares[a]! / total })), effectiveSampleSize: (sum * sum) / squares };
}
