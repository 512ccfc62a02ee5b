import { factorise } from './factorise.js';
import { movedPrices } from './pricing.js';
import type { Program } from './program.js';

/** What the primal simplex method works towards. */
export interface Objective {
  readonly prices: Float64Array;
  readonly noise: Float64Array;
  /** Cost of a slack of an input or an output. */
  readonly slackCost: 0 | -1;
  /** Prices that a unit has to come up to if it is to enter, so that the score stays; null where anyone may. */
  readonly gate: Float64Array | null;
  /** Brings the prices up to a new basis; false when it is singular. */
  refresh(): boolean;
}

/** The score itself. */
export function scoreObjective(program: Program): Objective {
  return { prices: program.prices, noise: program.noise, slackCost: 0, gate: null, refresh: () => factorise(program) };
}

/** The sum of the slacks, each relative to the largest of its column, among all ways to reach the score just found. */
export function slackObjective(program: Program): Objective {
  const k = program.technology.rowCount;
  const [prices, noise, gate] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
  movedPrices(program, program.prices, program.noise, 1, gate);
  // The slack of a row with a price costs score: its row may not enter.
  for (let i = 0; i < k; i++) if (Math.abs(program.prices[i]!) <= 1e-12 * program.noise[i]!) gate[i] = 0;
  const refresh = (): boolean => {
    if (!factorise(program)) return false;
    priceSlacks(program, prices, noise);
    return true;
  };
  priceSlacks(program, prices, noise);
  return { prices, noise, slackCost: -1, gate, refresh };
}

// c_B B^-1 with a cost of -1 for every basic slack of an input or an output.
function priceSlacks({ technology: { rowCount: k, unitCount, scales }, basis, inverse, rowScales }: Program, prices: Float64Array, noise: Float64Array): void {
  prices.fill(0);
  for (let place = 0; place < k; place++) {
    const row = basis[place]! - unitCount;
    if (row < 0 || row >= scales.length) continue;
    for (let i = 0; i < k; i++) prices[i]! -= inverse[place * k + i]! / rowScales[row]!;
  }
  let largest = 0;
  for (let i = 0; i < k; i++) largest = Math.max(largest, Math.abs(prices[i]!));
  for (let i = 0; i < k; i++) {
    prices[i]! *= rowScales[i]!;
    noise[i] = largest * rowScales[i]!;
  }
}
