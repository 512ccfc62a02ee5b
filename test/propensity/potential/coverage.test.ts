import { beforeAll, describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskyInverse, choleskySolve } from '../../../src/numeric/cholesky.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import type { PropensityCells } from '../../../src/propensity/cells/propensityCells.js';
import { portfolioPotential } from '../../../src/propensity/potential/portfolioPotential.js';

const WIDTH = 4;
const LEARNT_FROM = 600;
const CUSTOMERS = 1500;
// Rates of about 3 %, 10 % and 25 %; the effects of three features after the intercept.
const TRUTH = [[-4, 0.8, -0.5, 0.3], [-2.4, 0.5, 0.4, -0.3], [-1.2, -0.6, 0, 0.4]];
const MARGIN = { bond: 300, card: 20, fund: 60 };

/** The intercept and three features, two of them correlated. */
function drawRows(count: number, random: Random): Float64Array {
  const x = new Float64Array(count * WIDTH);
  for (let at = 0; at < x.length; at += WIDTH) {
    const common = random.normal();
    x.set([1, 0.6 * common + 0.8 * random.normal(), common, random.uniform() < 0.3 ? 1 : 0], at);
  }
  return x;
}

function probabilitiesOf(x: Float64Array, coefficients: ArrayLike<number>): Float64Array {
  const p = new Float64Array(x.length / WIDTH);
  for (let i = 0; i < p.length; i++) {
    let sum = 0;
    for (let k = 0; k < WIDTH; k++) sum += x[i * WIDTH + k]! * coefficients[k]!;
    p[i] = sigmoid(sum);
  }
  return p;
}

/** Plain Newton on the log-likelihood, with a ridge of 0.01; the inverse information. */
function learn(x: Float64Array, y: Float64Array): { coefficients: Float64Array; covariance: Float64Array } {
  const coefficients = new Float64Array(WIDTH);
  for (let step = 0; ; step++) {
    const p = probabilitiesOf(x, coefficients);
    const gradient = coefficients.map((value) => -0.01 * value);
    const information = new Float64Array(WIDTH * WIDTH);
    for (let k = 0; k < WIDTH; k++) information[k * WIDTH + k] = 0.01;
    for (let i = 0; i < p.length; i++) {
      for (let k = 0; k < WIDTH; k++) {
        const value = x[i * WIDTH + k]!;
        gradient[k]! += value * (y[i]! - p[i]!);
        for (let m = 0; m < WIDTH; m++) information[k * WIDTH + m]! += p[i]! * (1 - p[i]!) * value * x[i * WIDTH + m]!;
      }
    }
    choleskyInPlace(information, WIDTH);
    if (step === 8) return { coefficients, covariance: choleskyInverse(information, WIDTH) };
    choleskySolve(information, WIDTH, gradient);
    for (let k = 0; k < WIDTH; k++) coefficients[k]! += gradient[k]!;
  }
}

interface World {
  readonly cells: PropensityCells;
  readonly truth: Float64Array;
  readonly region: readonly string[];
}

function drawWorld(random: Random): World {
  const learnt = drawRows(LEARNT_FROM, random);
  const x = drawRows(CUSTOMERS, random);
  const probability = new Float64Array(CUSTOMERS * 3);
  const truth = new Float64Array(CUSTOMERS * 3);
  const covariances = TRUTH.map((coefficients, j) => {
    const labels = probabilitiesOf(learnt, coefficients).map((p) => (random.uniform() < p ? 1 : 0));
    const model = learn(learnt, labels);
    probabilitiesOf(x, model.coefficients).forEach((p, i) => (probability[i * 3 + j] = p));
    probabilitiesOf(x, coefficients).forEach((p, i) => (truth[i * 3 + j] = p));
    return model.covariance;
  });
  const sumCovariance = (product: number, groups: Int32Array, groupCount: number, weights: Float64Array): Float64Array => {
    const gradients = new Float64Array(groupCount * WIDTH);
    for (let i = 0; i < CUSTOMERS; i++) {
      const p = probability[i * 3 + product]!;
      for (let k = 0; k < WIDTH; k++) if (groups[i]! >= 0) gradients[groups[i]! * WIDTH + k]! += weights[i]! * p * (1 - p) * x[i * WIDTH + k]!;
    }
    const result = new Float64Array(groupCount * groupCount);
    for (let g = 0; g < groupCount; g++) {
      for (let h = 0; h < groupCount; h++) {
        for (let k = 0; k < WIDTH; k++) for (let m = 0; m < WIDTH; m++) result[g * groupCount + h]! += gradients[g * WIDTH + k]! * covariances[product]![k * WIDTH + m]! * gradients[h * WIDTH + m]!;
      }
    }
    return result;
  };
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => i);
  const region = customers.map((i) => (x[i * WIDTH + 2]! > 0.5 ? 'north' : 'south'));
  return { cells: { customers, products: Object.keys(MARGIN), probability, uncertainty: { sumCovariance, logOddsError: () => 0 } }, truth, region };
}

describe('the intervals of portfolioPotential, over 200 worlds', () => {
  // Of 2,000 worlds the intervals hold the truth in 94.0 to 95.0 %, chance alone in 65 to 77 %.
  const random = createRandom(20261122);
  const worlds = 200;
  const covered: Record<string, number> = {};
  const count = (what: string, { lower, upper }: { lower: number; upper: number }, value: number): void => {
    covered[what] = (covered[what] ?? 0) + (value >= lower && value <= upper ? 1 / worlds : 0);
  };
  beforeAll(() => {
    for (let w = 0; w < worlds; w++) {
      const { cells, truth, region } = drawWorld(random);
      const options = { margin: MARGIN, by: { region }, crossed: true };
      const { unconstrained: known } = portfolioPotential(cells, options);
      const { customers, products, probability } = cells;
      const { unconstrained: chanceOnly } = portfolioPotential({ customers, products, probability }, options);
      const margins = Object.values(MARGIN);
      const sum = (weight: (cell: number) => number): number => truth.reduce((total, p, cell) => total + weight(cell) * p, 0);
      const outcome = truth.map((p) => (random.uniform() < p ? 1 : 0));
      count('units', known.total.units.expectation!, sum(() => 1));
      count('margin', known.total.margin!.expectation!, sum((cell) => margins[cell % 3]!));
      count('rarest', known.products[0]!.units.expectation!, sum((cell) => (cell % 3 === 0 ? 1 : 0)));
      count('north', known.by['region']![0]!.margin!.expectation!, sum((cell) => (region[Math.floor(cell / 3)] === 'north' ? margins[cell % 3]! : 0)));
      count('rarest, south', known.by['region']![1]!.products[0]!.units.expectation!, sum((cell) => (cell % 3 === 0 && region[Math.floor(cell / 3)] === 'south' ? 1 : 0)));
      const paid = outcome.reduce((total, taken, cell) => total + taken * margins[cell % 3]!, 0);
      count('outcome', known.total.margin!, paid);
      count('outcome, chance only', chanceOnly.total.margin!, paid);
      count('units, chance only', chanceOnly.total.units, sum(() => 1));
    }
  });

  it.each(['units', 'margin', 'rarest', 'north', 'rarest, south', 'outcome'])('hold what they should in 90 to 98 %% of them: %s', (what) => {
    expect(covered[what]).toBeGreaterThan(0.9);
    expect(covered[what]).toBeLessThan(0.985);
  });

  it.each(['outcome, chance only', 'units, chance only'])('miss far too often with chance alone: %s', (what) => {
    expect(covered[what]).toBeLessThan(0.8);
  });
});
