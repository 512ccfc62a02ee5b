import type { JourneyColumns } from '../journeys/journeys.js';
import type { StepIndex } from '../timing/stepIndex.js';
import type { ChancesOf } from './orderChances.js';

/** Rows of a transition matrix: what follows a state, and how often. */
interface Chain {
  /** The state of each step: equal items, equal state. */
  readonly states: Int32Array;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly targets: Int32Array;
  readonly shares: Float64Array;
}

/**
 * The chances when each journey is a first-order Markov chain with the transitions of these journeys, given its first step and its length (also where a chain could have
 * stopped before). Exact: backward over the steps still to come, for each state the chance to complete the path from each step of it. O(longest journey × transitions × steps) a path.
 */
export function markovChances(journeys: JourneyColumns, index: StepIndex): ChancesOf {
  const { offsets, customers } = journeys;
  const chain = readChain(journeys);
  const { states, count, starts, targets, shares } = chain;
  const lengths = customers.map((_, c) => offsets[c + 1]! - offsets[c]!);
  const byLength = lengths.map((_, c) => c).filter((c) => lengths[c]! > 0).sort((a, b) => lengths[a]! - lengths[b]!);
  return ({ codes }) => {
    const done = codes.length;
    const masks = new Int32Array(count);
    codes.forEach((step, j) => {
      for (const s of index(step)) masks[states[s]!]! |= 1 << j;
    });
    const chances = new Float64Array(customers.length);
    // Row j: from each state with the path done up to step j; the last row is the chance to last so long at all.
    let now = new Float64Array((done + 1) * count).fill(1, done * count);
    let next = new Float64Array(now.length);
    for (let at = 0, length = 1; at < byLength.length; length++) {
      for (; at < byLength.length && lengths[byLength[at]!] === length; at++) {
        const first = states[offsets[byLength[at]!]!]!;
        chances[byLength[at]!] = now[(masks[first]! & 1) * count + first]! / now[done * count + first]!;
      }
      let most = 0;
      for (let state = 0; state < count; state++) {
        for (let j = 0; j <= done; j++) {
          let sum = 0;
          for (let e = starts[state]!; e < starts[state + 1]!; e++) sum += shares[e]! * now[(j + ((masks[targets[e]!]! >> j) & 1)) * count + targets[e]!]!;
          next[j * count + state] = sum;
        }
        most = Math.max(most, next[done * count + state]!);
      }
      // Only ratios are asked for: a long journey in a chain that often stops must not come to nothing.
      if (most > 0 && most < 1e-100) for (let i = 0; i < next.length; i++) next[i]! /= most;
      [now, next] = [next, now];
    }
    return { chances, isExact: true };
  };
}

function readChain({ offsets, items, itemOffsets, customers, weights }: JourneyColumns): Chain {
  const known = new Map<string, number>();
  const states = new Int32Array(itemOffsets.length - 1);
  for (let s = 0; s < states.length; s++) {
    const key = items.subarray(itemOffsets[s], itemOffsets[s + 1]).join();
    let state = known.get(key);
    if (state === undefined) known.set(key, (state = known.size));
    states[s] = state;
  }
  const rows = Array.from(known, () => new Map<number, number>());
  for (let c = 0; c < customers.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    for (let s = offsets[c]! + 1; weight > 0 && s < offsets[c + 1]!; s++) {
      const row = rows[states[s - 1]!]!;
      row.set(states[s]!, (row.get(states[s]!) ?? 0) + weight);
    }
  }
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, state) => (starts[state + 1] = starts[state]! + row.size));
  const targets = Int32Array.from(rows.flatMap((row) => [...row.keys()]));
  const shares = Float64Array.from(
    rows.flatMap((row) => {
      const total = [...row.values()].reduce((a, b) => a + b, 0);
      return Array.from(row.values(), (weight) => weight / total);
    }),
  );
  return { states, count: rows.length, starts, targets, shares };
}
