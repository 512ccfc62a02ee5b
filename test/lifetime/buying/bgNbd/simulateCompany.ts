import type { PurchaseHistories } from '../../../../src/lifetime/purchaseHistories.js';
import { betaDraw } from '../../../../src/numeric/betaDraw.js';
import { gammaDraw } from '../../../../src/numeric/gammaDraw.js';
import type { Random } from '../../../../src/numeric/random.js';

/** What a company of the BG/NBD (`first` 0) or the MBG/NBD (`first` 1) is made of. */
export interface Company {
  readonly customers: number;
  readonly first: 0 | 1;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  /** Factors of the rate of purchases of each customer, and of the odds of their mean dropout. */
  readonly purchaseFactor?: (row: number) => number;
  readonly dropoutFactor?: (row: number) => number;
}

/** The histories of customers who behave as the law says, with tenures between 27 and 39 weeks, in continuous time. */
export function simulateCompany({ customers, first, r, alpha, a, b, purchaseFactor = () => 1, dropoutFactor = () => 1 }: Company, random: Random): PurchaseHistories {
  const [frequency, recency, tenure] = [new Float64Array(customers), new Float64Array(customers), new Float64Array(customers)];
  for (let row = 0; row < customers; row++) {
    const rate = (gammaDraw(random, r) / alpha) * purchaseFactor(row);
    const stops = betaDraw(random, a * dropoutFactor(row), b);
    tenure[row] = 27 + 12 * random.uniform();
    let isAlive = first === 0 || random.uniform() >= stops;
    for (let time = 0; isAlive; ) {
      time -= Math.log(1 - random.uniform()) / rate;
      if (time > tenure[row]!) break;
      frequency[row]!++;
      recency[row] = time;
      isAlive = random.uniform() >= stops;
    }
  }
  return { unit: 'week', frequency, recency, tenure };
}
