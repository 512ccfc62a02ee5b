import type { BuyingLaw } from '../buying/buyingLaw.js';
import { CountTails, MOST_TAILS } from './countTails.js';

/** A probability that nobody misses. */
const NEGLIGIBLE = 1e-7;

/** So many numbers of purchases stand alone; of larger ones so many bands to each e-fold. */
const SINGLE = 16;

/**
 * The distribution of the number of purchases of one customer within a time, large numbers in bands as wide as a {@link SINGLE}th of where they begin: about
 * 16 + 16 ln(n / 16) probabilities for numbers up to n. Filled again for each customer, without allocating.
 */
export class CountBands {
  /** Bands in use. */
  size = 0;
  /** The probability of no purchase. */
  none = 1;
  /** The mean number of purchases of each band. */
  readonly counts: Float64Array = new Float64Array(512);
  /** Its probability. */
  readonly weights: Float64Array = new Float64Array(512);
  /** The variance of the numbers within it. */
  readonly spreads: Float64Array = new Float64Array(512);

  readonly #tails = new CountTails();

  /** `isSteady`: whether purchases come at a rate that stays the same, so that their numbers follow from each other. */
  fill(law: BuyingLaw, isSteady: boolean, alive: number, theta: Float64Array, x: number, last: number, tenure: number, time: number): void {
    this.size = 0;
    const found = isSteady && alive > 0 && time > 0 ? this.#tails.fill(law.posterior(theta, x, last, tenure)[0]!, law.dropout, time) : 0;
    const atLeast = (least: number): number => {
      if (least <= found) return this.#tails.tails[least - 1]!;
      return found > 0 && found < MOST_TAILS ? 0 : law.atLeast(theta, x, last, tenure, time, least);
    };
    let tail = alive > 0 && time > 0 ? Math.min(1, alive * atLeast(1)) : 0;
    this.none = 1 - tail;
    for (let least = 1; tail > NEGLIGIBLE && this.size < this.counts.length; ) {
      const width = widthFrom(least);
      const next = Math.min(tail, alive * atLeast(least + width));
      this.counts[this.size] = least + (width - 1) / 2;
      this.spreads[this.size] = (width * width - 1) / 12;
      this.weights[this.size++] = tail - next;
      least += width;
      tail = next;
    }
    this.#centre();
    // What is left beyond the last band goes to it: the probabilities add up to 1.
    if (this.size > 0) this.weights[this.size - 1]! += tail;
  }

  /** The variance of the number of purchases, each counted with an independent factor of mean 1 and variance `noise`. */
  variance(noise: number): number {
    let [mean, square] = [0, 0];
    for (let b = 0; b < this.size; b++) {
      mean += this.weights[b]! * this.counts[b]!;
      square += this.weights[b]! * (this.counts[b]! ** 2 + this.spreads[b]! + noise * this.counts[b]!);
    }
    return square - mean * mean;
  }

  /** From the middles of bands to their means: where the probability of a number falls, as its neighbours tell, the mean lies below the middle. */
  #centre(): void {
    const { counts, weights, spreads, size } = this;
    let [least, before, beforeAt] = [1, 0, 0];
    for (let b = 0; b < size; b++) {
      const width = widthFrom(least);
      least += width;
      const middle = counts[b]!;
      const density = weights[b]! / width;
      if (width > 1 && b + 1 < size && density > 0) {
        const slope = (weights[b + 1]! / widthFrom(least) - before) / (counts[b + 1]! - beforeAt);
        counts[b] = middle + Math.max(-width / 4, Math.min(width / 4, (spreads[b]! * slope) / density));
      }
      [before, beforeAt] = [density, middle];
    }
  }
}

function widthFrom(least: number): number {
  return Math.max(1, Math.floor(least / SINGLE));
}
