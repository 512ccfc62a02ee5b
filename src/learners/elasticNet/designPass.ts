import type { DesignColumn, NumberDesignColumn } from '../logisticDesign.js';
import { addFourColumns, addFourProducts, BLOCK_ROWS } from '../logisticKernel.js';
import type { Curvature } from './curvature.js';
import { groupLevels, type LevelGroup } from './levelGroup.js';
import type { BlockLoss, LossBlock } from './penalisedLoss.js';

/** What a penalised regression is fitted to. */
export interface PenalisedProblem {
  readonly columns: readonly DesignColumn[];
  readonly loss: BlockLoss;
  /** How many linear predictors: 1, or the classes of a multinomial target. */
  readonly outputs: number;
  readonly y: Float64Array;
  /** One a row, not negative; null means 1 everywhere. */
  readonly weights: Float64Array | null;
  /** Added to the linear predictor, one a row; null means 0 everywhere. */
  readonly offset: Float64Array | null;
}

/** The parameters of one output on their way through the rows. */
interface OutputSums {
  readonly slopes: Float64Array;
  readonly products: Float64Array;
  readonly groups: readonly LevelGroup[];
  residuals: number;
}

/**
 * One walk over the rows: the mean loss, its gradient and, where asked, its Hessian. Parameters lie output after output, the intercept
 * first. A category costs one look-up a row however many levels it has; columns of numbers are read where they are.
 */
export class DesignPass {
  readonly problem: PenalisedProblem;
  /** Parameters of one output: intercept and columns. */
  readonly width: number;
  /** Of the mean loss, at the last parameters evaluated. */
  readonly gradient: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
  readonly #numbers: readonly number[];
  /** Views of the columns of numbers, block after block; what fills up the last four is 0. */
  readonly #blocks: Float64Array[][] = [];
  readonly #centers: Float64Array;
  readonly #outputs: readonly OutputSums[];
  readonly #block: LossBlock;

  constructor(problem: PenalisedProblem) {
    const { columns, outputs, y, weights } = problem;
    this.problem = problem;
    this.width = columns.length + 1;
    this.gradient = new Float64Array(outputs * this.width);
    this.total = weights === null ? y.length : weights.reduce((sum, w) => sum + w, 0);
    this.#numbers = [...columns.keys()].filter((j) => columns[j]!.kind === 'number');
    const values = this.#numbers.map((j) => (columns[j] as NumberDesignColumn).values);
    const padding = emptyBlocks((4 - (values.length % 4)) % 4);
    for (let start = 0; start < y.length; start += BLOCK_ROWS) this.#blocks.push([...values.map((column) => column.subarray(start, start + BLOCK_ROWS)), ...padding]);
    const fours = values.length + padding.length;
    this.#centers = Float64Array.from({ length: fours }, (_, k) => columns[this.#numbers[k]!]?.center ?? 0);
    this.#outputs = Array.from({ length: outputs }, () => ({ slopes: new Float64Array(fours), products: new Float64Array(fours), groups: groupLevels(columns), residuals: 0 }));
    this.#block = { eta: emptyBlocks(outputs), residuals: emptyBlocks(outputs), roots: emptyBlocks(outputs), shares: emptyBlocks(outputs) };
  }

  /** The mean loss, leaving the gradient; with a curvature also that. */
  evaluate(theta: Float64Array, curvature: Curvature | null = null): number {
    const { y, weights, loss } = this.problem;
    this.#outputs.forEach((output, k) => this.#prepare(output, theta.subarray(k * this.width, (k + 1) * this.width)));
    curvature?.start();
    let lossSum = 0;
    this.#blocks.forEach((block, b) => {
      const start = b * BLOCK_ROWS;
      const rows = Math.min(BLOCK_ROWS, y.length - start);
      this.#outputs.forEach((output, k) => this.#addLinear(output, this.#block.eta[k]!.fill(theta[k * this.width]!), block, start, rows));
      lossSum += loss(this.#block, rows, y, weights, start);
      this.#outputs.forEach((output, k) => this.#addProducts(output, this.#block.residuals[k]!, block, start, rows));
      curvature?.add(this.#block, start, rows);
    });
    this.#outputs.forEach((output, k) => this.#finish(output, this.gradient.subarray(k * this.width, (k + 1) * this.width)));
    curvature?.finish(this.total);
    return lossSum / this.total;
  }

  #prepare(output: OutputSums, theta: Float64Array): void {
    const { columns } = this.problem;
    this.#numbers.forEach((j, k) => (output.slopes[k] = theta[j + 1]! / columns[j]!.scale));
    output.products.fill(0);
    output.residuals = 0;
    for (const group of output.groups) group.prepare(theta);
  }

  #addLinear({ slopes, groups }: OutputSums, eta: Float64Array, block: readonly Float64Array[], start: number, rows: number): void {
    const { offset } = this.problem;
    if (offset !== null) for (let i = 0; i < rows; i++) eta[i]! += offset[start + i]!;
    for (let j = 0; j < slopes.length; j += 4) {
      if (slopes[j] || slopes[j + 1] || slopes[j + 2] || slopes[j + 3]) addFourColumns(eta, rows, block, this.#centers, slopes, j);
    }
    for (const group of groups) group.addLinear(eta, start, rows);
  }

  #addProducts(output: OutputSums, residuals: Float64Array, block: readonly Float64Array[], start: number, rows: number): void {
    for (let j = 0; j < output.products.length; j += 4) addFourProducts(output.products, rows, residuals, block, this.#centers, j);
    for (const group of output.groups) group.addProducts(residuals, start, rows);
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += residuals[i]!;
    output.residuals += sum;
  }

  #finish({ products, groups, residuals }: OutputSums, gradient: Float64Array): void {
    gradient[0] = residuals;
    this.#numbers.forEach((j, k) => (gradient[j + 1] = products[k]! / this.problem.columns[j]!.scale));
    for (const group of groups) group.finish(gradient);
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= this.total;
  }
}

function emptyBlocks(count: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(BLOCK_ROWS));
}
