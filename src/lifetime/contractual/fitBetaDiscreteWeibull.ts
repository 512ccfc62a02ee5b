import { betaDiscreteWeibullLikelihood } from './fitting/betaDiscreteWeibullLikelihood.js';
import { fitRetention } from './fitting/fitRetention.js';
import { totalRenewals } from './fitting/retentionLikelihood.js';
import { BetaDiscreteWeibull } from './betaDiscreteWeibull.js';
import { readRenewals, type RenewalCohorts, type RenewalHistories } from './renewals.js';
import type { RetentionOptions } from './retentionOptions.js';

/**
 * How long customers of a contract renew it, when each may also grow likelier or less likely to leave: the beta-discrete-Weibull model by maximum
 * likelihood.
 *
 * The shifted beta-geometric with one parameter more, the shape of time (Fader, Hardie, Liu, Davin and Steenburgh, 2018); it usually forecasts better
 * from a few periods, and its `fit.bic` against that of {@link fitShiftedBetaGeometric} says whether the shape is needed. O(customers or counts), and
 * O(periods) an evaluation.
 *
 * @param renewals - counts of survivors by cohort, or periods and end customer by customer; from three periods on
 * @param options - see {@link RetentionOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const model = fitBetaDiscreteWeibull({ unit: 'year', cohorts: [{ survivors: [1000, 869, 743, 653, 593, 551, 517, 491] }] });
 * model.parameters.shape.toFixed(3); // => '1.724'
 * // What was to come: 394 of them after twelve years.
 * Math.round(1000 * model.survival(12)); // => 404
 * ```
 */
export function fitBetaDiscreteWeibull(renewals: RenewalCohorts | RenewalHistories, options: RetentionOptions = {}): BetaDiscreteWeibull {
  const counts = readRenewals('fitBetaDiscreteWeibull', renewals);
  const { share } = totalRenewals(counts);
  return new BetaDiscreteWeibull(fitRetention('fitBetaDiscreteWeibull', betaDiscreteWeibullLikelihood, counts, options, [2 * (1 - share), 2 * share, 1]));
}
