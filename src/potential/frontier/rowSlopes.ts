import { millsExcess, scaledNormalTail } from '../../numeric/logNormalCdf.js';
import { BLOCK_ROWS } from './rowBlock.js';

/** ln density of every row of a block, and its derivatives by e, ln sigmaU and ln sigmaV. */
export interface RowSlopes {
  readonly value: Float64Array;
  readonly byE: Float64Array;
  readonly byU: Float64Array;
  readonly byV: Float64Array;
}

/** A law that these rows know: tau is 0. */
export type SlopeLaw = 'halfNormal' | 'exponential' | 'none';

/** Slopes with nothing in them yet. */
export function createRowSlopes(): RowSlopes {
  const [value, byE, byU, byV] = Array.from({ length: 4 }, () => new Float64Array(BLOCK_ROWS)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  return { value, byE, byU, byV };
}

/** What `deriveRows` gives, for one ln sigmaV and without the second derivatives, which are most of its work. */
export function slopesOfRows(law: SlopeLaw, rows: number, e: Float64Array, lnU: Float64Array, lnV: number, to: RowSlopes): void {
  if (law === 'none') noiseSlopes(rows, e, lnV, to);
  else if (law === 'exponential') exponentialSlopes(rows, e, lnU, lnV, to);
  else bellSlopes(rows, e, lnU, lnV, to);
}

function noiseSlopes(rows: number, e: Float64Array, lnV: number, { value, byE, byU, byV }: RowSlopes): void {
  const inverse = Math.exp(-lnV);
  for (let i = 0; i < rows; i++) {
    const x = e[i]! * inverse;
    value[i] = -0.9189385332046727 - lnV - 0.5 * x * x;
    byE[i] = -x * inverse;
    byU[i] = 0;
    byV[i] = x * x - 1;
  }
}

/** The letters of `bellRows`, with tau 0: the constant is ln(2 / sqrt(2 pi)). */
function bellSlopes(rows: number, e: Float64Array, lnU: Float64Array, lnV: number, { value, byE, byU, byV }: RowSlopes): void {
  const inverse = Math.exp(-lnV);
  let [lastU, lnS, g, p, q, scale] = [NaN, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (lnU[i] !== lastU) {
      lastU = lnU[i]!;
      const ratio = Math.exp(lastU - lnV);
      const w = 1 / Math.sqrt(1 + ratio * ratio);
      g = ratio * w;
      lnS = lnV - Math.log(w);
      scale = inverse * w;
      p = g * g;
      q = w * w;
    }
    const x = e[i]! * inverse;
    const d = x * g;
    if (d >= 0) {
      const tail = scaledNormalTail(d);
      const c = d < 10 ? 0.3989422804014327 / tail - d : millsExcess(-d);
      value[i] = Math.log(tail) - lnS - 0.5 * x * x - 0.2257913526447274;
      byE[i] = -(x + c * g) * inverse;
      byU[i] = -p - c * d * q;
      byV[i] = x * x - q + c * d * (1 + q);
    } else {
      const bell = Math.exp(-0.5 * d * d);
      const share = 1 - scaledNormalTail(-d) * bell;
      const c = (0.3989422804014327 * bell) / share;
      const k = e[i]! * scale;
      value[i] = Math.log(share) - lnS - 0.5 * k * k - 0.2257913526447274;
      byE[i] = -k * scale - c * g * inverse;
      byU[i] = -p + p * k * k - c * d * q;
      byV[i] = -q + q * k * k + c * d * (1 + q);
    }
  }
}

/** The letters of `exponentialRows`. */
function exponentialSlopes(rows: number, e: Float64Array, lnU: Float64Array, lnV: number, { value, byE, byU, byV }: RowSlopes): void {
  const inverse = Math.exp(-lnV);
  let [lastU, t] = [NaN, 0];
  for (let i = 0; i < rows; i++) {
    if (lnU[i] !== lastU) {
      lastU = lnU[i]!;
      t = Math.exp(lnV - lastU);
    }
    const x = e[i]! * inverse;
    const z = -x - t;
    if (z <= 0) {
      const tail = scaledNormalTail(-z);
      const r = z > -10 ? z + 0.3989422804014327 / tail : millsExcess(z);
      value[i] = Math.log(tail) - lastU - 0.5 * x * x;
      byE[i] = -(x + r) * inverse;
      byU[i] = r * t - 1;
      byV[i] = x * x + r * (x - t);
    } else {
      const bell = Math.exp(-0.5 * z * z);
      const share = 1 - scaledNormalTail(z) * bell;
      const m = (0.3989422804014327 * bell) / share;
      value[i] = t * (0.5 * t + x) - lastU + Math.log(share);
      byE[i] = (t - m) * inverse;
      byU[i] = (m - t - x) * t - 1;
      byV[i] = t * t + m * (x - t);
    }
  }
}
