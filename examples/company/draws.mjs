// @ts-check
/** @import { Random } from 'clientela/data' */

/**
 * One waiting time of an event that happens at a constant rate.
 *
 * @param {Random} random
 * @param {number} rate - events per unit of time; 0 gives Infinity
 * @returns {number}
 */
export function exponential(random, rate) {
  // 1 - uniform() is never 0, so that the logarithm is finite.
  return rate > 0 ? -Math.log(1 - random.uniform()) / rate : Infinity;
}

/**
 * One gamma draw, by the squeeze of Marsaglia and Tsang (ACM TOMS 26, 2000).
 *
 * @param {Random} random
 * @param {number} shape - above 0
 * @param {number} rate - above 0; the mean is shape / rate
 * @returns {number}
 */
export function gamma(random, shape, rate) {
  // Below shape 1 the squeeze does not hold: draw at shape + 1 and take a power of a uniform off it (their section 6).
  if (shape < 1) return gamma(random, shape + 1, rate) * Math.pow(1 - random.uniform(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return (d * v) / rate;
  }
}

/**
 * One beta draw: the share of one gamma in the sum of two.
 *
 * @param {Random} random
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
export function beta(random, a, b) {
  const x = gamma(random, a, 1);
  return x / (x + gamma(random, b, 1));
}

/**
 * One Poisson draw, by counting unit exponentials (exact; for small means).
 *
 * @param {Random} random
 * @param {number} mean
 * @returns {number}
 */
export function poisson(random, mean) {
  let count = 0;
  for (let sum = exponential(random, 1); sum < mean; sum += exponential(random, 1)) count++;
  return count;
}

/**
 * True with the probability given.
 *
 * @param {Random} random
 * @param {number} probability
 * @returns {boolean}
 */
export function chance(random, probability) {
  return random.uniform() < probability;
}

/**
 * One of the choices, each with probability proportional to its weight.
 *
 * @template Choice
 * @param {Random} random
 * @param {readonly Choice[]} choices - at least one
 * @param {readonly number[]} weights - as many, none negative
 * @returns {Choice}
 */
export function choose(random, choices, weights) {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  let chosen = 0;
  for (let i = 0; i < choices.length; i++) {
    const weight = weights[i] ?? 0;
    // Rounding can leave a rest after the last choice; the last one that has a weight takes it.
    if (weight > 0) chosen = i;
    left -= weight;
    if (left < 0) break;
  }
  return /** @type {Choice} */ (choices[chosen]);
}

/**
 * 1 / (1 + exp(-x)).
 *
 * @param {number} x
 * @returns {number}
 */
export function logistic(x) {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}
