import { solveChain } from '../transitions/solveChain.js';
import type { PathTable } from './attributionPaths.js';

/** Up to so many states a chain that sweeps do not settle is solved by elimination. */
const MOST_DENSE = 400;

/** The chain of order k behind paths: which states and transitions each path goes through. */
export interface RemovalChain {
  readonly stateCount: number;
  /** Row-major channels × states: 1 where the state contains the channel. */
  readonly contains: Uint8Array;
  readonly starts: Int32Array;
  readonly lasts: Int32Array;
  /** The transitions of path `p` are `offsets[p]` to `offsets[p + 1]`. */
  readonly offsets: Uint32Array;
  readonly transitions: Int32Array;
  /** The distinct transitions by state left: those of `s` are `edgeOffsets[s]` to `edgeOffsets[s + 1]`. */
  readonly edgeOffsets: Uint32Array;
  readonly edgeTo: Int32Array;
}

/** States are overlapping k-tuples of channels; a path shorter than k is one state. Of touches of one channel in a row all count, or the first. O(touches). */
export function removalChain(table: PathTable, order: number, keepRepeats: boolean): RemovalChain {
  const { offsets, touches } = keepRepeats ? table : withoutRepeats(table);
  const pathCount = offsets.length - 1;
  const states = new Map<string, number>();
  const single = new Int32Array(table.channels.length).fill(-1);
  const members: Int32Array[] = [];
  const stateAt = (begin: number, end: number): number => {
    const isSingle = end - begin === 1;
    const key = isSingle ? '' : touches.subarray(begin, end).join();
    let state = isSingle ? single[touches[begin]!]! : (states.get(key) ?? -1);
    if (state >= 0) return state;
    state = members.push(touches.subarray(begin, end)) - 1;
    if (isSingle) single[touches[begin]!] = state;
    else states.set(key, state);
    return state;
  };
  const [starts, lasts, ends] = [new Int32Array(pathCount), new Int32Array(pathCount), new Uint32Array(pathCount + 1)];
  const [from, to] = [new Int32Array(touches.length), new Int32Array(touches.length)];
  let steps = 0;
  for (let p = 0; p < pathCount; p++) {
    const [begin, end] = [offsets[p]!, offsets[p + 1]!];
    let state = stateAt(begin, Math.min(begin + order, end));
    starts[p] = state;
    for (let i = begin + order; i < end; i++) {
      from[steps] = state;
      to[steps++] = state = stateAt(i - order + 1, i + 1);
    }
    lasts[p] = state;
    ends[p + 1] = steps;
  }
  const stateCount = members.length;
  const contains = new Uint8Array(table.channels.length * stateCount);
  members.forEach((codes, state) => codes.forEach((code) => (contains[code * stateCount + state] = 1)));
  return { stateCount, contains, starts, lasts, offsets: ends, ...numberEdges(from.subarray(0, steps), to.subarray(0, steps), stateCount) };
}

function withoutRepeats({ offsets, touches }: PathTable): Pick<PathTable, 'offsets' | 'touches'> {
  const ends = new Uint32Array(offsets.length);
  const kept = new Int32Array(touches.length);
  let count = 0;
  for (let p = 0; p + 1 < offsets.length; p++) {
    for (let i = offsets[p]!; i < offsets[p + 1]!; i++) if (i === offsets[p] || touches[i] !== touches[i - 1]) kept[count++] = touches[i]!;
    ends[p + 1] = count;
  }
  return { offsets: ends, touches: kept.subarray(0, count) };
}

/** Numbers distinct transitions by the state they leave. */
function numberEdges(from: Int32Array, to: Int32Array, stateCount: number): Pick<RemovalChain, 'transitions' | 'edgeOffsets' | 'edgeTo'> {
  const known = new Map<number, number>();
  const transitions = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const key = from[i]! * stateCount + to[i]!;
    let edge = known.get(key);
    if (edge === undefined) known.set(key, (edge = known.size));
    transitions[i] = edge;
  }
  const keys = [...known.keys()];
  const place = new Int32Array(keys.length);
  const edgeOffsets = new Uint32Array(stateCount + 1);
  const edgeTo = Int32Array.from([...keys].sort((a, b) => a - b), (key, i) => {
    place[known.get(key)!] = i;
    edgeOffsets[Math.floor(key / stateCount) + 1]!++;
    return key % stateCount;
  });
  for (let s = 0; s < stateCount; s++) edgeOffsets[s + 1]! += edgeOffsets[s]!;
  for (let i = 0; i < transitions.length; i++) transitions[i] = place[transitions[i]!]!;
  return { transitions, edgeOffsets, edgeTo };
}

