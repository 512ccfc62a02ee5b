import { millsExcess, scaledNormalTail } from '../../numeric/logNormalCdf.js';
import type { RowBlock } from './rowBlock.js';

/*
 * Both laws of inefficiency have l = a + q + ln Phi(z), with q a quadratic. Where z is 0 or less, q and the -z²/2 of ln Phi cancel on paper to
 * -(e / sv)² / 2: the derivative by x is then that of a - (e / sv)² / 2, plus r z_x with r = z + m, m = phi / Phi(z); else that of a + q, plus m z_x.
 * Likewise for the second: r z_xy + (1 - m r) z_x z_y, or m z_xy - m r z_x z_y.
 */

/** u falling exponentially: z = -e / sv - t with t = sv / su, q = t² / 2 + e / su, a = -ln su. */
export function exponentialRows({ rows, e, lnU, lnV, first, second }: RowBlock, weights: Float64Array | null): number {
  const [ge, ga, gc] = first as [Float64Array, Float64Array, Float64Array];
  const [hee, hea, haa, hec, hac, hcc] = second as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  let sum = 0;
  let [lastU, lastV, inverse, t] = [NaN, NaN, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (lnU[i] !== lastU || lnV[i] !== lastV) {
      lastU = lnU[i]!;
      lastV = lnV[i]!;
      inverse = Math.exp(-lastV);
      t = Math.exp(lastV - lastU);
    }
    const x = e[i]! * inverse;
    const z = -x - t;
    const zc = x - t;
    if (z <= 0) {
      const tail = scaledNormalTail(-z);
      const m = 0.3989422804014327 / tail;
      const r = z > -10 ? z + m : millsExcess(z);
      const b = 1 - m * r;
      const value = Math.log(tail) - lastU - 0.5 * x * x;
      sum += weights === null ? value : weights[i]! * value;
      ge[i] = -(x + r) * inverse;
      ga[i] = r * t - 1;
      gc[i] = x * x + r * zc;
      hee[i] = (b - 1) * inverse * inverse;
      hea[i] = -b * t * inverse;
      haa[i] = b * t * t - r * t;
      hec[i] = (2 * x + r - b * zc) * inverse;
      hac[i] = r * t + b * t * zc;
      hcc[i] = -2 * x * x - r * (x + t) + b * zc * zc;
    } else {
      const bell = Math.exp(-0.5 * z * z);
      const share = 1 - scaledNormalTail(z) * bell;
      const m = (0.3989422804014327 * bell) / share;
      const b = -m * (z + m);
      const value = t * (0.5 * t + x) - lastU + Math.log(share);
      sum += weights === null ? value : weights[i]! * value;
      ge[i] = (t - m) * inverse;
      ga[i] = (m - t - x) * t - 1;
      gc[i] = t * t + m * zc;
      hee[i] = b * inverse * inverse;
      hea[i] = -(t + b * t) * inverse;
      haa[i] = t * (2 * t + x - m) + b * t * t;
      hec[i] = (m - b * zc) * inverse;
      hac[i] = t * (m - 2 * t) + b * t * zc;
      hcc[i] = 2 * t * t - m * (x + t) + b * zc * zc;
    }
  }
  return sum;
}
