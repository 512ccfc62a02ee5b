import { shuffle, type Random } from '../../numeric/random.js';
import type { JourneyColumns } from '../journeys/journeys.js';

/** The journeys with the steps of each customer in random order; times stay where they are. */
export function shuffleSteps(journeys: JourneyColumns, random: Random): JourneyColumns {
  const { offsets, customers } = journeys;
  const order = Uint32Array.from(journeys.itemOffsets.subarray(1), (_, step) => step);
  for (let c = 0; c < customers.length; c++) shuffle(order.subarray(offsets[c], offsets[c + 1]), random);
  return { ...journeys, ...takeSteps(journeys, order) };
}

/** The journeys of some customers, each of weight 1. */
export function someJourneys(journeys: JourneyColumns, chosen: Uint32Array): JourneyColumns {
  const { times } = journeys;
  const offsets = new Uint32Array(chosen.length + 1);
  const order: number[] = [];
  chosen.forEach((c, i) => {
    for (let s = journeys.offsets[c]!; s < journeys.offsets[c + 1]!; s++) order.push(s);
    offsets[i + 1] = order.length;
  });
  const customers = Array.from(chosen, (c) => journeys.customers[c]!);
  return { ...journeys, ...takeSteps(journeys, order), customers, offsets, times: times && Float64Array.from(order, (s) => times[s]!), weights: null };
}

function takeSteps({ items, itemOffsets }: JourneyColumns, order: ArrayLike<number>): Pick<JourneyColumns, 'items' | 'itemOffsets'> {
  const taken = new Uint32Array(order.length + 1);
  for (let s = 0; s < order.length; s++) taken[s + 1] = taken[s]! + itemOffsets[order[s]! + 1]! - itemOffsets[order[s]!]!;
  const moved = new Int32Array(taken[order.length]!);
  for (let s = 0; s < order.length; s++) {
    let to = taken[s]!;
    for (let i = itemOffsets[order[s]!]!; i < itemOffsets[order[s]! + 1]!; i++) moved[to++] = items[i]!;
  }
  return { itemOffsets: taken, items: moved };
}
