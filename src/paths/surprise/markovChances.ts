import type { JourneyColumns } from '../journeys/journeys.js';
import type { StepIndex } from '../timing/stepIndex.js';
import type { ReadPath } from '../timing/readPaths.js';
import type { ChancesOf, PathChances } from './orderChances.js';

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
  const going = new Float64Array(shares.length);
  const chancesOf = ({ codes }: ReadPath): PathChances => {
    const done = codes.length;
    const masks = new Int32Array(count);
    codes.forEach((step, j) => {
      for (const s of index(step)) masks[states[s]!]! |= 1 << j;
    });
    const chances = new Float64Array(customers.length);
    // Row j: from each state the chance to have the path, done up to step j, given that the journey lasts so long; `lasting` is the log of the chance to last. Per state, as
    // in a chain that often stops some states are hundreds of powers of ten below others.
    let now = new Float64Array((done + 1) * count).fill(1, done * count);
    let next = now.slice();
    let [lasting, longer] = [new Float64Array(count), new Float64Array(count)];
    for (let at = 0, length = 1; at < byLength.length; length++) {
      for (; at < byLength.length && lengths[byLength[at]!] === length; at++) {
        const first = states[offsets[byLength[at]!]!]!;
        chances[byLength[at]!] = now[(masks[first]! & 1) * count + first]!;
      }
      for (let state = 0; state < count; state++) {
        const [begin, end] = [starts[state]!, starts[state + 1]!];
        let [most, total] = [-Infinity, 0];
        for (let e = begin; e < end; e++) most = Math.max(most, lasting[targets[e]!]!);
        // Of those who last so long, what share goes where.
        for (let e = begin; e < end; e++) total += going[e] = most === -Infinity ? 0 : shares[e]! * Math.exp(lasting[targets[e]!]! - most);
        longer[state] = most + Math.log(total);
        for (let j = 0; j < done; j++) {
          let sum = 0;
          for (let e = begin; e < end; e++) sum += going[e]! * now[(j + ((masks[targets[e]!]! >> j) & 1)) * count + targets[e]!]!;
          next[j * count + state] = total > 0 ? sum / total : 0;
        }
      }
      [now, next, lasting, longer] = [next, now, longer, lasting];
    }
    return { chances, isExact: true };
  };
  return (paths) => paths.map(chancesOf);
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
