import { minimiseTrustRegion } from '../../../numeric/trustRegion.js';
import type { BuyingWarning } from '../buyingState.js';
import type { BuyingLikelihood } from '../fitting/buyingLikelihood.js';
import type { Tuples } from '../fitting/tuples.js';

/** From here on a shape says that customers do not differ. */
const ALIKE = 1e3;

/** What dropout adds to the log-likelihood in 5 of 100 companies in which nobody stops: by simulation, as no parameter is inside its range there. */
const BY_CHANCE = 2.3;

/** What the estimates of a BG/BB say about how far to believe them. */
export function bgBbWarnings(likelihood: BuyingLikelihood, theta: Float64Array, tuples: Tuples, logLikelihood: number): BuyingWarning[] {
  const [alpha, beta, gamma, delta] = theta as unknown as readonly [number, number, number, number];
  if (tuples.x.every((purchases) => purchases === 0)) {
    return [{ code: 'NO_REPEAT_PURCHASES', message: 'nobody bought again, so that having stopped and buying seldom look the same; wait, or give prior: \'weak\'' }];
  }
  const warnings: BuyingWarning[] = [];
  if (alpha + beta > ALIKE) {
    warnings.push({ code: 'HETEROGENEITY_NOT_IDENTIFIED', message: 'the customers buy as if all with one probability (alpha + beta is above 1,000): alpha and beta tell their ratio only' });
  }
  const dropout = gamma / (gamma + delta);
  if (logLikelihood - withoutDropout(likelihood, theta, tuples) < BY_CHANCE) {
    warnings.push({ code: 'DROPOUT_NOT_NEEDED', message: `the customers buy as if nobody ever stopped: dropout (${dropout.toPrecision(2)} a period) does not raise the likelihood beyond chance; watch for longer, or give prior: 'weak'` });
  } else if (gamma + delta > ALIKE) {
    warnings.push({ code: 'DROPOUT_NOT_IDENTIFIED', message: `the customers stop as if all with one probability, ${dropout.toPrecision(2)} (gamma + delta is above 1,000): gamma and delta tell their ratio only; give prior: 'weak'` });
  }
  return warnings;
}

/** The highest log-likelihood of customers who never stop: beta-binomial purchases. */
function withoutDropout(likelihood: BuyingLikelihood, theta: Float64Array, tuples: Tuples): number {
  const { customers } = tuples;
  const slopes = new Float64Array(4);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const value = likelihood.evaluate(Float64Array.of(Math.exp(at[0]!), Math.exp(at[1]!), 1e-100, 1), tuples, null, slopes);
    gradient.set([-slopes[0]! / customers, -slopes[1]! / customers]);
    return -value / customers;
  };
  return -customers * minimiseTrustRegion(objective, Float64Array.of(Math.log(theta[0]!), Math.log(theta[1]!)), { tolerance: 1e-6 / customers, maxIterations: 50 }).value;
}
