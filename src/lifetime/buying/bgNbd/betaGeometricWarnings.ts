import type { BuyingWarning } from '../buyingState.js';
import type { Tuples } from '../fitting/tuples.js';

/** From here on a shape says that customers do not differ. */
const ALIKE = 1e3;

/** What dropout adds to the log-likelihood in 5 of 100 companies in which nobody stops: by simulation, as no parameter is inside its range there. */
const BY_CHANCE = 2.2;

/** What the estimates of a BG/NBD or an MBG/NBD say about how far to believe them. */
export function betaGeometricWarnings(theta: Float64Array, { x }: Tuples, logLikelihood: number, withoutDropout: () => number): BuyingWarning[] {
  const [r, , a, b] = theta as unknown as readonly [number, number, number, number];
  if (x.every((n) => n === 0)) {
    return [{ code: 'NO_REPEAT_PURCHASES', message: 'nobody bought again, so that neither the rate of purchases nor dropout is known; wait, or give prior: \'weak\'' }];
  }
  const warnings: BuyingWarning[] = [];
  if (r > ALIKE) warnings.push({ code: 'HETEROGENEITY_NOT_IDENTIFIED', message: 'the customers buy as if all at one rate (r is above 1,000): r and alpha tell their ratio only' });
  if (logLikelihood - withoutDropout() < BY_CHANCE) {
    warnings.push({ code: 'DROPOUT_NOT_NEEDED', message: `the customers buy as if nobody ever stopped: dropout (${(a / (a + b)).toPrecision(2)} a purchase) does not raise the likelihood beyond chance; take fitNbd, or observe longer` });
  }
  if (a + b > ALIKE && a / (a + b) >= 1e-6) {
    warnings.push({ code: 'DROPOUT_NOT_IDENTIFIED', message: `the customers stop as if all with one probability, ${(a / (a + b)).toPrecision(2)} (a + b is above 1,000): a and b tell their ratio only; give prior: 'weak'` });
  }
  return warnings;
}
