import type { MarkovChain } from './markovChain.js';
import type { FirstPassage } from './markovState.js';

/** Step by step, where those are who have not reached the state; O(steps x moves). No chain: the journey has ended. */
export function firstPassage(chain: MarkovChain | null, node: number, to: number, steps: number): FirstPassage {
  const within = new Float64Array(steps);
  if (chain !== null) {
    const { rows, target, state, chance } = chain;
    let here = new Float64Array(rows.length - 1);
    here[node] = 1;
    for (let step = 0, reached = 0; step < steps; step++) {
      const next = new Float64Array(here.length);
      for (let i = 0; i < here.length; i++) {
        if (here[i] === 0) continue;
        for (let m = rows[i]!; m < rows[i + 1]!; m++) {
          if (state[m] === to) reached += here[i]! * chance[m]!;
          else if (target[m]! >= 0) next[target[m]!]! += here[i]! * chance[m]!;
        }
      }
      within[step] = reached;
      here = next;
    }
  }
  const stepsTo = (share: number): number | null => {
    const at = within.findIndex((reached) => reached >= share - 1e-12);
    return at < 0 ? null : at + 1;
  };
  return { within, steps: { p10: stepsTo(0.1), p25: stepsTo(0.25), median: stepsTo(0.5), p75: stepsTo(0.75), p90: stepsTo(0.9) } };
}
