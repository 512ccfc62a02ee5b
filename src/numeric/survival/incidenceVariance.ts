import type { IncidenceSteps } from './cumulativeIncidence.js';

/**
 * The variance of the cumulative incidence of one cause (0, 1, …) just after each time: the multinomial variance of each hazard carried forward (the delta
 * method; Marubini and Valsecchi, 1995). With one cause it is Greenwood's variance of the survival. O(times): in x, the incidence at the end, each term is a parabola.
 */
export function incidenceVariance({ times, survival, incidence, atRisk }: IncidenceSteps, cause: number): Float64Array {
  const shares = incidence[cause]!;
  const variance = new Float64Array(times.length);
  let [before, had, constant, slope, square] = [1, 0, 0, 0, 0];
  for (let i = 0; i < times.length; i++) {
    const [x, n] = [shares[i]!, atRisk[i]!];
    const own = (x - had) / before;
    const none = survival[i]! / before;
    // Where nobody is left, nothing comes after.
    const spread = none > 0 ? (1 - none) / none : 0;
    constant += (own * (1 - own) * before * before + 2 * own * before * x + spread * x * x) / n;
    slope -= (2 * (own * before + spread * x)) / n;
    square += spread / n;
    variance[i] = Math.max(0, constant + slope * x + square * x * x);
    [before, had] = [survival[i]!, x];
  }
  return variance;
}
