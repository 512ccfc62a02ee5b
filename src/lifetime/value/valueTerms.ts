import type { Duration } from '../../data/duration.js';
import { requireChoice } from '../../data/options.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { requireConfidence } from '../requireConfidence.js';
import { discountIn, durationIn } from '../timeUnit.js';
import type { LifetimeValueState } from './lifetimeValueState.js';
import type { ValueOptions } from './lifetimeValueTypes.js';
import type { ReadValueHistories } from './valueHistories.js';

/** What a value is made of, for each customer. */
export interface ValueTerms {
  readonly histories: ReadValueHistories;
  readonly buying: BuyingModel;
  /** In the unit of the model; Infinity for ever. */
  readonly time: number;
  /** The discount rate a unit. */
  readonly delta: number;
  readonly confidence: number;
  readonly alive: Float64Array;
  readonly expected: Float64Array;
  readonly discounted: Float64Array;
  /** The expected amount of a purchase. */
  readonly spend: Float64Array;
  /** The law of amounts; null where they are taken as certain. */
  readonly amounts: AmountLaw | null;
  /** What is earned of an amount: margin, less returns. */
  readonly share: Float64Array;
  /** discounted × spend × share. */
  readonly value: Float64Array;
}

/** A gamma-gamma law: a purchase is gamma with shape p and the customer's own rate, which is gamma with shape q and rate v (Fader and Hardie, 2013). */
export interface AmountLaw {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** Every part of the values of these customers, before any uncertainty. */
export function valueTerms(caller: string, state: LifetimeValueState, histories: ReadValueHistories, options: ValueOptions): ValueTerms {
  const { buying } = state;
  const horizon = options.horizon ?? state.horizon;
  const confidence = requireConfidence(caller, options.confidence ?? state.confidence);
  const time = horizonIn(caller, buying, horizon);
  const delta = discountIn(buying.unit, caller, options.annualDiscountRate ?? state.annualDiscountRate);
  const purchases = purchaseTerms(caller, buying, histories, time, delta);
  const earned = earnings(caller, state, histories, options);
  // Of purchases without end those that earn nothing are worth nothing.
  const value = earned.spend.map((amount, i) => (amount * earned.share[i]! > 0 ? purchases.discounted[i]! * amount * earned.share[i]! : 0));
  return { histories, buying, time, delta, confidence, ...purchases, ...earned, value };
}

/** A horizon in the unit of the model. */
export function horizonIn(caller: string, buying: BuyingModel, horizon: Duration | 'ever'): number {
  if (typeof horizon === 'string') {
    requireChoice(caller, 'horizon', horizon, ['ever']);
    return Infinity;
  }
  return durationIn(buying.unit, caller, 'horizon', horizon);
}

function purchaseTerms(caller: string, buying: BuyingModel, { source, count }: ReadValueHistories, time: number, delta: number): Pick<ValueTerms, 'alive' | 'expected' | 'discounted'> {
  const { law } = buying;
  const [alive, expected] = [new Float64Array(count), new Float64Array(count)];
  let row = 0;
  const discounted = buying.each(caller, source, (theta, x, last, tenure) => {
    const here = law.alive(theta, x, last, tenure);
    alive[row] = here;
    if (here > 0) expected[row] = here * (time === Infinity ? law.discounted(theta, x, last, tenure, time, 0) : law.expected(theta, x, last, tenure, time));
    const sum = delta === 0 || here === 0 ? expected[row]! : here * law.discounted(theta, x, last, tenure, time, delta);
    row++;
    return sum;
  });
  return { alive, expected, discounted };
}

function earnings(caller: string, state: LifetimeValueState, histories: ReadValueHistories, options: ValueOptions): Pick<ValueTerms, 'spend' | 'share' | 'amounts'> {
  const { count } = histories;
  if (options.marginPerPurchase !== undefined && (options.margin !== undefined || options.spend !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs either marginPerPurchase, or margin with spend; found both`, { option: 'marginPerPurchase' });
  }
  const isShare = options.margin !== undefined || options.spend !== undefined;
  const fixed = options.marginPerPurchase ?? (isShare ? null : state.marginPerPurchase);
  if (fixed !== null) return { spend: perCustomerAmounts(caller, 'marginPerPurchase', fixed, count), share: new Float64Array(count).fill(1), amounts: null };
  const margins = perCustomerAmounts(caller, 'margin', options.margin ?? state.margin, count);
  const beyond = margins.find((margin) => margin > 1);
  if (beyond !== undefined) throw noShare(caller, beyond);
  const share = margins.map((margin) => margin * (1 - state.returnedShare));
  const spend = options.spend ?? (state.spending === null ? state.meanSpend : null);
  if (spend !== null) return { spend: perCustomerAmounts(caller, 'spend', spend, count), share, amounts: null };
  const { parameters: amounts, firstPurchase } = state.spending!;
  const { source } = histories;
  if (source.monetary !== undefined && (source.firstPurchase ?? 'excluded') !== firstPurchase) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs mean amounts with the first purchase ${firstPurchase}, as those learnt from; make the summary with firstPurchase: '${firstPurchase}'`, { function: caller, column: 'monetary', expected: firstPurchase });
  }
  return { spend: new Float64Array(count).map((_, i) => meanAmount(amounts, histories.known[i]!, histories.monetary[i]!)), share, amounts };
}

/** The refusal of a margin that is no share. */
export function noShare(caller: string, margin: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs margin as a share of amounts between 0 and 1, such as 0.3 for 30 %, found ${String(margin)}; what a purchase earns is marginPerPurchase`, { option: 'margin', value: margin });
}

/** The expected amount of a purchase of who made `known` purchases of mean amount `monetary`. */
export function meanAmount({ p, q, v }: AmountLaw, known: number, monetary: number): number {
  return (p * (v + known * monetary)) / (p * known + q - 1);
}
