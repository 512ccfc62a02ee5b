import { requireDuration, type Duration } from '../../data/duration.js';
import { requireChoice } from '../../data/options.js';
import { requireSavedModel } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { requireConfidence } from '../requireConfidence.js';
import { GammaGamma } from '../spending/gammaGamma.js';
import { buyingModelFromJSON } from './buyingModelFromJSON.js';
import type { LifetimeValueReport } from './lifetimeValueReport.js';
import type { LifetimeValueState } from './lifetimeValueState.js';
import type { LogReading } from './valueHistories.js';
import { horizonIn } from './valueTerms.js';

const CALLER = 'LifetimeValue.fromJSON';

/** What `LifetimeValue.toJSON` gave, checked as far as answers rely on it. */
export function readLifetimeValueState(json: unknown): LifetimeValueState {
  const saved = requireSavedModel('LifetimeValue', 1, json, 'buying', 'meanSpend', 'measure', 'horizon', 'annualDiscountRate', 'margin', 'returnedShare', 'confidence', 'reading', 'report');
  const buying = buyingModelFromJSON(saved['buying']);
  const horizon = saved['horizon'] as Duration | 'ever';
  horizonIn(CALLER, buying, horizon);
  const marginPerPurchase = saved['marginPerPurchase'] ?? null;
  return {
    buying,
    spending: (saved['spending'] ?? null) === null ? null : GammaGamma.fromJSON(saved['spending']),
    meanSpend: number(saved, 'meanSpend', Infinity),
    measure: saved['measure'] === 'purchases' ? 'purchases' : 'amounts',
    horizon,
    annualDiscountRate: number(saved, 'annualDiscountRate', Infinity),
    margin: number(saved, 'margin', 1),
    marginPerPurchase: marginPerPurchase === null ? null : number(saved, 'marginPerPurchase', Infinity),
    returnedShare: number(saved, 'returnedShare', 1),
    confidence: requireConfidence(CALLER, number(saved, 'confidence', 1)),
    reading: readingOf(saved['reading']),
    report: saved['report'] as LifetimeValueReport,
  };
}

function readingOf(saved: unknown): LogReading {
  const { mergeWithin, firstPurchase, zeroAmounts } = Object(saved) as LogReading;
  return {
    mergeWithin: requireDuration(CALLER, 'reading.mergeWithin', mergeWithin, true),
    firstPurchase: requireChoice(CALLER, 'reading.firstPurchase', firstPurchase, ['excluded', 'included']),
    zeroAmounts: requireChoice(CALLER, 'reading.zeroAmounts', zeroAmounts, ['ignored', 'purchases']),
  };
}

function number(saved: Readonly<Record<string, unknown>>, field: string, most: number): number {
  const value = saved[field];
  if (typeof value === 'number' && value >= 0 && value <= most && value < Infinity) return value;
  throw new ClientelaError('MODEL_FORMAT', `${CALLER} needs ${field} as a number from 0${most < Infinity ? ` to ${most}` : ''}, found ${String(value)}; the JSON is damaged`, { format: 'LifetimeValue' });
}
