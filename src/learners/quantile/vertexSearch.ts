import { lastCrossing } from './lastCrossing.js';
import { multiply, sumRows, type QuantileRows } from './quantileRows.js';
import { VertexBasis } from './vertexBasis.js';

/** Below this share of a row's weight a multiplier counts as being at its bound. */
const AT_BOUND = 1e-9;
/** After so many exchanges the inverse is made anew. */
const REFRESH = 128;

/**
 * The simplex method of Barrodale and Roberts (1973) for quantiles (Koenker and d'Orey, 1987), from any basis: leaves a vertex along the
 * steepest of its edges and goes on through as many residuals as the sum of losses falls, whose weighted median is the next vertex.
 *
 * Minimises the losses of the rows less `pull`'b, which stands for rows that lie surely above or below. Of several minima it takes the one
 * that is first by the coefficients in their order, each as small as can be (`side` = 1) or as large (-1): so the answer depends neither on
 * the order of the rows nor on the start.
 */
export class VertexSearch {
  readonly rows: QuantileRows;
  readonly basis: VertexBasis;
  /** Exchanges done. */
  exchanges = 0;
  /** The edge along which the losses fall for ever, as their rows do not bound it. */
  readonly edge: Float64Array;
  readonly #residuals: Float64Array;
  /** 1 above, -1 below, 0 in the basis. */
  readonly #sides: Int8Array;
  #gradient: Float64Array;
  readonly #moves: Float64Array;
  readonly #steps: Float64Array;
  readonly #crossed: Int32Array;
  #tau = 0.5;
  #pull: Float64Array;

  constructor(rows: QuantileRows, basis: Int32Array) {
    const count = rows.target.length;
    const width = rows.columns.length;
    this.rows = rows;
    this.basis = new VertexBasis(rows.columns);
    this.basis.rows.set(basis);
    this.edge = new Float64Array(width);
    this.#sides = new Int8Array(count);
    this.#residuals = new Float64Array(count);
    this.#pull = this.#gradient = new Float64Array(width);
    this.#moves = new Float64Array(count);
    this.#steps = new Float64Array(count);
    this.#crossed = new Int32Array(count);
  }

