import type { SurvivalPoints } from '../survivalModel.js';

/** A hazard of 1 leaves nobody of whom anything more could be said. */
const CERTAIN = 0.999999999999;

/**
 * Survival by a hazard that is the same throughout each interval between cuts, so that the cumulative hazard H is a broken line; after the last cut nothing is known, and the
 * curve stays as it is. One customer at a time.
 */
export class HazardCurve {
  readonly #cuts: Float64Array;
  /** H at each cut; the first is 0. */
  readonly #cumulative: Float64Array;

  /** @param cuts - ascending, the first is 0. */
  constructor(cuts: Float64Array) {
    this.#cuts = cuts;
    this.#cumulative = new Float64Array(cuts.length);
  }

  /** Takes the probabilities of the event in each interval, of who is without it at its start. */
  read(hazards: Float64Array, from: number): this {
    for (let k = 1; k < this.#cuts.length; k++) this.#cumulative[k] = this.#cumulative[k - 1]! - Math.log1p(-Math.min(hazards[from + k - 1]!, CERTAIN));
    return this;
  }

  /** H at a time. */
  at(time: number): number {
    const cuts = this.#cuts;
    const last = cuts.length - 1;
    if (time >= cuts[last]!) return this.#cumulative[last]!;
    const k = this.#interval(cuts, time);
    const share = (time - cuts[k - 1]!) / (cuts[k]! - cuts[k - 1]!);
    return between(this.#cumulative[k - 1]!, this.#cumulative[k]!, share);
  }

  /** The mean of H over the cuts. */
  mean(): number {
    return this.#cumulative.reduce((sum, hazard) => sum + hazard, 0) / (this.#cuts.length - 1);
  }

  /** The probability of no event in this time after what has elapsed. */
  survival(elapsed: number, time: number): number {
    return Math.exp(this.at(elapsed) - this.at(elapsed + time));
  }

  /** The time after what has elapsed by which a share has had the event. */
  quantile(elapsed: number, share: number): number {
    const wanted = this.at(elapsed) - Math.log1p(-share);
    const last = this.#cumulative.length - 1;
    if (!(this.#cumulative[last]! >= wanted)) return Infinity;
    let k = 1;
    while (this.#cumulative[k]! < wanted) k++;
    const [low, high] = [this.#cumulative[k - 1]!, this.#cumulative[k]!];
    const within = (wanted - low) / (high - low);
    return this.#cuts[k - 1]! + within * (this.#cuts[k]! - this.#cuts[k - 1]!) - elapsed;
  }

  /** The area under the curve from what has elapsed over a horizon: in each interval (S at its start - S at its end) / hazard. */
  restrictedMean(elapsed: number, horizon: number): number {
    const start = this.at(elapsed);
    const end = elapsed + horizon;
    let area = 0;
    let from = elapsed;
    while (from < end) {
      const to = Math.min(end, this.#next(from));
      const [before, after] = [Math.exp(start - this.at(from)), Math.exp(start - this.at(to))];
      const rate = this.at(to) - this.at(from);
      // Without a hazard worth the name the curve is as good as straight there.
      area += (to - from) * (rate > 1e-8 ? (before - after) / rate : (before + after) / 2);
      from = to;
    }
    return area;
  }

  /** The curve at each cut after what has elapsed. */
  points(elapsed: number): SurvivalPoints {
    const cuts = this.#cuts.filter((cut) => cut > elapsed);
    return { times: cuts.map((cut) => cut - elapsed), survival: cuts.map((cut) => this.survival(elapsed, cut - elapsed)) };
  }

  /** The first cut after a time. */
  #next(time: number): number {
    const last = this.#cuts[this.#cuts.length - 1]!;
    return time >= last ? Infinity : this.#cuts[this.#interval(this.#cuts, time)]!;
  }

  /** The interval k, from cut k - 1 up to cut k, that holds a time before the last cut. */
  #interval(cuts: Float64Array, time: number): number {
    let [low, high] = [1, cuts.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cuts[middle]! > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function between(low: number, high: number, share: number): number {
  return share === 0 ? low : low + share * (high - low);
}
