import { logOdds } from '../../numeric/logOdds.js';
import { designTraits, type DesignTrait } from './designState.js';
import type { ProductTasks } from './productTasks.js';
import { inverseDiagonal, secondDiagonal } from './conjugateGradients.js';
import type { LogisticTask, LogisticWork } from './logisticPass.js';

/** What is penalised until something has been learnt: effects of about 1. */
const FIRST_PENALTY = 1;

/**
 * The coefficients of all products, what they are drawn to, and how strongly. Coefficient k of product j is taken as drawn from a normal
 * distribution around what the other products have, of one variance for all columns of a trait; both are learnt from the coefficients and from the
 * share of each that the data decide (MacKay's fixed point; Bayesian Interpolation, Neural Computation 4, 1992).
 */
export class EffectPool {
  /** One a column. */
  readonly penalty: Float64Array;
  readonly #tasks: ProductTasks;
  readonly #traits: readonly DesignTrait[];
  readonly #intercepts: Float64Array;
  /** Products × columns, each of these. */
  readonly #coefficients: Float64Array;
  readonly #toward: Float64Array;
  /** The share of a coefficient that the data decide, 0 to 1. */
  readonly #decided: Float64Array;

  constructor(tasks: ProductTasks, ridge: number | 'learn') {
    const { layout, productCount, positives, rowCounts, priorRows, priorRate } = tasks;
    const cells = productCount * layout.columnCount;
    this.#tasks = tasks;
    this.#traits = designTraits(layout);
    this.penalty = new Float64Array(layout.columnCount).fill(ridge === 'learn' ? FIRST_PENALTY : ridge);
    this.#intercepts = new Float64Array(positives.map((count, j) => logOdds((count + priorRows * priorRate) / (rowCounts[j]! + priorRows))));
    this.#coefficients = new Float64Array(cells);
    this.#toward = new Float64Array(cells);
    this.#decided = new Float64Array(cells);
  }

  /** Where the fit of a product begins: its coefficients so far, then the intercept. */
  start(j: number): Float64Array {
    const beta = new Float64Array(this.penalty.length + 1);
    beta.set(this.#part(this.#coefficients, j));
    beta[this.penalty.length] = this.#intercepts[j]!;
    return beta;
  }

  /** What the coefficients of a product are drawn to. */
  toward(j: number): Float64Array {
    return this.#part(this.#toward, j);
  }

  /** Takes the coefficients of a product; and, with the task they come from, how far the data decide them. */
  take(j: number, beta: Float64Array, task: LogisticTask | null, work: LogisticWork): void {
    const size = this.penalty.length;
    this.#part(this.#coefficients, j).set(beta.subarray(0, size));
    this.#intercepts[j] = beta[size]!;
    if (task === null) return;
    const { isMatrix } = work;
    const spread = isMatrix ? inverseDiagonal(work.factor, size + 1) : secondDiagonal(task, work);
    const decided = this.#part(this.#decided, j);
    for (let k = 0; k < size; k++) decided[k] = Math.max(0, 1 - this.penalty[k]! * (isMatrix ? spread[k]! : 1 / spread[k]!));
    if (task.own >= 0) decided[task.own] = 0;
  }

  /** Draws each product to the others and, when asked for, sets the penalties anew. */
  learn(penalties: boolean, pooling: boolean): void {
    if (pooling) this.#drawToOthers();
    if (!penalties) return;
    const { productCount } = this.#tasks;
    const size = this.penalty.length;
    for (const { from, to } of this.#traits) {
      let [decided, squares] = [0, 0];
      for (let j = 0; j < productCount; j++) {
        for (let k = from; k < to; k++) {
          decided += this.#decided[j * size + k]!;
          squares += (this.#coefficients[j * size + k]! - this.#toward[j * size + k]!) ** 2;
        }
      }
      // One coefficient more, of a size of a tenth: a trait of few columns is never left without a penalty, nor given an endless one.
      this.penalty.fill((decided + 1) / (squares + 0.01), from, to);
    }
  }

  /**
   * What the others have is their mean, each counting as far as its data decide, and one product without effects beside them. The coefficients
   * move along as far as the data do not hold them: so the next fit begins near its end.
   */
  #drawToOthers(): void {
    const { productCount, means } = this.#tasks;
    const size = this.penalty.length;
    const evidence = new Float64Array(productCount);
    for (let k = 0; k < size; k++) {
      let [sum, weight] = [0, 1];
      for (let j = 0; j < productCount; j++) {
        evidence[j] = this.#evidence(j * size + k);
        sum += evidence[j]!;
        weight += this.#decided[j * size + k]!;
      }
      for (let j = 0; j < productCount; j++) {
        if (k === this.#tasks.own(j)) continue;
        const at = j * size + k;
        const toward = (sum - evidence[j]!) / (weight - this.#decided[at]!);
        const move = (1 - this.#decided[at]!) * (toward - this.#toward[at]!);
        this.#toward[at] = toward;
        this.#coefficients[at]! += move;
        this.#intercepts[j]! -= move * means[k]!;
      }
    }
  }

  /** The coefficient that the data alone would give, times the share that they decide. */
  #evidence(at: number): number {
    return this.#coefficients[at]! - (1 - this.#decided[at]!) * this.#toward[at]!;
  }

  /** The penalty of each trait. */
  traitPenalties(): number[] {
    return this.#traits.map(({ from }) => this.penalty[from]!);
  }

  /**
   * Columns × products, and the intercepts, with the effects of each trait that has one column for every customer moved to a mean of 0 over the
   * customers: the log-odds stay, and a level nobody knew stands for the average.
   */
  centred(): { readonly intercepts: Float64Array; readonly coefficients: Float64Array } {
    const { productCount, means } = this.#tasks;
    const size = this.penalty.length;
    const intercepts = this.#intercepts.slice();
    const coefficients = new Float64Array(size * productCount);
    for (let j = 0; j < productCount; j++) {
      const own = this.#part(this.#coefficients, j);
      for (const { from, to, isOneEach } of this.#traits) {
        let mean = 0;
        if (isOneEach) for (let k = from; k < to; k++) mean += means[k]! * own[k]!;
        intercepts[j]! += mean;
        for (let k = from; k < to; k++) coefficients[k * productCount + j] = own[k]! - mean;
      }
    }
    return { intercepts, coefficients };
  }

  #part(values: Float64Array, j: number): Float64Array {
    return values.subarray(j * this.penalty.length, (j + 1) * this.penalty.length);
  }
}
