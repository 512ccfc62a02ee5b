import type { SurvivalPoints } from '../survivalModel.js';
import type { BaselineSteps } from './coxState.js';

/** What happens after a time: the cumulative baseline hazard of one stratum, read at a log-hazard (`eta`) and from an elapsed time on. */
export class BaselineCurve {
  readonly #times: Float64Array;
  readonly #cumulative: Float64Array;

  constructor({ times, cumulative }: BaselineSteps) {
    this.#times = Float64Array.from(times);
    this.#cumulative = Float64Array.from(cumulative);
  }

  /** The share still without the event a time after `elapsed`. */
  survival(eta: number, elapsed: number, time: number): number {
    return survivalOf(eta, this.#upTo(this.#after(elapsed + time)) - this.#upTo(this.#after(elapsed)));
  }

  /** The first time at which no more than 1 - share is left. */
  quantile(eta: number, elapsed: number, share: number): number {
    const before = this.#upTo(this.#after(elapsed));
    let low = this.#after(elapsed);
    let high = this.#times.length;
    // Asked of the survival itself, so that both say the same to the bit.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (survivalOf(eta, this.#cumulative[middle]! - before) > 1 - share) low = middle + 1;
      else high = middle;
    }
    return low === this.#times.length ? Infinity : this.#times[low]! - elapsed;
  }

  /** The area under the curve from `elapsed` on, over a horizon. */
  restrictedMean(eta: number, elapsed: number, horizon: number): number {
    const first = this.#after(elapsed);
    const before = this.#upTo(first);
    let [mean, last, left] = [0, 0, 1];
    for (let k = first; k < this.#times.length && left > 0; k++) {
      const time = this.#times[k]! - elapsed;
      if (time >= horizon) break;
      mean += left * (time - last);
      last = time;
      left = survivalOf(eta, this.#cumulative[k]! - before);
    }
    return left > 0 ? mean + left * (horizon - last) : mean;
  }

  /** The curve from `elapsed` on. */
  points(eta: number, elapsed: number): SurvivalPoints {
    const first = this.#after(elapsed);
    const before = this.#upTo(first);
    return {
      times: this.#times.slice(first).map((time) => time - elapsed),
      survival: this.#cumulative.slice(first).map((hazard) => survivalOf(eta, hazard - before)),
    };
  }

  /** How many steps are at or before a time. */
  #after(time: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #upTo(steps: number): number {
    return steps === 0 ? 0 : this.#cumulative[steps - 1]!;
  }
}

/** exp(-hazard e^eta), whichever of the two is out of range by itself. */
function survivalOf(eta: number, hazard: number): number {
  return hazard > 0 ? Math.exp(-Math.exp(Math.log(hazard) + eta)) : 1;
}
