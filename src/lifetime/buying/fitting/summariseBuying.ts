import { choleskyInPlace, choleskyInverse } from '../../../numeric/cholesky.js';
import type { TrustRegionMinimum } from '../../../numeric/trustRegion.js';
import type { BuyingEstimate, BuyingFit, BuyingState, BuyingWarning } from '../buyingState.js';
import type { TimeUnit } from '../../timeUnit.js';
import type { BuyingObjective } from './buyingObjective.js';

/** The state of the fitted model: parameters, their uncertainty, and what to mind. */
export function summariseBuying(unit: TimeUnit, objective: BuyingObjective, { at, value, hessian, convergence }: TrustRegionMinimum, withoutDropout: () => number): BuyingState {
  const { likelihood, design } = objective;
  const { names } = likelihood.law;
  const { purchaseNames, dropoutNames, tuples } = design;
  const logPrior = objective.logPrior(at, new Float64Array(at.length));
  const logLikelihood = -value * tuples.customers - logPrior;
  const covariance = hessian === null ? null : covarianceOf(hessian, at.length, tuples.customers);
  const theta = Float64Array.from(names, (_, j) => Math.exp(at[j]!));
  const labels = [...names, ...purchaseNames.map((name) => `purchase: ${name}`), ...dropoutNames.map((name) => `dropout: ${name}`)];
  const byName = (given: readonly string[], first: number): Record<string, number> => Object.fromEntries(given.map((name, c) => [name, at[first + c]!]));
  const fit: BuyingFit = {
    logLikelihood,
    logPrior,
    parameterCount: at.length,
    aic: 2 * (at.length - logLikelihood),
    bic: Math.log(tuples.customers) * at.length - 2 * logLikelihood,
    customers: tuples.customers,
    distinctHistories: tuples.count,
    evaluations: objective.evaluations,
    convergence,
    estimates: labels.map((name, j) => estimateOf(name, at[j]!, covariance === null ? null : Math.sqrt(covariance[j * at.length + j]!), j < names.length)),
    logCovariance: covariance === null ? null : [...covariance],
    warnings: [...generalWarnings(convergence.converged, covariance, tuples.customers), ...likelihood.warnings(theta, tuples, logLikelihood, withoutDropout)],
  };
  return {
    unit,
    parameters: Object.fromEntries(names.map((name, j) => [name, theta[j]!])),
    purchaseCovariates: byName(purchaseNames, names.length),
    dropoutCovariates: byName(dropoutNames, names.length + purchaseNames.length),
    fit,
  };
}

/** A variance of the logarithm of a parameter beyond this says nothing about it. */
const UNKNOWN = 1e4;

/** The inverse of the observed information; null where the likelihood does not curve in every direction. */
function covarianceOf(hessian: Float64Array, size: number, customers: number): Float64Array | null {
  const information = hessian.map((curvature) => curvature * customers);
  if (!choleskyInPlace(information, size)) return null;
  const covariance = choleskyInverse(information, size);
  for (let j = 0; j < size; j++) if (!(covariance[j * size + j]! < UNKNOWN)) return null;
  return covariance;
}

function estimateOf(name: string, at: number, error: number | null, isLog: boolean): BuyingEstimate {
  const estimate = isLog ? Math.exp(at) : at;
  if (error === null) return { name, estimate, standardError: null, lower: null, upper: null };
  const [lower, upper] = [at - 1.959963984540054 * error, at + 1.959963984540054 * error];
  return { name, estimate, standardError: isLog ? estimate * error : error, lower: isLog ? Math.exp(lower) : lower, upper: isLog ? Math.exp(upper) : upper };
}

function generalWarnings(converged: boolean, covariance: Float64Array | null, customers: number): BuyingWarning[] {
  const warnings: BuyingWarning[] = [];
  if (!converged) warnings.push({ code: 'NOT_CONVERGED', message: 'the search ended before the likelihood was flat; raise maxIterations, or give prior: \'weak\'' });
  else if (covariance === null) warnings.push({ code: 'NO_STANDARD_ERRORS', message: 'the likelihood does not curve in every direction, so that some parameters are not determined by these customers; give prior: \'weak\', or a law with fewer parameters' });
  if (customers < 50) warnings.push({ code: 'FEW_CUSTOMERS', message: `only ${customers} customers: the parameters are hardly known; give prior: 'weak', or wait` });
  return warnings;
}
