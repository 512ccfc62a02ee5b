/** Probability that a standard normal draw is at most z; relative accuracy about 1e-15 in both tails (Cody, 1969; ACM TOMS 715). */
export function normalCdf(z: number): number {
  return normalTail(-z);
}

/** Probability that a standard normal draw exceeds z, with the full relative accuracy in the upper tail. */
export function normalSurvival(z: number): number {
  return normalTail(z);
}

/** Probability of a standard normal draw at least as far from 0 as z: the p-value of a two-sided z-test. */
export function twoSidedNormalP(z: number): number {
  return 2 * normalTail(Math.abs(z));
}

// Cody's three ranges: around 0 the odd series for cdf - 1/2; then exp(-z^2/2) times a rational in z; far out, times one in 1/z^2.
function normalTail(z: number): number {
  const x = Math.abs(z);
  if (!(x <= 38.6)) return Number.isNaN(z) ? Number.NaN : z > 0 ? 0 : 1;
  if (x <= 0.67448975) return 0.5 - z * ratio(z * z, CENTRE_TOP, CENTRE_BOTTOM);
  let tail: number;
  if (x <= 5.656854249492381) tail = ratio(x, MIDDLE_TOP, MIDDLE_BOTTOM);
  else {
    const s = 1 / (x * x);
    tail = (0.3989422804014327 - s * ratio(s, FAR_TOP, FAR_BOTTOM)) / x;
  }
  // exp(-x^2/2) in two factors, the first exact in its argument: otherwise the rounding of x^2 costs x^2 ulps.
  const head = Math.trunc(x * 16) / 16;
  const p = Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head)) * tail;
  return z > 0 ? p : 1 - p;
}

/** The z below which a standard normal draw falls with probability p; -Infinity at 0, Infinity at 1 (Wichura, 1988, AS 241, about 1e-16). */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, QUANTILE_CENTRE_TOP, QUANTILE_CENTRE_BOTTOM);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(r - 1.6, QUANTILE_MIDDLE_TOP, QUANTILE_MIDDLE_BOTTOM) : ratio(r - 5, QUANTILE_FAR_TOP, QUANTILE_FAR_BOTTOM);
  return q < 0 ? -z : z;
}

// Two polynomials by Horner, highest power first.
function ratio(x: number, top: readonly number[], bottom: readonly number[]): number {
  let a = 0;
  let b = 0;
  for (const coefficient of top) a = a * x + coefficient;
  for (const coefficient of bottom) b = b * x + coefficient;
  return a / b;
}

const CENTRE_TOP = [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.981253343561];
const CENTRE_BOTTOM = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_TOP = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
  11602.65143764735, 9842.714838383978,
];
const MIDDLE_BOTTOM = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.952721145979, 38912.00328609327,
  19685.429676859992,
];
const FAR_TOP = [0.02307344176494017, 0.21589853405795699, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 2.9112874951168793e-5];
const FAR_BOTTOM = [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5];

const QUANTILE_CENTRE_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.693765509461, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
];
const QUANTILE_CENTRE_BOTTOM = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
const QUANTILE_MIDDLE_TOP = [
  7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691, 4.630337846156546,
  1.4234371107496835,
];
const QUANTILE_MIDDLE_BOTTOM = [
  1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
const QUANTILE_FAR_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
];
const QUANTILE_FAR_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
];
