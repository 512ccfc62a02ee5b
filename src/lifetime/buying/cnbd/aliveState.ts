/** What is known of a customer who is alive: how far on the way to the next purchase, and the laws of the own rates. */
export interface AliveState {
  /** Stages between two purchases. */
  readonly k: number;
  /** Of the gamma law of the rate of stages of who is in stage 0; in stage j it is larger by j. */
  readonly shape: number;
  /** Of the same law. */
  readonly rate: number;
  /** The probability of being in each stage, by stage. */
  readonly stages: Float64Array;
  /** Of the beta law of dying at a purchase. */
  readonly a: number;
  readonly b: number;
}

/**
 * The terms (A)_j / j! share^j of the stages j below k, and their sum behind them: how often a process with gamma rate of shape A makes j stages in a
 * time that is `share` of the rate of the law at its end. All positive.
 */
export function stageTerms(k: number, shape: number, share: number): Float64Array {
  const terms = new Float64Array(k + 1);
  let term = 1;
  for (let j = 0; j < k; j++) {
    terms[j] = term;
    terms[k]! += term;
    term *= ((shape + j) / (j + 1)) * share;
  }
  return terms;
}

/** The state of a customer of x repeat purchases, the last at `last`, who is alive at `tenure`. `first` is 1 where the first purchase can be the last. */
export function aliveState(k: number, first: 0 | 1, theta: Float64Array, x: number, last: number, tenure: number): AliveState {
  const shape = theta[0]! + k * x;
  const rate = theta[1]! + tenure;
  const terms = stageTerms(k, shape, (tenure - last) / rate);
  return { k, shape, rate, stages: terms.subarray(0, k).map((term) => term / terms[k]!), a: theta[2]!, b: theta[3]! + x + first };
}
