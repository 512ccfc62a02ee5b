import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoNbdLikelihood } from '../../../../src/lifetime/buying/paretoNbd/paretoNbdLikelihood.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';
import type { Tuples } from '../../../../src/lifetime/buying/fitting/tuples.js';

const tuplesOf = (rows: readonly (readonly [x: number, last: number, tenure: number])[], weights = rows.map((_, i) => 1 + (i % 2))): Tuples => ({
  count: rows.length,
  x: Float64Array.from(rows, ([x]) => x),
  last: Float64Array.from(rows, ([, last]) => last),
  tenure: Float64Array.from(rows, ([, , tenure]) => tenure),
  weights: Float64Array.from(weights),
  customers: weights.reduce((sum, weight) => sum + weight, 0),
  sumLogGaps: NaN,
});
const some = tuplesOf([[0, 0, 0], [0, 0, 12], [1, 0.5, 38], [2, 30.43, 38.86], [2, 9, 9], [20, 4, 38], [60, 30, 31]]);
const value = (theta: readonly number[], tuples: Tuples): number => paretoNbdLikelihood().evaluate(Float64Array.from(theta), tuples, null, new Float64Array(4));
const parameter = fc.double({ min: -3, max: 4, noNaN: true }).map(Math.exp);
const theta = fc.tuple(parameter, parameter, parameter, parameter);

describe('the likelihood of the Pareto/NBD', () => {
  it('is what the integral over the time of death says', () => {
    // Simpson's rule over 20,000 steps, of the density of the times of purchases, in its textbook form.
    const naive = ([r, alpha, s, beta]: readonly number[], [x, last, tenure]: readonly [number, number, number]): number => {
      const front = logGamma(r! + x) - logGamma(r!) + r! * Math.log(alpha!) + s! * Math.log(beta!);
      const density = (u: number): number => (alpha! + u) ** -(r! + x) * (beta! + u) ** -(s! + 1);
      const [steps, width] = [20_000, (tenure - last) / 20_000];
      let sum = density(last) + density(tenure);
      for (let j = 1; j < steps; j++) sum += (j % 2 === 0 ? 2 : 4) * density(last + j * width);
      return front + Math.log((alpha! + tenure) ** -(r! + x) * (beta! + tenure) ** -s! + (s! * sum * width) / 3);
    };
    for (const at of [[0.553, 10.578, 0.606, 11.669], [2, 30, 1, 8], [0.3, 8, 5, 90]]) {
      for (const row of [[0, 0, 12], [1, 1.71, 38.86], [7, 29.43, 38.86], [26, 20, 31]] as const) expect(value(at, tuplesOf([row]))).toBeCloseTo(naive(at, row), 10);
    }
  });

  it('has the slopes that differences have, with the factors of covariates too', () => {
    const check = fc.property(theta, parameter, parameter, (at, purchaseFactor, dropoutFactor) => {
      const columns = (): Float64Array => new Float64Array(some.count);
      const factorsAt = (purchase: number, dropout: number) => ({ purchase: columns().fill(purchase), dropout: columns().fill(dropout), purchaseSlopes: columns(), dropoutSlopes: columns() });
      const factors = factorsAt(purchaseFactor, dropoutFactor);
      const gradient = new Float64Array(4);
      const found = paretoNbdLikelihood().evaluate(Float64Array.from(at), some, factors, gradient);
      const step = 2e-5;
      const evaluate = (move: readonly number[]): number => {
        const [purchase, dropout, ...logs] = move as [number, number, ...number[]];
        return paretoNbdLikelihood().evaluate(Float64Array.from(at, (one, j) => one * Math.exp(logs[j]!)), some, factorsAt(purchaseFactor * Math.exp(purchase), dropoutFactor * Math.exp(dropout)), new Float64Array(4));
      };
      const difference = (position: number): number => {
        const move = (size: number): number[] => Array.from({ length: 6 }, (_, k) => (k === position ? size : 0));
        return (8 * (evaluate(move(step)) - evaluate(move(-step))) - (evaluate(move(2 * step)) - evaluate(move(-2 * step)))) / (12 * step);
      };
      const near = (slope: number, position: number): void => expect(Math.abs(slope - difference(position))).toBeLessThan(1e-6 * (1 + Math.abs(slope)) + 1e-10 * Math.abs(found));
      gradient.forEach((slope, j) => near(slope, 2 + j));
      near(factors.purchaseSlopes.reduce((sum, slope, i) => sum + some.weights[i]! * slope, 0), 0);
      near(factors.dropoutSlopes.reduce((sum, slope, i) => sum + some.weights[i]! * slope, 0), 1);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('is the same by a table of the times that many histories share', () => {
    // 4 times 5 tenures for each number of purchases: more histories than times.
    const rows = [0, 1, 2, 9, 40].flatMap((x) => [3, 5, 8, 13].flatMap((last) => [13, 21, 21.5, 30, 34].map((tenure) => [x, x === 0 ? 0 : last, tenure] as const)));
    const shared = tuplesOf(rows);
    const check = fc.property(theta, (at) => {
      const ones = (): Float64Array => new Float64Array(shared.count).fill(1);
      const [tabled, plain] = [new Float64Array(4), new Float64Array(4)];
      const found = paretoNbdLikelihood().evaluate(Float64Array.from(at), shared, null, tabled);
      const wanted = paretoNbdLikelihood().evaluate(Float64Array.from(at), shared, { purchase: ones(), dropout: ones(), purchaseSlopes: ones(), dropoutSlopes: ones() }, plain);
      expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-13);
      tabled.forEach((slope, j) => expect(Math.abs(slope - plain[j]!)).toBeLessThan(1e-11 * (1 + Math.abs(wanted))));
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('follows the unit of time', () => {
    const check = fc.property(theta, parameter, ([r, alpha, s, beta], unit) => {
      const moved = { ...some, last: some.last.map((t) => t * unit), tenure: some.tenure.map((t) => t * unit) };
      const purchases = some.x.reduce((sum, x, i) => sum + some.weights[i]! * x, 0);
      const wanted = value([r, alpha, s, beta], some) - purchases * Math.log(unit);
      expect(Math.abs(value([r, alpha * unit, s, beta * unit], moved) / wanted - 1)).toBeLessThan(1e-12);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('is finite, with finite slopes, wherever the parameters are', () => {
    const anywhere = fc.double({ min: -60, max: 60, noNaN: true }).map(Math.exp);
    const check = fc.property(anywhere, anywhere, anywhere, anywhere, (...at) => {
      const gradient = new Float64Array(4);
      const found = paretoNbdLikelihood().evaluate(Float64Array.from(at), tuplesOf([[0, 0, 5], [1, 1e-9, 1e9], [1000, 1, 37], [100_000, 30, 31]]), null, gradient);
      expect(Number.isFinite(found)).toBe(true);
      expect(gradient.every((slope) => Number.isFinite(slope))).toBe(true);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('nears the NBD where nobody dies, and exponential death where all are alike', () => {
    const [r, alpha] = [0.7, 9];
    const nbd = some.x.reduce((sum, x, i) => sum + some.weights[i]! * (logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + some.tenure[i]!)), 0);
    expect(value([r, alpha, 1e-25, 1], some)).toBeCloseTo(nbd, 9);
    expect(value([r, alpha, 2e8, 1e10], some)).toBeCloseTo(value([r, alpha, 2e10, 1e12], some), 5);
  });
});
