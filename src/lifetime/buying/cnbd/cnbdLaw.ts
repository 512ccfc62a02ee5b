import { incompleteBeta } from '../../../numeric/incompleteBeta.js';
import { logGammaStep } from '../../../numeric/logGammaStep.js';
import type { BuyingLaw, PosteriorPart } from '../buyingLaw.js';
import { aliveState, stageTerms, type AliveState } from './aliveState.js';
import { discountedPurchases } from './discountedStages.js';
import { longRun } from './longRun.js';
import { nextPurchaseTime } from './nextPurchaseTime.js';
import { isLongRun, sumOverStages } from './stageSeries.js';

/**
 * Purchases every k stages of a Poisson process, so that the times between them are Erlang and the more regular the larger k is; the rate of stages is
 * each customer's own, gamma over customers, and so is the probability, beta over customers, of stopping at each purchase after the first (`first` 0)
 * or at the first too (`first` 1). Reutterer, Platzer and Schröder (2021). theta: r, alpha, a, b.
 *
 * Alive after a silence the customer is in stage j of k with a probability of its own, the rate of stages is then gamma with shape r + kx + j and rate
 * alpha + T, and the probability of stopping, independent of both, beta with shapes a and b + x + first. All answers follow from these three.
 */
export class CnbdLaw implements BuyingLaw {
  readonly names: readonly string[] = ['r', 'alpha', 'a', 'b'];
  readonly dropoutPowers: BuyingLaw['dropoutPowers'] = [[2, 1]];
  readonly dropout = 'probability';
  /** Stages between purchases. */
  readonly k: number;
  /** Whether a customer can stop at the first purchase. */
  readonly first: 0 | 1;

  constructor(k: number, first: 0 | 1) {
    this.k = k;
    this.first = first;
  }

  /** By Bayes' rule from the silence since the last purchase, of which fewer than k stages are nothing unusual. */
  alive(theta: Float64Array, x: number, last: number, tenure: number): number {
    const stopping = x + this.first;
    if (stopping === 0) return 1;
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const shape = r + this.k * x;
    const stages = stageTerms(this.k, shape, (tenure - last) / (alpha + tenure))[this.k]!;
    const silence = shape * Math.log1p((tenure - last) / (alpha + last)) - Math.log(stages);
    return 1 / (1 + (a / (b + (stopping - 1))) * Math.exp(silence));
  }

  /** The mean chance to survive the purchases made. */
  survives(theta: Float64Array, x: number, last: number, tenure: number, ahead: number): number {
    const state = this.#state(theta, x, last, tenure);
    return isLongRun(state, ahead) ? longRun(state, ahead, 'survival') : Math.min(1, sumOverStages(state, ahead, 'survival'));
  }

  /** The exact sum over stages to come; an integral where there are too many of them. */
  expected(theta: Float64Array, x: number, last: number, tenure: number, ahead: number): number {
    const state = this.#state(theta, x, last, tenure);
    return isLongRun(state, ahead) ? longRun(state, ahead, 'purchases') : sumOverStages(state, ahead, 'purchases');
  }

  /** All but the last of them survived, and the stages that they take made in time. */
  atLeast(theta: Float64Array, x: number, last: number, tenure: number, ahead: number, least: number): number {
    const { k, shape, rate, stages, a, b } = this.#state(theta, x, last, tenure);
    const share = ahead / (rate + ahead);
    let inTime = 0;
    for (let j = 0; j < k; j++) if (stages[j]! > 0) inTime += stages[j]! * incompleteBeta(share, least * k - j, shape + j);
    return Math.min(1, inTime) * Math.exp(logGammaStep(b, least - 1) - logGammaStep(a + b, least - 1));
  }

  /** Whoever is alive buys again. */
  waits(theta: Float64Array, x: number, last: number, tenure: number, share: number): number {
    return nextPurchaseTime(this.#state(theta, x, last, tenure), tenure - last, share);
  }

  /** An integral over the rate of stages; without a discount the expectation. */
  discounted(theta: Float64Array, x: number, last: number, tenure: number, ahead: number, delta: number): number {
    const state = this.#state(theta, x, last, tenure);
    if (delta > 0) return discountedPurchases(state, ahead, delta);
    // Ever, each purchase being survived with 1 - p: the mean of 1 / p.
    if (ahead === Infinity) return state.a > 1 ? (state.a + state.b - 1) / (state.a - 1) : Infinity;
    return this.expected(theta, x, last, tenure, ahead);
  }

  /** Alive in each stage, or stopped at the last purchase. A purchase takes k stages: its rate is that of stages divided by k. */
  posterior(theta: Float64Array, x: number, last: number, tenure: number): PosteriorPart[] {
    const { k, shape, rate, stages, a, b } = this.#state(theta, x, last, tenure);
    const alive = this.alive(theta, x, last, tenure);
    const parts = Array.from(stages, (chance, j): PosteriorPart => ({ weight: alive * chance, purchaseRate: [shape + j, k * rate], dropout: [a, b] }));
    if (x + this.first > 0) parts.push({ weight: 1 - alive, purchaseRate: [shape, k * (theta[1]! + last)], dropout: [a + 1, theta[3]! + (x + this.first - 1)] });
    return parts.filter(({ weight }) => weight > 0);
  }

  #state(theta: Float64Array, x: number, last: number, tenure: number): AliveState {
    return aliveState(this.k, this.first, theta, x, last, tenure);
  }
}

type Parameters4 = readonly [r: number, alpha: number, a: number, b: number];