  /** From the basis in place to the best vertex; false when the losses fall for ever along `edge`. */
  minimise(tau: number, pull: Float64Array, side: number): boolean {
    this.#tau = tau;
    this.#pull = pull;
    this.#refresh();
    const limit = this.exchanges + 2 * this.#sides.length + 100 * pull.length;
    let fresh = true;
    for (;;) {
      // Never seen to happen; what is proven afterwards would show it.
      if (this.exchanges > limit) return true;
      const { slot, up, excess } = this.#steepest(side);
      if (slot < 0) {
        if (fresh) return true;
        // Proven on figures without the rounding of many exchanges.
        this.#refresh();
        fresh = true;
        continue;
      }
      if (!this.#leave(slot, up, excess)) return false;
      fresh = ++this.exchanges % REFRESH === 0;
      if (fresh) this.#refresh();
    }
  }

  /** What residuals on their sides pull with: their share of the gradient for a column of ones. */
  #psi(row: number): number {
    const side = this.#sides[row]!;
    return side === 0 ? 0 : this.rows.weights[row]! * (side < 0 ? this.#tau - 1 : this.#tau);
  }

  #refresh(): void {
    const { rows, basis } = this;
    const sides = this.#sides;
    basis.fill(basis.rows.slice(), 0);
    const residuals = multiply(rows.columns, basis.coefficients(rows.target), -1, this.#residuals, rows.target);
    for (let i = 0; i < sides.length; i++) sides[i] = residuals[i]! < 0 ? -1 : 1;
    for (const row of basis.rows) residuals[row] = sides[row] = 0;
    const pulls = this.#steps;
    for (let i = 0; i < pulls.length; i++) pulls[i] = this.#psi(i);
    this.#gradient = sumRows(rows.columns, pulls);
    this.#pull.forEach((pull, k) => (this.#gradient[k]! += pull));
  }

  /** The edge along which the losses fall fastest; where none falls, a flat one towards the minimum wanted. */
  #steepest(side: number): { slot: number; up: boolean; excess: number } {
    const { basis, rows } = this;
    const { width, directions } = basis;
    let best = { slot: -1, up: false, excess: 0 };
    const multipliers = basis.multipliers(this.#gradient);
    let rate = 0;
    for (let j = 0; j < width; j++) {
      const d = multipliers[j]!;
      const weight = rows.weights[basis.rows[j]!]!;
      const up = d > (this.#tau - 0.5) * weight;
      const excess = up ? d - this.#tau * weight : (this.#tau - 1) * weight - d;
      if (excess < -AT_BOUND * weight) continue;
      let length = 0;
      let first = 0;
      for (let k = 0; k < width; k++) {
        const x = directions[j * width + k]!;
        length += x * x;
        if (first === 0 && Math.abs(x) > 1e-9) first = up ? x : -x;
      }
      const falls = excess > AT_BOUND * weight;
      const found = falls ? excess / Math.sqrt(length) : first * side > 0 ? Number.MIN_VALUE : 0;
      if (found > rate) {
        rate = found;
        best = { slot: j, up, excess: falls ? excess : 0 };
      }
    }
    return best;
  }

  /** Along the edge that lets basis row `slot` rise above the fit (`up`) or fall below it, to the lowest point. */
  #leave(slot: number, up: boolean, excess: number): boolean {
    const { basis, edge } = this;
    const { width } = basis;
    const sides = this.#sides;
    const residuals = this.#residuals;
    for (let k = 0; k < width; k++) edge[k] = (up ? -1 : 1) * basis.directions[slot * width + k]!;
    const crossed = this.#crossed.subarray(0, this.#findCrossings());
    const last = lastCrossing(crossed, this.#steps, this.#moves, this.rows.weights, excess);
    if (last < 0) return false;
    const entering = crossed[last]!;
    const leaving = basis.rows[slot]!;
    const step = this.#steps[entering]!;
    for (let i = 0; i < residuals.length; i++) residuals[i]! -= step * this.#moves[i]!;
    residuals[leaving] = up ? step : -step;
    crossed[last] = leaving;
    const turned = crossed.subarray(0, last + 1);
    this.#pullBy(turned, -1);
    this.#pullBy(Int32Array.of(entering), -1);
    for (let c = 0; c < last; c++) sides[crossed[c]!] = -sides[crossed[c]!]!;
    sides[leaving] = up ? 1 : -1;
    residuals[entering] = sides[entering] = 0;
    this.#pullBy(turned, 1);
    basis.replace(slot, entering);
    return true;
  }

  /** Adds to the gradient what these rows pull (`sign` 1), or takes it away (-1). */
  #pullBy(rows: Int32Array, sign: number): void {
    const { columns } = this.rows;
    const pulls = new Float64Array(rows.length);
    for (let c = 0; c < rows.length; c++) pulls[c] = sign * this.#psi(rows[c]!);
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k]!;
      let sum = 0;
      for (let c = 0; c < rows.length; c++) sum += pulls[c]! * column[rows[c]!]!;
      this.#gradient[k]! += sum;
    }
  }

  /** How far along the edge each residual becomes 0; those that do, gathered. */
  #findCrossings(): number {
    const { edge, rows } = this;
    const sides = this.#sides;
    const residuals = this.#residuals;
    const steps = this.#steps;
    const moves = multiply(rows.columns, edge, 1, this.#moves, null);
    const least = 1e-10 * edge.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    let count = 0;
    for (let i = 0; i < sides.length; i++) {
      if (sides[i]! * moves[i]! <= least) continue;
      steps[i] = Math.max(0, residuals[i]! / moves[i]!);
      this.#crossed[count++] = i;
    }
    return count;
  }
}
