import { inverseMills, logNormalCdf, millsExcess, scaledNormalTail } from '../../numeric/logNormalCdf.js';
import type { RowBlock } from './rowBlock.js';

/**
 * u of a bell around tau su, cut off at 0. With s² = su² + sv², g = su / s, w = sv / s, p = g², q = w², k = e / s + tau g and
 * beta = su / (sv s): z = tau w - e beta, q = -k² / 2, a = -ln s - ln Phi(tau).
 */
export function bellRows({ rows, e, lnU, lnV, tau, first, second }: RowBlock, weights: Float64Array | null): number {
  const [ge, ga, gc, gt] = first as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [hee, hea, haa, hec, hac, hcc, het, hat, hct, htt] = second as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const cut = cutOff(tau);
  let sum = 0;
  let [lastU, lastV, lnS, scale, g, w, inverse] = [NaN, NaN, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (lnU[i] !== lastU || lnV[i] !== lastV) {
      lastU = lnU[i]!;
      lastV = lnV[i]!;
      inverse = Math.exp(-lastV);
      const ratio = Math.exp(lastU - lastV);
      w = 1 / Math.sqrt(1 + ratio * ratio);
      g = ratio * w;
      lnS = lastV - Math.log(w);
      scale = inverse * w;
    }
    const p = g * g;
    const q = w * w;
    const d = e[i]! * inverse * g;
    const z = tau * w - d;
    // z by e, ln su, ln sv and tau; each second derivative of it, too.
    const ze = -g * inverse;
    const wp = tau * w * p;
    const za = -wp - d * q;
    const zc = wp + d * (1 + q);
    const zea = ze * q;
    const zec = -ze * (1 + q);
    const zaa = wp * (p - 2 * q) + d * q * (2 * p - q);
    const zac = wp * (2 * q - p) + d * q * (1 + q - 2 * p);
    const zcc = wp * (p - 2 * q) - d * ((1 + q) * (1 + q) - 2 * p * q);
    let value: number;
    let c: number;
    let b: number;
    if (z <= 0) {
      const tail = scaledNormalTail(-z);
      const m = 0.3989422804014327 / tail;
      c = z > -10 ? z + m : millsExcess(z);
      b = 1 - m * c;
      const x = e[i]! * inverse;
      value = Math.log(tail) - lnS - 0.5 * x * x - cut.scaled;
      ge[i] = -x * inverse;
      ga[i] = -p;
      gc[i] = x * x - q;
      gt[i] = -cut.excess;
      hee[i] = -inverse * inverse;
      hea[i] = 0;
      haa[i] = -2 * p * q;
      hec[i] = 2 * x * inverse;
      hac[i] = 2 * p * q;
      hcc[i] = -2 * p * q - 2 * x * x;
      het[i] = hat[i] = hct[i] = 0;
      htt[i] = cut.curvature - 1;
    } else {
      const bell = Math.exp(-0.5 * z * z);
      const share = 1 - scaledNormalTail(z) * bell;
      c = (0.3989422804014327 * bell) / share;
      b = -c * (z + c);
      const k = e[i]! * scale + tau * g;
      const ka = tau * g - p * k;
      const kc = -q * k;
      const pqk = 2 * p * q * k;
      value = Math.log(share) - lnS - 0.5 * k * k - 0.9189385332046727 - cut.log;
      ge[i] = -k * scale;
      ga[i] = -p - k * ka;
      gc[i] = -q - k * kc;
      gt[i] = -k * g - cut.mills;
      hee[i] = -scale * scale;
      hea[i] = scale * (p * k - ka);
      haa[i] = -2 * p * q - ka * ka - k * (tau * g * q - pqk - p * ka);
      hec[i] = scale * (q * k - kc);
      hac[i] = 2 * p * q - ka * kc - k * (pqk - p * kc - tau * g * q);
      hcc[i] = -2 * p * q - kc * kc + k * (pqk + q * kc);
      het[i] = -scale * g;
      hat[i] = -ka * g - k * g * q;
      hct[i] = -kc * g + k * g * q;
      htt[i] = cut.curvature - p;
    }
    sum += weights === null ? value : weights[i]! * value;
    ge[i]! += c * ze;
    ga[i]! += c * za;
    gc[i]! += c * zc;
    gt[i]! += c * w;
    hee[i]! += b * ze * ze;
    hea[i]! += c * zea + b * ze * za;
    haa[i]! += c * zaa + b * za * za;
    hec[i]! += c * zec + b * ze * zc;
    hac[i]! += c * zac + b * za * zc;
    hcc[i]! += c * zcc + b * zc * zc;
    het[i]! += b * ze * w;
    hat[i]! += b * za * w - c * w * p;
    hct[i]! += b * zc * w + c * w * p;
    htt[i]! += b * q;
  }
  return sum;
}

/** What the cut at 0 adds, for tau = mu / sigmaU: ln Phi(tau) and its derivatives. */
function cutOff(tau: number): { readonly scaled: number; readonly log: number; readonly excess: number; readonly mills: number; readonly curvature: number } {
  const mills = inverseMills(tau);
  const excess = millsExcess(tau);
  const log = logNormalCdf(tau);
  const scaled = 0.9189385332046727 + (tau <= 0 ? Math.log(scaledNormalTail(-tau)) : 0.5 * tau * tau + log);
  return { scaled, log, excess, mills, curvature: mills * excess };
}
