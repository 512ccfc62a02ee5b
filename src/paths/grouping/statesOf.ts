import type { JourneyColumns } from '../journeys/journeys.js';
import { internSteps } from './packJourneys.js';

/** The state of every step, and the names of states, ascending by code unit: their items, joined. */
export function statesOf(journeys: JourneyColumns): { readonly steps: Int32Array; readonly names: readonly string[] } {
  const { steps, states } = internSteps(journeys, Array.from({ length: journeys.itemOffsets.length - 1 }, (_, s) => s));
  const found = Array.from({ length: states.count }, (_, s) => Array.from(states.items.subarray(states.offsets[s], states.offsets[s + 1]), (item) => journeys.itemLevels[item]!).join(' + '));
  const order = Array.from(found.keys()).sort((a, b) => (found[a]! < found[b]! ? -1 : 1));
  const placeOf = new Int32Array(order.length);
  order.forEach((state, place) => (placeOf[state] = place));
  return { steps: steps.map((state) => placeOf[state]!), names: order.map((state) => found[state]!) };
}
