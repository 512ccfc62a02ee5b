import type { RowLoss } from '../logisticKernel.js';

/** Which distribution a target follows. */
export type GlmFamilyName = 'poisson' | 'negative-binomial' | 'gamma' | 'tweedie' | 'gaussian';

/** How the mean is made of the sum over features: its logarithm is that sum, or it is the sum itself. */
export type GlmLink = 'log' | 'identity';

/** One distribution with its parameters, as the fit needs it. */
export interface GlmFamily {
  readonly name: GlmFamilyName;
  readonly link: GlmLink;
  /** Variance of a row with this mean, in units of the dispersion. */
  readonly variance: (mean: number) => number;
  /** Loss: half the deviance. Roots: of its observed curvature, which is nowhere negative under these links. */
  readonly rowLoss: RowLoss;
}

/** The families; `parameter` is the overdispersion of the negative binomial, the power of Tweedie. */
export function familyOf(name: GlmFamilyName, parameter = 0): GlmFamily {
  if (name === 'gamma') return { name, link: 'log', variance: (mean) => mean * mean, rowLoss: gammaLoss };
  if (name === 'gaussian') return { name, link: 'identity', variance: () => 1, rowLoss: gaussianLoss };
  if (name === 'tweedie') return { name, link: 'log', variance: (mean) => mean ** parameter, rowLoss: tweedieLoss(parameter) };
  // Without overdispersion the negative binomial is the Poisson distribution.
  return { name, link: 'log', variance: (mean) => mean + parameter * mean * mean, rowLoss: parameter > 0 ? negativeBinomialLoss(parameter) : poissonLoss };
}

/** From here on log(y / mean) is log1p((y - mean) / mean), which takes longer: near the mean the deviance is the square of what is left, and keeps its digits. */
const LARGE = 10_000;

const poissonLoss: RowLoss = (sums, rows, eta, y, weights, start, residuals, roots) => {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[start + i]!;
    const count = y[start + i]!;
    const mean = Math.exp(eta[i]!);
    const excess = count - mean;
    if (w > 0) loss += w * (count > 0 ? count * (count < LARGE ? Math.log(count) - eta[i]! : Math.log1p(excess / mean)) - excess : mean);
    const residual = -w * excess;
    total += residual;
    residuals[i] = residual;
    if (roots !== null) roots[i] = Math.sqrt(w * mean);
  }
  sums.loss += loss;
  sums.residuals += total;
};

function negativeBinomialLoss(alpha: number): RowLoss {
  return (sums, rows, eta, y, weights, start, residuals, roots) => {
    let loss = 0;
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const count = y[start + i]!;
      const mean = Math.exp(eta[i]!);
      const excess = count - mean;
      const spread = 1 + alpha * mean;
      if (w > 0) loss += w * ((count > 0 ? count * (count < LARGE ? Math.log(count) - eta[i]! : Math.log1p(excess / mean)) : 0) - (count + 1 / alpha) * Math.log1p((alpha * excess) / spread));
      const residual = (-w * excess) / spread;
      total += residual;
      residuals[i] = residual;
      if (roots !== null) roots[i] = Math.sqrt(w * mean * (1 + alpha * count)) / spread;
    }
    sums.loss += loss;
    sums.residuals += total;
  };
}

const gammaLoss: RowLoss = (sums, rows, eta, y, weights, start, residuals, roots) => {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[start + i]!;
    const ratio = y[start + i]! * Math.exp(-eta[i]!);
    if (w > 0) loss += w * (ratio - 1 - Math.log(ratio));
    const residual = -w * (ratio - 1);
    total += residual;
    residuals[i] = residual;
    if (roots !== null) roots[i] = Math.sqrt(w * ratio);
  }
  sums.loss += loss;
  sums.residuals += total;
};

function tweedieLoss(power: number): RowLoss {
  const one = 1 - power;
  const two = 2 - power;
  return (sums, rows, eta, y, weights, start, residuals, roots) => {
    let loss = 0;
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const amount = y[start + i]!;
      // mean^(2 - power) and y mean^(1 - power).
      const level = Math.exp(two * eta[i]!);
      const share = amount > 0 ? amount * Math.exp(one * eta[i]!) : 0;
      if (w > 0) {
        if (amount > 0) {
          const log = Math.log(amount) - eta[i]!;
          loss += w * ((share * Math.expm1(one * log)) / one - (level * Math.expm1(two * log)) / two);
        } else loss += (w * level) / two;
      }
      const residual = w * (level - share);
      total += residual;
      residuals[i] = residual;
      if (roots !== null) roots[i] = Math.sqrt(w * (two * level - one * share));
    }
    sums.loss += loss;
    sums.residuals += total;
  };
}

const gaussianLoss: RowLoss = (sums, rows, eta, y, weights, start, residuals, roots) => {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[start + i]!;
    const excess = y[start + i]! - eta[i]!;
    loss += (w * excess * excess) / 2;
    const residual = -w * excess;
    total += residual;
    residuals[i] = residual;
    if (roots !== null) roots[i] = Math.sqrt(w);
  }
  sums.loss += loss;
  sums.residuals += total;
};
