import type { Duration } from '../../data/duration.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { requireConfidence } from '../requireConfidence.js';
import type { GammaGamma } from '../spending/gammaGamma.js';
import { discountIn, durationIn, type TimeUnit } from '../timeUnit.js';
import type { LifetimeValueState } from './lifetimeValueState.js';
import { noShare } from './valueTerms.js';

/** Horizon, discount and margin of a model of given laws. */
export interface GivenValueSettings {
  /** How far ahead values count, or `'ever'`. @defaultValue { years: 1 } */
  readonly horizon?: Duration | 'ever';
  /** What a year takes off. @defaultValue 0.1 */
  readonly annualDiscountRate?: number;
  /** The share of an amount that is earned. @defaultValue 1 */
  readonly margin?: number;
  /** What a purchase earns, whatever its amount; in place of `margin`. @defaultValue none */
  readonly marginPerPurchase?: number;
  /** The amount of every purchase where there is no law of amounts. @defaultValue none: values are counted in purchases */
  readonly meanSpend?: number;
  /** Of intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The same with defaults, checked. */
export type CheckedValueSettings = Pick<LifetimeValueState, 'horizon' | 'annualDiscountRate' | 'margin' | 'marginPerPurchase' | 'confidence'>;

const SETTINGS = ['horizon', 'annualDiscountRate', 'margin', 'marginPerPurchase', 'meanSpend', 'confidence'] as const;

/** The state of a model of given laws. */
export function givenValueState(caller: string, laws: { readonly buying: BuyingModel; readonly spending?: GammaGamma | null }, settings: GivenValueSettings): LifetimeValueState {
  requireKnownOptions(caller, laws, ['buying', 'spending']);
  requireKnownOptions(caller, settings, SETTINGS);
  const { buying, spending = null } = laws;
  const { meanSpend } = settings;
  if (spending !== null && !(spending.parameters.q > 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a law of amounts with a mean: q above 1, found ${spending.parameters.q}; give meanSpend instead`, { option: 'spending', value: spending.parameters.q });
  }
  return {
    buying,
    spending,
    meanSpend: meanSpend === undefined ? 1 : requireAmount(caller, 'meanSpend', meanSpend),
    measure: spending === null && meanSpend === undefined ? 'purchases' : 'amounts',
    ...readGivenSettings(caller, settings, buying.unit),
    returnedShare: 0,
    reading: { mergeWithin: { days: 1 }, firstPurchase: spending?.firstPurchase ?? 'excluded', zeroAmounts: 'ignored' },
    report: {
      customers: buying.fit?.customers ?? 0,
      chosen: 'given',
      judgedBy: 'given',
      reason: 'the laws were given',
      candidates: [],
      cuts: [],
      holdoutDuration: 0,
      returnedShare: null,
      independence: spending?.fit?.independence ?? null,
      warnings: [...(buying.fit?.warnings ?? []), ...(spending?.fit?.warnings ?? [])],
    },
  };
}

/** Horizon, discount, margin and confidence, checked. */
export function readGivenSettings(caller: string, settings: Omit<GivenValueSettings, 'meanSpend'>, unit: TimeUnit): CheckedValueSettings {
  const { horizon = { years: 1 }, annualDiscountRate = 0.1, margin = 1, marginPerPurchase = null, confidence = 0.95 } = settings;
  if (typeof horizon === 'string') requireChoice(caller, 'horizon', horizon, ['ever']);
  else durationIn(unit, caller, 'horizon', horizon);
  discountIn(unit, caller, annualDiscountRate);
  if (marginPerPurchase !== null && settings.margin !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs either margin, a share of amounts, or marginPerPurchase, an amount; found both`, { option: 'margin' });
  }
  if (!(margin >= 0 && margin <= 1)) throw noShare(caller, margin);
  return {
    horizon,
    annualDiscountRate,
    margin,
    marginPerPurchase: marginPerPurchase === null ? null : requireAmount(caller, 'marginPerPurchase', marginPerPurchase),
    confidence: requireConfidence(caller, confidence),
  };
}

function requireAmount(caller: string, option: string, value: number): number {
  if (value >= 0 && value < Infinity) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as one finite number, not negative, found ${String(value)}; margins of single customers are given to predict`, { option, value });
}
