import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PackedJourneys } from './packJourneys.js';

/** Cells of a table of costs between items, at most. */
const MOST_CELLS = 2e7;

/**
 * Costs from transitions: 2 - p(a, b) - p(b, a), where p(a, b) is the share of steps with a that b follows; by position, 4 less those shares before and
 * after it (at either end, the one there is, twice). Steps of several items count in parts, one in all. Only pairs with transitions are listed.
 */
export function transitionCosts(caller: string, packed: PackedJourneys, itemCount: number, byPosition: boolean): number[][] {
  const { count, offsets, weights } = packed;
  const length = byPosition && count > 0 ? offsets[1]! : 1;
  const tables = byPosition ? Math.max(1, length - 1) : 1;
  const width = itemCount * itemCount;
  if (tables * width > MOST_CELLS) {
    throw new ClientelaError('INVALID_INPUT', `${caller} can learn costs from the transitions of at most ${Math.floor(Math.sqrt(MOST_CELLS / tables))} items, found ${itemCount}; group items with rename in Journeys.fromLog`, { itemCount });
  }
  const follows = new Float64Array(tables * width);
  for (let j = 0; j < count; j++) {
    for (let s = offsets[j]!; s + 1 < offsets[j + 1]!; s++) countStep(follows, (byPosition ? s - offsets[j]! : 0) * width, itemCount, packed, s, weights[j]!);
  }
  for (let row = 0; row < follows.length; row += itemCount) {
    const cells = follows.subarray(row, row + itemCount);
    let sum = 0;
    for (const cell of cells) sum += cell;
    if (sum > 0) for (let b = 0; b < itemCount; b++) cells[b]! /= sum;
  }
  return Array.from({ length }, (_, at) => listCosts(follows, itemCount, byPosition ? [Math.min(at, tables - 1), Math.max(0, at - 1)] : [0]));
}

/** One step and the next: each pair of an item here and one there, in parts of one. */
function countStep(follows: Float64Array, table: number, itemCount: number, { steps, states }: PackedJourneys, s: number, weight: number): void {
  const [a, b] = [steps[s]!, steps[s + 1]!];
  const [toA, toB] = [states.offsets[a + 1]!, states.offsets[b + 1]!];
  const part = weight / ((toA - states.offsets[a]!) * (toB - states.offsets[b]!));
  for (let i = states.offsets[a]!; i < toA; i++) for (let k = states.offsets[b]!; k < toB; k++) follows[table + states.items[i]! * itemCount + states.items[k]!]! += part;
}

function listCosts(follows: Float64Array, itemCount: number, tables: readonly number[]): number[] {
  const list: number[] = [];
  for (let a = 0; a < itemCount; a++) {
    for (let b = a + 1; b < itemCount; b++) {
      let shares = 0;
      for (const table of tables) shares += follows[(table * itemCount + a) * itemCount + b]! + follows[(table * itemCount + b) * itemCount + a]!;
      if (shares > 0) list.push(a, b, 2 * tables.length - shares);
    }
  }
  return list;
}

/** Costs given by name. */
export function givenCosts(caller: string, costs: unknown): [string[], number[][]] {
  const items: string[] = [];
  const list: number[] = [];
  const places = new Map<string, number>();
  const placeOf = (name: string): number => {
    if (!places.has(name)) places.set(name, items.push(name) - 1);
    return places.get(name)!;
  };
  const known = new Map<string, number>();
  for (const [a, row] of Object.entries(costs ?? {}) as [string, unknown][]) {
    for (const [b, cost] of Object.entries(Object(row) as object) as [string, unknown][]) {
      const [low, high] = [placeOf(a), placeOf(b)].sort((x, y) => x - y) as [number, number];
      const before = known.get(`${low},${high}`);
      if (typeof cost !== 'number' || !(cost >= 0 && cost < Infinity) || (before ?? cost) !== cost || (low === high && cost !== 0)) {
        throw new ClientelaError('INVALID_OPTION', `${caller} needs substitution costs that are finite, 0 or more, the same both ways and 0 from an item to itself, found ${describeValue(cost)} from ${a} to ${b}`, { option: 'substitution', items: [a, b] });
      }
      if (before === undefined && low !== high) list.push(low, high, cost);
      known.set(`${low},${high}`, cost);
    }
  }
  return [items, [list]];
}
