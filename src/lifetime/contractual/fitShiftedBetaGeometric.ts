import { fitRetention } from './fitting/fitRetention.js';
import { totalRenewals } from './fitting/retentionLikelihood.js';
import { shiftedBetaGeometricLikelihood } from './fitting/shiftedBetaGeometricLikelihood.js';
import { readRenewals, type RenewalCohorts, type RenewalHistories } from './renewals.js';
import type { RetentionOptions } from './retentionOptions.js';
import { ShiftedBetaGeometric } from './shiftedBetaGeometric.js';

/**
 * How long customers of a contract renew it: the shifted beta-geometric model by maximum likelihood.
 *
 * Each customer leaves at each renewal with a probability of their own, beta over customers (Fader and Hardie, 2007), so that retention rises with the
 * age of a cohort. What is learnt from is how many came to each renewal and how many made it, over all cohorts together; cohorts may be of different
 * lengths. O(customers or counts), and O(periods) an evaluation.
 *
 * @param renewals - counts of survivors by cohort, or periods and end customer by customer
 * @param options - see {@link RetentionOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * // The customers of Fader and Hardie (2007), followed for seven years.
 * const model = fitShiftedBetaGeometric({ unit: 'year', cohorts: [{ survivors: [1000, 869, 743, 653, 593, 551, 517, 491] }] });
 * model.parameters.alpha.toFixed(3); // => '0.668'
 * model.parameters.beta.toFixed(3); // => '3.806'
 * // What was to come: 394 of them after twelve years.
 * Math.round(1000 * model.survival(12)); // => 378
 * ```
 */
export function fitShiftedBetaGeometric(renewals: RenewalCohorts | RenewalHistories, options: RetentionOptions = {}): ShiftedBetaGeometric {
  const counts = readRenewals('fitShiftedBetaGeometric', renewals);
  const { share } = totalRenewals(counts);
  return new ShiftedBetaGeometric(fitRetention('fitShiftedBetaGeometric', shiftedBetaGeometricLikelihood, counts, options, [2 * (1 - share), 2 * share]));
}
