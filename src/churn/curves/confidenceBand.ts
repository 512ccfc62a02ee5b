/** On which scale the interval of a probability is symmetric: `'log'`, `'log-log'`, `'logit'` and `'arcsin'` transform it, `'plain'` does not. */
export type CurveInterval = 'log' | 'log-log' | 'plain' | 'logit' | 'arcsin';

/** All of {@link CurveInterval}. */
export const CURVE_INTERVALS: readonly CurveInterval[] = ['log', 'log-log', 'plain', 'logit', 'arcsin'];

/** The ends of the interval of a probability, within [0, 1], as R's survfit has them; of 0, and on the scales that reach no 1 of 1, the probability itself. */
export function confidenceBand(interval: CurveInterval, probability: number, standardError: number, z: number): readonly [lower: number, upper: number] {
  const half = z * standardError;
  if (interval === 'plain') return [Math.max(0, probability - half), Math.min(1, probability + half)];
  if (probability <= 0) return [probability, probability];
  const relative = half / probability;
  if (interval === 'log') return [probability * Math.exp(-relative), Math.min(1, probability * Math.exp(relative))];
  if (probability >= 1) return [probability, probability];
  if (interval === 'log-log') {
    const log = Math.log(probability);
    return [Math.exp(log * Math.exp(-relative / log)), Math.exp(log * Math.exp(relative / log))];
  }
  if (interval === 'logit') {
    const odds = probability / (1 - probability);
    const spread = Math.exp(relative / (1 - probability));
    // Divided by the spread, not multiplied: no infinity over infinity where the error is large.
    return [odds / (odds + spread), 1 / (1 + 1 / (odds * spread))];
  }
  const angle = Math.asin(Math.sqrt(probability));
  const turn = 0.5 * relative * Math.sqrt(probability / (1 - probability));
  return [Math.sin(Math.max(0, angle - turn)) ** 2, Math.sin(Math.min(Math.PI / 2, angle + turn)) ** 2];
}
