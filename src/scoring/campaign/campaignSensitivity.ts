import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { campaignNet, type CampaignValues } from './campaignCosts.js';
import { readTerms, type CampaignTerms, type ReadTerms } from './campaignTerms.js';
import { chooseTarget, withoutIrrelevant } from './chooseTarget.js';
import { sumOf } from '../../numeric/selection/fillBudget.js';

/** By how much each assumption is multiplied, one at a time; 1.2 is a fifth more. */
export interface SensitivityFactors {
  /** Of the cost of every contact. @defaultValue [0.5, 0.8, 1.25, 2] */
  readonly contactCost?: readonly number[];
  /** Of the benefit of every success. @defaultValue [0.5, 0.8, 1.25, 2] */
  readonly benefit?: readonly number[];
  /** Of every probability, which stays at most 1. @defaultValue [0.5, 0.8, 1.25, 2] */
  readonly responseRate?: readonly number[];
  /** Several at a time, such as `{ contactCost: 1.2, responseRate: 0.8 }`; what is not named stays as it is. @defaultValue none */
  readonly scenarios?: readonly CampaignScenario[];
}

/** One set of assumptions, as multiples of today's. */
export interface CampaignScenario {
  /** Multiple of the cost of every contact. @defaultValue 1 */
  readonly contactCost?: number;
  /** Multiple of the benefit of every success. @defaultValue 1 */
  readonly benefit?: number;
  /** Multiple of every probability. @defaultValue 1 */
  readonly responseRate?: number;
}

/** What one scenario would mean. */
export interface SensitivityRow extends Required<CampaignScenario> {
  /** Customers worth contacting then, within the same limits. */
  readonly contacts: number;
  /** Contact and fixed costs of them. */
  readonly spend: number;
  /** Expected profit of contacting them. */
  readonly expectedProfit: number;
  /** Expected profit if today's choice is kept while the assumptions change; more contact cost may take it beyond the budget. */
  readonly profitOfToday: number;
  /** What keeping today's choice loses against the best one then; below 0 only where today's choice is over the budget then. */
  readonly regret: number;
}

/** The multiple of each assumption at which today's choice just breaks even; `null` when nobody is chosen, or there is no such cost. */
export interface BreakEvenFactors {
  /** Above 1: contacts may cost so many times as much. */
  readonly contactCost: number | null;
  /** Above 1 too. */
  readonly fixedCost: number | null;
  /** Below 1: a success may bring so much less. */
  readonly benefit: number | null;
  /** Below 1: responses may be so much rarer. */
  readonly responseRate: number | null;
}

/** What {@link campaignSensitivity} returns. */
export interface CampaignSensitivity {
  /** Today's assumptions first, then one row a factor in the order of the options, then the scenarios. */
  readonly rows: readonly SensitivityRow[];
  /** How wrong each assumption may be before the campaign loses money. */
  readonly breakEven: BreakEvenFactors;
}

const ASSUMPTIONS = ['contactCost', 'benefit', 'responseRate'] as const;
const USUAL: readonly number[] = [0.5, 0.8, 1.25, 2];

/**
 * How the ideal target and its profit move when costs, benefits or response rates are not what was assumed: a table, one row a scenario, and the
 * factors at which the campaign no longer pays.
 *
 * Every row plans the campaign anew and holds it against today's choice kept as it is: `regret` is what a better assumption would be worth. Without factors
 * every assumption is halved, cut by a fifth, and the reverse. The profit of a given choice is linear in each assumption,
 * so the break-even factors are exact: (responses × benefit - fixed cost) / contact cost, and so on. A `control` in the terms is left out of
 * account: the figures are of contacting all who are chosen. Costs one `idealTarget` a row.
 *
 * @param scores - calibrated probabilities of success if contacted, one a customer
 * @param terms - costs, benefits and limits, as for `idealTarget`
 * @param factors - multiples of contactCost, benefit and responseRate, each finite and not negative
 * @returns the table and the break-even factors
 * @throws a {@link ClientelaError} as `idealTarget` does; `INVALID_OPTION` for a factor that is negative or not finite
 * @example
 * ```ts
 * const { rows, breakEven } = campaignSensitivity([0.5, 0.3, 0.1], { contactCost: 2, benefit: 10 }, { contactCost: [0.4, 2] });
 * rows.map((row) => row.contacts); // => [2, 3, 1]
 * rows.map((row) => row.expectedProfit); // => [4, 6.6, 1]
 * rows.map((row) => row.regret); // => [0, 0.2, 1]
 * breakEven; // => { contactCost: 2, fixedCost: null, benefit: 0.5, responseRate: 0.5 }
 * ```
 */
