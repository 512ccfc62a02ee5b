import { logGamma } from '../../../numeric/logGamma.js';
import { minimiseTrustRegion } from '../../../numeric/trustRegion.js';
import type { CustomerGaps } from './customerGaps.js';

/** Logarithms of the shapes that are weighed: from 0.05 to 150, a tenth apart. */
const [LOWEST, APART, COUNT] = [-3, 0.1, 81];

/** The law of shapes is learnt from no more customers than this, evenly spread. */
const MOST = 20_000;

/** Each customer's own shape and the law of which it is one. */
export interface CustomerShapes {
  /** One a customer; NaN where there are fewer than two gaps. */
  readonly shapes: Float64Array;
  /** Of the normal law of the logarithms of shapes. */
  readonly centre: number;
  readonly spread: number;
}

/**
 * Each customer's own shape, drawn towards that of all the more the fewer gaps there are: the posterior mean of its logarithm, with the likelihood of the gaps
 * given their sum and a normal law over customers, whose mean and spread make all gaps most likely (empirical Bayes). On a grid of shapes.
 */
export function customerShapes(gaps: CustomerGaps): CustomerShapes {
  const rows: number[] = [];
  gaps.counts.forEach((n, c) => {
    if (n >= 2) rows.push(c);
  });
  const likelihood = gridLikelihood(gaps);
  const every = Math.ceil(rows.length / MOST);
  const learnt = new Float64Array(Math.ceil(rows.length / every) * COUNT);
  for (let i = 0; i * every < rows.length; i++) likelihood(rows[i * every]!, learnt.subarray(i * COUNT, (i + 1) * COUNT));
  const [centre, spread] = learnPrior(learnt);
  const prior = priorAt(centre, spread);
  const shapes = new Float64Array(gaps.counts.length).fill(NaN);
  const own = new Float64Array(COUNT);
  for (const c of rows) {
    likelihood(c, own);
    let [total, sum] = [0, 0];
    for (let g = 0; g < COUNT; g++) {
      total += own[g]! * prior[g]!;
      sum += own[g]! * prior[g]! * (LOWEST + g * APART);
    }
    shapes[c] = Math.exp(sum / total);
  }
  return { shapes, centre, spread };
}

/** Writes the likelihood of a customer's gaps given their sum at each shape, the largest 1: gamma(nk) / gamma(k)^n times the product of (gap / sum)^(k - 1). */
function gridLikelihood({ counts, unevenness }: CustomerGaps): (customer: number, likelihood: Float64Array) => void {
  const constants = new Map<number, Float64Array>();
  return (customer, likelihood) => {
    const n = counts[customer]!;
    let constant = constants.get(n);
    if (constant === undefined) constants.set(n, (constant = Float64Array.from({ length: COUNT }, (_, g) => logGamma(n * shapeAt(g)) - n * logGamma(shapeAt(g)) - n * shapeAt(g) * Math.log(n))));
    let most = -Infinity;
    for (let g = 0; g < COUNT; g++) {
      likelihood[g] = constant[g]! - n * Math.max(0, unevenness[customer]!) * shapeAt(g);
      most = Math.max(most, likelihood[g]!);
    }
    for (let g = 0; g < COUNT; g++) likelihood[g] = Math.exp(likelihood[g]! - most);
  };
}

function shapeAt(g: number): number {
  return Math.exp(LOWEST + g * APART);
}

/** The normal law on the grid, its spread not below what the grid resolves. */
function learnPrior(likelihoods: Float64Array): readonly [centre: number, spread: number] {
  const customers = likelihoods.length / COUNT;
  const spreadAt = (v: number): number => Math.hypot(APART, Math.exp(v));
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    if (!(Math.abs(at[0]!) < 6 && at[1]! < 3)) return Infinity;
    const centre = at[0]!;
    const spread = spreadAt(at[1]!);
    const prior = priorAt(centre, spread);
    const away = Float64Array.from(prior, (_, g) => LOWEST + g * APART - centre);
    const means = (weights: (g: number) => number): readonly [number, number, number] => {
      let [total, first, second] = [0, 0, 0];
      for (let g = 0; g < COUNT; g++) {
        const weight = weights(g);
        total += weight;
        first += weight * away[g]!;
        second += weight * away[g]! * away[g]!;
      }
      return [total, first / total, second / total];
    };
    const [, first, second] = means((g) => prior[g]!);
    let [value, toCentre, toSpread] = [0, 0, 0];
    for (let c = 0; c < customers; c++) {
      const [chance, ownFirst, ownSecond] = means((g) => prior[g]! * likelihoods[c * COUNT + g]!);
      value += Math.log(chance);
      toCentre += (ownFirst - first) / spread ** 2;
      toSpread += (ownSecond - second) / spread ** 3;
    }
    gradient[0] = -toCentre / customers;
    gradient[1] = ((-toSpread / customers) * Math.exp(2 * at[1]!)) / spread;
    return -value / customers;
  };
  const { at } = minimiseTrustRegion(objective, Float64Array.of(0.2, -1), { tolerance: 1e-9, maxIterations: 60 });
  return [at[0]!, spreadAt(at[1]!)];
}

/** Probabilities of the shapes of the grid. */
function priorAt(centre: number, spread: number): Float64Array {
  const prior = Float64Array.from({ length: COUNT }, (_, g) => Math.exp(-0.5 * ((LOWEST + g * APART - centre) / spread) ** 2));
  const total = prior.reduce((sum, weight) => sum + weight, 0);
  return prior.map((weight) => weight / total);
}
