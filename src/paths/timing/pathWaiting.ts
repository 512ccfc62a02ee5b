import { DAY_MILLIS } from '../../data/utcDays.js';
import type { Estimate } from '../../numeric/estimate.js';
import { survivalCurve, survivalQuantile } from '../../numeric/survival/survivalCurve.js';

/** How long it takes to go on, of all who came so far: who has not gone on counts as long as observed (censored). */
export interface PathWaiting {
  /** Customers who came so far (the sum of their weights). */
  readonly came: number;
  /** Of them, those seen to go on. */
  readonly went: number;
  /** The days after which half have gone on; null where half never do while observed. */
  readonly medianDays: number | null;
  /** The share that has gone on within the horizon; null without a horizon, or where nobody was observed that long. */
  readonly within: Estimate | null;
}

/** Times until something happened, or until observation ended. */
export class Waits {
  readonly millis: Float64Array;
  readonly happened: Uint8Array;
  readonly weights: Float64Array | null;
  size = 0;

  constructor(capacity: number, isWeighted: boolean) {
    this.millis = new Float64Array(capacity);
    this.happened = new Uint8Array(capacity);
    this.weights = isWeighted ? new Float64Array(capacity) : null;
  }

  /** One wait; not negative, as a step after the end of observation is known all the same. */
  add(millis: number, happened: boolean, weight: number): void {
    this.millis[this.size] = Math.max(0, millis);
    this.happened[this.size] = happened ? 1 : 0;
    if (this.weights !== null) this.weights[this.size] = weight;
    this.size++;
  }
}

/** The figures by Kaplan and Meier, the interval symmetric in log(-log) of the share still waiting; `horizon` is NaN for none, `z` the normal quantile. */
export function waitingOf({ millis, happened, weights, size }: Waits, horizon: number, z: number): PathWaiting {
  const durations = millis.subarray(0, size);
  const shares = weights && weights.subarray(0, size);
  const curve = survivalCurve(durations, happened, shares);
  const median = survivalQuantile(curve, 0.5);
  let [came, went, longest] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const weight = shares === null ? 1 : shares[i]!;
    came += weight;
    went += weight * happened[i]!;
    if (durations[i]! > longest) longest = durations[i]!;
  }
  let steps = curve.times.length;
  while (steps > 0 && curve.times[steps - 1]! > horizon) steps--;
  const waiting = steps === 0 ? 1 : curve.survival[steps - 1]!;
  const isKnown = size > 0 && horizon >= 0 && (longest >= horizon || waiting <= 1e-12);
  return {
    came,
    went,
    medianDays: median < Infinity ? median / DAY_MILLIS : null,
    within: isKnown ? shareWithin(waiting, steps === 0 ? 0 : curve.variance[steps - 1]!, z) : null,
  };
}

function shareWithin(waiting: number, variance: number, z: number): Estimate {
  // Where all or none have gone on there is no variance to tell an interval from.
  if (waiting <= 1e-12 || waiting >= 1) return { estimate: waiting < 1 ? 1 : 0, lower: waiting < 1 ? 1 : 0, upper: waiting < 1 ? 1 : 0 };
  const power = Math.exp((z * Math.sqrt(variance)) / (waiting * Math.log(waiting)));
  return { estimate: 1 - waiting, lower: 1 - waiting ** power, upper: 1 - waiting ** (1 / power) };
}
