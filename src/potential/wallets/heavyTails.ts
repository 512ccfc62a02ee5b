import { minimiseQuasiNewton, type QuasiNewtonMinimum } from '../../numeric/quasiNewton.js';
import type { FrontierProblem } from '../frontier/frontierLikelihood.js';
import { residualLogDensity, type InefficiencyDistribution } from '../frontier/frontierLaw.js';
import { BLOCK_ROWS, createRowBlock, type RowBlock } from '../frontier/rowBlock.js';
import { deriveRows } from '../frontier/rowDerivatives.js';
import type { ScaledFit } from './frontierFit.js';
import { middleLine } from './middleLine.js';

type Law = 'halfNormal' | 'exponential' | 'none';

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
  readonly #law: Law;
  readonly #drivers: readonly Float64Array[];
  readonly #blocks: readonly [RowBlock, RowBlock] = [createRowBlock(), createRowBlock()];

  constructor(problem: FrontierProblem, law: Law) {
    const { y, weights, columns } = problem;
    this.#problem = problem;
    this.#law = law;
    this.#drivers = law === 'none' ? [] : columns[1];
    this.size = columns[0].length + this.#drivers.length + 3;
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
    const { y, weights } = this.#problem;
    gradient.fill(0);
    const [kappa, omega] = [at[this.size - 2]!, at[this.size - 1]!];
    if (Math.abs(kappa) > 30 || Math.abs(omega) > 30) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let start = 0; start < y.length; start += BLOCK_ROWS) sum += this.#block(at, start, gradient, weights);
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

  #block(at: Float64Array, start: number, gradient: Float64Array, weights: Float64Array | null): number {
    const { y, columns: [columns] } = this.#problem;
    const rows = Math.min(BLOCK_ROWS, y.length - start);
    const [narrow, wide] = this.#blocks;
    const place = columns.length + this.#drivers.length;
    const widening = Math.exp(at[place + 1]!);
    const share = 1 / (1 + Math.exp(-at[place + 2]!));
    for (const block of this.#blocks) {
      block.rows = rows;
      block.lnV.fill(block === wide ? at[place]! + Math.log1p(widening) : at[place]!);
    }
    const { e, lnU } = narrow;
    for (let i = 0; i < rows; i++) e[i] = y[start + i]!;
    columns.forEach((column, j) => addMultiple(e, -at[j]!, column, start, rows));
    lnU.fill(0);
    this.#drivers.forEach((column, j) => addMultiple(lnU, at[columns.length + j]!, column, start, rows));
    wide.e.set(e);
    wide.lnU.set(lnU);
    deriveRows(this.#law, narrow, null);
    deriveRows(this.#law, wide, null);
    const shapes = [{ noise: Math.exp(at[place]!), ln: Math.log1p(-share) }, { noise: Math.exp(at[place]!) * (1 + widening), ln: Math.log(share) }] as const;
    const law = { distribution: this.#law === 'none' ? 'halfNormal' : this.#law, sigmaU: 0, sigmaV: 1, mu: 0 };
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      law.sigmaU = this.#law === 'none' ? 0 : Math.exp(lnU[i]!);
      law.sigmaV = shapes[0].noise;
      const a = residualLogDensity(law, e[i]!) + shapes[0].ln;
      law.sigmaV = shapes[1].noise;
      const b = residualLogDensity(law, e[i]!) + shapes[1].ln;
      const most = Math.max(a, b);
      const density = most + Math.log(Math.exp(a - most) + Math.exp(b - most));
      const weight = weights === null ? 1 : weights[start + i]!;
      const belief = Math.exp(b - density);
      sum += weight * density;
      // What the columns need: the blocks' first derivatives, mixed, in the place of those of the narrow one.
      for (let kind = 0; kind < 3; kind++) {
        const ofWide = wide.first[kind]![i]! * belief;
        const ofNarrow = narrow.first[kind]![i]! * (1 - belief);
        if (kind === 2) gradient[place + 1]! += (weight * ofWide * widening) / (1 + widening);
        narrow.first[kind]![i] = weight * (ofNarrow + ofWide);
      }
      gradient[place + 2]! += weight * (belief - share);
    }
    columns.forEach((column, j) => (gradient[j]! -= product(column, start, narrow.first[0]!, rows)));
    this.#drivers.forEach((column, j) => (gradient[columns.length + j]! += product(column, start, narrow.first[1]!, rows)));
    for (let i = 0; i < rows; i++) gradient[place]! += narrow.first[2]![i]!;
    return sum;
  }
}

function addMultiple(to: Float64Array, factor: number, column: Float64Array, start: number, rows: number): void {
  for (let i = 0; i < rows; i++) to[i]! += factor * column[start + i]!;
}

function product(column: Float64Array, start: number, values: Float64Array, rows: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += column[start + i]! * values[i]!;
  return sum;
}
