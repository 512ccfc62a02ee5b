import { DAY_MILLIS } from '../../data/utcDays.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import { internPairs } from './internPairs.js';
import { indexTable, type PathTable } from './pathTables.js';
import { stepNodes } from './stepNodes.js';

/** The state that stands for no further step. */
export const END = '(end)';

/** Journeys as what is to be predicted: each step from those before it. */
export interface PathMoves {
  /** Items, and the end where it counts. */
  readonly states: readonly string[];
  /** The state moved to, one a move, journey after journey. */
  readonly to: Int32Array;
  /** The state moved from; `states.length` where a journey begins. */
  readonly from: Int32Array;
  /** Whose move. */
  readonly customer: Uint32Array;
  /** Milliseconds from the step before; null without times. */
  readonly gaps: Float64Array | null;
}

/** The moves of all journeys with a step, each cut after its first absorbing state, and to the end where ends are final. */
export function pathMoves(journeys: JourneyColumns, absorbing: readonly string[], isFinal: boolean): PathMoves {
  const { offsets, times } = journeys;
  const { codes, names } = stepNodes(journeys, absorbing);
  const isLast = Uint8Array.from(names, (name) => (absorbing.includes(name) ? 1 : 0));
  const size = codes.length + (isFinal ? offsets.length - 1 : 0);
  const [from, to, customer] = [new Int32Array(size), new Int32Array(size), new Uint32Array(size)];
  const gaps = times && new Float64Array(size);
  const start = names.length + (isFinal ? 1 : 0);
  let moves = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    let last = start;
    for (let s = offsets[c]!; s < offsets[c + 1]! && codes[s]! >= 0; s++) {
      if (last < names.length && isLast[last] === 1) break;
      if (gaps !== null && last !== start) gaps[moves] = times![s]! - times![s - 1]!;
      from[moves] = last;
      customer[moves] = c;
      to[moves++] = last = codes[s]!;
    }
    if (!isFinal || last === start || isLast[last] === 1) continue;
    from[moves] = last;
    customer[moves] = c;
    to[moves++] = names.length;
  }
  return keepSeen({ states: isFinal ? [...names, END] : names, from: from.subarray(0, moves), to: to.subarray(0, moves), customer: customer.subarray(0, moves), gaps: gaps && gaps.subarray(0, moves) });
}

/** Without the states that only came after the end of their journeys. */
function keepSeen(moves: PathMoves): PathMoves {
  const { states, from, to } = moves;
  const isSeen = new Uint8Array(states.length);
  for (let m = 0; m < to.length; m++) isSeen[to[m]!] = 1;
  const kept = states.filter((_, state) => isSeen[state] === 1);
  if (kept.length === states.length) return moves;
  const place = Int32Array.from([...states.keys(), states.length], (state) => (state === states.length ? kept.length : isSeen[state] === 1 ? kept.indexOf(states[state]!) : -1));
  return { ...moves, states: kept, from: from.map((state) => place[state]!), to: to.map((state) => place[state]!) };
}

/** The tables of contexts of length 1 to `order`, and for each the row of every move (-1 where its journey is not yet as long). */
export function countContexts({ states, from, to, customer, gaps }: PathMoves, weights: Float64Array | null, order: number): { readonly tables: PathTable[]; readonly rowOf: Int32Array[] } {
  const tables: PathTable[] = [];
  const rowOf: Int32Array[] = [];
  let context = from;
  let contextCount = states.length + 1;
  for (let length = 1; length <= order; length++) {
    const { ids, from: contexts, to: next } = internPairs(context, to);
    const n = new Float64Array(contexts.length);
    const days = gaps && new Float64Array(contexts.length);
    for (let m = 0; m < ids.length; m++) {
      const row = ids[m]!;
      if (row < 0) continue;
      const weight = weights === null ? 1 : weights[customer[m]!]!;
      n[row]! += weight;
      if (days !== null) days[row]! += weight * gaps![m]!;
    }
    if (days !== null) for (let row = 0; row < days.length; row++) days[row]! /= DAY_MILLIS;
    tables.push(indexTable({ from: contexts, to: next, n, days }, contextCount));
    rowOf.push(ids);
    contextCount = contexts.length;
    context = new Int32Array(ids.length).fill(-1);
    for (let m = 1; m < ids.length; m++) if (from[m] !== states.length) context[m] = ids[m - 1]!;
  }
  return { tables, rowOf };
}
