import { symmetricEigenvectors } from './symmetricEigen.js';

/** The quadratic function with these second derivatives, in its own axes. */
export class QuadraticModel {
  readonly #hessian: Float64Array;
  readonly #size: number;
  #axes: readonly Float64Array[] = [];
  #curvatures: readonly number[] = [];
  #floor = 0;

  constructor(hessian: Float64Array) {
    this.#hessian = hessian.slice();
    this.#size = Math.sqrt(hessian.length);
    this.#turn();
  }

  /** How much lower the function can still become. */
  left(gradient: Float64Array): number {
    return this.#axes.reduce((sum, axis, k) => sum + dot(axis, gradient) ** 2 / (2 * this.#steepness(k)), 0);
  }

  /** The step to the minimum within a radius, its length, and how much lower the function should be there. */
  step(gradient: Float64Array, radius: number): { readonly step: Float64Array; readonly length: number; readonly foretold: number } {
    const slopes = this.#axes.map((axis) => dot(axis, gradient));
    const movesAt = (extra: number): number[] => slopes.map((slope, k) => -slope / (this.#steepness(k) + extra));
    const lengthOf = (moves: readonly number[]): number => Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0));
    let moves = movesAt(0);
    // What has to be added to the curvatures, between bounds that are halved: the length falls as it grows.
    let [low, high] = [0, lengthOf(moves) > radius ? lengthOf(slopes) / radius : 0];
    for (let halving = 0; high > low && halving < 60; halving++) {
      const middle = (low + high) / 2;
      moves = movesAt(middle);
      const length = lengthOf(moves);
      if (length > radius) low = middle;
      else if (length < 0.99 * radius) high = middle;
      else break;
    }
    const step = new Float64Array(this.#size);
    moves.forEach((move, k) => this.#axes[k]!.forEach((x, j) => (step[j]! += move * x)));
    const foretold = -moves.reduce((sum, move, k) => sum + slopes[k]! * move + 0.5 * this.#curvatures[k]! * move * move, 0);
    return { step, length: lengthOf(moves), foretold };
  }

  /** Symmetric rank one: what the change of the gradient along a step says beyond what was known. */
  learn(step: Float64Array, change: Float64Array): void {
    const size = this.#size;
    const surprise = change.map((slope, j) => slope - dot(this.#hessian.subarray(j * size, (j + 1) * size), step));
    const along = dot(surprise, step);
    if (Math.abs(along) <= 1e-8 * Math.sqrt(dot(surprise, surprise) * dot(step, step))) return;
    for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) this.#hessian[j * size + k]! += (surprise[j]! * surprise[k]!) / along;
    this.#turn();
  }

  #turn(): void {
    const size = this.#size;
    const vectors = symmetricEigenvectors(this.#hessian, size);
    this.#axes = Array.from({ length: size }, (_, k) => vectors.subarray(k * size, (k + 1) * size));
    this.#curvatures = this.#axes.map((axis) => axis.reduce((sum, x, j) => sum + x * dot(this.#hessian.subarray(j * size, (j + 1) * size), axis), 0));
    // Curvature that rounding alone could make is none.
    this.#floor = 1e-12 * Math.max(...this.#curvatures.map(Math.abs)) + 1e-300;
  }

  #steepness(k: number): number {
    return Math.max(Math.abs(this.#curvatures[k]!), this.#floor);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
