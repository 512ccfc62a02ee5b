import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import { betaQuantile } from '../../numeric/betaQuantile.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { normalCdf } from '../../numeric/normal.js';
import type { ResponseBelief } from './responsePrior.js';

/** What a contact brings and costs, and what is believed of the response. */
export interface Offer extends ResponseBelief {
  readonly cost: number;
  readonly benefit: number;
}

/** The probability that the response to an offer is at most p. */
export function responseBelow({ mean, strength }: ResponseBelief, p: number): number {
  return incompleteBeta(p, mean * strength, (1 - mean) * strength);
}

/** The response below which it lies with probability p. */
export function responseAt({ mean, strength }: ResponseBelief, p: number): number {
  return betaQuantile(p, mean * strength, (1 - mean) * strength);
}

/**
 * The probability of every offer to have the highest net value, and last that of doing nothing, which has 0; the beliefs are independent.
 *
 * The integral of dF_a times the product of the other F, taken from knot to knot (the quantiles of all offers) with every F straight in between:
 * then the shares add up to 1 exactly, as the product of all F rises from the probability that nothing pays to 1.
 */
export function bestShares(offers: readonly Offer[]): number[] {
  const knots = [0, Math.max(0, ...offers.map(({ benefit, cost }) => benefit - cost))];
  for (const offer of offers) {
    for (let z = -4; z <= 4; z += 0.2) {
      const value = offer.benefit * responseAt(offer, normalCdf(z)) - offer.cost;
      if (value > 0 && value < knots[1]!) knots.push(value);
    }
  }
  knots.sort((a, b) => a - b);
  const belowAt = knots.map((value) => offers.map((offer) => netBelow(offer, value)));
  const rule = gaussLegendre(Math.ceil(offers.length / 2));
  const shares = offers.map((_, a) => {
    let sum = 0;
    for (let k = 1; k < knots.length; k++) {
      const [from, to] = [belowAt[k - 1]!, belowAt[k]!];
      const rise = to[a]! - from[a]!;
      if (rise <= 0) continue;
      for (const { point, weight } of rule) {
        let product = weight * rise;
        for (let b = 0; b < offers.length; b++) if (b !== a) product *= from[b]! + point * (to[b]! - from[b]!);
        sum += product;
      }
    }
    return sum;
  });
  return [...shares, belowAt[0]!.reduce((product, below) => product * below, 1)];
}

// An offer without benefit brings its cost and no more, whatever the response.
function netBelow(offer: Offer, value: number): number {
  return offer.benefit > 0 ? responseBelow(offer, (value + offer.cost) / offer.benefit) : 1;
}
