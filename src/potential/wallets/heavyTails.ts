import { minimiseQuasiNewton, type QuasiNewtonMinimum } from '../../numeric/quasiNewton.js';
import type { FrontierProblem } from '../frontier/frontierLikelihood.js';
import type { InefficiencyDistribution } from '../frontier/frontierLaw.js';
import { BLOCK_ROWS } from '../frontier/rowBlock.js';
import { createRowSlopes, slopesOfRows, type RowSlopes, type SlopeLaw } from '../frontier/rowSlopes.js';
import { addProducts } from '../frontier/weightedGram.js';
import type { ScaledFit } from './frontierFit.js';
import { middleLine } from './middleLine.js';

/** Where another fit of nearly the same rows ended. */
export interface HeavyStart {
  readonly distribution: InefficiencyDistribution;
  readonly at: Float64Array;
}

/**
 * A frontier whose noise is now and then from a wider normal, with inefficiency half-normal or exponential, whichever is likelier. A faint
 * prior on the two parameters of the wider noise (twice as wide, one in nine) keeps them finite where there are no heavy tails. With a start
 * its law is taken, and neither the information nor the likelihood without inefficiency is worked out.
 */
export function fitHeavyTails(problem: FrontierProblem, start: HeavyStart | null): ScaledFit {
  const laws = start === null ? (['halfNormal', 'exponential'] as const) : ([start.distribution as 'halfNormal' | 'exponential'] as const);
  const likelihoods = laws.map((distribution) => ({ distribution, likelihood: new MixtureLikelihood(problem, distribution) }));
  const fits = likelihoods.map((one) => ({ ...one, ...minimised(one.likelihood, start?.at ?? null) }));
  const { distribution, likelihood, at, value } = fits.reduce((a, b) => (b.value < a.value ? b : a));
  const none = start === null ? minimised(new MixtureLikelihood(problem, 'none'), null).value : value;
  return {
    distribution,
    at,
    noiseCount: 3,
    information: start === null ? likelihood.information(at) : new Float64Array(0),
    logLikelihood: -value * likelihood.total,
    nullLogLikelihood: -none * likelihood.total,
    isVisible: value < none,
  };
}

function minimised(likelihood: MixtureLikelihood, start: Float64Array | null): QuasiNewtonMinimum {
  const from = start !== null && start.length === likelihood.size ? start : likelihood.start();
  return minimiseQuasiNewton((at, gradient) => likelihood.evaluate(at, gradient), from, { tolerance: 1e-5, maxIterations: 300 });
}

/** Minus the mean log-likelihood of rows, each a mixture of two laws that differ in their noise. Parameters: slopes, ln sigmaU, ln sigmaV, kappa, omega. */
class MixtureLikelihood {
  readonly size: number;
  readonly total: number;
  readonly #problem: FrontierProblem;
  readonly #law: SlopeLaw;
  /** The parts of the columns that are of each block. */
  readonly #views: readonly { readonly columns: readonly Float64Array[]; readonly drivers: readonly Float64Array[] }[];
  readonly #e: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #lnU: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #slopes: readonly [narrow: RowSlopes, wide: RowSlopes] = [createRowSlopes(), createRowSlopes()];
  readonly #sums: Float64Array;

  constructor(problem: FrontierProblem, law: SlopeLaw) {
    const { y, weights, columns } = problem;
    this.#problem = problem;
    this.#law = law;
    const drivers = law === 'none' ? [] : columns[1];
    const parts = (of: readonly Float64Array[], block: number): Float64Array[] => of.map((column) => column.subarray(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS));
    this.#views = Array.from({ length: Math.ceil(y.length / BLOCK_ROWS) }, (_, block) => ({ columns: parts(columns[0], block), drivers: parts(drivers, block) }));
    this.size = columns[0].length + drivers.length + 3;
    this.#sums = new Float64Array(this.size);
    this.total = weights === null ? y.length : weights.reduce((sum, w) => sum + w, 0);
  }

