import type { Duration } from '../../data/duration.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { LawChoice } from './chooseLaw.js';
import type { LifetimeValueWarning } from './lifetimeValueReport.js';
import type { ReadValueHistories } from './valueHistories.js';
import { horizonIn } from './valueTerms.js';

/** What to mind about the law of buying and how it was chosen; what the law says of itself comes first. */
export function valueWarnings(buying: BuyingModel, { judgedBy, chosen, candidates }: LawChoice, { source, count }: ReadValueHistories, horizon: Duration | 'ever'): LifetimeValueWarning[] {
  const warnings: LifetimeValueWarning[] = [...(buying.fit?.warnings ?? [])];
  if (judgedBy === 'bic' && candidates.every(({ logScore }) => logScore === null)) {
    warnings.push({ code: 'CHOSEN_WITHOUT_HOLDOUT', message: 'the law was chosen by how well it describes what it was learnt from, not by what it foretells; a log or a summary with a split tells that' });
  }
  if (chosen === 'bgNbd' || chosen === 'bgCnbdK') {
    warnings.push({ code: 'ALIVE_FOR_SURE', message: 'this law lets customers stop only after a repeat purchase: who never came back counts as active for sure, and is valued so' });
  }
  let longest = 0;
  for (let i = 0; i < count; i++) longest = Math.max(longest, source.tenure[i]!);
  if (horizonIn('fitLifetimeValue', buying, horizon) > 3 * longest) {
    warnings.push({ code: 'HORIZON_BEYOND_HISTORY', message: `the horizon is more than three times as long as any customer was observed (${longest.toPrecision(3)} ${buying.unit}s): most of the value lies where nobody has been seen` });
  }
  return warnings;
}
