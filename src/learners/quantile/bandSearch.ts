import { multiply, pickRows, sumRows, type QuantileRows } from './quantileRows.js';
import type { VertexBasis } from './vertexBasis.js';
import { VertexSearch } from './vertexSearch.js';

/** Up to so many rows nothing is gained by setting some aside. */
const FEW_ROWS = 400;
/** Size of a sample, and share of the rows near its minimum that may yet change sides: what takes least time, not what decides. */
const SAMPLE = 1.5;
const BAND = 2;

/**
 * The exact minimum over many rows by way of few (Portnoy and Koenker, 1997): a sample's minimum tells which rows lie surely above and
 * below; only those in the band between are searched, and what the answer proves wrong joins the band. Linear in the rows.
 */
export class BandSearch {
  /** Exchanges of all searches. */
  exchanges = 0;
  readonly #rows: QuantileRows;
  /** Rows of full rank, which every sample and every band has. */
  readonly #anchors: Int32Array;
  readonly #whole: VertexSearch | null;
  readonly #sample: { readonly rows: Int32Array; readonly search: BandSearch } | null;

  constructor(rows: QuantileRows, anchors: Int32Array) {
    const count = rows.target.length;
    const size = Math.ceil(SAMPLE * (count * Math.sqrt(rows.columns.length)) ** (2 / 3));
    const isSmall = count <= FEW_ROWS || 2 * size > count;
    this.#rows = rows;
    this.#anchors = anchors;
    this.#whole = isSmall ? new VertexSearch(rows, anchors) : null;
    this.#sample = isSmall ? null : sampleOf(rows, size, anchors);
  }

  /** The vertex where the losses are least; see {@link VertexSearch} for `side`. */
  minimise(tau: number, side: number): VertexBasis {
    if (this.#whole !== null) {
      this.#run(this.#whole, tau, new Float64Array(this.#rows.columns.length), side);
      return this.#whole.basis;
    }
    const { rows, search } = this.#sample!;
    const before = search.exchanges;
    const start = search.minimise(tau, side);
    this.exchanges += search.exchanges - before;
    return this.#throughBand(tau, side, start.coefficients(search.#rows.target), start.rows.map((place) => rows[place]!));
  }

  #run(search: VertexSearch, tau: number, pull: Float64Array, side: number): boolean {
    const before = search.exchanges;
    const isBounded = search.minimise(tau, pull, side);
    this.exchanges += search.exchanges - before;
    return isBounded;
  }

  #throughBand(tau: number, side: number, start: Float64Array, basis: Int32Array): VertexBasis {
    const rows = this.#rows;
    const sides = this.#sidesAt(start, basis);
    const places = new Int32Array(sides.length);
    for (;;) {
      const band = insideOf(sides);
      for (let place = 0; place < band.length; place++) places[band[place]!] = place;
      const search = new VertexSearch(pickRows(rows, band), basis.map((row) => places[row]!));
      const isBounded = this.#run(search, tau, this.#pullOf(sides, tau), side);
      basis = search.basis.rows.map((place) => band[place]!);
      search.basis.rows.set(basis);
      const residuals = this.#residuals(search.basis.coefficients(rows.target));
      const isComplete = !admitWrong(sides, residuals);
      if (isComplete && isBounded) return search.basis;
      if (isComplete) this.#admitAhead(sides, residuals, search.edge);
    }
  }

  #residuals(b: Float64Array): Float64Array {
    const { columns, target } = this.#rows;
    return multiply(columns, b, -1, new Float64Array(target.length), target);
  }

  /** 1 above and -1 below the band around these coefficients, 0 within. */
  #sidesAt(b: Float64Array, basis: Int32Array): Int8Array {
    const residuals = this.#residuals(b);
    const sample = this.#sample!.rows;
    const distances = new Float64Array(sample.length);
    for (let i = 0; i < distances.length; i++) distances[i] = Math.abs(residuals[sample[i]!]!);
    distances.sort();
    const share = Math.min(1, BAND * Math.sqrt(b.length / distances.length));
    const reach = distances[Math.floor(share * (distances.length - 1))]!;
    const sides = new Int8Array(residuals.length);
    for (let i = 0; i < sides.length; i++) sides[i] = residuals[i]! > reach ? 1 : residuals[i]! < -reach ? -1 : 0;
    for (const row of [...this.#anchors, ...basis]) sides[row] = 0;
    return sides;
  }

  /** What the rows outside the band pull. */
  #pullOf(sides: Int8Array, tau: number): Float64Array {
    const { columns, weights } = this.#rows;
    const pulls = new Float64Array(sides.length);
    for (let i = 0; i < pulls.length; i++) pulls[i] = sides[i] === 0 ? 0 : weights[i]! * (sides[i]! < 0 ? tau - 1 : tau);
    return sumRows(columns, pulls);
  }

  /** Takes into the band the nearer half of the rows that an endless fall along an edge would meet. */
  #admitAhead(sides: Int8Array, residuals: Float64Array, edge: Float64Array): void {
    const steps = multiply(this.#rows.columns, edge, 1, new Float64Array(sides.length), null);
    let met = 0;
    for (let i = 0; i < sides.length; i++) {
      if (sides[i]! * steps[i]! > 0) met++;
      steps[i] = sides[i]! * steps[i]! > 0 ? residuals[i]! / steps[i]! : Infinity;
    }
    const limit = steps.slice().sort()[met >> 1]!;
    for (let i = 0; i < sides.length; i++) if (steps[i]! <= limit) sides[i] = 0;
  }
}

/** Takes into the band the rows that are not on the side they were taken for; false when there are none. */
function admitWrong(sides: Int8Array, residuals: Float64Array): boolean {
  let admitted = false;
  for (let i = 0; i < sides.length; i++) {
    if (sides[i]! * residuals[i]! >= 0) continue;
    sides[i] = 0;
    admitted = true;
  }
  return admitted;
}

function insideOf(sides: Int8Array): Int32Array {
  const inside = new Int32Array(sides.length);
  let size = 0;
  for (let i = 0; i < sides.length; i++) if (sides[i] === 0) inside[size++] = i;
  return inside.subarray(0, size);
}

function sampleOf(rows: QuantileRows, size: number, anchors: Int32Array): { rows: Int32Array; search: BandSearch } {
  const count = rows.target.length;
  const chosen = new Set(anchors);
  // Multiples of the golden section are spread evenly over any stretch of the rows.
  const limit = (size / count) * 4294967296;
  for (let i = 0; i < count; i++) if (Math.imul(i, 0x9e3779b1) >>> 0 < limit) chosen.add(i);
  const picked = Int32Array.from(chosen);
  // The anchors come first.
  return { rows: picked, search: new BandSearch(pickRows(rows, picked), Int32Array.from(anchors.keys())) };
}
