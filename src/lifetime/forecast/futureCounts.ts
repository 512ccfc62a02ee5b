import type { BuyingLaw } from '../buying/buyingLaw.js';

/** The arguments of a law that say who the customer is. */
export type CustomerHistory = readonly [theta: Float64Array, x: number, last: number, tenure: number];

/** The expected purchases up to each time; nothing at 0. */
export function expectedUpTo(law: BuyingLaw, history: CustomerHistory, times: Float64Array, into: Float64Array, at: number): void {
  const alive = law.alive(...history);
  for (let k = 0; k < times.length; k++) into[at + k] = alive > 0 && times[k]! > 0 ? alive * law.expected(...history, times[k]!) : 0;
}

/**
 * The mean of N (N - 1) for the purchases N of a customer in any stretch of time ahead: what the variance of N needs.
 *
 * Where a law has no memory, the density of a purchase at u and one at v > u depends on v alone, so that with M(t) that mean for the stretch from 0 to t
 * the one from a to b is the integral of (v - a) / v over dM. M is computed at two times, and K t² / (1 + c t)² laid through them, which rises as t² at
 * first and levels off as customers stop: the stretch from a to b then has K (b - a)² / ((1 + c a) (1 + c b)²), exact from 0 to the end.
 */
export class PairMoments {
  readonly #late: number;
  #level = 0;
  #bend = 0;

  /** `late`: the end of the last stretch that is asked for. */
  constructor(late: number) {
    this.#late = late;
  }

  /** Takes up a customer. */
  load(law: BuyingLaw, history: CustomerHistory): void {
    const late = this.#late;
    const early = late / 8;
    const [first, last] = [pairs(law, history, early) / early ** 2, pairs(law, history, late) / late ** 2];
    // By how much M falls short of t²: between none, and having levelled off before the first time.
    const ratio = first > 0 && last > 0 ? Math.min(7.99, Math.max(1, Math.sqrt(first / last))) : 1;
    this.#bend = (ratio - 1) / (late - ratio * early);
    this.#level = last * (1 + this.#bend * late) ** 2;
  }

  /** Of the stretch from a to b. */
  between(a: number, b: number): number {
    return (this.#level * (b - a) ** 2) / ((1 + this.#bend * a) * (1 + this.#bend * b) ** 2);
  }
}

/** The sum of 2 (n - 1) P(N >= n) over n from 2. */
function pairs(law: BuyingLaw, history: CustomerHistory, ahead: number): number {
  const alive = law.alive(...history);
  if (!(alive > 0)) return 0;
  let sum = 0;
  for (let least = 2; least < 100_000; least++) {
    const tail = law.atLeast(...history, ahead, least);
    sum += 2 * (least - 1) * tail;
    if (tail * least * least < 1e-9 * (1 + sum)) break;
  }
  return alive * sum;
}
