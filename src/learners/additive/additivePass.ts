import type { DesignTerm } from './design.js';
import { addProducts, addSlope, addSquares, addValues, multiply } from './laneProducts.js';
import { BLOCK_ROWS, emptyLanes, fillLanes, type Lane } from './lanes.js';
import { valuesOfTerm } from './termValues.js';

/**
 * One walk over the rows: minus the log-likelihood, and its first and second derivatives by the coefficients.
 *
 * A row stands on one to four positions of a term, so that its share in the second derivatives by the values at positions is a handful of
 * products; they are turned into those by coefficients once for all rows: T'HT, block by block. Rows go by in blocks and pairs of lanes, so that
 * the sums of a pair stay in the first-level cache. O(rows lanes^2 + width^2 size).
 */
export class AdditivePass {
  readonly terms: readonly DesignTerm[];
  /** Coefficients, the intercept first. */
  readonly size: number;
  readonly gradient: Float64Array;
  /** Row-major, symmetric; as of the last pass. */
  readonly hessian: Float64Array;
  /** Log-odds of the rows. */
  readonly eta: Float64Array;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | null;
  /** Positions: of the intercept, of the terms, and room behind them, as a lane reads on from the last even where nothing of a row stands there. */
  readonly #width: number;
  readonly #wide: Float64Array;
  readonly #lanes: readonly Lane[];
  /** Of each lane those before it. */
  readonly #before: readonly (readonly Lane[])[];
  /** Of the block under way, as are the next three. */
  readonly #residuals: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #curvatures: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #near: Float64Array = new Float64Array(BLOCK_ROWS);
  readonly #far: Float64Array = new Float64Array(BLOCK_ROWS);

  constructor(terms: readonly DesignTerm[], y: Float64Array, weights: Float64Array | null) {
    this.terms = terms;
    this.size = terms.reduce((sum, { size }) => sum + size, 1);
    this.gradient = new Float64Array(this.size);
    this.hessian = new Float64Array(this.size * this.size);
    this.eta = new Float64Array(y.length);
    this.#y = y;
    this.#weights = weights;
    this.#lanes = emptyLanes(terms);
    this.#before = this.#lanes.map((_, a) => this.#lanes.slice(0, a));
    const room = this.#lanes.reduce((most, { stride }) => Math.max(most, stride), 0);
    this.#width = terms.reduce((sum, { width }) => sum + width, 1 + room);
    this.#wide = new Float64Array(this.#width ** 2);
  }

  /** Loss at beta, leaving the derivatives. */
  evaluate(beta: Float64Array): number {
    const values = this.#valuesAt(beta);
    const wide = this.#wide.fill(0);
    const slope = new Float64Array(values.length);
    let loss = 0;
    for (let start = 0; start < this.eta.length; start += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, this.eta.length - start);
      fillLanes(this.#lanes, this.terms, start, rows);
      loss += this.#addRows(start, rows, values);
      this.#lanes.forEach((lane, a) => {
        addSlope(slope, lane, rows, this.#residuals);
        multiply(this.#near, lane.near, this.#curvatures, rows);
        if (lane.far !== null) multiply(this.#far, lane.far, this.#curvatures, rows);
        addProducts(wide, this.#width, lane, this.#before[a]!, this.#near, this.#far, rows);
        addSquares(wide, this.#width, lane, this.#near, this.#far, rows);
      });
    }
    this.#narrow(slope, wide);
    return loss;
  }

  /** What all terms say at their positions, the intercept first. */
  #valuesAt(beta: Float64Array): Float64Array {
    const values = new Float64Array(this.#width);
    values[0] = beta[0]!;
    this.#eachBlock((at, from, term) => values.set(valuesOfTerm(term, beta, from), at));
    return values;
  }

  /** The loss of a block of rows, and the first and second derivatives by their log-odds. */
  #addRows(start: number, rows: number, values: Float64Array): number {
    const eta = this.eta.subarray(start, start + rows).fill(0);
    for (const lane of this.#lanes) addValues(eta, lane, values);
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const z = eta[i]!;
      const y = this.#y[start + i]!;
      const w = this.#weights === null ? 1 : this.#weights[start + i]!;
      const e = Math.exp(z > 0 ? -z : z);
      const d = 1 / (1 + e);
      this.#residuals[i] = w * ((z > 0 ? d : e * d) - y);
      this.#curvatures[i] = w * e * d * d;
      loss += w * (Math.log1p(e) + (z > 0 ? z : 0) - y * z);
    }
    return loss;
  }

  #narrow(slope: Float64Array, wide: Float64Array): void {
    const { gradient, hessian, size } = this;
    const width = this.#width;
    gradient.fill(0);
    gradient[0] = slope[0]!;
    hessian.fill(0);
    hessian[0] = wide[0]!;
    // First the columns: half = H T (rows are positions, the triangles added up), then the rows: T' half.
    for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) wide[j * width + i] = wide[i * width + j]! += wide[j * width + i]!;
    const half = new Float64Array(width * size);
    for (let i = 0; i < width; i++) half[i * size] = wide[i * width]!;
    this.#eachBlock((at, from, term) => {
      for (let i = 0; i < width; i++) {
        for (let p = 0; p < term.width; p++) {
          const h = wide[i * width + at + p]!;
          if (h === 0) continue;
          for (let k = 0; k < term.size; k++) half[i * size + from + k]! += h * term.basis[p * term.size + k]!;
        }
      }
    });
    for (let j = 0; j < size; j++) hessian[j] = half[j]!;
    this.#eachBlock((at, from, term) => {
      for (let p = 0; p < term.width; p++) {
        for (let k = 0; k < term.size; k++) {
          const t = term.basis[p * term.size + k]!;
          if (t === 0) continue;
          gradient[from + k]! += t * slope[at + p]!;
          const to = (from + k) * size;
          const row = (at + p) * size;
          for (let j = 0; j < size; j++) hessian[to + j]! += t * half[row + j]!;
        }
      }
    });
  }

  #eachBlock(visit: (at: number, from: number, term: DesignTerm) => void): void {
    let at = 1;
    let from = 1;
    for (const term of this.terms) {
      visit(at, from, term);
      at += term.width;
      from += term.size;
    }
  }
}
