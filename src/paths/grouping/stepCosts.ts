import type { JourneyMeasure } from './journeyMeasure.js';
import type { PackedStates } from './packJourneys.js';

/** What replacing one state by another costs, at a position. */
export type StepCost = (a: number, b: number, position: number) => number;

/** Costs between the states of journeys over these items: the mean over pairs of different items, times the Jaccard distance of the sets. */
export function stepCosts(measure: JourneyMeasure, states: PackedStates, itemLevels: readonly string[]): StepCost {
  const { costs, items: names, substitution } = measure;
  const { offsets, items } = states;
  const places = new Map(names.map((name, place) => [name, place]));
  // By item of the journeys: its place among the items with costs.
  const placeOf = Int32Array.from(itemLevels, (name) => places.get(name) ?? -1);
  const width = names.length;
  const tables = new Float64Array(costs.length * width * width).fill(substitution);
  costs.forEach((list, t) => {
    for (let i = 0; i < list.length; i += 3) for (const [a, b] of [[list[i]!, list[i + 1]!], [list[i + 1]!, list[i]!]] as const) tables[(t * width + a) * width + b] = list[i + 2]!;
  });
  const itemCost = (a: number, b: number, t: number): number => (a < 0 || b < 0 || width === 0 ? substitution : tables[(t * width + a) * width + b]!);
  return (a, b, position) => {
    if (a === b) return 0;
    const t = costs.length > 1 ? position : 0;
    const [fromA, toA, fromB, toB] = [offsets[a]!, offsets[a + 1]!, offsets[b]!, offsets[b + 1]!];
    if (toA === fromA + 1 && toB === fromB + 1) return itemCost(placeOf[items[fromA]!]!, placeOf[items[fromB]!]!, t);
    let [common, sum] = [0, 0];
    for (let i = fromA; i < toA; i++) {
      for (let k = fromB; k < toB; k++) {
        if (items[i] === items[k]) common++;
        else sum += itemCost(placeOf[items[i]!]!, placeOf[items[k]!]!, t);
      }
    }
    const [sizeA, sizeB] = [toA - fromA, toB - fromB];
    return (sum / (sizeA * sizeB - common)) * (1 - common / (sizeA + sizeB - common));
  };
}
