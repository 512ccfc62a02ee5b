import { choleskyInPlace, choleskyInverse } from '../../numeric/cholesky.js';
import type { TrustRegionMinimum } from '../../numeric/trustRegion.js';
import type { BuyingEstimate } from '../buying/buyingState.js';
import type { SpendIndependence } from './spendIndependence.js';
import type { SpendObjective } from './spendObjective.js';
import type { GammaGammaState, SpendWarning } from './spendState.js';

/** What is known of the customers beside the rows. */
interface SpendContext {
  /** By what amounts were divided. */
  readonly centre: number;
  readonly skippedCustomers: number;
  readonly independence: SpendIndependence;
}

/** The variance of a logarithm from which on nothing is known: a factor of e^5 either way is but one standard error. */
const UNKNOWN = 25;

/** The parameters in the currency of the amounts, their uncertainty, and what to mind. */
export function summariseSpend(objective: SpendObjective, { at, hessian, convergence }: TrustRegionMinimum, { centre, skippedCustomers, independence }: SpendContext): Omit<GammaGammaState, 'firstPurchase'> {
  const { customers } = objective.rows;
  const gradient = new Float64Array(3);
  // Of amounts, not of amounts over their centre.
  const logLikelihood = objective.logLikelihood(at, gradient) - customers * Math.log(centre);
  const logPrior = objective.logPrior(at, gradient);
  const covariance = hessian === null ? null : covarianceOf(hessian, customers);
  const parameters = { p: Math.exp(at[0]!), q: Math.exp(at[1]!), v: Math.exp(at[2]!) * centre };
  const warnings = warningsOf(convergence.converged, covariance, parameters, customers);
  if (independence.strength === 'strong' && (independence.rankCorrelation.pValue ?? 1) < 0.01) warnings.push({ code: 'SPEND_DEPENDS_ON_FREQUENCY', message: independence.message });
  return {
    parameters,
    fit: {
      logLikelihood,
      logPrior,
      parameterCount: 3,
      aic: 2 * (3 - logLikelihood),
      bic: Math.log(customers) * 3 - 2 * logLikelihood,
      customers,
      skippedCustomers,
      evaluations: objective.evaluations,
      convergence,
      estimates: (['p', 'q', 'v'] as const).map((name, j) => estimateOf(name, parameters[name], covariance === null ? null : Math.sqrt(covariance[4 * j]!))),
      logCovariance: covariance === null ? null : [...covariance],
      independence,
      warnings,
    },
  };
}

function covarianceOf(hessian: Float64Array, customers: number): Float64Array | null {
  const information = hessian.map((curvature) => curvature * customers);
  if (!choleskyInPlace(information, 3)) return null;
  const covariance = choleskyInverse(information, 3);
  return [0, 4, 8].every((j) => covariance[j]! < UNKNOWN) ? covariance : null;
}

function estimateOf(name: string, estimate: number, error: number | null): BuyingEstimate {
  if (error === null) return { name, estimate, standardError: null, lower: null, upper: null };
  const factor = Math.exp(1.959963984540054 * error);
  return { name, estimate, standardError: estimate * error, lower: estimate / factor, upper: estimate * factor };
}

function warningsOf(converged: boolean, covariance: Float64Array | null, { p, q }: GammaGammaState['parameters'], customers: number): SpendWarning[] {
  const warnings: SpendWarning[] = [];
  const isAlike = q > 1e3;
  const isEqual = p > 1e4;
  if (q <= 1) {
    warnings.push({
      code: 'MEAN_SPEND_INFINITE',
      message: `customers differ so much (q is ${q.toPrecision(3)}, not above 1) that the mean of what all spend does not exist: expectedSpend is Infinity where nothing was seen, spendQuantile exists; look for a few customers of another kind, such as resellers, and model them apart`,
    });
  }
  if (isAlike) warnings.push({ code: 'HETEROGENEITY_NOT_IDENTIFIED', message: 'the customers spend as if all alike (q is above 1,000): q and v tell their ratio only, and everybody is expected to spend the mean; that is an answer, or give prior: \'weak\'' });
  if (isEqual) warnings.push({ code: 'AMOUNTS_ALIKE', message: 'the purchases of a customer are as good as equal (p is above 10,000): a customer\'s own mean is believed after one purchase; check that amounts are not list prices or averages' });
  if (customers < 50) warnings.push({ code: 'FEW_CUSTOMERS', message: `only ${customers} customers with known amounts: intervals are rough; give prior: 'weak', or count the first purchase too with firstPurchase: 'included'` });
  if (!converged && !isAlike && !isEqual) warnings.push({ code: 'NOT_CONVERGED', message: 'the search ended before the likelihood was flat; raise maxIterations, or give prior: \'weak\'' });
  if (covariance === null) warnings.push({ code: 'NO_STANDARD_ERRORS', message: 'the likelihood does not curve in every direction, so that some parameters are not determined by these customers; give prior: \'weak\'' });
  return warnings;
}
