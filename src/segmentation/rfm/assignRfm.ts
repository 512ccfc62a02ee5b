import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { badOption } from './badOption.js';
import { rf10Segments } from './rf10Segments.js';
import { requireCuts, scoreOf, type RfmCuts } from './rfmCuts.js';
import { requireRules, takes, type RfmSegmentRule } from './rfmRules.js';

/** Where one customer falls. */
export interface RfmAssignment {
  /** 1 (longest ago) to the number of bins (most recent). */
  readonly recencyScore: number;
  /** 1 (least) to the number of bins (most). */
  readonly frequencyScore: number;
  /** 1 (least) to the number of bins (most); 0 when the cuts are without money. */
  readonly monetaryScore: number;
  /** The name of the first segment whose rule holds, `'other'` when none does. */
  readonly segment: string;
}

/**
 * The scores and the segment of one customer, by the cut points of a portfolio already scored: where does a new one fall?
 *
 * @param customer - days since the last purchase, number of purchases, money (in the meaning that was scored)
 * @param cuts - `cuts` of an `rfm` result
 * @param segments - the rules of that result
 * @defaultValue segments {@link rf10Segments}
 * @returns three scores and a name
 * @throws a {@link ClientelaError} `MISSING_VALUE` when a number is missing; `INVALID_OPTION` for cuts or segments that `rfm` would refuse
 * @example
 * ```ts
 * const cuts = { recency: [14, 30, 90, 180], frequency: [1, 2, 4, 8], monetary: [50, 100, 200, 400] };
 * assignRfm({ recencyDays: 7, frequency: 6, monetary: 310 }, cuts).segment; // => 'champions'
 * ```
 */
export function assignRfm(
  customer: { readonly recencyDays: number; readonly frequency: number; readonly monetary?: number },
  cuts: RfmCuts,
  segments: readonly RfmSegmentRule[] = rf10Segments,
): RfmAssignment {
  requireKnownOptions('assignRfm cuts', cuts, ['recency', 'frequency', 'monetary']);
  const { recencyDays, frequency, monetary = NaN } = customer;
  const bins = Array.isArray(cuts.recency) ? cuts.recency.length + 1 : NaN;
  if (!(bins >= 2 && bins <= 10)) throw badOption('assignRfm', 'cuts', '`cuts` of an `rfm` result, of 2 to 10 bins', cuts);
  const withMoney = !(Array.isArray(cuts.monetary) && cuts.monetary.length === 0);
  for (const name of ['recency', 'frequency', ...(withMoney ? (['monetary'] as const) : [])] as const) requireCuts('assignRfm', name, cuts[name], bins);
  for (const [name, value] of Object.entries({ recencyDays, frequency, ...(withMoney && { monetary }) })) {
    if (typeof value === 'number' && !Number.isNaN(value)) continue;
    throw new ClientelaError('MISSING_VALUE', `assignRfm needs ${name} as a number, found ${String(value)}`, { function: 'assignRfm', name, value });
  }
  requireRules('assignRfm', segments, bins, withMoney);
  const recencyScore = bins + 1 - scoreOf(recencyDays, cuts.recency);
  const frequencyScore = scoreOf(frequency, cuts.frequency);
  const monetaryScore = withMoney ? scoreOf(monetary, cuts.monetary) : 0;
  const scores = [recencyScore, frequencyScore, monetaryScore];
  return { recencyScore, frequencyScore, monetaryScore, segment: segments.find((rule) => takes(rule, bins, scores))?.name ?? 'other' };
}
