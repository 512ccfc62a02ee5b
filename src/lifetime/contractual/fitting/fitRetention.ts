import { requireChoice, requireKnownOptions, requireWhole } from '../../../data/options.js';
import { ClientelaError } from '../../../errors.js';
import { choleskyInPlace, choleskyInverse } from '../../../numeric/cholesky.js';
import type { SmoothObjective } from '../../../numeric/quasiNewton.js';
import { minimiseTrustRegion } from '../../../numeric/trustRegion.js';
import type { BuyingEstimate } from '../../buying/buyingState.js';
import type { RenewalCounts } from '../renewals.js';
import type { RetentionOptions } from '../retentionOptions.js';
import type { RetentionState, RetentionWarning } from '../retentionState.js';
import { totalRenewals, type RetentionLikelihood } from './retentionLikelihood.js';

/** No parameter is looked for outside e^±60: there the likelihood is flat. */
const REACH = 60;

/** The search ends where no more than this of the log-likelihood of all customers can be gained. */
const GAIN = 1e-12;

/** A variance of the logarithm of a parameter beyond this says nothing about it. */
const UNKNOWN = 1e4;

/** The most likely parameters of a law of renewals, with their uncertainty, from given parameters on. */
export function fitRetention(caller: string, likelihood: RetentionLikelihood, counts: RenewalCounts, options: RetentionOptions, byShare: readonly number[]): RetentionState {
  requireKnownOptions(caller, options, ['prior', 'start', 'maxIterations', 'onProgress']);
  const hasPrior = requireChoice(caller, 'prior', options.prior ?? 'none', ['none', 'weak']) === 'weak';
  const total = requireWhole(caller, 'maxIterations', options.maxIterations ?? 200, 1);
  const { onProgress } = options;
  const { names } = likelihood;
  const { customers } = counts;
  let evaluations = 0;
  const theta = new Float64Array(names.length);
  // Minus the mean log-posterior of a customer.
  const objective: SmoothObjective = (at, gradient) => {
    if (at.some((log) => !(Math.abs(log) <= REACH))) return Infinity;
    for (let j = 0; j < at.length; j++) theta[j] = Math.exp(at[j]!);
    evaluations++;
    const found = likelihood.evaluate(theta, counts, gradient) + (hasPrior ? addPrior(likelihood, at, gradient) : 0);
    for (let j = 0; j < at.length; j++) gradient[j]! /= -customers;
    return -found / customers;
  };
  const onIteration = onProgress && ((done: number, value: number): boolean => onProgress({ done, total, objective: -value }) !== false);
  const { at, value, hessian, convergence } = minimiseTrustRegion(objective, startOf(caller, names, options, byShare), { tolerance: GAIN / customers, maxIterations: total, onIteration });
  const covariance = hessian === null ? null : covarianceOf(hessian, names.length, customers);
  const logPrior = hasPrior ? addPrior(likelihood, at, new Float64Array(names.length)) : 0;
  const logLikelihood = -value * customers - logPrior;
  const parameters = Object.fromEntries(names.map((name, j) => [name, Math.exp(at[j]!)]));
  return {
    unit: counts.unit,
    parameters,
    fit: {
      logLikelihood,
      logPrior,
      parameterCount: at.length,
      aic: 2 * (at.length - logLikelihood),
      bic: Math.log(customers) * at.length - 2 * logLikelihood,
      customers,
      periods: counts.atRisk.length,
      evaluations,
      convergence,
      estimates: names.map((name, j) => estimateOf(name, at[j]!, covariance === null ? null : Math.sqrt(covariance[j * at.length + j]!))),
      logCovariance: covariance === null ? null : [...covariance],
      warnings: warningsOf(counts, parameters, convergence.converged, covariance !== null),
    },
  };
}

/** The inverse of the observed information; null where the likelihood does not curve in every direction. */
function covarianceOf(hessian: Float64Array, size: number, customers: number): Float64Array | null {
  const information = hessian.map((curvature) => curvature * customers);
  if (!choleskyInPlace(information, size)) return null;
  const covariance = choleskyInverse(information, size);
  for (let j = 0; j < size; j++) if (!(covariance[j * size + j]! < UNKNOWN)) return null;
  return covariance;
}

function addPrior({ prior }: RetentionLikelihood, at: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  for (const { weights, centre, spread } of prior) {
    const away = (weights.reduce((total, weight, j) => total + weight * at[j]!, 0) - centre) / spread;
    sum -= 0.5 * away * away;
    for (let j = 0; j < weights.length; j++) gradient[j]! -= (away * weights[j]!) / spread;
  }
  return sum;
}

function startOf(caller: string, names: readonly string[], { start = {} }: RetentionOptions, byShare: readonly number[]): Float64Array {
  for (const [name, value] of Object.entries(start)) {
    if (names.includes(name) && value > 0 && value < Infinity) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs start with ${names.join(', ')} above 0, found "${name}": ${value}`, { function: caller, option: 'start', name, value });
  }
  return Float64Array.from(names, (name, j) => Math.log(start[name] ?? byShare[j]!));
}

function estimateOf(name: string, at: number, error: number | null): BuyingEstimate {
  const estimate = Math.exp(at);
  if (error === null) return { name, estimate, standardError: null, lower: null, upper: null };
  return { name, estimate, standardError: estimate * error, lower: Math.exp(at - 1.959963984540054 * error), upper: Math.exp(at + 1.959963984540054 * error) };
}

function warningsOf(counts: RenewalCounts, parameters: Readonly<Record<string, number>>, isConverged: boolean, hasErrors: boolean): RetentionWarning[] {
  const { renewals, losses } = totalRenewals(counts);
  const names = Object.keys(parameters);
  const warnings: RetentionWarning[] = [];
  const mind = (code: RetentionWarning['code'], message: string): unknown => warnings.push({ code, message });
  if (losses === 0) mind('NOBODY_LEFT', 'everybody renewed every time, so that nothing is known of leaving but that it is rare; wait, or give prior: \'weak\'');
  if (renewals === 0) mind('NOBODY_RENEWED', 'nobody renewed, so that nothing is known of staying; wait, or give prior: \'weak\'');
  if (counts.atRisk.length < names.length) mind('TOO_FEW_PERIODS', `${names.length} parameters cannot be told from ${counts.atRisk.length === 1 ? 'one period' : `${counts.atRisk.length} periods`}; wait, give prior: 'weak', or take a law with fewer parameters`);
  if (losses > 0 && renewals > 0 && parameters['alpha']! + parameters['beta']! > 1e3) {
    mind('HETEROGENEITY_NOT_IDENTIFIED', 'retention does not rise with the age of the contract, as if all customers were alike: alpha and beta tell their ratio only, and a constant retention rate says the same; where retention falls, use fitBetaDiscreteWeibull');
  }
  if (!isConverged) mind('NOT_CONVERGED', 'the search ended before the likelihood was flat; raise maxIterations, or give prior: \'weak\'');
  if (!hasErrors) mind('NO_STANDARD_ERRORS', 'the likelihood does not curve in every direction, so that some parameters are not determined by these customers; give prior: \'weak\', or take a law with fewer parameters');
  return warnings;
}
