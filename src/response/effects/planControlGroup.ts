import { requireChoice, requireFinite, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { detectable, largestTotal, powerOf, type PowerMethod, type PowerProblem } from './trialPower.js';

/** Options of {@link planControlGroup}. */
export interface ControlGroupOptions {
  /** Mean outcome without contact: a rate between 0 and 1, or an amount where standardDeviation is given. */
  readonly baselineRate: number;
  /** The smallest effect that must not be missed: a difference, or a share of the baseline with effect `'relative'`; negative where contact may harm. */
  readonly minimumEffect: number;
  /** Whether minimumEffect is a difference (0.01: from 10 % to 11 %) or a share of the baseline (0.1: the same). @defaultValue 'absolute' */
  readonly effect?: 'absolute' | 'relative';
  /** Of the outcome among customers; for amounts. @defaultValue none: outcomes are events */
  readonly standardDeviation?: number;
  /** How many customers there are to contact or set aside. @defaultValue as many as needed */
  readonly customers?: number;
  /** Share of them set aside as control. @defaultValue the smallest that is enough where customers are given, else 0.5 */
  readonly controlShare?: number;
  /** How probable it must be to find minimumEffect. @defaultValue 0.8 */
  readonly power?: number;
  /** How probable it must be to find nothing where there is nothing. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Whether only an effect in the direction of minimumEffect is looked for. @defaultValue 'twoSided' */
  readonly test?: 'twoSided' | 'oneSided';
  /** Formula for events. @defaultValue 'pooled' */
  readonly method?: PowerMethod;
  /** What one unit of outcome is worth. @defaultValue none: no cost is given */
  readonly benefit?: number;
  /** What one contact costs. @defaultValue 0 */
  readonly contactCost?: number;
}

/** What {@link planControlGroup} returns. */
export interface ControlGroupPlan {
  /** Customers to set aside, by lot. */
  readonly control: number;
  /** Customers to contact. */
  readonly treated: number;
  /** Control over both. */
  readonly controlShare: number;
  /** How probable it is to find minimumEffect with these. */
  readonly power: number;
  /** Whether that is enough. */
  readonly isEnough: boolean;
  /** The smallest effect in that direction, as a difference, found with the power asked for; Infinity (or -Infinity) where even the largest possible is not. */
  readonly detectableEffect: number;
  /** Profit forgone by not contacting control if the effect is minimumEffect: control x (benefit x effect - contactCost); null without benefit. */
  readonly cost: number | null;
}

/**
 * How large a control group must be to see what a campaign brings, or what a given one can see.
 *
 * Without `customers`: the smallest numbers of both arms at controlShare. With them: the smallest control group that is enough when all others are contacted (at
 * most half), or what the controlShare given can see. For events `'pooled'` is the test of two proportions with pooled variance under no effect (Fleiss, 1981;
 * `power.prop.test` of R), `'unpooled'` without pooling, `'arcsine'` Cohen's h (`pwr.2p2n.test` of R, `NormalIndPower` of statsmodels); for amounts the
 * difference of means at a known standard deviation. All are normal approximations: good from some ten expected events in either arm.
 *
 * @param options - baselineRate and minimumEffect, and what is said above
 * @returns sizes, power, smallest detectable effect, cost
 * @throws a {@link ClientelaError} `INVALID_OPTION` for options out of range, among them an effect that leaves [0, 1]
 * @example
 * ```ts
 * const plan = planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02 });
 * [plan.control, plan.treated]; // => [3841, 3841]
 * const campaign = planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02, customers: 50_000, benefit: 30, contactCost: 0.1 });
 * campaign.control; // => 2058
 * campaign.cost; // => 1029
 * ```
 */
export function planControlGroup(options: ControlGroupOptions): ControlGroupPlan {
  const caller = 'planControlGroup';
  const { problem, customers, share, target } = readPlan(caller, options);
  const [control, treated] = sizes(problem, customers, share, target);
  const power = powerOf(problem, treated, control, problem.effect);
  const { benefit, contactCost = 0 } = options;
  return {
    control,
    treated,
    controlShare: control / (control + treated),
    power,
    isEnough: power >= target - 1e-9,
    detectableEffect: detectable(problem, treated, control, target),
    cost: benefit === undefined ? null : control * (benefit * problem.effect - contactCost),
  };
}

function sizes(problem: PowerProblem, customers: number | undefined, share: number | undefined, target: number): [number, number] {
  if (customers === undefined) {
    const part = share ?? 0.5;
    const total = largestTotal(problem, part, target);
    return [Math.max(1, Math.ceil(part * total - 1e-9)), Math.max(1, Math.ceil((1 - part) * total - 1e-9))];
  }
  if (share !== undefined) {
    const control = Math.min(customers - 1, Math.max(1, Math.round(share * customers)));
    return [control, customers - control];
  }
  // Power rises with control up to about half of the customers.
  let [low, high] = [0, Math.max(1, Math.floor(customers / 2))];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (powerOf(problem, customers - middle, middle, problem.effect) >= target) high = middle;
    else low = middle;
  }
  return [high, customers - high];
}

function readPlan(caller: string, options: ControlGroupOptions): { readonly problem: PowerProblem; readonly customers: number | undefined; readonly share: number | undefined; readonly target: number } {
  requireKnownOptions(caller, options, ['baselineRate', 'minimumEffect', 'effect', 'standardDeviation', 'customers', 'controlShare', 'power', 'confidence', 'test', 'method', 'benefit', 'contactCost']);
  const { baselineRate, minimumEffect, standardDeviation, customers, controlShare, power = 0.8, confidence = 0.95, benefit, contactCost = 0 } = options;
  for (const [option, value] of Object.entries({ baselineRate, minimumEffect, contactCost, benefit: benefit ?? 0 })) requireFinite(caller, option, value);
  const isRelative = requireChoice(caller, 'effect', options.effect ?? 'absolute', ['absolute', 'relative']) === 'relative';
  const effect = isRelative ? minimumEffect * baselineRate : minimumEffect;
  const wrong = (option: string, needs: string, value: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${String(value)}`, { option, value });
  for (const [option, value] of Object.entries({ power, confidence, controlShare: controlShare ?? 0.5 })) if (!(value > 0 && value < 1)) throw wrong(option, 'between 0 and 1', value);
  if (effect === 0) throw wrong('minimumEffect', 'other than 0', minimumEffect);
  if (standardDeviation !== undefined && !(standardDeviation > 0 && standardDeviation < Infinity)) throw wrong('standardDeviation', 'above 0', standardDeviation);
  if (standardDeviation === undefined && !(baselineRate > 0 && baselineRate < 1)) throw wrong('baselineRate', 'between 0 and 1, or standardDeviation for amounts', baselineRate);
  if (standardDeviation === undefined && !(baselineRate + effect >= 0 && baselineRate + effect <= 1)) throw wrong('baselineRate + minimumEffect', 'from 0 to 1', baselineRate + effect);
  if (customers !== undefined && !(Number.isInteger(customers) && customers >= 2)) throw wrong('customers', 'as a whole number of at least 2', customers);
  const sides = requireChoice(caller, 'test', options.test ?? 'twoSided', ['twoSided', 'oneSided']) === 'twoSided' ? 2 : 1;
  const method = requireChoice<PowerMethod>(caller, 'method', options.method ?? 'pooled', ['pooled', 'unpooled', 'arcsine']);
  const problem = { baseline: baselineRate, effect, deviation: standardDeviation ?? null, method, z: -normalQuantile((1 - confidence) / sides) };
  return { problem, customers, share: controlShare, target: power };
}