export function campaignSensitivity(scores: ArrayLike<number>, terms: CampaignTerms, factors: SensitivityFactors = {}): CampaignSensitivity {
  const caller = 'campaignSensitivity';
  const today = readTerms(caller, scores, terms);
  const relevant = (values: CampaignValues): CampaignValues => withoutIrrelevant(values, today.thresholdOf(values.probabilities));
  const scenarios = readScenarios(caller, factors);
  const { contacted } = chooseTarget(relevant(today.values), today.limits);
  const rows = scenarios.map((scenario): SensitivityRow => {
    const values = scaled(today.values, scenario);
    const best = chooseTarget(relevant(values), today.limits);
    const profitOfToday = contacted.length === 0 ? 0 : sumOf(values.net, contacted) - today.limits.fixedCost;
    return {
      ...scenario,
      contacts: best.contacted.length,
      spend: best.contacted.length === 0 ? 0 : sumOf(values.costs, best.contacted) + today.limits.fixedCost,
      expectedProfit: best.expectedProfit,
      profitOfToday,
      regret: best.expectedProfit - profitOfToday,
    };
  });
  return { rows, breakEven: breakEvenFactors(today, contacted) };
}

function readScenarios(caller: string, factors: SensitivityFactors): Required<CampaignScenario>[] {
  requireKnownOptions(caller, factors, [...ASSUMPTIONS, 'scenarios']);
  const usual = Object.keys(factors).length === 0 ? USUAL : [];
  const list = <Value>(option: string, given: readonly Value[]): Value[] => {
    if (typeof (given as readonly Value[] | null)?.length === 'number' && typeof given === 'object') return Array.from(given);
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an array, found ${describeValue(given)}`, { option, value: given });
  };
  const single = ASSUMPTIONS.flatMap((name) => list(name, factors[name] ?? usual).map((factor) => ({ [name]: factor })));
  return [{}, ...single, ...list('scenarios', factors.scenarios ?? [])].map((given: CampaignScenario) => {
    requireKnownOptions(`${caller} scenario`, given, ASSUMPTIONS);
    const scenario = { contactCost: 1, benefit: 1, responseRate: 1, ...given };
    for (const name of ASSUMPTIONS) {
      if (Number.isFinite(scenario[name]) && scenario[name] >= 0) continue;
      throw new ClientelaError('INVALID_OPTION', `${caller} needs factors of ${name} finite and not negative, found ${describeValue(scenario[name])}; 1 is as today, 1.2 a fifth more`, { option: name, value: scenario[name] });
    }
    return scenario;
  });
}

function scaled({ probabilities, benefits, costs }: CampaignValues, { contactCost, benefit, responseRate }: Required<CampaignScenario>): CampaignValues {
  const times = (values: Float64Array, factor: number): Float64Array => (factor === 1 ? values : values.map((value) => value * factor));
  const likely = responseRate === 1 ? probabilities : probabilities.map((p) => Math.min(1, p * responseRate));
  return campaignNet(likely, times(benefits, benefit), times(costs, contactCost));
}

function breakEvenFactors({ values: { probabilities, benefits, costs }, limits: { fixedCost } }: ReadTerms, contacted: Uint32Array): BreakEvenFactors {
  let gross = 0;
  for (const row of contacted) gross += probabilities[row]! * benefits[row]!;
  const cost = sumOf(costs, contacted);
  const ratio = (part: number, whole: number): number | null => (contacted.length > 0 && whole > 0 ? part / whole : null);
  const least = ratio(cost + fixedCost, gross);
  return { contactCost: ratio(gross - fixedCost, cost), fixedCost: ratio(gross - cost, fixedCost), benefit: least, responseRate: least };
}
