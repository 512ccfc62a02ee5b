import { savedCopy } from '../../data/savedModel.js';
import type { StepLimits } from '../journeys/stepLimits.js';
import { SAME_STEP, type PatternTree } from './patternTree.js';
import type { SequenceKind } from './sequenceOptions.js';
import type { SequencePattern } from './sequencePattern.js';

/** What a search does not have because a limit or the caller ended it. */
export interface LeftOutSequences {
  /** `limit`: more paths were frequent than `maxPatterns`, or as frequent as the last of `top`; `stopped`: `onProgress` returned false. */
  readonly reason: 'limit' | 'stopped';
  /** With `limit`: the count the search had to raise itself to; all paths of so many customers are compared, and none of fewer. With 'top' the count of the last; others as frequent are missing. */
  readonly count?: number;
  /** With `stopped`: paths that begin with any of these items (the first one, by name, of their first step) were not looked for. Paths found were not compared with them: what is told as closed, maximal or a generator may not be one. */
  readonly items?: readonly string[];
}

/** What a search was for and what became of it; see the properties of {@link MinedSequences}. */
export interface MinedSequencesColumns {
  readonly tree: PatternTree;
  readonly order: Uint32Array;
  readonly itemLevels: readonly string[];
  readonly kind: SequenceKind;
  readonly minCount: number;
  readonly customerCount: number;
  readonly limits: StepLimits;
  readonly leftOut: LeftOutSequences | undefined;
}

/**
 * The paths `mineSequences` found, by falling count, then by rising number of items, then by name (an item of the same step comes before a next step).
 *
 * They are held as a tree of typed arrays, 16 bytes a path searched, and made into objects when asked for: walk over them, or take a part with `slice`.
 *
 * @example
 * ```ts
 * import { Journeys, mineSequences } from 'clientela/paths';
 * const found = mineSequences(Journeys.fromLists([['a', 'b'], ['a', 'b'], ['b']]), { minCount: 2 });
 * found.size; // => 2
 * found.at(0); // => { steps: [['b']], count: 3, support: 1 }
 * [...found].map(({ steps, count }) => `${steps.join(' > ')}: ${count}`); // => ['b: 3', 'a > b: 2']
 * ```
 */
export class MinedSequences implements Iterable<SequencePattern> {
  /** Which of the frequent paths these are. */
  readonly kind: SequenceKind;
  /** How many customers (the sum of their weights) a path had to have; a share asked for is turned into it once. With 'top': the least count found, where any was. */
  readonly minCount: number;
  /** All customers: the sum of their weights, whether they went any path or not. */
  readonly customerCount: number;
  /** The gaps and spans asked for. */
  readonly limits: StepLimits;
  /** Whether paths that are frequent enough are missing. */
  readonly truncated: boolean;
  /** What is missing; present when `truncated`. */
  readonly leftOut?: LeftOutSequences;
  readonly #tree: PatternTree;
  readonly #order: Uint32Array;
  readonly #itemLevels: readonly string[];

  /** @internal */
  constructor(mined: object) {
    const { tree, order, itemLevels, kind, minCount, customerCount, limits, leftOut } = mined as MinedSequencesColumns;
    this.#tree = tree;
    this.#order = order;
    this.#itemLevels = itemLevels;
    this.kind = kind;
    this.minCount = minCount;
    this.customerCount = customerCount;
    this.limits = limits;
    this.truncated = leftOut !== undefined;
    if (leftOut !== undefined) this.leftOut = leftOut;
  }

  /** How many paths. */
  get size(): number {
    return this.#order.length;
  }

  /**
   * One path. The limits it was mined within stay with the result: give `limits` along where its times or customers are asked for.
   *
   * @param index - from 0; from -1 backwards from the end
   * @returns the path; undefined where there is none
   */
  at(index: number): SequencePattern | undefined {
    const node = this.#order[index < 0 ? index + this.size : index];
    return node === undefined ? undefined : this.#pattern(node);
  }

  #pattern(start: number): SequencePattern {
    const steps: string[][] = [[]];
    const { parents, items, counts } = this.#tree;
    for (let node = start; node >= 0; node = parents[node]!) {
      const item = items[node]!;
      steps.at(-1)!.push(this.#itemLevels[item & ~SAME_STEP]!);
      if ((item & SAME_STEP) === 0 && parents[node]! >= 0) steps.push([]);
    }
    for (const step of steps) step.reverse();
    return { steps: steps.reverse(), count: counts[start]!, support: counts[start]! / this.customerCount };
  }

  /**
   * The paths of a part of the list. The limits they were mined within stay with the result: give `limits` along where their times or customers are asked for.
   *
   * @param from - the first, from 0
   * @param to - behind the last
   * @returns the paths from `from` to `to`
   */
  slice(from = 0, to: number = this.size): SequencePattern[] {
    return Array.from(this.#order.subarray(from, to), (node) => this.#pattern(node));
  }

  /** All paths, one after the other, each made as it is asked for. */
  *[Symbol.iterator](): IterableIterator<SequencePattern> {
    for (const node of this.#order) yield this.#pattern(node);
  }

  /** All of it as plain data. */
  toJSON(): object {
    const { kind, minCount, customerCount, limits, truncated, leftOut } = this;
    return savedCopy({ kind, minCount, customerCount, limits, truncated, ...(leftOut && { leftOut }), patterns: this.slice() });
  }
}
