import type { LifetimeValue } from '../value/lifetimeValue.js';
import { meanAmount, type AmountLaw, type ValueTerms } from '../value/valueTerms.js';

/** What a purchase of each customer brings, before margin: its mean, mean square, and the mean product of two; Infinity where an amount has no variance. */
export interface AmountMoments {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  readonly product: Float64Array;
}

/** Of customers, by their own histories of amounts. */
export function amountMoments({ histories, spend, amounts }: ValueTerms, kept: number): AmountMoments {
  const { count, known, monetary } = histories;
  const found = { mean: new Float64Array(count), square: new Float64Array(count), product: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const [mean, square, product] = amounts === null ? [spend[i]!, spend[i]! ** 2, spend[i]! ** 2] : momentsOf(amounts, known[i]!, monetary[i]!);
    found.mean[i] = kept * mean;
    found.square[i] = kept * kept * square;
    found.product[i] = kept * kept * product;
  }
  return found;
}

/** Of a customer of whom no amount is known. */
export function newcomerMoments({ amounts, spend }: ValueTerms, model: LifetimeValue, kept: number): readonly [mean: number, square: number, product: number] {
  // Where amounts are taken as known, those of newcomers are the mean.
  const usual = spend.length === 0 ? model.meanSpend : spend.reduce((sum, amount) => sum + amount, 0) / spend.length;
  const [mean, square, product] = amounts === null ? [usual, usual ** 2, usual ** 2] : momentsOf(amounts, 0, 0);
  return [kept * mean, kept * kept * square, kept * kept * product];
}

/** With nu gamma of shape q + p known and rate v + known × monetary, amounts are gamma of shape p and rate nu. */
function momentsOf(law: AmountLaw, known: number, monetary: number): readonly [number, number, number] {
  const mean = meanAmount(law, known, monetary);
  const shape = law.q + law.p * known;
  if (!(shape > 2)) return [mean, Infinity, Infinity];
  const product = (mean * mean * (shape - 1)) / (shape - 2);
  return [mean, (product * (law.p + 1)) / law.p, product];
}
