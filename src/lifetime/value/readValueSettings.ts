import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';
import { readGivenSettings, type CheckedValueSettings } from './givenValueState.js';
import type { LifetimeValueOptions } from './lifetimeValueOptions.js';
import type { LogReading } from './valueHistories.js';

/** The options of `fitLifetimeValue` with their defaults, checked. */
export interface ValueSettings extends CheckedValueSettings {
  readonly unit: TimeUnit;
  readonly reading: LogReading;
  readonly returns: 'subtract' | 'ignore';
  readonly prior: 'none' | 'weak';
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
  requireWhole(caller, 'cuts', options.cuts ?? 2, 1);
  return {
    unit,
    reading: { mergeWithin: options.mergeWithin ?? { days: 1 }, firstPurchase: options.firstPurchase ?? 'excluded', zeroAmounts: options.zeroAmounts ?? 'ignored' },
    ...readGivenSettings(caller, options, unit),
    returns: requireChoice(caller, 'returns', options.returns ?? 'subtract', ['subtract', 'ignore']),
    prior: requireChoice(caller, 'prior', options.prior ?? 'none', ['none', 'weak']),
  };
}
