import { describeValue } from '../../data/instant.js';
import { frozenCopy } from '../../data/frozenCopy.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import type { Path } from '../sequences/sequencePattern.js';
import { discountedTree, type BlendState } from './blend.js';
import { contextTree, indexWithin, type ContextTreeState } from './contextTree.js';
import { NextScorer } from './scoreNext.js';
import { StepSymbols, symbolJourneys } from './stepSymbols.js';

/** Quartiles of days from one item to another that comes next; by `from`, then by `to`. `from` the number of items stands for any. */
export interface WaitsState {
  /** The item before. */
  readonly from: readonly number[];
  /** The item that came next. */
  readonly to: readonly number[];
  /** Three a pair. */
  readonly days: readonly number[];
}

/** A `NextEvent` as plain JSON. */
export interface NextEventState {
  readonly format: 'NextEvent';
  readonly formatVersion: 1;
  /** Names of items. */
  readonly itemLevels: readonly string[];
  /** Items that nobody is offered twice, as positions. */
  readonly takenOnce: readonly number[];
  /** Events of each item learnt from. */
  readonly itemCounts: readonly number[];
  /** Items of each kind of step with several. */
  readonly sets: readonly (readonly number[])[];
  /** Counts of what followed each context. */
  readonly contexts: ContextTreeState;
  /** How contexts are blended. */
  readonly blend: BlendState;
  /** Days to each item; null where times are unknown. */
  readonly waits: WaitsState | null;
}

/** What may come next. */
export interface NextEventPrediction {
  /** What may come next. */
  readonly item: string;
  /** That the next event is this item, given that there is one: in [0, 1]; over all items they sum to 1. */
  readonly probability: number;
  /** Days from the last step until it, when it comes next: quartiles; null where times are unknown, or too few waited. */
  readonly days: { readonly lower: number; readonly median: number; readonly upper: number } | null;
}

/** What may come next for many customers: the best `top` of each, best first. */
export interface NextEventBatch {
  /** Who, in the order of the rows. */
  readonly customers: readonly (string | number)[];
  /** Columns of the arrays below, which are row-major. */
  readonly top: number;
  /** Positions in the model's `itemLevels`; -1 where there are no more. */
  readonly items: Int32Array;
  /** As in {@link NextEventPrediction}; 0 where there is no item. */
  readonly probabilities: Float64Array;
  /** As in {@link NextEventPrediction}; `NaN` where unknown. */
  readonly medianDays: Float64Array;
}

/** How many items to give. */
export interface NextEventPredictOptions {
  /** The best so many. @defaultValue 5 */
  readonly top?: number;
}

/**
 * Tells what a customer's next event is, with what probability and after how many days; made by {@link fitNextEvent}.
 *
 * Probabilities are of items: in a step of several items each of them is an event. They hold given that there is a next event:
 * whether there is one is asked of a survival curve.
 *
 * @example
 * ```ts
 * import { fitNextEvent, Journeys } from 'clientela/paths';
 * const model = fitNextEvent(Journeys.fromLists([['energy', 'insurance'], ['energy', 'insurance'], ['energy', 'card'], ['card', 'loan']]));
 * model.predictRow(['energy'], { top: 2 }).map(({ item }) => item); // => ['insurance', 'card']
 * ```
 */
export class NextEvent {
  readonly #state: NextEventState;
  readonly #symbols: StepSymbols;
  readonly #scorer: NextScorer;
  readonly #takenOnce: Uint8Array;
  readonly #waits: { readonly from: Int32Array; readonly to: Int32Array } | null;

  /** @internal */
  constructor(state: NextEventState) {
    this.#state = frozenCopy(state);
    const { contexts, blend, takenOnce, sets, itemCounts, waits } = state;
    this.#takenOnce = Uint8Array.from(takenOnce);
    this.#symbols = new StepSymbols(sets, itemCounts);
    this.#scorer = new NextScorer(discountedTree(contextTree(contexts), blend.discounts), blend, this.#takenOnce);
    this.#waits = waits && { from: Int32Array.from(waits.from), to: Int32Array.from(waits.to) };
  }

  /**
   * Reads what `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): NextEvent {
    return restored('NextEvent', () => new NextEvent(requireSavedModel('NextEvent', 1, json, 'itemLevels', 'takenOnce', 'itemCounts', 'sets', 'contexts', 'blend') as unknown as NextEventState));
  }

  /** Names of items, ascending by code unit. */
  get itemLevels(): readonly string[] {
    return this.#state.itemLevels;
  }

  /** The most steps that are looked back on. */
  get maxOrder(): number {
    return this.#state.blend.discounts.length / 2 - 1;
  }