  /** The middle half tells the spread however far the tails reach. */
  start(): Float64Array {
    const start = new Float64Array(this.size);
    const { slopes, spread } = middleLine(this.#problem);
    const noise = this.size - 3;
    start.set(slopes);
    if (this.#law !== 'none') {
      start[0]! += 0.5 * spread;
      start[slopes.length] = Math.log(0.7 * spread);
    }
    start[noise] = Math.log((this.#law === 'none' ? 0.9 : 0.6) * spread);
    start[noise + 1] = 0.7;
    start[noise + 2] = -2;
    return start;
  }

  evaluate(at: Float64Array, gradient: Float64Array): number {
    const { y } = this.#problem;
    gradient.fill(0);
    const [kappa, omega] = [at[this.size - 2]!, at[this.size - 1]!];
    if (Math.abs(kappa) > 30 || Math.abs(omega) > 30) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let start = 0; start < y.length; start += BLOCK_ROWS) sum += this.#block(at, start, gradient);
    const [offKappa, offOmega] = [kappa, omega + 2];
    gradient[this.size - 2]! -= offKappa;
    gradient[this.size - 1]! -= offOmega / 2;
    sum -= (offKappa * offKappa) / 2 + (offOmega * offOmega) / 4;
    for (let j = 0; j < this.size; j++) gradient[j]! /= -this.total;
    return -sum / this.total;
  }

  /** Minus the Hessian of the log-likelihood, by differences of the gradient. */
  information(at: Float64Array): Float64Array {
    const { size } = this;
    const information = new Float64Array(size * size);
    const [up, down, moved] = [new Float64Array(size), new Float64Array(size), at.slice()];
    for (let j = 0; j < size; j++) {
      const step = 1e-4 * Math.max(0.1, Math.abs(at[j]!));
      moved[j] = at[j]! + step;
      this.evaluate(moved, up);
      moved[j] = at[j]! - step;
      this.evaluate(moved, down);
      moved[j] = at[j]!;
      for (let k = 0; k < size; k++) {
        const slope = ((up[k]! - down[k]!) * this.total) / (2 * step);
        information[j * size + k]! += slope / 2;
        information[k * size + j]! += slope / 2;
      }
    }
    return information;
  }

  #block(at: Float64Array, start: number, gradient: Float64Array): number {
    const { y, weights } = this.#problem;
    const { columns, drivers } = this.#views[start / BLOCK_ROWS]!;
    const rows = Math.min(BLOCK_ROWS, y.length - start);
    const [e, lnU] = [this.#e, this.#lnU.fill(0)];
    e.set(y.subarray(start, start + rows));
    columns.forEach((column, j) => addMultiple(e, -at[j]!, column));
    drivers.forEach((column, j) => addMultiple(lnU, at[columns.length + j]!, column));
    const sum = this.#mix(at, rows, weights && weights.subarray(start, start + rows), gradient);
    const sums = this.#sums;
    const { byE, byU } = this.#slopes[0];
    addProducts(sums.fill(0), byE, columns, 0, columns.length, rows);
    for (let j = 0; j < columns.length; j++) gradient[j]! -= sums[j]!;
    addProducts(sums.fill(0), byU, drivers, 0, drivers.length, rows);
    for (let j = 0; j < drivers.length; j++) gradient[columns.length + j]! += sums[j]!;
    return sum;
  }

  /** The log-likelihood of the rows under way; leaves what the columns need in the slopes of the narrow noise, and adds the derivatives by the three parameters of the noise. */
  #mix(at: Float64Array, rows: number, weights: Float64Array | null, gradient: Float64Array): number {
    const place = this.size - 3;
    const [lnV, widening, share] = [at[place]!, Math.exp(at[place + 1]!), 1 / (1 + Math.exp(-at[place + 2]!))];
    const [narrow, wide] = this.#slopes;
    slopesOfRows(this.#law, rows, this.#e, this.#lnU, lnV, narrow);
    slopesOfRows(this.#law, rows, this.#e, this.#lnU, lnV + Math.log1p(widening), wide);
    const odds = Math.log(share) - Math.log1p(-share);
    const stay = Math.log1p(-share);
    let [sum, byNoise, byWide, byShare] = [0, 0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      // ln of the odds that the row is of the wider noise; the smaller density over the larger is e to minus its size.
      const logit = wide.value[i]! - narrow.value[i]! + odds;
      const less = Math.exp(-Math.abs(logit));
      const belief = logit > 0 ? 1 / (1 + less) : less / (1 + less);
      sum += weight * (narrow.value[i]! + stay + Math.max(0, logit) + Math.log1p(less));
      const [ofNarrow, ofWide] = [weight * (1 - belief), weight * belief];
      narrow.byE[i] = ofNarrow * narrow.byE[i]! + ofWide * wide.byE[i]!;
      narrow.byU[i] = ofNarrow * narrow.byU[i]! + ofWide * wide.byU[i]!;
      byNoise += ofNarrow * narrow.byV[i]! + ofWide * wide.byV[i]!;
      byWide += ofWide * wide.byV[i]!;
      byShare += weight * (belief - share);
    }
    gradient[place]! += byNoise;
    gradient[place + 1]! += (byWide * widening) / (1 + widening);
    gradient[place + 2]! += byShare;
    return sum;
  }
}

function addMultiple(to: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) to[i]! += factor * column[i]!;
}
