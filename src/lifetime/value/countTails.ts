import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import type { BuyingLaw, PosteriorPart } from '../buying/buyingLaw.js';

/** Up to so many purchases by recursion; beyond, 24 points no longer follow how sharply their number depends on the time of death. */
export const MOST_TAILS = 64;

const POINTS = 24;

/** Below this nothing is left to find. */
const NEGLIGIBLE = 1e-8;

/**
 * The probabilities of at least 1, 2, … purchases of who is alive, all at once, for laws by which customers buy at a rate of their own, gamma with shape A
 * and rate a, until they die. Within a time u the number is negative binomial: n is followed by n + 1 with (A + n) / (n + 1) u / (a + u) of its
 * probability. Death at a purchase thins the tails by those who survive n - 1 of them; death at a rate ends the time early.
 */
export class CountTails {
  /** Of at least n + 1 purchases, for those found. */
  readonly tails: Float64Array = new Float64Array(MOST_TAILS);
  readonly #points: Float64Array;
  readonly #weights: Float64Array;
  readonly #masses = new Float64Array(POINTS + 1);
  readonly #steps = new Float64Array(POINTS + 1);

  constructor() {
    const rule = gaussLegendre(POINTS);
    this.#points = Float64Array.from(rule, ({ point }) => point);
    this.#weights = Float64Array.from(rule, ({ weight }) => weight);
  }

  /** Fills the tails within a time; gives how many, the last being negligible or the {@link MOST_TAILS}th: none where more purchases than that are usual. */
  fill({ purchaseRate: [shape, rate], dropout }: PosteriorPart, kind: BuyingLaw['dropout'], time: number): number {
    if ((shape * time) / rate > MOST_TAILS) return 0;
    if (kind === 'rate' && dropout !== null) this.#spreadDeaths(dropout, shape, rate, time);
    else {
      this.#steps[0] = time / (rate + time);
      this.#masses[0] = Math.exp(shape * Math.log1p(-this.#steps[0]));
    }
    const times = kind === 'rate' ? POINTS + 1 : 1;
    let tail = 1;
    let survived = 1;
    for (let n = 0; n < MOST_TAILS; n++) {
      for (let j = 0; j < times; j++) {
        tail -= this.#masses[j]!;
        this.#masses[j]! *= (this.#steps[j]! * (shape + n)) / (n + 1);
      }
      if (kind === 'probability' && n > 0) survived *= (dropout![1] + n - 1) / (dropout![0] + dropout![1] + n - 1);
      this.tails[n] = Math.max(0, tail * survived);
      if (this.tails[n]! < NEGLIGIBLE) return n + 1;
    }
    return MOST_TAILS;
  }

  /** Times of death within `time` with their probabilities, and `time` itself for who survives it; those of no purchase until then. */
  #spreadDeaths([s, beta]: readonly [number, number], shape: number, rate: number, time: number): void {
    const end = Math.log1p(time / beta);
    for (let j = 0; j <= POINTS; j++) {
      const log = j < POINTS ? end * this.#points[j]! : end;
      const u = j < POINTS ? beta * Math.expm1(log) : time;
      const part = j < POINTS ? s * end * this.#weights[j]! : 1;
      this.#steps[j] = u / (rate + u);
      this.#masses[j] = part * Math.exp(-s * log - shape * Math.log1p(u / rate));
    }
  }
}
