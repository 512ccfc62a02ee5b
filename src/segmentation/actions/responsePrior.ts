import { digamma } from '../../numeric/digamma.js';
import { logGamma } from '../../numeric/logGamma.js';

/** What is known of one action in one segment. */
export interface Seen {
  readonly contacts: number;
  readonly responses: number;
}

/** A beta distribution of the response, the uncertainty of its own mean, and how probable it is. */
interface Candidate extends ResponseBelief {
  readonly meanVariance: number;
  readonly weight: number;
}

/** What is believed of the response to an action before a segment is looked at; strength is how many contacts that is worth. */
export interface ResponsePrior extends ResponseBelief {
  /** What else it could be, where it was learnt. */
  readonly candidates: readonly Candidate[];
}

/** A beta distribution by its mean and the sum of its shapes. */
export interface ResponseBelief {
  readonly mean: number;
  readonly strength: number;
}

/** What is as good as nothing: a belief worth two contacts. */
export const VAGUE = 2;

/** Of this size, or smaller, the standard deviation of the log-odds between segments is expected to be. */
const SPREAD = 0.7;

/**
 * The prior of an action from what its segments answered, some with contacts: mean m and strength k at the maximum of the beta-binomial likelihood
 * times Jeffreys' prior of m and the half-normal one of t = 1 / sqrt(k m (1 - m)), the standard deviation of the log-odds between segments,
 *
 *   log L(m, k) - log(k) / 2 - t^2 / (2 x 0.7^2),
 *
 * along the log-odds of m and log(k). The maximum stays away from t = 0, where few segments happen to be alike (Chung et al., 2013).
 */
export function learnPrior(seen: readonly Seen[]): ResponsePrior {
  const known = seen.filter(({ contacts }) => contacts > 0);
  const meanAt = (logStrength: number, steps = 60): number => share(crossing((logOdds) => slopes(known, share(logOdds), Math.exp(logStrength))[0], -30, 30, steps));
  const heights: number[] = [];
  const candidates = Array.from({ length: 64 }, (_, i): Candidate => {
    const logStrength = i / 2 - 2;
    const strength = Math.exp(logStrength);
    // To 1e-8: that much of a candidate is no matter.
    const mean = meanAt(logStrength, 32);
    // The variance of a segment's rate about m is m (1 - m) (k + n) / (n (k + 1)); of the mean of all, the inverse of the sum of the inverses.
    const precision = known.reduce((sum, { contacts: n }) => sum + (n * (strength + 1)) / (strength + n), 0);
    heights.push(logPosterior(known, mean, strength));
    return { mean, strength, meanVariance: (mean * (1 - mean)) / precision, weight: 1 / Math.sqrt(mean * (1 - mean) * precision) };
  });
  const highest = Math.max(...heights);
  const top = heights.indexOf(highest) / 2 - 2;
  const logStrength = crossing((at) => slopes(known, meanAt(at), Math.exp(at))[1], top - 0.5, top + 0.5, 40);
  return {
    mean: meanAt(logStrength),
    strength: Math.exp(logStrength),
    candidates: candidates.map((candidate, i) => ({ ...candidate, weight: candidate.weight * Math.exp(heights[i]! - highest) })),
  };
}

/**
 * What is believed of a segment: the prior shrinks its rate, and its spread is that under all candidates for the prior, the uncertainty of their
 * means included (Morris, 1983): counting the segment's answers in the prior and in the segment makes nobody surer than the answers do.
 */
export function beliefOf({ mean, strength, candidates }: ResponsePrior, seen: Seen): ResponseBelief {
  const total = strength + seen.contacts;
  const shrunk = (strength * mean + seen.responses) / total;
  let [weights, variances] = [0, 0];
  for (const { mean: m, strength: k, meanVariance, weight } of candidates) {
    const sum = k + seen.contacts;
    const rate = (k * m + seen.responses) / sum;
    weights += weight;
    variances += weight * ((rate * (1 - rate)) / (sum + 1) + (k / sum) ** 2 * meanVariance + (rate - shrunk) ** 2);
  }
  return { mean: shrunk, strength: weights === 0 ? total : Math.max(VAGUE, (shrunk * (1 - shrunk) * weights) / variances - 1) };
}

function logPosterior(known: readonly Seen[], mean: number, strength: number): number {
  const [a, b] = [mean * strength, (1 - mean) * strength];
  const own = logGamma(a) + logGamma(b) - logGamma(strength);
  const logLikelihood = known.reduce((sum, { contacts: n, responses: y }) => sum + logGamma(a + y) + logGamma(b + n - y) - logGamma(strength + n) - own, 0);
  return logLikelihood - Math.log(strength) / 2 - 0.5 / (SPREAD ** 2 * strength * mean * (1 - mean));
}

// Its slopes along the log-odds of the mean, and along the logarithm of the strength.
function slopes(known: readonly Seen[], mean: number, strength: number): [byMean: number, byStrength: number] {
  const spread = mean * (1 - mean);
  let byMean = (0.5 * (1 - 2 * mean)) / (SPREAD ** 2 * strength * spread);
  let byStrength = 0.5 / (SPREAD ** 2 * strength * spread) - 0.5;
  const [a, b] = [mean * strength, (1 - mean) * strength];
  const [atA, atB, atSum] = [digamma(a), digamma(b), digamma(strength)];
  for (const { contacts, responses } of known) {
    const up = digamma(a + responses) - atA;
    const down = digamma(b + contacts - responses) - atB;
    byMean += strength * spread * (up - down);
    byStrength += strength * (mean * up + (1 - mean) * down - digamma(strength + contacts) + atSum);
  }
  return [byMean, byStrength];
}

function crossing(slope: (x: number) => number, from: number, to: number, steps: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function share(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