  /**
   * What may come after a journey so far. Items the model does not know are steps of their own that tell nothing.
   *
   * @param history - the steps in order; none for what comes first
   * @param options - how many; see {@link NextEventPredictOptions}
   * @returns the likeliest items, best first; equal ones by name. Empty where all are owned
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
   */
  predictRow(history: Path, options: NextEventPredictOptions = {}): NextEventPrediction[] {
    if (!Array.isArray(history)) throw new ClientelaError('INVALID_INPUT', `predictRow needs an array of steps, found ${describeValue(history)}`, { function: 'predictRow' });
    for (const step of history as readonly unknown[]) {
      if (typeof step === 'string' || (Array.isArray(step) && step.every((item) => typeof item === 'string'))) continue;
      throw new ClientelaError('INVALID_INPUT', `predictRow needs each step as an item or an array of items, in text, found ${describeValue(step)}`, { function: 'predictRow', value: step });
    }
    const steps = history.map((step: Path[number]) => (typeof step === 'string' ? [step] : [...step]));
    const names = [...new Set(steps.flat())].sort();
    const itemOffsets = [0];
    const items: number[] = [];
    for (const step of steps) itemOffsets.push(items.push(...[...new Set(step)].map((name) => names.indexOf(name)).sort((a, b) => a - b)));
    const batch = this.#predict('predictRow', {
      customers: [0], itemLevels: names, offsets: Uint32Array.of(0, steps.length), itemOffsets: Uint32Array.from(itemOffsets),
      items: Int32Array.from(items), times: null, until: null, weights: null, leftOut: 0,
    }, options);
    const count = batch.items.indexOf(-1) < 0 ? batch.top : batch.items.indexOf(-1);
    const last = steps.at(-1) ?? [];
    return Array.from({ length: count }, (_, i) => {
      const at = this.#waitAt(last.map((name) => this.itemLevels.indexOf(name)), batch.items[i]!);
      const days = this.#state.waits?.days.slice(3 * at, 3 * at + 3) ?? [];
      return { item: this.itemLevels[batch.items[i]!]!, probability: batch.probabilities[i]!, days: at < 0 ? null : { lower: days[0]!, median: days[1]!, upper: days[2]! } };
    });
  }

  /**
   * What may come next for each customer, after the journey so far. O(customers × items).
   *
   * @param source - a log, or journeys; items are matched by name
   * @param options - how many; see {@link NextEventPredictOptions}
   * @returns the best of each customer; see {@link NextEventBatch}
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
   */
  predict(source: JourneySource, options: NextEventPredictOptions = {}): NextEventBatch {
    return this.#predict('predict', readJourneys('predict', source), options);
  }

  /** The model as plain JSON. */
  toJSON(): NextEventState {
    return savedCopy(this.#state);
  }

  /**
   * Scores histories one by one.
   *
   * @internal
   */
  scorer(): object {
    return this.#scorer;
  }

  #predict(caller: string, journeys: JourneyColumns, options: NextEventPredictOptions): NextEventBatch {
    requireKnownOptions(caller, options, ['top']);
    const { itemLevels } = this;
    const top = Math.min(requireWhole(caller, 'top', options.top ?? 5, 1), itemLevels.length);
    const codes = new Map(itemLevels.map((name, code) => [name, code]));
    const places = Int32Array.from(journeys.itemLevels, (name) => codes.get(name) ?? -1);
    const known = symbolJourneys({ ...journeys, items: journeys.items.map((item) => places[item]!) }, this.#symbols, this.#takenOnce);
    const count = journeys.customers.length;
    const batch = { customers: journeys.customers, top, items: new Int32Array(count * top).fill(-1), probabilities: new Float64Array(count * top), medianDays: new Float64Array(count * top).fill(NaN) };
    const { offsets, itemOffsets, items } = known;
    for (let c = 0; c < count; c++) {
      const end = offsets[c + 1]!;
      const sum = this.#scorer.score(known, offsets[c]!, end);
      const found = batch.items.subarray(c * top, (c + 1) * top);
      if (sum > 0) bestOf(this.#scorer.scores, found);
      const last = this.#waits !== null && end > offsets[c]! ? items.subarray(itemOffsets[end - 1], itemOffsets[end]) : [];
      for (let k = 0; k < top && found[k]! >= 0; k++) {
        batch.probabilities[c * top + k] = this.#scorer.scores[found[k]!]! / sum;
        const at = this.#waitAt(last, found[k]!);
        if (at >= 0) batch.medianDays[c * top + k] = this.#state.waits!.days[3 * at + 1]!;
      }
    }
    return batch;
  }

  /** Which waits hold for an item after a step: those of the item of the step best known, or those after anything; -1 for none. */
  #waitAt(last: ArrayLike<number>, to: number): number {
    if (this.#waits === null || last.length === 0) return -1;
    const { from, to: next } = this.#waits;
    let best = -1;
    let most = 0;
    for (const start of [...Array.from(last), this.itemLevels.length]) {
      // The last, anything, only where nothing else is known.
      const weight = start < 0 ? 0 : (this.#state.itemCounts[start] ?? Number.MIN_VALUE);
      if (weight <= most) continue;
      const begin = lowerBound(from, start);
      const at = indexWithin(next, begin, lowerBound(from, start + 1), to);
      if (at >= 0) [best, most] = [at, weight];
    }
    return best;
  }
}

function lowerBound(values: Int32Array, wanted: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The items of the greatest scores above 0, best first, equal ones by code; what is left of `found` stays as it is. */
function bestOf(scores: Float64Array, found: Int32Array): void {
  let count = 0;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (!(score > 0) || (count === found.length && score <= scores[found[count - 1]!]!)) continue;
    let at = count < found.length ? count++ : count - 1;
    for (; at > 0 && scores[found[at - 1]!]! < score; at--) found[at] = found[at - 1]!;
    found[at] = item;
  }
}
