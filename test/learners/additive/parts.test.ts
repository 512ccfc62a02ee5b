import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskyInverse } from '../../../src/numeric/cholesky.js';
import { createRandom } from '../../../src/numeric/random.js';
import { placeNumbers } from '../../../src/learners/additive/axis.js';
import { contrasts, crossBasis } from '../../../src/learners/additive/basis.js';
import { AdditivePass } from '../../../src/learners/additive/additivePass.js';
import { curveOn } from '../../../src/learners/additive/curve.js';
import type { DesignTerm } from '../../../src/learners/additive/design.js';
import { inverseDiagonal } from '../../../src/learners/additive/inverseDiagonal.js';
import { interactionTest } from '../../../src/learners/additive/screenCrosses.js';

const knots = [0, 1, 3, 4, 7, 10];
const random = createRandom(3);
const x = Float64Array.from({ length: 300 }, () => 10 * random.uniform());
const placement = placeNumbers('test', { column: 'x', knots }, x);
/** A function given at the knots, at every row. */
const atRows = (values: Float64Array): Float64Array => x.map((_, row) => (1 - placement.share![row]!) * values[placement.at[row]!]! + placement.share![row]! * (values[placement.at[row]! + 1] ?? 0));
const meanProduct = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;

describe('the parts of an additive fit', () => {
  it('place a number between its knots', () => {
    atRows(Float64Array.from([...knots, 0])).forEach((value, row) => expect(value).toBeCloseTo(x[row]!, 12));
    expect(Array.from(placeNumbers('test', { column: 'x', knots }, Float64Array.of(-5, 0, 2, 10, 99, NaN)).at)).toEqual([0, 0, 1, 5, 5, 6]);
  });

  it('part a broken line into a line and bends that are orthogonal over the rows', () => {
    const { line, bends } = curveOn(knots, placement, null);
    expect(bends).toHaveLength(4);
    const columns = [new Float64Array(6).fill(1), line!, ...bends].map(atRows);
    columns.forEach((a, i) => columns.slice(0, i).forEach((b) => expect(meanProduct(a, b)).toBeCloseTo(0, 6)));
    expect(columns.slice(0, 3).map((a) => meanProduct(a, a))).toEqual([1, 1, 1].map((one) => expect.closeTo(one, 6) as number));
    const sizes = columns.slice(2).map((a) => meanProduct(a, a));
    sizes.forEach((size, k) => expect(k === 0 || size <= sizes[k - 1]! + 1e-9).toBe(true));
    // The same roughness in each: that is what one penalty for all of them means.
    const rough = bends.map((bend) => knots.slice(1, -1).reduce((sum, knot, k) => sum + (bend[k + 1]! - bend[k]! - ((knot - knots[k]!) / (knots[k + 2]! - knots[k]!)) * (bend[k + 2]! - bend[k]!)) ** 2, 0));
    rough.forEach((value) => expect(value / rough[0]!).toBeCloseTo(1, 5));
  });

  it('have contrasts that add up to 0 along both sides of a table', () => {
    const { values, size } = crossBasis(contrasts(3), contrasts(4, 5));
    expect(size).toBe(6);
    for (let k = 0; k < size; k++) {
      for (let i = 0; i < 3; i++) expect(Array.from({ length: 5 }, (_, j) => values[(i * 5 + j) * size + k]!).reduce((a, b) => a + b)).toBeCloseTo(0, 12);
      for (let j = 0; j < 5; j++) expect(Array.from({ length: 3 }, (_, i) => values[(i * 5 + j) * size + k]!).reduce((a, b) => a + b)).toBeCloseTo(0, 12);
      expect(values[4 * size + k]).toBe(0);
    }
  });

  it('sum gradient and second derivatives as the design would', () => {
    const at = Int32Array.from(x, () => random.integer(3));
    const level = { at, share: null, width: 3 };
    const basis = Float64Array.from({ length: 7 * 2 }, () => random.normal());
    const cross = Float64Array.from({ length: 21 * 4 }, () => random.normal());
    const shared = { axes: [], groups: new Int32Array(4) };
    const terms: DesignTerm[] = [
      { ...shared, sides: [placement], width: 7, basis, size: 2 },
      { ...shared, sides: [placement, level], width: 21, basis: cross, size: 4 },
    ];
    const y = Float64Array.from(x, () => random.integer(2));
    const weights = Float64Array.from(x, () => random.integer(3));
    const beta = Float64Array.from({ length: 7 }, () => 0.3 * random.normal());
    const pass = new AdditivePass(terms, y, weights);
    const loss = pass.evaluate(beta);
    const [gradient, hessian, naive] = [new Float64Array(7), new Float64Array(49), { loss: 0 }];
    x.forEach((_, row) => {
      const s = placement.share![row]!;
      const design = [1];
      const near = placement.at[row]!;
      for (let k = 0; k < 2; k++) design.push((1 - s) * basis[near * 2 + k]! + (s > 0 ? s * basis[(near + 1) * 2 + k]! : 0));
      for (let k = 0; k < 4; k++) design.push((1 - s) * cross[(near * 3 + at[row]!) * 4 + k]! + (s > 0 ? s * cross[((near + 1) * 3 + at[row]!) * 4 + k]! : 0));
      const p = 1 / (1 + Math.exp(-design.reduce((sum, d, j) => sum + d * beta[j]!, 0)));
      naive.loss -= weights[row]! * Math.log(y[row] === 1 ? p : 1 - p);
      design.forEach((a, j) => {
        gradient[j]! += weights[row]! * (p - y[row]!) * a;
        design.forEach((b, k) => (hessian[j * 7 + k]! += weights[row]! * p * (1 - p) * a * b));
      });
    });
    expect(loss).toBeCloseTo(naive.loss, 9);
    pass.gradient.forEach((value, j) => expect(value).toBeCloseTo(gradient[j]!, 9));
    pass.hessian.forEach((value, j) => expect(value).toBeCloseTo(hessian[j]!, 9));
  });

  it('have the diagonal of an inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1000 }), (n, seed) => {
        const draw = createRandom(seed);
        const half = Float64Array.from({ length: n * n }, () => draw.normal());
        const matrix = new Float64Array(n * n).map((_, at) => half.reduce((sum, _value, k) => (k < n ? sum + half[Math.floor(at / n) * n + k]! * half[(at % n) * n + k]! : sum), Math.floor(at / n) === at % n ? 1 : 0));
        choleskyInPlace(matrix, n);
        const inverse = choleskyInverse(matrix, n);
        inverseDiagonal(matrix, n).forEach((value, i) => expect(value).toBeCloseTo(inverse[i * n + i]!, 10));
      }),
      { numRuns: 20 },
    );
  });

  it('test a table of four cells as the contrast of its means', () => {
    const information = Float64Array.of(4, 6, 10, 5);
    const sums = Float64Array.of(2, -3, 1, 4);
    const means = sums.map((sum, i) => sum / information[i]!);
    const contrast = means[0]! - means[1]! - means[2]! + means[3]!;
    const { statistic, degrees } = interactionTest({ rows: 2, columns: 2, sums, information });
    expect(statistic).toBeCloseTo(contrast ** 2 / information.reduce((sum, value) => sum + 1 / value, 0), 6);
    expect(degrees).toBe(1);
    // Rows and columns that only add up leave nothing.
    const added = information.map((value, i) => value * ((i < 2 ? 0.3 : -0.2) + (i % 2 ? 0.1 : 0.5)));
    expect(interactionTest({ rows: 2, columns: 2, sums: added, information }).statistic).toBeCloseTo(0, 9);
  });
});
