import type { AliveState } from './aliveState.js';
import { betaRule } from './betaRule.js';

/** Where the chance to survive a purchase is smaller, its powers beyond the fifth are nothing. */
const SMALL = 1e-3;

/**
 * What `sumOverStages` gives, for times so long that its series has too many terms: an integral over the dropout p, at each p in closed form.
 *
 * With s = the rate of stages times `ahead`, q = 1 - p and the complex roots z_l = q^(1/k) exp(2 pi i l / k), the sum over Poisson stages is
 * E q^n = sum over l of p / (k q) z_l^(j + 1) / (1 - z_l) exp(-s (1 - z_l)), and the gamma law of the rate makes (1 + (1 - z_l) ahead / rate)^-(A + j) of
 * the exponential. The expected purchases are the mean over p of (1 - E q^n) / p.
 */
export function longRun(state: AliveState, ahead: number, of: 'purchases' | 'survival'): number {
  const { k, shape, rate, a, b } = state;
  const ratio = ahead / rate;
  const rule = betaRule(a, b, Math.log(k / ((shape + k) * ratio)) - 3);
  const counts = firstCounts(state, ratio);
  let sum = 0;
  for (let i = 0; i < rule.count; i++) {
    const p = rule.p[i]!;
    const logQ = rule.logQ[i]!;
    const q = Math.exp(logQ);
    if (q < SMALL) {
      const survives = counts.reduceRight((value, chance) => value * q + chance, 0);
      sum += rule.weights[i]! * (of === 'survival' ? survives : (1 - survives) / p);
    } else {
      const { survives, dies } = trend(state, ratio, p, logQ);
      const swing = p * swings(state, ratio, q, logQ);
      sum += rule.weights[i]! * (of === 'survival' ? survives + swing : (dies - swing) / p);
    }
  }
  return sum;
}

/** The part of the real root, l = 0, and one less it, which keeps its digits where p is small. */
function trend({ k, shape, stages }: AliveState, ratio: number, p: number, logQ: number): { readonly survives: number; readonly dies: number } {
  const logRoot = logQ / k;
  const gap = -Math.expm1(logRoot);
  const logFactor = Math.log1p(ratio * gap);
  // 1 - p / (k gap) root^(j + 1 - k), by the sum of which p / gap is made.
  let shortfall = 0;
  for (let i = 1; i < k; i++) shortfall -= Math.expm1(-i * logRoot);
  let [survives, dies] = [0, 0];
  for (let j = 0; j < k; j++) {
    const share = (p / (k * gap)) * Math.exp((j + 1 - k) * logRoot);
    const logRemains = -(shape + j) * logFactor;
    survives += stages[j]! * share * Math.exp(logRemains);
    dies += stages[j]! * (shortfall / k - share * Math.expm1(logRemains));
    shortfall += Math.expm1((j + 1 - k) * logRoot) - Math.expm1((j + 1) * logRoot);
  }
  return { survives, dies };
}

/** The part of the other roots, divided by p: conjugate pairs, and for even k the root -q^(1/k). */
function swings({ k, shape, stages }: AliveState, ratio: number, q: number, logQ: number): number {
  const root = Math.exp(logQ / k);
  let sum = 0;
  for (let l = 1; 2 * l <= k; l++) {
    const angle = (2 * Math.PI * l) / k;
    const [re, im] = [root * Math.cos(angle), root * Math.sin(angle)];
    const [baseRe, baseIm] = [1 + ratio * (1 - re), -ratio * im];
    // Horner over the stages in z / base.
    const size = baseRe * baseRe + baseIm * baseIm;
    const [stepRe, stepIm] = [(re * baseRe + im * baseIm) / size, (im * baseRe - re * baseIm) / size];
    let [valueRe, valueIm] = [0, 0];
    for (let j = k - 1; j >= 0; j--) [valueRe, valueIm] = [valueRe * stepRe - valueIm * stepIm + stages[j]!, valueRe * stepIm + valueIm * stepRe];
    // Times z / (1 - z) times base^-A.
    const apart = (1 - re) * (1 - re) + im * im;
    const [shareRe, shareIm] = [(re * (1 - re) - im * im) / apart, im / apart];
    const modulus = Math.exp(-0.5 * shape * Math.log(size));
    const turn = -shape * Math.atan2(baseIm, baseRe);
    const [powerRe, powerIm] = [modulus * Math.cos(turn), modulus * Math.sin(turn)];
    const real = (valueRe * shareRe - valueIm * shareIm) * powerRe - (valueRe * shareIm + valueIm * shareRe) * powerIm;
    sum += 2 * l < k ? 2 * real : real;
  }
  return sum / (k * q);
}

/** The chances of 0 to 5 purchases in the time ahead. */
function firstCounts({ k, shape, stages }: AliveState, ratio: number): number[] {
  const counts = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < k; j++) {
    let chance = stages[j]! * Math.exp(-(shape + j) * Math.log1p(ratio));
    for (let i = 0; i + j < 6 * k; i++) {
      counts[Math.floor((i + j) / k)]! += chance;
      chance *= ((shape + j + i) / (i + 1)) * (ratio / (1 + ratio));
    }
  }
  return counts;
}
