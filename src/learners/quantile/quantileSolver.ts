import { BandSearch } from './bandSearch.js';
import { multiply, sumRows, type QuantileRows } from './quantileRows.js';
import type { QuantileCertificate } from './quantileState.js';
import { usualDistance } from './typicalSize.js';
import { VertexBasis } from './vertexBasis.js';

/** The exact minimum at one quantile. */
export interface QuantileSolution {
  readonly beta: Float64Array;
  /** Sum of the weighted losses. */
  readonly objective: number;
  readonly isUnique: boolean;
  readonly certificate: QuantileCertificate;
  readonly exchanges: number;
}

/** Residuals below this share of the target's spread are 0. */
const ZERO = 1e-11;
/** A multiplier as near to its bound is at it. */
const TOUCHES = 1e-8;

/**
 * Minima of the same rows at one quantile after the other.
 *
 * Rows that tie (whole numbers, categories) make the simplex method stand still or go in circles. So each target is moved by a billionth
 * of the spread, and the vertex found is read with the targets as they are: its multipliers do not depend on them as long as no row changes
 * sides. What it is then is proven from scratch; where the proof fails, a smaller move is tried.
 */
export class QuantileSolver {
  readonly rows: QuantileRows;
  /** How far the targets usually lie from their middle. */
  readonly spread: number;
  readonly #anchors: Int32Array;
  #nudge = 1e-9;
  #nudged: Float64Array;
  #search: BandSearch;

  /** For these rows; `anchors` are some of full rank. */
  constructor(rows: QuantileRows, anchors: Int32Array) {
    const { target } = rows;
    this.rows = rows;
    this.#anchors = anchors;
    this.spread = usualDistance(target);
    this.#nudged = target;
    this.#search = this.#prepare();
  }

  /** The minimum at one quantile, and the residuals there. */
  solve(tau: number): QuantileSolution & { readonly residuals: Float64Array } {
    const before = this.#search.exchanges;
    const found = this.#prove(tau, this.#search.minimise(tau, 1));
    const { certificate, touches } = found;
    if (certificate.dualExcess <= TOUCHES || this.#nudge === 0) {
      return { beta: found.beta, residuals: found.residuals, objective: found.objective, certificate, isUnique: !touches || this.#isUnique(tau, found.beta), exchanges: this.#search.exchanges - before };
    }
    this.#nudge = this.#nudge > 1e-14 ? this.#nudge / 100 : 0;
    this.#search = this.#prepare();
    return this.solve(tau);
  }

  #prepare(): BandSearch {
    const { target } = this.rows;
    // Rounding grows with the largest of them, and must not drown the move.
    const size = this.#nudge * (target.reduce((sum, y) => sum + Math.abs(y - target[0]!), 0) / target.length || 1);
    this.#nudged = target.map((y, i) => y + size * scattered(i));
    return new BandSearch({ ...this.rows, target: this.#nudged }, this.#anchors);
  }

  /** The other end of the minima is the same point. */
  #isUnique(tau: number, beta: Float64Array): boolean {
    const { target } = this.rows;
    const other = this.#search.minimise(tau, -1).coefficients(target);
    return other.every((b, k) => Math.abs(b - beta[k]!) <= 1e-8 * this.spread);
  }

  /** The vertex with the targets as they are, and from scratch all that proves it the minimum. */
  #prove(tau: number, found: VertexBasis): Omit<QuantileSolution, 'isUnique' | 'exchanges'> & { readonly residuals: Float64Array; readonly touches: boolean } {
    const { columns, target, weights } = this.rows;
    const moved = multiply(columns, found.coefficients(this.#nudged), -1, new Float64Array(target.length), this.#nudged);
    const basis = new VertexBasis(columns);
    basis.fill(found.rows, 0);
    const beta = basis.coefficients(target);
    const residuals = multiply(columns, beta, -1, new Float64Array(target.length), target);
    const size = beta.reduce((sum, b) => sum + Math.abs(b), 0);
    const psi = new Float64Array(target.length);
    let objective = 0;
    let nothing = 0;
    let zeroResiduals = 0;
    for (let i = 0; i < target.length; i++) {
      const residual = residuals[i]!;
      // And what rounding leaves of numbers so large.
      const zero = ZERO * this.spread + 4e-15 * (size + Math.abs(target[i]!));
      const isZero = Math.abs(residual) <= zero;
      if (isZero) zeroResiduals++;
      // A row that ties may have any multiplier: it has the one with which the minimum was found.
      psi[i] = weights[i]! * ((isZero ? moved[i]! : residual) > 0 ? tau : tau - 1);
      nothing += weights[i]! * zero;
      objective += weights[i]! * residual * (residual > 0 ? tau : tau - 1);
    }
    for (const row of basis.rows) psi[row] = 0;
    const multipliers = basis.multipliers(sumRows(columns, psi));
    let excess = -Infinity;
    basis.rows.forEach((row, slot) => {
      psi[row] = multipliers[slot]!;
      excess = Math.max(excess, psi[row] / weights[row]! - tau, tau - 1 - psi[row] / weights[row]!);
    });
    const dual = psi.reduce((sum, multiplier, i) => sum + multiplier * (target[i]! - target[0]!), 0);
    const certificate = { zeroResiduals, dualExcess: Math.max(0, excess), gap: objective > nothing ? Math.abs(objective - dual) / objective : 0 };
    return { beta, residuals, objective, touches: excess > -TOUCHES, certificate };
  }
}

/** A number in [-0.5, 0.5) with nothing to see of the one before it. */
function scattered(i: number): number {
  let x = Math.imul(i + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  return (x ^ (x >>> 13)) / 4294967296;
}
