/** The area under the incidence of a cause up to a horizon, and its variance. */
export interface TimeLostMoments {
  readonly area: number;
  readonly variance: number;
}

/**
 * The mean time lost to a cause. Each step of the incidence counts for the time from it to the horizon; the variance is that of multinomial draws at each time, carried to the area:
 * an event of the cause adds its own time and takes the chance of later ones, an event of another takes that only. O(times).
 */
export function timeLost(steps: { readonly times: Float64Array; readonly atRisk: Float64Array; readonly survival: Float64Array }, own: Float64Array, all: Float64Array, horizon: number, count: number): TimeLostMoments {
  let [area, variance] = [0, 0];
  for (let step = count - 1; step >= 0; step--) {
    const risk = steps.atRisk[step]!;
    const before = step > 0 ? steps.survival[step - 1]! : 1;
    const [mine, any] = [own[step]! / risk, all[step]! / risk];
    // What later events of the cause are worth to somebody at risk now who has none: nothing where nobody is left.
    const later = any < 1 ? area / (1 - any) : 0;
    const gain = before * (horizon - steps.times[step]!) - later;
    const other = any - mine;
    const mean = mine * gain - other * later;
    variance += Math.max(0, mine * gain * gain + other * later * later - mean * mean) / risk;
    area += before * mine * (horizon - steps.times[step]!);
  }
  return { area, variance };
}
