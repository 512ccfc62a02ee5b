import { inverseMills, logNormalCdf, millsExcess } from '../../numeric/logNormalCdf.js';
import { normalQuantile } from '../../numeric/normal.js';

/** The law of z = (time - line) / scale, the time being its logarithm in all families but two. */
export type ResidualLaw = 'extreme' | 'normal' | 'logistic';

/** What became known of a row at one z: the event came there, had not come yet, or had come before. */
export type Censoring = 'event' | 'right' | 'left';

/** Log-likelihood of one row, and its first and second derivative by z. */
export interface LawPoint {
  value: number;
  slope: number;
  curve: number;
}

/** log(1 + e^z). */
export function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}

/** ln P(Z > z), with full relative accuracy in both tails. */
export function logSurvival(law: ResidualLaw, z: number): number {
  if (law === 'extreme') return -Math.exp(z);
  return law === 'normal' ? logNormalCdf(-z) : -softplus(z);
}

/** The hazard at z: minus the derivative of {@link logSurvival}. */
export function hazard(law: ResidualLaw, z: number): number {
  if (law === 'extreme') return Math.exp(z);
  return law === 'normal' ? inverseMills(-z) : 1 / (1 + Math.exp(-z));
}

/** The z at which {@link logSurvival} is `level`, which is below 0. */
export function inverseLogSurvival(law: ResidualLaw, level: number): number {
  if (law === 'extreme') return Math.log(-level);
  if (law === 'logistic') return level < -37 ? -level : Math.log(Math.expm1(-level));
  if (level > -0.69) return normalQuantile(-Math.expm1(level));
  if (level > -700) return -normalQuantile(Math.exp(level));
  // The probability itself is beneath what a number can hold: Newton on the logarithm, whose curvature is mild.
  let z = Math.sqrt(-2 * level);
  for (let step = 0; step < 5; step++) z += (logNormalCdf(-z) - level) / inverseMills(-z);
  return z;
}

/** Writes what a row tells that is known at one z. The density is that of z: the logarithm of 1 / scale is the caller's to add. */
export function derive(law: ResidualLaw, kind: Censoring, z: number, to: LawPoint): void {
  if (law === 'extreme') deriveExtreme(kind, z, to);
  else if (law === 'normal') deriveNormal(kind, z, to);
  else deriveLogistic(kind, z, to);
}

function deriveExtreme(kind: Censoring, z: number, to: LawPoint): void {
  const e = Math.exp(z);
  if (kind === 'left') {
    const ratio = e > 700 ? 0 : e === 0 ? 1 : e / Math.expm1(e);
    to.value = e < 1e-300 ? z : Math.log(-Math.expm1(-e));
    to.slope = ratio;
    to.curve = ratio * (1 - e - ratio);
    return;
  }
  to.value = kind === 'event' ? z - e : -e;
  to.slope = kind === 'event' ? 1 - e : -e;
  to.curve = -e;
}

function deriveNormal(kind: Censoring, z: number, to: LawPoint): void {
  if (kind === 'event') {
    to.value = -0.5 * z * z - 0.9189385332046727;
    to.slope = -z;
    to.curve = -1;
    return;
  }
  const sign = kind === 'right' ? -1 : 1;
  const mills = inverseMills(sign * z);
  to.value = logNormalCdf(sign * z);
  to.slope = sign * mills;
  to.curve = -mills * millsExcess(sign * z);
}

function deriveLogistic(kind: Censoring, z: number, to: LawPoint): void {
  const small = Math.exp(-Math.abs(z));
  const near = 1 / (1 + small);
  const p = z > 0 ? near : small * near;
  const spread = small * near * near;
  const log1p = Math.log1p(small);
  const plus = z > 0 ? z + log1p : log1p;
  to.value = kind === 'event' ? z - 2 * plus : kind === 'right' ? -plus : z - plus;
  to.slope = kind === 'event' ? 1 - 2 * p : kind === 'right' ? -p : 1 - p;
  to.curve = kind === 'event' ? -2 * spread : -spread;
}
