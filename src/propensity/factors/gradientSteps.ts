import { addProjections, dotAt, multiplyRows } from './factorKernels.js';
import type { RowSystem } from './foldIn.js';

const MIN_RESIDUAL = 1e-20;

/** A few steps of conjugate gradients on the system of a row, from where the row is (Takács, Pilászy and Tikk, 2011). */
export class GradientSteps {
  readonly #factors: Float64Array;
  readonly #roots: Float64Array;
  readonly #gram: Float64Array;
  readonly #system: RowSystem;
  readonly #x: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;

  /** As in FoldIn, whose gram this takes. */
  constructor(factors: Float64Array, roots: Float64Array, gram: Float64Array, system: RowSystem) {
    this.#factors = factors;
    this.#roots = roots;
    this.#gram = gram;
    this.#system = system;
    this.#x = new Float64Array(system.width);
    this.#residual = new Float64Array(system.width);
    this.#direction = new Float64Array(system.width);
    this.#image = new Float64Array(system.width);
  }

  /** Moves the factors at `at`, which are x times `scale`; gives 2 b'x - x'Ax times the square of that. */
  approach(columns: Int32Array, from: number, to: number, solved: Float64Array, at: number, scale: number, steps: number): number {
    const { width, alpha } = this.#system;
    const x = this.#x;
    const residual = this.#residual;
    const direction = this.#direction;
    const image = this.#image;
    for (let k = 0; k < width; k++) x[k] = solved[at + k]! / scale;
    multiplyRows(this.#gram, width, x, residual, 0);
    for (let k = 0; k < width; k++) residual[k] = -residual[k]!;
    const fitted = addProjections(columns, from, to, this.#factors, this.#roots, x, 1 + alpha, alpha, residual);
    // 2 b'x - x'Ax = b'x + r'x, and a step along d adds its length times r'r.
    let explained = (1 + alpha) * fitted + dotAt(residual, 0, x, 0, width);
    let square = dotAt(residual, 0, residual, 0, width);
    for (let k = 0; k < width; k++) direction[k] = residual[k]!;
    for (let step = 0; step < steps && square > MIN_RESIDUAL; step++) {
      multiplyRows(this.#gram, width, direction, image, 0);
      addProjections(columns, from, to, this.#factors, this.#roots, direction, 0, -alpha, image);
      const length = square / dotAt(direction, 0, image, 0, width);
      explained += length * square;
      let next = 0;
      for (let k = 0; k < width; k++) {
        x[k]! += length * direction[k]!;
        const r = residual[k]! - length * image[k]!;
        residual[k] = r;
        next += r * r;
      }
      const turn = next / square;
      for (let k = 0; k < width; k++) direction[k] = residual[k]! + turn * direction[k]!;
      square = next;
    }
    for (let k = 0; k < width; k++) solved[at + k] = scale * x[k]!;
    return scale * scale * explained;
  }
}
