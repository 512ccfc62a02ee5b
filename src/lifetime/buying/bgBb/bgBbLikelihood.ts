import type { BuyingLikelihood } from '../fitting/buyingLikelihood.js';
import type { Tuples } from '../fitting/tuples.js';
import { bgBbLaw } from './bgBbLaw.js';
import { bgBbWarnings } from './bgBbWarnings.js';

/**
 * The history is certain up to the last purchase, at t, and a mixture after it (see {@link bgBbLaw}):
 * (alpha)_x (beta)_(t-x) / (alpha + beta)_t (delta)_t / (gamma + delta)_t times the probability of the silence from t to n, with rising factorials.
 * They and their slopes come from tables, made once an evaluation, so that a term of the silence costs a few products and nothing of it over- or underflows.
 */
export const bgBbLikelihood: BuyingLikelihood = {
  law: bgBbLaw,
  evaluate(theta, { count, x, last, tenure, weights }, _factors, gradient) {
    const [alpha, beta, gamma, delta] = theta as unknown as readonly [number, number, number, number];
    const length = tenure.reduce((most, n) => Math.max(most, n), 0) + 1;
    const [buys, passes, trials, lives, risks] = [alpha, beta, alpha + beta, delta, gamma + delta].map((from) => risingTable(from, length)) as [RisingTable, RisingTable, RisingTable, RisingTable, RisingTable];
    let value = 0;
    let [alphaSlope, betaSlope, gammaSlope, deltaSlope] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const [purchases, from, to, weight] = [x[i]!, last[i]!, tenure[i]!, weights[i]!];
      // Of the silence, and of what each term adds to the slopes.
      let [alive, dead, toTrials, toPasses, toRisks, toLives] = [1, 0, 0, 0, 0, 0];
      for (let k = from; k < to; k++) {
        const share = alive / (risks.start + k);
        const death = gamma * share;
        dead += death;
        toTrials += death * trials.slope[k]!;
        toPasses += death * passes.slope[k - purchases]!;
        toRisks += death * risks.slope[k + 1]!;
        toLives += death * lives.slope[k]!;
        alive = (share * (delta + k) * (beta + (k - purchases))) / (trials.start + k);
      }
      const silent = alive + dead;
      const each = weight / silent;
      value += weight * (buys.log[purchases]! + passes.log[from - purchases]! - trials.log[from]! + lives.log[from]! - risks.log[from]! + Math.log(silent));
      alphaSlope += weight * buys.slope[purchases]! - each * (toTrials + alive * trials.slope[to]!);
      betaSlope += each * (toPasses + alive * passes.slope[to - purchases]! - toTrials - alive * trials.slope[to]!);
      gammaSlope += each * (dead / gamma - toRisks - alive * risks.slope[to]!);
      deltaSlope += each * (toLives + alive * lives.slope[to]! - toRisks - alive * risks.slope[to]!);
    }
    gradient[0] = alpha * alphaSlope;
    gradient[1] = beta * betaSlope;
    gradient[2] = gamma * gammaSlope;
    gradient[3] = delta * deltaSlope;
    return value;
  },
  start(tuples) {
    const { purchases, opportunities, meanSilence } = totals(tuples);
    // Up to the last purchase everybody was alive: what share of those opportunities was used; and who was silent for long may have died.
    const share = Math.min(0.95, (purchases + 0.5) / (opportunities + 1));
    const dropout = 0.5 / (1 + meanSilence);
    return [2 * share, 2 * (1 - share), 2 * dropout, 2 * (1 - dropout)];
  },
  prior: (meanTenure) => [
    { weights: [1, -1, 0, 0], centre: 0, spread: 2 },
    { weights: [0.5, 0.5, 0, 0], centre: 0, spread: 1.5 },
    { weights: [0, 0, 1, -1], centre: -Math.log(meanTenure), spread: 2 },
    { weights: [0, 0, 1, 0], centre: 0, spread: 1.5 },
  ],
  warnings: (theta, tuples, logLikelihood) => bgBbWarnings(bgBbLikelihood, theta, tuples, logLikelihood),
};

interface RisingTable {
  readonly start: number;
  /** log of start (start + 1) … (start + k - 1). */
  readonly log: Float64Array;
  /** Its derivative to start. */
  readonly slope: Float64Array;
}

function risingTable(start: number, length: number): RisingTable {
  const log = new Float64Array(length + 1);
  const slope = new Float64Array(length + 1);
  for (let k = 0; k < length; k++) {
    log[k + 1] = log[k]! + Math.log(start + k);
    slope[k + 1] = slope[k]! + 1 / (start + k);
  }
  return { start, log, slope };
}

/** Purchases, the opportunities up to the last of each customer, and the mean number of those after it. */
function totals({ count, x, last, tenure, weights, customers }: Tuples): { readonly purchases: number; readonly opportunities: number; readonly meanSilence: number } {
  let [purchases, opportunities, silences] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    purchases += weights[i]! * x[i]!;
    opportunities += weights[i]! * last[i]!;
    silences += weights[i]! * (tenure[i]! - last[i]!);
  }
  return { purchases, opportunities, meanSilence: silences / customers };
}