/**
 * What the chain yields from its start, and without each channel: `rewards` come at the end of each path (conversions, or their value), `weights` are how often it
 * was gone. Without a channel, every transition into a state containing it is lost. Staying in a state changes nothing and is left out. Gauss and Seidel's iteration
 * rises from 0 to the mass that is absorbed, until no state moves by more than 1e-15 of the greatest reward; up to 400 states, only as long as elimination costs.
 */
export function yieldsWithout({ stateCount, contains, starts, lasts, offsets, transitions, edgeOffsets, edgeTo }: RemovalChain, weights: Float64Array, rewards: Float64Array): { readonly all: number; readonly without: Float64Array } {
  const flows = new Float64Array(edgeTo.length);
  const [begin, gain, out] = [new Float64Array(stateCount), new Float64Array(stateCount), new Float64Array(stateCount)];
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p]!;
    if (weight === 0) continue;
    begin[starts[p]!]! += weight;
    gain[lasts[p]!]! += rewards[p]!;
    out[lasts[p]!]! += weight;
    for (let i = offsets[p]!; i < offsets[p + 1]!; i++) flows[transitions[i]!]! += weight;
  }
  const stop = out.slice();
  for (let s = 0; s < stateCount; s++) {
    for (let e = edgeOffsets[s]!; e < edgeOffsets[s + 1]!; e++) {
      if (edgeTo[e] === s) flows[e] = 0;
      out[s]! += flows[e]!;
    }
    if (out[s] === 0) continue;
    for (let e = edgeOffsets[s]!; e < edgeOffsets[s + 1]!; e++) flows[e]! /= out[s]!;
    gain[s]! /= out[s]!;
    stop[s]! /= out[s]!;
  }
  const enough = 1e-15 * gain.reduce((most, g) => Math.max(most, g), 0);
  const mostSweeps = stateCount > MOST_DENSE ? Infinity : stateCount ** 3 / (3 * edgeTo.length + 1);
  const x = new Float64Array(stateCount);
  const eliminate = (lost: Uint8Array): void => {
    const chain = { nodeOf: new Map<string, number>(), state: [], days: [], rows: [0], target: [] as number[], chance: [] as number[] };
    for (let s = 0; s < stateCount; s++) {
      const isOut = lost[s] === 1 || out[s] === 0;
      x[s] = isOut ? 0 : gain[s]!;
      chain.target.push(-1);
      chain.chance.push(isOut ? 1 : stop[s]!);
      for (let e = edgeOffsets[s]!; e < edgeOffsets[s + 1]! && !isOut; e++) {
        chain.target.push(edgeTo[e]!);
        chain.chance.push(flows[e]!);
      }
      chain.rows.push(chain.target.length);
    }
    solveChain(chain)(x);
  };
  const solve = (lost: Uint8Array): number => {
    x.fill(0);
    for (let moved = Infinity, sweeps = 0; moved > enough; sweeps++) {
      if (sweeps > mostSweeps) {
        eliminate(lost);
        break;
      }
      moved = 0;
      // Later states tend to come later in paths: backwards, news travels far in one sweep.
      for (let s = stateCount - 1; s >= 0; s--) {
        if (lost[s] === 1) continue;
        let sum = gain[s]!;
        for (let e = edgeOffsets[s]!; e < edgeOffsets[s + 1]!; e++) sum += flows[e]! * x[edgeTo[e]!]!;
        moved = Math.max(moved, sum - x[s]!);
        x[s] = sum;
      }
    }
    let total = 0;
    for (let s = 0; s < stateCount; s++) total += begin[s]! * x[s]!;
    return total;
  };
  const without = new Float64Array(contains.length / stateCount);
  for (let c = 0; c < without.length; c++) without[c] = solve(contains.subarray(c * stateCount, (c + 1) * stateCount));
  return { all: solve(new Uint8Array(stateCount)), without };
}
