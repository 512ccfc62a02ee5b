import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import type { SegmentDescription } from '../profile/segmentDescription.js';
import type { SegmentCountComparison } from '../quality/segmentCountComparison.js';
import type { ScaledFeature } from '../space/scaling.js';
import type { SegmentModel } from '../space/segmentAssignment.js';
import { readSegmentModel } from './readSegmentModel.js';
import type { NamedAssignment, SegmentationMethod, SegmentationState, SegmentSummary } from './segmentationState.js';

/**
 * The segments of a portfolio, and where any customer falls. Learnt by `fitSegmentation`; takes raw rows, says how sure it is and why, and
 * travels as JSON without a word about any one customer.
 *
 * @example
 * ```ts
 * import { fitSegmentation } from 'clientela/segmentation';
 * const customers = Array.from({ length: 60 }, (_, i) => ({ visits: (i % 2 ? 30 : 5) + (i % 5), basket: (i % 2 ? 12 : 80) + (i % 7) }));
 * const stored = JSON.stringify(fitSegmentation(customers, { segments: 2 }));
 * const segmentation = Segmentation.fromJSON(JSON.parse(stored));
 * segmentation.segments.map(({ name, customers }) => [name, customers]); // => [['high basket, low visits', 30], ['low basket, high visits', 30]]
 * segmentation.assignRow({ visits: 28, basket: null }).name; // => 'low basket, high visits'
 * ```
 */
export class Segmentation {
  /** How the segments were found. */
  readonly method: SegmentationMethod;
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments. */
  readonly segmentCount: number;
  /** The segments in short, by number. */
  readonly segments: readonly SegmentSummary[];
  /** How each column of numbers enters: its scaling is in `scaling`; empty for methods without distances. */
  readonly scaling: readonly ScaledFeature[];
  /** What was decided, in words: columns left out, logarithms taken, the number of segments and its reason. */
  readonly notes: readonly string[];
  /** The model underneath; its own segments may have other numbers. */
  readonly model: SegmentModel;
  /** The segment of each row learnt from, -1 for none; empty in a segmentation read from JSON. */
  readonly labels: Int32Array;
  /** What marks each segment; null in a segmentation read from JSON. */
  readonly description: SegmentDescription | null;
  /** The numbers of segments compared; null where the number was given, and in a segmentation read from JSON. */
  readonly comparison: SegmentCountComparison | null;
  readonly #state: SegmentationState;

  /** @internal */
  constructor(state: SegmentationState, model: SegmentModel, { description, comparison }: Pick<Segmentation, 'description' | 'comparison'>) {
    this.#state = state;
    this.model = model;
    this.method = state.method;
    this.features = model.features;
    this.segmentCount = model.segmentCount;
    this.segments = state.segments;
    this.scaling = state.scaling;
    this.notes = state.notes;
    this.labels = this.#numbered(model.labels);
    this.description = description;
    this.comparison = comparison;
    Object.freeze(this);
  }

  /**
   * The segmentation that {@link Segmentation.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same segmentation: it assigns every row alike
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Segmentation {
    return restored('Segmentation', () => {
      const state = requireSavedModel('Segmentation', 1, json, 'model', 'numbers', 'segments') as unknown as SegmentationState;
      return new Segmentation(state, readSegmentModel(state.model), { description: null, comparison: null });
    });
  }

  /**
   * The segment of every row: its number, -1 for none.
   *
   * @param data - raw rows, with every column of `features`; values may be missing, others are ignored
   * @returns one number a row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  assign(data: TableInput): Int32Array {
    return this.#numbered(this.model.assign(data));
  }

  /**
   * Where one row falls, how surely, and why.
   *
   * @param row - a raw row, with every column of `features`; null where a value is not known
   * @returns the segment with its name, margin, confidence, drivers
   * @throws a {@link ClientelaError} as {@link Segmentation.assign}
   */
  assignRow(row: object): NamedAssignment {
    const found = this.model.assignRow(row);
    const [segment, second] = [this.#numberOf(found.segment), this.#numberOf(found.second)];
    return { ...found, segment, second, name: this.segments[segment]?.name ?? null };
  }

  /**
   * The probability of every segment for every row.
   *
   * @param data - raw rows, with every column of `features`
   * @returns row-major, `segmentCount` numbers a row
   * @throws a {@link ClientelaError} as {@link Segmentation.assign}
   */
  memberships(data: TableInput): Float64Array {
    const found = this.model.memberships(data);
    const memberships = new Float64Array(found.length);
    const k = this.segmentCount;
    for (let at = 0; at < found.length; at += k) for (let c = 0; c < k; c++) memberships[at + this.#state.numbers[c]!] = found[at + c]!;
    return memberships;
  }

  /** The segmentation as plain JSON. */
  toJSON(): SegmentationState {
    return savedCopy(this.#state);
  }

  #numberOf(own: number): number {
    return own < 0 ? -1 : this.#state.numbers[own]!;
  }

  #numbered(labels: Int32Array): Int32Array {
    return labels.map((own) => this.#numberOf(own));
  }
}
