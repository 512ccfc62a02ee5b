import { productLimit, riskSteps, type RiskSteps } from '../../numeric/survival/riskSteps.js';
import type { SurvivalRows } from '../survivalRows.js';

/** What counts more at each time: nothing, those at risk, or the share still without the event. */
export type LogRankWeighting = 'logRank' | 'wilcoxon' | 'taroneWare' | 'peto' | { readonly rho?: number; readonly gamma?: number };

/** Sums over the times of events; of several strata added up. */
export interface LogRankSums {
  /** Per group. */
  readonly observed: Float64Array;
  /** Per group, what it would have of the events if groups did not matter. */
  readonly expected: Float64Array;
  /** Groups × groups, row-major, of observed - expected. */
  readonly variance: Float64Array;
}

/**
 * Adds the comparison within one stratum: at each time of events those of each group beside its share of all at risk, with the hypergeometric variance. Time runs
 * backwards, as in `riskSteps`. O(n log n + times × groups²).
 */
export function addLogRank({ observed, expected, variance }: LogRankSums, rows: SurvivalRows, codes: Int32Array, weighting: LogRankWeighting): void {
  const { durations, events, entries, weights } = rows;
  const steps = riskSteps(durations, events, { entries, weights });
  const { times, order, starts, entryOrder } = steps;
  const timeWeights = weighting === 'logRank' ? null : weightsOf(steps, weighting);
  const groupCount = observed.length;
  const [risk, had, shares] = [new Float64Array(groupCount), new Float64Array(groupCount), new Float64Array(groupCount)];
  let e = order.length - 1;
  for (let step = times.length - 1; step >= 0; step--) {
    const [time, n, d] = [times[step]!, steps.atRisk[step]!, steps.events[step]!];
    if (d > 0) had.fill(0);
    for (let i = starts[step]!; i < starts[step + 1]!; i++) {
      const row = order[i]!;
      const weight = weights === null ? 1 : weights[row]!;
      risk[codes[row]!]! += weight;
      if (events[row] !== 0) had[codes[row]!]! += weight;
    }
    if (entryOrder !== null) {
      for (; e >= 0 && entries![entryOrder[e]!]! >= time; e--) risk[codes[entryOrder[e]!]!]! -= weights === null ? 1 : weights[entryOrder[e]!]!;
    }
    if (d === 0) continue;
    const timeWeight = timeWeights === null ? 1 : timeWeights[step]!;
    const spread = n > 1 ? (timeWeight * timeWeight * d * (n - d)) / (n - 1) : 0;
    for (let g = 0; g < groupCount; g++) {
      const share = (shares[g] = risk[g]! / n);
      observed[g]! += timeWeight * had[g]!;
      expected[g]! += timeWeight * d * share;
      variance[g * groupCount + g]! += spread * share;
      for (let h = 0; h <= g; h++) variance[g * groupCount + h]! -= spread * share * shares[h]!;
    }
  }
  for (let g = 0; g < groupCount; g++) for (let h = 0; h < g; h++) variance[h * groupCount + g] = variance[g * groupCount + h]!;
}

/** The weight of each time. Shares are those just before the time, but of Peto and Peto. */
function weightsOf(steps: RiskSteps, weighting: Exclude<LogRankWeighting, 'logRank'>): Float64Array {
  const { atRisk, events } = steps;
  if (weighting === 'wilcoxon') return atRisk;
  if (weighting === 'taroneWare') return atRisk.map(Math.sqrt);
  if (weighting === 'peto') {
    let share = 1;
    return atRisk.map((risk, step) => (share *= 1 - events[step]! / (risk + 1)));
  }
  const { rho = 0, gamma = 0 } = weighting;
  const survival = productLimit(steps);
  return survival.map((_, step) => {
    const before = step === 0 ? 1 : survival[step - 1]!;
    return before ** rho * (1 - before) ** gamma;
  });
}
