import type { Labels } from '../../data/labelsAndScores.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { readEvents, readShares } from './survivalSample.js';

/** One bin of {@link distributionCalibration}. */
export interface DistributionBin {
  /** The bin holds probabilities above this … */
  readonly lower: number;
  /** … up to and with this. */
  readonly upper: number;
  /** Rows in it; parts of rows where censored ones are shared out. */
  readonly observed: number;
  /** Rows that should be in it: as many in each. */
  readonly expected: number;
}

/** What {@link distributionCalibration} returns. */
export interface DistributionCalibration {
  /** From the lowest probabilities up. */
  readonly bins: readonly DistributionBin[];
  /** The sum of (observed - expected)² / expected. */
  readonly statistic: number;
  /** Bins less one. */
  readonly degreesOfFreedom: number;
  /** How often calibrated curves would show at least this statistic; below 0.05 the curves are taken for uncalibrated. */
  readonly p: number;
}

/**
 * Whether whole predicted curves are calibrated: what each promised of lasting as long as it did must be spread evenly over [0, 1].
 *
 * D-calibration (Haider, Hoehn, Davis and Greiner, JMLR 21, 2020): of calibrated curves a tenth of the customers last beyond what was promised to a tenth, and so on;
 * a censored row is shared evenly over all it may still become, the probabilities from 0 to its own. Pearson's test of equal bins, in which such shares make p somewhat
 * too large; with many customers small flaws are found too: look at the bins. O(n + bins) apart from censored rows, O(bins) each.
 *
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param survivalAtDuration - for each row the probability its own curve gives to lasting beyond its own duration, in [0, 1]
 * @param options - bins, 10 by default
 * @returns bins, statistic and p
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const found = distributionCalibration([1, 1, 0, 1], [0.2, 0.4, 0.8, 0.9], { bins: 2 });
 * found.bins.map((bin) => bin.observed); // => [2.625, 1.375]
 * found.statistic; // => 2 * 0.625 ** 2 / 2
 * ```
 */
export function distributionCalibration(events: Labels, survivalAtDuration: ArrayLike<number>, options: { readonly bins?: number } = {}): DistributionCalibration {
  const caller = 'distributionCalibration';
  requireKnownOptions(caller, options, ['bins']);
  const count = requireWhole(caller, 'bins', options.bins ?? 10, 2);
  const n = (survivalAtDuration as ArrayLike<number> | undefined)?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`, { function: caller });
  const survival = readShares(caller, 'survivalAtDuration', survivalAtDuration, n);
  const happened = readEvents(caller, events, n);
  const observed = new Float64Array(count);
  for (let row = 0; row < n; row++) {
    const promised = survival[row]!;
    // The bin whose upper end it does not pass.
    const bin = Math.max(0, Math.ceil(promised * count) - 1);
    if (happened[row] === 1 || bin === 0) {
      observed[bin]!++;
      continue;
    }
    const each = 1 / (count * promised);
    for (let below = 0; below < bin; below++) observed[below]! += each;
    observed[bin]! += 1 - bin * each;
  }
  const expected = n / count;
  const statistic = observed.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0);
  const bins = Array.from(observed, (one, i) => ({ lower: i / count, upper: (i + 1) / count, observed: one, expected }));
  return { bins, statistic, degreesOfFreedom: count - 1, p: chiSquareSurvival(statistic, count - 1) };
}
