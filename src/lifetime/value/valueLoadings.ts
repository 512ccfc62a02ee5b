import type { LifetimeValueState } from './lifetimeValueState.js';
import { joinLoadings, sharedLoadings, type SharedLoadings } from './sharedLoadings.js';
import { meanAmount, type ValueTerms } from './valueTerms.js';

/** What the uncertainty of all parameters makes of the customers' expected values; null where a model has no standard errors. */
export function valueLoadings(caller: string, { buying, spending }: LifetimeValueState, terms: ValueTerms): SharedLoadings | null {
  const { histories, discounted, spend, share, amounts, time, delta } = terms;
  const { known, monetary, count, source } = histories;
  const byPurchases = sharedLoadings(caller, buying, (model) => {
    const { law } = model;
    let row = 0;
    return model.each(caller, source, (theta, x, last, tenure) => {
      const earned = spend[row]! * share[row++]!;
      const here = earned > 0 ? law.alive(theta, x, last, tenure) : 0;
      return here > 0 ? earned * here * law.discounted(theta, x, last, tenure, time, delta) : 0;
    });
  });
  if (amounts === null || byPurchases === null) return byPurchases;
  const byAmounts = sharedLoadings(caller, spending!, ({ parameters: law }) => new Float64Array(count).map((_, i) => discounted[i]! * share[i]! * meanAmount(law, known[i]!, monetary[i]!)));
  return joinLoadings([byPurchases, byAmounts]);
}
