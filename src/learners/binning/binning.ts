import type { TargetValue } from '../../data/binaryTarget.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { binIndexes, binList, binWoes } from './binIndex.js';
import type { Bin, BinnedFeature, BinningState, WoeSign } from './binningState.js';

/** How much a feature tells. */
export interface FeatureInformation {
  /** The column of the data. */
  readonly feature: string;
  /** The information value, 0 or more. */
  readonly iv: number;
  /** How many bins it has, special and missing ones not counted. */
  readonly bins: number;
  /** In words (Siddiqi, 2006): below 0.02 none, to 0.1 weak, to 0.3 medium, to 0.5 strong, above suspicious: look for a leak. */
  readonly strength: 'none' | 'weak' | 'medium' | 'strong' | 'suspicious';
}

/**
 * Bins and their weights of evidence, learnt by `fitBinning`: shows them as tables, puts raw rows into them, and travels as JSON.
 *
 * Table, encoding and what is built on them go by one weight of evidence a bin. A level never seen in training, and a missing value where
 * training had none, count 0: as everybody.
 *
 * @example
 * ```ts
 * import { fitBinning } from 'clientela/learners';
 * const rows = Array.from({ length: 300 }, (_, i) => ({ plan: ['basic', 'gold', 'family'][i % 3]!, bought: (i * 7) % 10 < [1, 6, 2][i % 3]! }));
 * const binning = Binning.fromJSON(JSON.parse(JSON.stringify(fitBinning(rows, { target: 'bought', splits: { plan: [['basic', 'family'], ['gold']] } }))));
 * binning.table('plan').map(({ label, eventRate }) => [label, eventRate]); // => [['basic, family', 0.15], ['gold', 0.6], ['missing', 0.3]]
 * binning.encode([{ plan: 'gold' }, { plan: 'basic' }, { plan: 'platinum' }]); // => [1.252763, -0.887303, 0]
 * binning.informationValues; // => [{ feature: 'plan', iv: 1.01908, bins: 2, strength: 'suspicious' }]
 * ```
 */
export class Binning {
  /** The columns that were binned, in the order of the encoding. */
  readonly features: readonly string[];
  /** The column of the target. */
  readonly target: string;
  /** The value of the target that is the event. */
  readonly positive: TargetValue;
  /** Which way round the weight of evidence is written. */
  readonly woeSign: WoeSign;
  /** How many rows it was learnt from (with weights: their sum). */
  readonly rowCount: number;
  /** How many of them are events. */
  readonly events: number;
  /** The features by information value, the most telling first. */
  readonly informationValues: readonly FeatureInformation[];
  readonly #state: BinningState;

  /** @internal */
  constructor(state: BinningState) {
    this.#state = state;
    this.features = state.features.map(({ feature }) => feature);
    this.target = state.target;
    this.positive = state.positive;
    this.woeSign = state.woeSign;
    this.rowCount = state.rows;
    this.events = state.events;
    this.informationValues = state.features.map(({ feature, iv, bins }) => ({ feature, iv, bins: bins.length, strength: strengthOf(iv) })).sort((a, b) => b.iv - a.iv);
    Object.freeze(this);
  }

  /**
   * The binning that {@link Binning.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same binning: its encoding is equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Binning {
    return restored('Binning', () => new Binning(requireSavedModel('Binning', 1, json, 'features', 'target', 'rows') as unknown as BinningState));
  }

  /**
   * How one feature was binned: its cuts or groups, its trend, and what else was tried.
   *
   * @param name - one of `features`
   * @returns cuts or groups, bins and the best binning of each trend
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`
   */
  feature(name: string): BinnedFeature {
    return this.#find('Binning.feature', name);
  }

  /**
   * The bins of a feature in the order of {@link Binning.binOf}: those of its values, of special values, and last of missing ones.
   *
   * @param feature - one of `features`
   * @returns one entry a bin
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`
   */
  table(feature: string): readonly Bin[] {
    return binList(this.#find('Binning.table', feature));
  }

  /**
   * In which bin of a feature each row is.
   *
   * @param data - raw rows with that column; others are ignored
   * @param feature - one of `features`
   * @returns places in the table of the feature, one a row; its length for a level that training has not seen
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  binOf(data: TableInput, feature: string): Int32Array {
    const caller = 'Binning.binOf';
    return binIndexes(caller, this.#find(caller, feature), readTable(caller, data).source(feature));
  }

  /**
   * The weights of evidence of every row. O(cells log bins).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row and feature, row by row, in the order of `features`
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  encode(data: TableInput): Float64Array {
    return this.#encode('Binning.encode', data);
  }

  /**
   * The weights of evidence of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one number a feature, in the order of `features`
   * @throws a {@link ClientelaError} as {@link Binning.encode}
   */
  encodeRow(row: object): Float64Array {
    return this.#encode('Binning.encodeRow', [row]);
  }

  /**
   * The binning as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link Binning.fromJSON} reads
   */
  toJSON(): BinningState {
    return savedCopy(this.#state);
  }

  #encode(caller: string, data: TableInput): Float64Array {
    const view = readTable(caller, data);
    const { features } = this.#state;
    const encoded = new Float64Array(view.rowCount * features.length);
    features.forEach((feature, j) => {
      const woes = binWoes(feature);
      const indexes = binIndexes(caller, feature, view.source(feature.feature));
      for (let row = 0; row < indexes.length; row++) encoded[row * features.length + j] = woes[indexes[row]!]!;
    });
    return encoded;
  }

  #find(caller: string, name: string): BinnedFeature {
    const found = this.#state.features.find(({ feature }) => feature === name);
    if (found === undefined) throw unknownColumn(caller, name, this.features);
    return found;
  }
}

function strengthOf(iv: number): FeatureInformation['strength'] {
  return iv < 0.02 ? 'none' : iv < 0.1 ? 'weak' : iv < 0.3 ? 'medium' : iv <= 0.5 ? 'strong' : 'suspicious';
}
