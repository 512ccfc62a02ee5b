/**
 * How a column of numbers enters distances. `'standard'`: mean 0, standard deviation 1. `'log'`: the logarithm of 1 + |x| / unit with the sign of x,
 * then standard; `unit` is the 5 % quantile of the |x| above 0, so that euros and cents give the same. `'robust'`: median 0, interquartile range
 * 1.349, cut off at 4 on both sides, so that a few giants are no segment of their own. `'none'`: as it is. `'auto'`: `'log'` for a column whose skewness exceeds 1 and
 * is reduced by the logarithm, `'robust'` for another skewed one, `'standard'` otherwise.
 */
export type Scaling = 'auto' | 'none' | 'standard' | 'robust' | 'log';

/** One scaling for all columns, or one by name (`'auto'` for those not named). */
export type ScalingOption<Names extends string = string> = Scaling | { readonly [Name in Names]?: Scaling };

/** A column of numbers on the scale of a model: `(t(x) - center) / scale`, cut off at `limit`. */
export interface ScaledFeature {
  /** The column of the data. */
  readonly column: string;
  /** What was done to it; never `'auto'`. */
  readonly scaling: Exclude<Scaling, 'auto'>;
  /** What 1 is to the logarithm; 1 for other scalings. */
  readonly unit: number;
  /** Of the transformed values. */
  readonly center: number;
  /** Of the transformed values; 1 when all are equal. */
  readonly scale: number;
  /** The largest distance from 0 on the scale of the model; null when there is none. */
  readonly limit: number | null;
}

/** The number on the scale of the model; NaN stays NaN. */
export function scaled({ scaling, unit, center, scale, limit }: ScaledFeature, x: number): number {
  const z = ((scaling === 'log' ? signedLog(x / unit) : x) - center) / scale;
  return limit === null ? z : z > limit ? limit : z < -limit ? -limit : z;
}

/** The number a value on the scale of the model stands for. */
export function unscaled({ scaling, unit, center, scale }: ScaledFeature, z: number): number {
  const t = z * scale + center;
  return scaling === 'log' ? Math.sign(t) * Math.expm1(Math.abs(t)) * unit : t;
}

/** log(1 + |x|) with the sign of x: defined for returns too, and linear near 0. */
export function signedLog(x: number): number {
  return x < 0 ? -Math.log1p(-x) : Math.log1p(x);
}
