import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { countCumulants, countMasses, smoothCountCdf, type CountCumulants } from '../../numeric/poissonBinomial.js';

/** The distribution of how many of several independent customers say yes; see {@link poissonBinomial}. */
export interface PoissonBinomial {
  /** The expected number: the sum of the probabilities. */
  readonly mean: number;
  /** The standard deviation of the number. */
  readonly standardDeviation: number;
  /** Whether the figures are exact (to 1e-14), or those of the refined normal distribution. */
  readonly method: 'exact' | 'refinedNormal';
  /**
   * The probability of just so many.
   *
   * @param count - a whole number; others have probability 0
   */
  probabilityOf(count: number): number;
  /**
   * The probability of at most so many.
   *
   * @param count - any number
   */
  probabilityAtMost(count: number): number;
  /**
   * The least number that is not exceeded with at least this probability.
   *
   * @param probability - 0 to 1
   */
  quantile(probability: number): number;
}

/**
 * The distribution of the number of takers when each customer decides alone, with a probability of their own: the Poisson-binomial distribution.
 *
 * Exact, by adding one customer after the other, wherever that takes up to about 50 million steps: always to 2,000 customers or a standard deviation
 * below 10, usually to 50,000 customers. Beyond, the normal distribution corrected for skewness and kurtosis, whose error is below 0.01 / sd³, so
 * below 1e-5. O(n × sd) or O(n). Only chance is in it: that the probabilities themselves may be off is for {@link portfolioPotential}.
 *
 * @param probabilities - one a customer, 0 to 1
 * @returns mean, standard deviation, and functions for probabilities and quantiles
 * @throws a {@link ClientelaError} `INVALID_INPUT` for what is no array, `INVALID_VALUE` for a value outside 0 to 1
 * @example
 * ```ts
 * const takers = poissonBinomial([0.1, 0.2, 0.3, 0.4]);
 * takers.mean; // => 1
 * [0, 1, 2, 3, 4].map((count) => takers.probabilityOf(count)); // => [0.3024, 0.4404, 0.2144, 0.0404, 0.0024]
 * takers.quantile(0.95); // => 2
 * ```
 */
export function poissonBinomial(probabilities: ArrayLike<number>): PoissonBinomial {
  requireProbabilities(probabilities);
  const cumulants = countCumulants(probabilities);
  const { draws, mean, variance } = cumulants;
  const standardDeviation = Math.sqrt(variance);
  const exact = draws <= 2000 || variance < 100 || draws * (23 * standardDeviation + 20) <= 5e7;
  const law = exact ? exactLaw(probabilities) : smoothLaw(cumulants);
  return { mean, standardDeviation, method: exact ? 'exact' : 'refinedNormal', ...law, quantile: (probability) => quantileOf(law, draws, probability) };
}

type Law = Pick<PoissonBinomial, 'probabilityOf' | 'probabilityAtMost'>;

function exactLaw(probabilities: ArrayLike<number>): Law {
  const { first, masses } = countMasses(probabilities);
  const sums = new Float64Array(masses.length);
  let sum = 0;
  for (let k = 0; k < masses.length; k++) sums[k] = Math.min(1, (sum += masses[k]!));
  // What rounding took away from the last must not make a count beyond it possible.
  sums[masses.length - 1] = 1;
  return {
    probabilityOf: (count) => masses[count - first] ?? 0,
    probabilityAtMost: (count) => (count < first ? 0 : (sums[Math.floor(count) - first] ?? 1)),
  };
}

function smoothLaw(cumulants: CountCumulants): Law {
  const probabilityAtMost = (count: number): number => smoothCountCdf(count, cumulants);
  return {
    probabilityOf: (count) => (Number.isInteger(count) ? Math.max(0, probabilityAtMost(count) - probabilityAtMost(count - 1)) : 0),
    probabilityAtMost,
  };
}

function quantileOf({ probabilityAtMost }: Law, draws: number, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `quantile needs a probability from 0 to 1, found ${describeValue(probability)}`, { value: probability });
  }
  let low = 0;
  let high = draws;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (probabilityAtMost(middle) >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
}

function requireProbabilities(probabilities: ArrayLike<number>): void {
  if (!Array.isArray(probabilities) && !ArrayBuffer.isView(probabilities)) {
    throw new ClientelaError('INVALID_INPUT', `poissonBinomial needs an array of probabilities, found ${describeValue(probabilities)}`);
  }
  for (let row = 0; row < probabilities.length; row++) {
    const p: unknown = probabilities[row];
    if (typeof p === 'number' && p >= 0 && p <= 1) continue;
    throw new ClientelaError('INVALID_VALUE', `poissonBinomial needs probabilities from 0 to 1, found ${describeValue(p)} at ${row}; leave out who cannot take it`, { row, value: p });
  }
}
