import { createRandom, shuffle } from '../../numeric/random.js';
import type { PathMoves } from './countContexts.js';
import { sumOf, type PathTable } from './pathTables.js';

/** What one order came to on the same moves. */
export interface MarkovOrderTrial {
  /** How many states back. */
  readonly order: number;
  /** Probabilities free to vary: per context used, the states ever seen after its last state, less 1. */
  readonly parameters: number;
  /** Of the shares as they are, without the prior. */
  readonly logLikelihood: number;
  /** 2 × parameters − 2 × log-likelihood. */
  readonly aic: number;
  /** `parameters` x ln(moves) - 2 `logLikelihood`. */
  readonly bic: number;
  /** Mean of -ln(probability) of the moves of customers not learnt from; null unless `choose` is 'heldOut'. */
  readonly heldOutLogLoss: number | null;
}

/** Each order up to the number of tables, every one judged by all moves: those at the beginning of a journey from what there is. */
export function tryOrders(tables: readonly PathTable[], stateCount: number, losses: readonly number[] | null): MarkovOrderTrial[] {
  const moves = sumOf(tables[0]!.n, 0, tables[0]!.n.length);
  const branches = Array.from({ length: stateCount + 1 }, (_, state) => tables[0]!.rows[state + 1]! - tables[0]!.rows[state]!);
  const trials: MarkovOrderTrial[] = [];
  // Sums over the contexts that are a whole journey so far: no longer context replaces them.
  let [early, earlyParameters] = [0, 0];
  let isStart: (context: number) => boolean = (context) => context === stateCount;
  let lastOf: (context: number) => number = (context) => context;
  tables.forEach(({ rows, n, from, to }, i) => {
    let [logLikelihood, parameters] = [early, earlyParameters];
    for (let c = 0; c + 1 < rows.length; c++) {
      const total = sumOf(n, rows[c]!, rows[c + 1]!);
      if (total === 0) continue;
      let part = 0;
      for (let row = rows[c]!; row < rows[c + 1]!; row++) part += n[row]! * Math.log(n[row]! / total);
      const free = branches[lastOf(c)]! - 1;
      logLikelihood += part;
      parameters += free;
      if (!isStart(c)) continue;
      early += part;
      earlyParameters += free;
    }
    trials.push({ order: i + 1, parameters, logLikelihood, aic: 2 * parameters - 2 * logLikelihood, bic: parameters * Math.log(moves) - 2 * logLikelihood, heldOutLogLoss: losses?.[i] ?? null });
    const startsBefore = isStart;
    isStart = (context) => startsBefore(from[context]!);
    lastOf = (context) => to[context]!;
  });
  return trials;
}

/** Per order the mean loss on customers not learnt from. Folds are taken off the counts, so that nothing is counted twice. */
export function heldOutLosses(tables: readonly PathTable[], rowOf: readonly Int32Array[], moves: PathMoves, weights: Float64Array | null, customers: number, options: { readonly prior: number; readonly folds: number; readonly seed: number }): number[] {
  const { folds, prior, seed } = options;
  const { states, to, customer } = moves;
  const stateCount = states.length;
  const foldOf = new Int32Array(customers);
  shuffle(Uint32Array.from({ length: customers }, (_, c) => c), createRandom(seed)).forEach((c, i) => (foldOf[c] = i % folds));
  const pseudo = prior > 0 ? prior : 1 / stateCount;
  const [fold, weight, chance] = [new Int32Array(to.length), new Float64Array(to.length), new Float64Array(to.length)];
  let all = 0;
  for (let m = 0; m < to.length; m++) {
    fold[m] = foldOf[customer[m]!]!;
    weight[m] = weights === null ? 1 : weights[customer[m]!]!;
    all += weight[m]!;
  }
  // The shares of all steps first, as if from one context; a longer context that was seen elsewhere takes their place.
  const blend = (row: Int32Array, contexts: Int32Array, contextCount: number): void => {
    const rowCount = contexts.length;
    const n = new Float64Array((folds + 1) * rowCount);
    const totals = new Float64Array((folds + 1) * contextCount);
    for (let m = 0; m < row.length; m++) {
      const r = row[m]!;
      if (r < 0) continue;
      const c = contexts[r]!;
      const w = weight[m]!;
      const f = fold[m]! + 1;
      n[r]! += w;
      n[f * rowCount + r]! += w;
      totals[c]! += w;
      totals[f * contextCount + c]! += w;
    }
    for (let m = 0; m < row.length; m++) {
      const r = row[m]!;
      if (r < 0) continue;
      const c = contexts[r]!;
      const f = fold[m]! + 1;
      const total = totals[c]! - totals[f * contextCount + c]!;
      if (total > 0) chance[m] = (n[r]! - n[f * rowCount + r]! + pseudo) / (total + pseudo * stateCount);
    }
  };
  chance.fill(1 / stateCount);
  blend(to, new Int32Array(stateCount), 1);
  return tables.map(({ from, rows }, i) => {
    blend(rowOf[i]!, from, rows.length);
    let loss = 0;
    for (let m = 0; m < chance.length; m++) loss -= weight[m]! * Math.log(chance[m]!);
    return loss / all;
  });
}
