import { fitGammaGamma } from '../spending/fitGammaGamma.js';
import type { GammaGamma } from '../spending/gammaGamma.js';
import { readNumbers } from '../purchaseHistories.js';
import type { LifetimeValueWarning } from './lifetimeValueReport.js';
import type { ReadValueHistories } from './valueHistories.js';

/** What is known of amounts. */
export interface LearntSpending {
  readonly spending: GammaGamma | null;
  readonly meanSpend: number;
  readonly measure: 'amounts' | 'purchases';
  readonly warnings: readonly LifetimeValueWarning[];
}

/** A law needs that many customers whose amounts are known. */
const FEWEST = 3;

/** The law of amounts; where too few are known the mean of those there are, and where amounts are not known purchases themselves. */
export function learnSpending(caller: string, histories: ReadValueHistories, prior: 'none' | 'weak'): LearntSpending {
  const { source, frequency, known, monetary, weights } = histories;
  const amountsOf = (i: number): boolean => known[i]! > 0 && monetary[i]! > 0 && weights?.[i] !== 0;
  const meanSpend = meanOfKnown(caller, histories);
  if (Number.isNaN(meanSpend)) {
    const message = 'amounts are not known: values are counted in purchases; give spend, or marginPerPurchase, for what a purchase is worth';
    return { spending: null, meanSpend: 1, measure: 'purchases', warnings: [{ code: 'AMOUNTS_NOT_KNOWN', message }] };
  }
  const amounts = monetary.filter((_, i) => amountsOf(i));
  if (amounts.length < FEWEST || amounts.every((amount) => amount === amounts[0])) {
    const message = `fewer than ${FEWEST} customers have amounts that differ, of the kind a law is learnt from (repeat purchases, unless the first is included): every purchase is taken to amount to the mean, ${meanSpend.toPrecision(4)}, and intervals do not know how amounts differ`;
    return { spending: null, meanSpend, measure: 'amounts', warnings: [{ code: 'NO_LAW_OF_AMOUNTS', message }] };
  }
  // Who paid nothing tells a law of amounts above 0 nothing.
  const spending = fitGammaGamma({ frequency, monetary: monetary.map((amount, i) => (amountsOf(i) ? amount : NaN)), firstPurchase: source.firstPurchase, weights: weights ?? undefined }, { prior });
  const { q } = spending.parameters;
  const warnings: LifetimeValueWarning[] = [...(spending.fit?.warnings ?? [])];
  if (q <= 1) {
    const message = `mean amounts differ so much between customers (q is ${q.toPrecision(3)}, not above 1) that the law has no mean: every purchase is taken to amount to the mean of those made, ${meanSpend.toPrecision(4)}; look for a few enormous purchases, or fit groups of like customers`;
    return { spending: null, meanSpend, measure: 'amounts', warnings: [...warnings, { code: 'NO_LAW_OF_AMOUNTS', message }] };
  }
  if (q <= 2) warnings.push({ code: 'AMOUNTS_WITHOUT_VARIANCE', message: `mean amounts differ so much between customers (q is ${q.toPrecision(3)}, not above 2) that sums over customers without purchases have no upper end` });
  return { spending, meanSpend, measure: 'amounts', warnings };
}

/** The mean amount of all purchases known, or of first purchases where no others are; NaN where none are. */
function meanOfKnown(caller: string, { source, count, known, monetary, weights }: ReadValueHistories): number {
  const first = source.firstAmount === undefined ? null : readNumbers(caller, 'firstAmount', source.firstAmount, count);
  let [sum, purchases, firstSum, firsts] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * known[i]! * monetary[i]!;
    purchases += weight * known[i]!;
    if (first === null || !Number.isFinite(first[i])) continue;
    firstSum += weight * first[i]!;
    firsts += weight;
  }
  return purchases > 0 ? sum / purchases : firstSum / firsts;
}
