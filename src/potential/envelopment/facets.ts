import type { Program } from './program.js';

/** More are not remembered: looking through them would cost more than it saves. */
const MOST_FACETS = 4096;

/** Parts of the frontier met so far, proven against all units: prices and the basis they come from. */
export interface Facets {
  count: number;
  readonly prices: number[];
  readonly bases: number[];
}

/** Remembers the prices and the basis of a program solved. */
export function rememberFacet(facets: Facets, { prices, basis }: Program): void {
  if (facets.count === MOST_FACETS) return;
  facets.count++;
  for (const price of prices) facets.prices.push(price);
  for (const variable of basis) facets.bases.push(variable);
}

/**
 * The part of the frontier that bounds the score of the loaded unit most closely; -1 when none bounds it. Prices proven once are right
 * for every unit; those of the part that a unit is projected on are its best.
 */
export function closestFacet({ technology: { rowCount: k }, cost, bounds, scoreColumn, rowScales }: Program, { count, prices }: Facets): number {
  let found = -1;
  let best = -Infinity;
  for (let facet = 0; facet < count; facet++) {
    let worth = 0;
    let scored = 0;
    let at = facet * k;
    for (let i = 0; i < k; i++) {
      const price = prices[at++]! / rowScales[i]!;
      worth += price * bounds[i]!;
      scored += price * scoreColumn[i]!;
    }
    // cost * z >= worth / scored * cost: the prices are scaled so that scored becomes the cost.
    if (!(cost * scored > 0)) continue;
    const bound = worth / (cost * scored);
    if (!(bound > best)) continue;
    best = bound;
    found = facet;
  }
  return found;
}
