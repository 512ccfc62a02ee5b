import type { MarkovChain } from './markovChain.js';
import type { Absorption } from './markovState.js';
import { solveChain } from './solveChain.js';

/** Per outcome and node: the chance of it, and that chance times the expected steps and days. */
export interface SolvedChain {
  readonly chain: MarkovChain;
  readonly chances: readonly Float64Array[];
  readonly steps: readonly Float64Array[];
  readonly days: readonly Float64Array[];
}

/**
 * For each absorbing state h = Ph + (chance to go there at once). The steps of those who do: u = Pu + h, expected steps u / h, which is the chain bent towards
 * that end (Doob's h-transform), so that what never ends, or ends elsewhere, has no part in them; days likewise, each move with its own.
 */
export function solveAbsorption(chain: MarkovChain, outcomes: readonly number[]): SolvedChain {
  const solve = solveChain(chain);
  const { rows, target, chance, days } = chain;
  const n = rows.length - 1;
  const chances: Float64Array[] = [];
  const steps: Float64Array[] = [];
  const waits: Float64Array[] = [];
  for (const outcome of outcomes) {
    const b = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let m = rows[i]!; m < rows[i + 1]!; m++) if (target[m] === -1 - outcome) b[i]! += chance[m]!;
    const h = solve(b);
    const wait = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let m = rows[i]!; m < rows[i + 1]!; m++) {
        const reached = target[m]! >= 0 ? h[target[m]!]! : target[m] === -1 - outcome ? 1 : 0;
        wait[i]! += chance[m]! * days[m]! * reached;
      }
    }
    chances.push(h);
    steps.push(solve(h.slice()));
    waits.push(solve(wait));
  }
  return { chain, chances, steps, days: waits };
}

/** The answer for one node. */
export function absorptionOf({ chances, steps, days }: SolvedChain, node: number, names: readonly string[], hasDays: boolean): Absorption {
  let [sum, sumSteps, sumDays] = [0, 0, 0];
  const outcomes = names.map((state, a) => {
    const [probability, step, wait] = [Math.min(1, chances[a]![node]!), steps[a]![node]!, days[a]![node]!];
    sum += probability;
    sumSteps += step;
    sumDays += wait;
    return { state, probability, expectedSteps: probability > 0 ? step / probability : null, expectedDays: hasDays && probability > 0 ? wait / probability : null };
  });
  // Rounding is not a chance to go on for ever.
  const never = 1 - sum;
  return { outcomes, neverProbability: never > 1e-12 ? never : 0, expectedSteps: sum > 0 ? sumSteps / sum : null, expectedDays: hasDays && sum > 0 ? sumDays / sum : null };
}
