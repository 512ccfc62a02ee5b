import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import type { IntervalCoverage } from './backtestTypes.js';

/** Where each outcome lies in the distribution that the model gave it: probabilities of fewer purchases, and of no more than those. */
export interface OutcomePlaces {
  readonly below: Float64Array;
  readonly upTo: Float64Array;
}

/** The places of numbers of purchases. O(customers): two evaluations of the distribution each. */
export function placeOutcomes(caller: string, model: BuyingModel, customers: PurchaseHistories, time: number, actual: Float64Array): OutcomePlaces {
  const upTo = new Float64Array(actual.length);
  let row = 0;
  const below = model.each(caller, customers, (theta, x, last, tenure) => {
    const count = actual[row]!;
    const alive = model.law.alive(theta, x, last, tenure);
    const least = (n: number): number => (n === 0 ? 1 : Math.min(1, alive * model.law.atLeast(theta, x, last, tenure, time, n)));
    const fewer = 1 - least(count);
    upTo[row++] = Math.max(fewer, 1 - least(count + 1));
    return fewer;
  });
  return { below, upTo };
}

/**
 * How often central intervals hold the outcomes. An outcome counts with the share of its own probability that lies inside: what a place drawn
 * at random within that probability does on average, without the draw (Czado, Gneiting and Held, 2009, Biometrics 65).
 */
export function intervalCoverage(places: OutcomePlaces, confidence: number): IntervalCoverage {
  const tail = (1 - confidence) / 2;
  const n = places.below.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const share = shareWithin(places, i, tail, 1 - tail);
    sum += share;
    squares += share * share;
  }
  const covered = sum / n;
  return { confidence, covered, standardError: Math.sqrt(Math.max(0, squares / n - covered * covered) / n) };
}

/** Shares of the outcomes that lie in each tenth of their distributions. */
export function placement(places: OutcomePlaces): Float64Array {
  const n = places.below.length;
  const shares = new Float64Array(10);
  for (let tenth = 0; tenth < 10; tenth++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += shareWithin(places, i, tenth / 10, (tenth + 1) / 10);
    shares[tenth] = sum / n;
  }
  return shares;
}

function shareWithin({ below, upTo }: OutcomePlaces, i: number, from: number, to: number): number {
  const width = upTo[i]! - below[i]!;
  // An outcome that the model holds for impossible lies in one point.
  if (width <= 0) return Number(below[i]! >= from && (below[i]! < to || to === 1));
  return Math.max(0, Math.min(upTo[i]!, to) - Math.max(below[i]!, from)) / width;
}
