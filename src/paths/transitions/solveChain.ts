import type { MarkovChain } from './markovChain.js';

/** Above so many nodes the equations are solved by sweeps over the moves, not by elimination. */
const MOST_DENSE = 1200;

/**
 * What solves x = Px + b over the nodes of a chain, b at least 0: in place, one right side at a time.
 *
 * Elimination by states without a subtraction (Grassmann, Taksar and Heyman, 1985): the chance to leave a node is added up from where it leads, never taken from 1, so
 * that small chances keep their digits and nodes that never come to an end are found out exactly: there x is 0, b being 0. O(nodes^3 / 3).
 */
export function solveChain(chain: MarkovChain): (b: Float64Array) => Float64Array {
  const n = chain.rows.length - 1;
  if (n > MOST_DENSE) return (b) => sweep(chain, b);
  const p = new Float64Array(n * n);
  const leave = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let m = chain.rows[i]!; m < chain.rows[i + 1]!; m++) {
      const target = chain.target[m]!;
      if (target < 0) leave[i]! += chain.chance[m]!;
      else p[i * n + target]! += chain.chance[m]!;
    }
  }
  const out = new Float64Array(n);
  for (let s = n - 1; s >= 0; s--) {
    let sum = leave[s]!;
    for (let j = 0; j < s; j++) sum += p[s * n + j]!;
    out[s] = sum;
    for (let i = 0; i < s; i++) {
      // What goes to where nothing ends has left for good, too.
      if (sum === 0) leave[i]! += p[i * n + s]!;
      if (p[i * n + s] === 0 || sum === 0) continue;
      const factor = (p[i * n + s]! /= sum);
      leave[i]! += factor * leave[s]!;
      for (let j = 0; j < s; j++) p[i * n + j]! += factor * p[s * n + j]!;
    }
  }
  return (b) => {
    for (let s = n - 1; s >= 0; s--) if (out[s]! > 0) for (let i = 0; i < s; i++) b[i]! += p[i * n + s]! * b[s]!;
    for (let s = 0; s < n; s++) {
      for (let j = 0; j < s; j++) b[s]! += p[s * n + j]! * b[j]!;
      b[s] = out[s]! > 0 ? b[s]! / out[s]! : 0;
    }
    return b;
  };
}

/** Gauss and Seidel from 0 upwards, until nothing rises by more than rounding. */
function sweep({ rows, target, chance }: MarkovChain, b: Float64Array): Float64Array {
  const x = new Float64Array(b.length);
  for (let round = 0, rising = true; rising && round < 100_000; round++) {
    rising = false;
    for (let i = b.length - 1; i >= 0; i--) {
      let [sum, out] = [b[i]!, 0];
      for (let m = rows[i]!; m < rows[i + 1]!; m++) {
        if (target[m] === i) continue;
        out += chance[m]!;
        if (target[m]! >= 0) sum += chance[m]! * x[target[m]!]!;
      }
      const next = out > 0 ? sum / out : 0;
      if (next > x[i]! * (1 + 1e-14)) rising = true;
      x[i] = next;
    }
  }
  return x;
}
