import { restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { pointFiller } from '../space/scaledPoints.js';
import { readKMeans, type KMeansState } from './kMeansState.js';
import { openCenters, placeRows, type Centers } from './placeRows.js';

const CALLER = 'KMeans.assign';
/** Rows at a time: few enough to stay in the cache. */
const BLOCK = 1024;

/**
 * The half of {@link KMeans} that only assigns, for pages and pipelines where bytes count: it reads the same JSON and gives the same segments.
 *
 * @example
 * ```ts
 * import { fitKMeans } from 'clientela/segmentation';
 * const rows = [{ visits: 1 }, { visits: 2 }, { visits: 3 }, { visits: 20 }, { visits: 22 }];
 * const json = JSON.stringify(fitKMeans(rows, { segments: 2 }));
 * const assigner = KMeansAssigner.fromJSON(JSON.parse(json));
 * [...assigner.assign([{ visits: 4 }, { visits: 30 }])]; // => [0, 1]
 * ```
 */
export class KMeansAssigner {
  /** The columns a row must have, in their order; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments. */
  readonly segmentCount: number;
  readonly #state: KMeansState;
  readonly #centers: Centers;

  /** @internal */
  constructor(state: KMeansState) {
    this.#state = state;
    this.features = state.scaling.map(({ column }) => column);
    this.segmentCount = state.centers.length;
    this.#centers = openCenters(state.centers.flat(), this.features.length, state.offsets);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: it assigns alike
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): KMeansAssigner {
    return restored('KMeansAssigner', () => new KMeansAssigner(readKMeans(json)));
  }

  /**
   * The segment of every row: that of the nearest centre, the larger segment of equally near ones.
   *
   * A row is placed by the features it has; one that has none goes to segment 0, the largest. Where sizes were limited, the offsets that the limits
   * came to are added to the squared distances. O(rows * segments * features).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, from 0
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_INPUT` or `LENGTH_MISMATCH`
   */
  assign(data: TableInput): Int32Array {
    const view = readTable(CALLER, data);
    const fill = pointFiller(CALLER, this.#state.scaling, view);
    const { width } = this.#centers;
    const labels = new Int32Array(view.rowCount);
    const points = new Float64Array(Math.min(BLOCK, view.rowCount) * width);
    for (let from = 0; from < labels.length; from += BLOCK) {
      const to = Math.min(labels.length, from + BLOCK);
      fill(points, 0, from, to);
      placeRows(points, this.#centers, undefined, labels.subarray(from, to));
    }
    return labels;
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): KMeansState {
    return savedCopy(this.#state);
  }
}
