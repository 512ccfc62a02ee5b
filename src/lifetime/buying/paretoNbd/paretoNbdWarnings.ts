import type { BuyingWarning } from '../buyingState.js';
import type { Tuples } from '../fitting/tuples.js';

/** What the estimates of a Pareto/NBD say about how far to believe them. */
export function paretoNbdWarnings(theta: Float64Array, { x, tenure }: Tuples, logLikelihood: number, withoutDropout: () => number): BuyingWarning[] {
  const [r, , s, beta] = theta as unknown as readonly [number, number, number, number];
  if (x.every((n) => n === 0)) {
    return [{ code: 'NO_REPEAT_PURCHASES', message: 'nobody bought again, so that neither the rate of purchases nor dropout is known; wait, or give prior: \'weak\'' }];
  }
  const warnings: BuyingWarning[] = [];
  if (r > 1e3) warnings.push({ code: 'HETEROGENEITY_NOT_IDENTIFIED', message: 'the customers buy as if all at one rate (r is above 1,000): r and alpha tell their ratio only' });
  const longest = tenure.reduce((most, time) => Math.max(most, time), 0);
  const lost = -Math.expm1(-s * Math.log1p(longest / beta));
  // Twice the gain is about a half-and-half mixture of 0 and a chi-square with one degree of freedom when nobody stops: above 2.71 in 5 of 100 cases.
  if (logLikelihood - withoutDropout() < 1.36) {
    warnings.push({ code: 'DROPOUT_NOT_NEEDED', message: `the customers buy as if nobody ever stopped: dropout (of ${(100 * lost).toPrecision(2)} % in the longest tenure) does not raise the likelihood beyond chance; take fitNbd, or observe longer` });
  } else if (s > 50) {
    warnings.push({ code: 'DROPOUT_NOT_IDENTIFIED', message: `the customers stop as if all at one rate, ${(s / beta).toPrecision(2)} a unit of time (s is above 50): s and beta tell their ratio only; give prior: 'weak'` });
  }
  return warnings;
}
