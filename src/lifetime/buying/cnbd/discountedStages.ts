import { gaussLegendre } from '../../../numeric/gaussLegendre.js';
import type { AliveState } from './aliveState.js';
import { betaRule } from './betaRule.js';
import { gammaRule, type GammaRule } from './gammaRule.js';
import { longRun } from './longRun.js';
import { isLongRun, sumOverStages } from './stageSeries.js';

/**
 * The expected purchases of a customer alive in the time `ahead`, each worth exp(-delta time), delta above 0: an integral over the rate of stages. The
 * n-th purchase, nk - j stages away, is worth v^(nk - j) on average, v = rate / (rate + delta), and is in time when Poisson counts at rate + delta reach it.
 */
export function discountedPurchases(state: AliveState, ahead: number, delta: number): number {
  // What is worth less than e^-45 is nothing.
  if (delta * ahead > 45) return foreverDiscounted(state, delta);
  let near = ahead;
  while (isLongRun(state, near)) near /= 2;
  const soon = soonDiscounted(state, near, delta);
  return near < ahead ? soon + laterDiscounted(state, near, ahead, delta) : soon;
}

/** The sum over all purchases to come is v^(k - j) times the mean over the dropout p of 1 / (1 - (1 - p) v^k). */
function foreverDiscounted(state: AliveState, delta: number): number {
  const { k, shape, rate, a, b } = state;
  const rule = gammaRule(shape, rate, k + 1, 0.25);
  const chances = stagesAtRates(state, rule);
  const leastLoss = -Math.expm1(-k * Math.log1p(delta / rule.rates[rule.count - 1]!));
  const dropout = betaRule(a, b, Math.log(leastLoss) - 2);
  let sum = 0;
  for (let i = 0; i < rule.count; i++) {
    const logWorth = -Math.log1p(delta / rule.rates[i]!);
    const loss = -Math.expm1(k * logWorth);
    let ever = 0;
    for (let d = 0; d < dropout.count; d++) ever += dropout.weights[d]! / (loss + (1 - loss) * dropout.p[d]!);
    let first = 0;
    for (let j = 0; j < k; j++) first += chances[i * k + j]! * Math.exp((k - j) * logWorth);
    sum += rule.weights[i]! * first * ever;
  }
  return sum;
}

function soonDiscounted(state: AliveState, ahead: number, delta: number): number {
  const { k, shape, rate } = state;
  // The number of purchases swings with the rate, the longer the more stages there are.
  const rule = gammaRule(shape, rate, k + 1, Math.min(0.25, 0.6 / k));
  const chances = stagesAtRates(state, rule);
  let sum = 0;
  for (let i = 0; i < rule.count; i++) sum += rule.weights[i]! * soonAtRate(state, rule.rates[i]!, chances.subarray(i * k, (i + 1) * k), ahead, delta);
  return sum;
}

/** At one rate: the sum over Poisson counts i of P(i) times what the purchases reached by i are worth. */
function soonAtRate({ k, a, b }: AliveState, stageRate: number, chances: Float64Array, ahead: number, delta: number): number {
  const mean = (stageRate + delta) * ahead;
  // Where the probability of no stage underflows, the terms begin where they can be neglected, at any size, and are divided by their sum.
  const isScaled = mean > 600;
  const from = isScaled ? Math.floor(mean - 10 * Math.sqrt(mean)) : 0;
  const step = stageRate / (stageRate + delta);
  let [chance, total, sum] = [isScaled ? 1e-200 : Math.exp(-mean), 0, 0];
  let [worth, survival, reached] = [1, 1, 0];
  let [n, j] = [0, k];
  for (let i = 0; ; i++) {
    if (i > 0) {
      if (j === 0) {
        survival *= (b + n) / (a + b + n);
        n++;
        j = k;
      }
      j--;
      worth *= step;
      reached += worth * survival * chances[j]!;
    }
    if (i < from) continue;
    sum += chance * reached;
    total += chance;
    const ratio = mean / (i + 1);
    chance *= ratio;
    if (ratio < 0.9 && (chance < 1e-300 || (sum > 0 && i >= k && chance * reached < 1e-17 * sum))) break;
  }
  return isScaled ? sum / total : sum;
}

/** Between two long times, by parts, with the expected purchases by then, which are smooth in the logarithm of time. */
function laterDiscounted(state: AliveState, from: number, to: number, delta: number): number {
  const expected = (time: number): number => (isLongRun(state, time) ? longRun(state, time, 'purchases') : sumOverStages(state, time, 'purchases'));
  const panels = Math.ceil(Math.log(to / from));
  const width = Math.log(to / from) / panels;
  const rule = gaussLegendre(16);
  let sum = Math.exp(-delta * to) * expected(to) - Math.exp(-delta * from) * expected(from);
  for (let panel = 0; panel < panels; panel++) {
    for (const { point, weight } of rule) {
      const time = from * Math.exp((panel + point) * width);
      sum += delta * width * weight * time * Math.exp(-delta * time) * expected(time);
    }
  }
  return sum;
}

/** By rate, then stage: how much more, or less, likely the stage is at the rate than on average, times its probability. */
function stagesAtRates({ k, shape, rate, stages }: AliveState, { count, rates }: GammaRule): Float64Array {
  const chances = new Float64Array(count * k);
  for (let i = 0; i < count; i++) {
    let power = 1;
    for (let j = 0; j < k; j++) {
      chances[i * k + j] = stages[j]! * power;
      power *= (rates[i]! * rate) / (shape + j);
    }
  }
  return chances;
}
