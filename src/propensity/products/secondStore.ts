import { secondDerivatives, type LogisticTask, type LogisticWork } from './logisticPass.js';

/** So many numbers are kept: 32 MB. */
const KEPT = 4e6;

/** The second derivatives of each product between its fits, where they all fit into memory; otherwise each fit begins with those of rows that all weigh the same. */
export class SecondStore {
  readonly #even: Float64Array;
  readonly #own: Float64Array[] = [];
  readonly #keeps: boolean;

  constructor(task: LogisticTask, work: LogisticWork, productCount: number) {
    this.#even = new Float64Array(work.factor.length);
    this.#keeps = productCount * work.factor.length <= KEPT;
    if (!work.isMatrix) return;
    work.weights.fill(1);
    work.priorWeight = 0;
    secondDerivatives(task, work, this.#even);
  }

  /** Those of a product, which the next fit may overwrite; at first those of a share of all rows at one rate. */
  of(j: number, rowShare: number, rate: number): Float64Array {
    const at = this.#keeps ? j : 0;
    const kept = this.#own[at];
    if (kept !== undefined && this.#keeps) return kept;
    const second = (this.#own[at] = kept ?? new Float64Array(this.#even.length));
    const weight = rowShare * rate * (1 - rate);
    for (let e = 0; e < second.length; e++) second[e] = this.#even[e]! * weight;
    return second;
  }
}
