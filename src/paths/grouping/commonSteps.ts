import { countBits } from '../../numeric/countBits.js';

/**
 * The length of the longest common subsequence of one journey with others, 32 steps of it at a time (Hyyrö, 2004): bit i of `gaps` is off where
 * the length rises at step i.
 */
export class CommonSteps {
  readonly #steps: Int32Array;
  readonly #words: number;
  /** By state and word: where the journey has it. */
  readonly #masks: Int32Array;
  readonly #gaps: Int32Array;
  #from = 0;
  #to = 0;

  constructor(steps: Int32Array, stateCount: number, longest: number) {
    this.#steps = steps;
    this.#words = (longest + 31) >> 5;
    this.#masks = new Int32Array(stateCount * this.#words);
    this.#gaps = new Int32Array(this.#words);
  }

  /** Takes the journey in these places. */
  take(from: number, to: number): void {
    const steps = this.#steps;
    const masks = this.#masks;
    const words = this.#words;
    for (let s = this.#from; s < this.#to; s++) masks[steps[s]! * words + ((s - this.#from) >> 5)] = 0;
    for (let s = from; s < to; s++) masks[steps[s]! * words + ((s - from) >> 5)]! |= 1 << ((s - from) & 31);
    this.#from = from;
    this.#to = to;
  }

  /** Its longest common subsequence with the journey in these places. */
  length(from: number, to: number): number {
    const steps = this.#steps;
    const masks = this.#masks;
    const gaps = this.#gaps;
    const words = this.#words;
    const used = (this.#to - this.#from + 31) >> 5;
    for (let k = 0; k < used; k++) gaps[k] = -1;
    for (let s = from; s < to; s++) {
      let at = steps[s]! * words;
      let carry = 0;
      for (let k = 0; k < used; k++, at++) {
        const v = gaps[k]!;
        const u = v & masks[at]!;
        const sum = (v + u + carry) | 0;
        carry = ((v & u) | ((v | u) & ~sum)) >>> 31;
        gaps[k] = sum | (v & ~u);
      }
    }
    let length = 0;
    for (let k = 0; k < used; k++) length += countBits(~gaps[k]!);
    return length;
  }
}
