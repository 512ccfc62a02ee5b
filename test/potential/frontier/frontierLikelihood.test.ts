import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { FrontierLikelihood, type FrontierProblem } from '../../../src/potential/frontier/frontierLikelihood.js';
import { residualLogDensity } from '../../../src/potential/frontier/frontierLaw.js';
import { fitResidualLaw } from '../../../src/potential/frontier/fitResidualLaw.js';
import { minimiseQuasiNewton } from '../../../src/numeric/quasiNewton.js';

const LAWS = ['none', 'halfNormal', 'exponential', 'truncatedNormal'] as const;
const COUNT = 1100;

/** More than a block of rows, a column in each of the three sums, weights. */
function sample(): FrontierProblem {
  const random = createRandom(3);
  const draw = (): Float64Array => Float64Array.from({ length: COUNT }, () => random.normal());
  const ones = new Float64Array(COUNT).fill(1);
  return { y: draw(), weights: Float64Array.from({ length: COUNT }, () => random.uniform()), columns: [[ones, draw()], [ones, draw()], [ones, draw()]] };
}

/** Points from near the exponential to a bell far from its cut. */
const taus = (law: string): readonly number[] => (law === 'truncatedNormal' ? [-15, -1.5, 0, 0.7, 3] : [0]);

function pointOf(likelihood: FrontierLikelihood, law: string, tau: number): Float64Array {
  const random = createRandom(8);
  const at = Float64Array.from({ length: likelihood.size }, () => 0.4 * random.normal());
  if (law === 'truncatedNormal') at[likelihood.size - 1] = tau;
  return at;
}

describe('FrontierLikelihood', () => {
  it.each(LAWS)('%s: is the sum of the densities, row by row', (law) => {
    const problem = sample();
    const likelihood = new FrontierLikelihood(law, problem);
    const part = (columns: readonly Float64Array[], at: ArrayLike<number>, i: number): number => columns.reduce((sum, column, j) => sum + column[i]! * at[j]!, 0);
    for (const tau of taus(law)) {
      const at = pointOf(likelihood, law, tau);
      const [b, u, v] = [at.subarray(0, 2), law === 'none' ? null : at.subarray(2, 4), law === 'none' ? at.subarray(2, 4) : at.subarray(4, 6)];
      let naive = 0;
      for (let i = 0; i < COUNT; i++) {
        const sigmaU = u === null ? 0 : Math.exp(part(problem.columns[1], u, i));
        const one = { distribution: law === 'none' ? 'halfNormal' : law, sigmaU, sigmaV: Math.exp(part(problem.columns[2], v, i)), mu: tau * sigmaU } as const;
        naive += problem.weights![i]! * residualLogDensity(one, problem.y[i]! - part(problem.columns[0], b, i));
      }
      expect(likelihood.evaluate(at, false) / naive).toBeCloseTo(1, 12);
    }
  });

  it.each(LAWS)('%s: gradient and Hessian are those of differences', (law) => {
    const likelihood = new FrontierLikelihood(law, sample());
    const { size } = likelihood;
    for (const tau of taus(law)) {
      const at = pointOf(likelihood, law, tau);
      likelihood.evaluate(at, true);
      const [gradient, hessian] = [likelihood.gradient.slice(), likelihood.hessian.slice()];
      for (let j = 0; j < size; j++) {
        const moved = (by: number): { readonly value: number; readonly gradient: Float64Array } => {
          const there = at.slice();
          there[j]! += by;
          return { value: likelihood.evaluate(there, false), gradient: likelihood.gradient.slice() };
        };
        const [up, down] = [moved(1e-5), moved(-1e-5)];
        expect(Math.abs((up.value - down.value) / 2e-5 - gradient[j]!) / (1 + Math.abs(gradient[j]!))).toBeLessThan(1e-5);
        for (let k = 0; k < size; k++) {
          const exact = hessian[j * size + k]!;
          expect(Math.abs((up.gradient[k]! - down.gradient[k]!) / 2e-5 - exact) / (1 + Math.abs(exact))).toBeLessThan(1e-6);
        }
      }
    }
  });
});

describe('fitResidualLaw', () => {
  const random = createRandom(5);
  const drawn = (mean: number): Float64Array =>
    Float64Array.from({ length: 1500 }, () => {
      let u = -1;
      while (u < 0) u = mean + 0.5 * random.normal();
      return 5 + 0.3 * random.normal() - u;
    });

  it('finds what BFGS finds for the same likelihood', () => {
    const residuals = drawn(0);
    for (const distribution of ['halfNormal', 'exponential'] as const) {
      const { law, shift, logLikelihood, status } = fitResidualLaw(residuals, distribution);
      const ones = [new Float64Array(residuals.length).fill(1)];
      const likelihood = new FrontierLikelihood(distribution, { y: residuals, weights: null, columns: [ones, ones, ones] });
      const { at, value } = minimiseQuasiNewton((x, gradient) => {
        const found = likelihood.evaluate(x, false);
        likelihood.gradient.forEach((g, j) => (gradient[j] = -g));
        return -found;
      }, Float64Array.of(5, -1, -1), { tolerance: 1e-6 });
      expect(status).toBe('inefficiency');
      expect(logLikelihood + value).toBeCloseTo(0, 8);
      expect(shift).toBeCloseTo(at[0]!, 6);
      expect(law.sigmaU).toBeCloseTo(Math.exp(at[1]!), 6);
      expect(law.sigmaV).toBeCloseTo(Math.exp(at[2]!), 6);
    }
  });

  it('the truncated normal, which holds the half-normal, is at least as likely', () => {
    for (const mean of [0, 0.6]) {
      const residuals = drawn(mean);
      const [wide, narrow] = [fitResidualLaw(residuals, 'truncatedNormal'), fitResidualLaw(residuals, 'halfNormal')];
      expect(wide.logLikelihood).toBeGreaterThanOrEqual(narrow.logLikelihood - 1e-9);
      expect(narrow.logLikelihood).toBeGreaterThan(narrow.olsLogLikelihood);
    }
  });

  it('without a tail below, there is none', () => {
    const { law, shift, status } = fitResidualLaw(drawn(0).map((r) => -r), 'halfNormal');
    expect(status).toBe('noInefficiency');
    expect(law.sigmaU).toBe(0);
    expect(shift).toBeCloseTo(-5 + 0.4, 1);
  });

  it('weights are repetition, the unit does not matter, and equal residuals are refused', () => {
    const residuals = drawn(0).subarray(0, 300);
    const doubled = fitResidualLaw(Float64Array.of(...residuals, ...residuals), 'halfNormal');
    const weighted = fitResidualLaw(residuals, 'halfNormal', new Float64Array(300).fill(2));
    expect(weighted.logLikelihood).toBeCloseTo(doubled.logLikelihood, 8);
    const large = fitResidualLaw(residuals.map((r) => r * 1e9), 'halfNormal');
    expect(large.law.sigmaU / weighted.law.sigmaU / 1e9).toBeCloseTo(1, 8);
    expect(() => fitResidualLaw(new Float64Array(4).fill(1), 'halfNormal')).toThrowError(expect.objectContaining({ code: 'NOT_IDENTIFIED' }) as Error);
  });
});
