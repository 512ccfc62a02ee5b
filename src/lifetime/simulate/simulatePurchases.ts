import type { Duration } from '../../data/duration.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { createRandom, type Random } from '../../numeric/random.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import { durationIn, unitMillis } from '../timeUnit.js';
import { drawLife, lifePlanOf } from './customerLife.js';
import { LifeWriter, type AmountLaw } from './lifeWriter.js';
import type { SimulatedPurchases } from './simulatedTypes.js';

/** What to simulate. */
export interface SimulatePurchasesOptions {
  /** How many customers: a whole number from 1. */
  readonly customers: number;
  /** From the start to the end of observation. */
  readonly observation: Duration;
  /** First purchases come evenly over so long from the start. @defaultValue all at the start */
  readonly arrivals?: Duration;
  /** How long to go on after the end of observation. @defaultValue not at all */
  readonly holdout?: Duration;
  /** The law of amounts: a `GammaGamma`, or its parameters. @defaultValue no amounts */
  readonly spend?: { readonly parameters: AmountLaw };
  /** Covariates that the model has, a number for each customer. @defaultValue none */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
  /** The start, for the times of events. @defaultValue 1970-01-01 */
  readonly start?: Instant;
  /** Of the random numbers. @defaultValue 1 */
  readonly seed?: number;
}

const CALLER = 'simulatePurchases';

/**
 * Customers who buy and stop as a model says: to test what is learnt from them, to plan a sample, to see what chance alone does.
 *
 * Each customer draws rates of their own from the law of the model, and then every purchase one by one, so that nothing is approximated. The same
 * seed gives the same customers, in every engine. A model with covariates takes them for every customer. Of a model of opportunities (`BgBb`) all
 * times are whole periods. O(customers and purchases).
 *
 * @param model - any model of purchases
 * @param options - see {@link SimulatePurchasesOptions}
 * @returns histories as `customerSummary` gives them, the holdout, the truth about each customer, and all events
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_DATE`, `UNKNOWN_COLUMN`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` (covariates)
 * @example
 * ```ts
 * import { fitNbd, Nbd } from 'clientela/lifetime';
 * const truth = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 5 });
 * const sample = simulatePurchases(truth, { customers: 5000, observation: { weeks: 52 }, arrivals: { weeks: 12 }, holdout: { weeks: 26 } });
 * sample.frequency.length; // => 5000
 * const model = fitNbd(sample);
 * Math.abs(model.parameters.r - 0.5) < 0.05; // => true
 * sample.holdout?.duration; // => 26
 * ```
 */
export function simulatePurchases(model: BuyingModel, options: SimulatePurchasesOptions): SimulatedPurchases {
  requireKnownOptions(CALLER, options, ['customers', 'observation', 'arrivals', 'holdout', 'spend', 'covariates', 'start', 'seed']);
  const { unit } = model;
  const count = requireWhole(CALLER, 'customers', options.customers, 1);
  const plan = lifePlanOf(model, Float64Array.from(model.law.names, (name) => model.parameters[name]!));
  const areWhole = plan.purchases === 'probability';
  const observation = lengthOf(model, 'observation', options.observation, areWhole);
  const arrivals = options.arrivals === undefined ? 0 : lengthOf(model, 'arrivals', options.arrivals, areWhole);
  const holdout = options.holdout === undefined ? 0 : lengthOf(model, 'holdout', options.holdout, areWhole);
  if (arrivals > observation) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs arrivals not longer than observation, found ${arrivals} and ${observation} ${unit}s`, { option: 'arrivals', value: arrivals });
  const amounts = readAmounts(options.spend);
  const start = options.start === undefined ? 0 : requireInstant(CALLER, 'start', options.start);
  const thetaOf = model.parametersOf(CALLER, rowsOf(model, count, options.covariates), count);
  const random = createRandom(options.seed ?? 1);
  const writer = new LifeWriter(count);
  const times: number[] = [];
  const perUnit = unitMillis(unit);
  for (let row = 0; row < count; row++) {
    const arrival = arrivals === 0 ? 0 : arrivalTime(random, arrivals, areWhole);
    const tenure = observation - arrival;
    const life = drawLife(random, plan, thetaOf(row), tenure + holdout, times);
    writer.write(row, life, times, { firstMillis: start + arrival * perUnit, unitMillis: perUnit, tenure }, amounts, random);
  }
  return resultOf(model, writer, amounts !== null, { holdout, covariates: options.covariates });
}

function lengthOf({ unit }: BuyingModel, option: string, duration: Duration, isWhole: boolean): number {
  const length = durationIn(unit, CALLER, option, duration);
  if (!isWhole || Number.isInteger(length)) return length;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} in whole ${unit}s, the periods of the model, found ${length}`, { option, value: length });
}

function readAmounts(spend: SimulatePurchasesOptions['spend']): AmountLaw | null {
  if (spend === undefined) return null;
  const { p, q, v } = (spend as Partial<typeof spend>).parameters ?? {};
  if ([p, q, v].every((value) => typeof value === 'number' && value > 0 && value < Infinity)) return { p: p!, q: q!, v: v! };
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs spend as a GammaGamma, or { parameters: { p, q, v } } above 0`, { option: 'spend' });
}

/** When a customer comes: any moment, or the beginning of any period. */
function arrivalTime(random: Random, arrivals: number, isWhole: boolean): number {
  return isWhole ? random.integer(arrivals) : random.uniform() * arrivals;
}

/** Customers without a history, for the covariates to be read from. */
function rowsOf({ unit }: BuyingModel, count: number, covariates: SimulatePurchasesOptions['covariates']): PurchaseHistories {
  const none = new Float64Array(count);
  return { unit, frequency: none, recency: none, tenure: none, covariates };
}

function resultOf({ unit }: BuyingModel, writer: LifeWriter, hasAmounts: boolean, { holdout, covariates }: { readonly holdout: number; readonly covariates: SimulatePurchasesOptions['covariates'] }): SimulatedPurchases {
  const { frequency, recency, tenure, sumLogGaps, monetary, purchaseRate, dropout, alive, end, meanAmount, events } = writer;
  return {
    unit,
    frequency,
    recency,
    tenure,
    sumLogGaps,
    covariates,
    ...(hasAmounts ? { monetary } : {}),
    ...(holdout > 0 ? { holdout: writer.holdout(holdout, hasAmounts) } : {}),
    truth: { purchaseRate, dropout, alive, end, ...(hasAmounts ? { meanAmount } : {}) },
    events: events.close(hasAmounts),
  };
}
