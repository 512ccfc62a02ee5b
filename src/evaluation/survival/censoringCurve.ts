import type { SurvivalSample } from './survivalSample.js';

/** The share not yet censored, by time: a step at each time at which some were censored. */
export interface CensoringCurve {
  /** Ascending. */
  readonly times: Float64Array;
  /** Just after each time. */
  readonly share: Float64Array;
}

/**
 * The product-limit estimate of the share not yet censored, of rows in the order of their durations, from `from` to before `to`. At equal times events leave first, so that the factor is 1 - censored / (at risk - events): only
 * then do weights of 1 / share just before each event add up to the rows there are.
 */
export function censoringCurve({ durations, events, weights }: SurvivalSample, from = 0, to: number = durations.length): CensoringCurve {
  const times: number[] = [];
  const shares: number[] = [];
  let atRisk = 0;
  for (let k = from; k < to; k++) atRisk += weights[k]!;
  // What rounding leaves of weights when the last have gone is nobody.
  const nobody = 1e-12 * atRisk;
  let share = 1;
  for (let k = from; k < to; ) {
    const time = durations[k]!;
    let [happened, censored] = [0, 0];
    for (; k < to && durations[k] === time; k++) {
      if (events[k] === 1) happened += weights[k]!;
      else censored += weights[k]!;
    }
    atRisk -= happened;
    if (censored > 0) {
      share *= atRisk - censored <= nobody ? 0 : 1 - censored / atRisk;
      times.push(time);
      shares.push(share);
    }
    atRisk -= censored;
  }
  return { times: Float64Array.from(times), share: Float64Array.from(shares) };
}

/** The share not yet censored just before the duration of each of these rows. */
export function shareBefore({ times, share }: CensoringCurve, durations: Float64Array, into: Float64Array, from = 0, to: number = durations.length): void {
  let step = 0;
  for (let k = from; k < to; k++) {
    while (step < times.length && times[step]! < durations[k]!) step++;
    into[k] = step === 0 ? 1 : share[step - 1]!;
  }
}
