import type { Duration } from '../../data/calendar.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireConfidence } from '../requireConfidence.js';
import { discountIn, durationIn, requireTimeUnit, type TimeUnit } from '../timeUnit.js';
import type { LifetimeValueOptions } from './lifetimeValueOptions.js';
import type { LogReading } from './valueHistories.js';

/** The options of `fitLifetimeValue` with their defaults, checked. */
export interface ValueSettings {
  readonly unit: TimeUnit;
  readonly reading: LogReading;
  readonly horizon: Duration | 'ever';
  readonly annualDiscountRate: number;
  readonly margin: number;
  readonly marginPerPurchase: number | null;
  readonly returns: 'subtract' | 'ignore';
  readonly prior: 'none' | 'weak';
  readonly confidence: number;
}

const LOG_OPTIONS = ['unit', 'asOf', 'mergeWithin', 'firstPurchase', 'zeroAmounts', 'cuts'] as const;
const OPTIONS = ['horizon', 'annualDiscountRate', 'margin', 'marginPerPurchase', 'returns', 'models', 'judge', 'prior', 'confidence'] as const;

/** Reads the options; those of logs are refused for a summary, which has been made already. */
export function readValueSettings(caller: string, options: LifetimeValueOptions, isOfLog: boolean): ValueSettings {
  requireKnownOptions(caller, options, [...OPTIONS, ...LOG_OPTIONS]);
  const misplaced = isOfLog ? undefined : LOG_OPTIONS.find((option) => options[option] !== undefined);
  if (misplaced !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes ${misplaced} with a log only; of a summary it was settled when customerSummary made it`, { option: misplaced });
  }
  const unit = requireTimeUnit(caller, options.unit ?? 'week');
  const { horizon = { years: 1 }, annualDiscountRate = 0.1, margin = 1, marginPerPurchase = null, confidence = 0.9 } = options;
  if (typeof horizon === 'string') requireChoice(caller, 'horizon', horizon, ['ever']);
  else durationIn(unit, caller, 'horizon', horizon);
  discountIn(unit, caller, annualDiscountRate);
  if (marginPerPurchase !== null && options.margin !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs either margin, a share of amounts, or marginPerPurchase, an amount; found both`, { option: 'margin' });
  }
  requireWhole(caller, 'cuts', options.cuts ?? 2, 1);
  return {
    unit,
    reading: { mergeWithin: options.mergeWithin ?? { days: 1 }, firstPurchase: options.firstPurchase ?? 'excluded', zeroAmounts: options.zeroAmounts ?? 'ignored' },
    horizon,
    annualDiscountRate,
    margin: requireAmount(caller, 'margin', margin),
    marginPerPurchase: marginPerPurchase === null ? null : requireAmount(caller, 'marginPerPurchase', marginPerPurchase),
    returns: requireChoice(caller, 'returns', options.returns ?? 'subtract', ['subtract', 'ignore']),
    prior: requireChoice(caller, 'prior', options.prior ?? 'none', ['none', 'weak']),
    confidence: requireConfidence(caller, confidence),
  };
}

function requireAmount(caller: string, option: string, value: number): number {
  if (value >= 0 && value < Infinity) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as one finite number, not negative, found ${String(value)}; those of single customers are given to predict`, { option, value });
}
