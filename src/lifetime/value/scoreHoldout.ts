import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';

/** What followed the histories that a model was learnt from. */
export interface Holdout {
  readonly histories: PurchaseHistories;
  /** In the unit of the model. */
  readonly duration: number;
  /** Purchases of each customer. */
  readonly frequency: Float64Array;
  readonly weights: Float64Array | null;
}

/** How well a model foretold what followed. */
export interface HoldoutScore {
  /** The logarithm of the probability of what each customer did. */
  readonly logScores: Float64Array;
  /** Sum of absolute differences between purchases expected and made. */
  readonly absolute: number;
  /** Sum of purchases expected. */
  readonly expected: number;
}

/** What happens although a law holds it for impossible counts as this probable: one customer may not decide alone. */
const LEAST = 1e-12;

/** The model's probability of the number of purchases that each customer made after the histories end, and the errors of its expectation. */
export function scoreHoldout(caller: string, model: BuyingModel, { histories, duration, frequency, weights }: Holdout): HoldoutScore {
  const { law } = model;
  let [row, absolute, expected] = [0, 0, 0];
  const logScores = model.each(caller, histories, (theta, x, last, tenure) => {
    const made = frequency[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    row++;
    const alive = law.alive(theta, x, last, tenure);
    const atLeast = (least: number): number => (least === 0 ? 1 : alive * law.atLeast(theta, x, last, tenure, duration, least));
    const mean = alive > 0 ? alive * law.expected(theta, x, last, tenure, duration) : 0;
    expected += weight * mean;
    absolute += weight * Math.abs(mean - made);
    return Math.log(Math.max(LEAST, atLeast(made) - atLeast(made + 1)));
  });
  return { logScores, absolute, expected };
}
