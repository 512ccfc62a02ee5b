import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { requireWhole } from '../../data/options.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { scanForPeers, searchForPeers } from './findPeers.js';
import { peerParts } from './peerParts.js';
import { peerSpace, pointsIn, trainingPoints, type Points, type PeerSpace } from './peerSpace.js';
import { PeerTree } from './peerTree.js';
import { selfIn } from './selfIn.js';
import type { NearestPeersState, Peer, PeerDifference, PeerFeature, PeerMetric, PeerPredictionOptions, Peers, PeersOptions } from './peersState.js';

/** Where a tree saves time: this many numbers at most, and training rows and queries at least (measured in bench/cases/nearestPeers.mjs). */
const TREE_WIDTH = 10;
const TREE_ROWS = 256;
const TREE_QUERIES = 16;

/**
 * Customers like this one: for any row the nearest of the training rows, exactly, and what they have in the target column. Learnt by
 * `fitNearestPeers`; takes raw rows, says what makes a peer near, and travels as JSON with its training rows.
 *
 * @example
 * ```ts
 * import { fitNearestPeers } from 'clientela/learners';
 * const customers = [10, 12, 50, 55].map((size, i) => ({ customer: `c${i}`, size, spend: 3 * size }));
 * const stored = JSON.stringify(fitNearestPeers(customers, { peers: 2, customer: 'customer', target: 'spend' }));
 * const finder = NearestPeers.fromJSON(JSON.parse(stored));
 * finder.peersOfRow({ size: 11 }).map(({ customer }) => customer); // => ['c0', 'c1']
 * finder.predictRow({ size: 11 }); // => 33
 * ```
 */
export class NearestPeers {
  /** The columns of the data a row must have. */
  readonly features: readonly string[];
  /** What makes two rows alike. */
  readonly metric: PeerMetric;
  /** How many peers a row has, unless asked otherwise. */
  readonly peers: number;
  /** Training rows. */
  readonly rowCount: number;
  /** The column of numbers that peers lend; null when none was given. */
  readonly target: string | null;
  /** The column that names the rows; null when none was given. */
  readonly customer: string | null;
  readonly #state: NearestPeersState;
  readonly #space: PeerSpace;
  readonly #training: Points;
  /** Null where a tree does not help; made when first needed. */
  #tree: PeerTree | null | undefined;

  /** @internal */
  constructor(state: NearestPeersState) {
    this.#state = state;
    this.features = state.features.map(({ column }) => column);
    this.metric = state.metric;
    this.peers = state.peers;
    this.rowCount = state.rowCount;
    this.target = state.target?.column ?? null;
    this.customer = state.customer?.column ?? null;
    this.#space = peerSpace(state.features, state.metric);
    this.#training = trainingPoints(state.features, state.metric, state.rowCount);
    Object.freeze(this);
  }

  /**
   * The finder that {@link NearestPeers.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same finder: its distances are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): NearestPeers {
    return restored('NearestPeers', () => {
      const state = requireSavedModel('NearestPeers', 1, json) as unknown as NearestPeersState;
      const features: readonly PeerFeature[] = state.features;
      if (!Array.isArray(features)) throw new ClientelaError('MODEL_FORMAT', 'NearestPeers.fromJSON needs features, found none');
      if (!(features as readonly PeerFeature[]).every((feature) => ('codes' in feature ? feature.codes : feature.values).length === state.rowCount)) throw new ClientelaError('MODEL_FORMAT', 'NearestPeers.fromJSON needs as many values of each feature as rowCount says');
      return new NearestPeers(state);
    });
  }

  /**
   * The peers of every row, the nearest first; of two at one distance the earlier training row.
   *
   * By a k-d tree where all features are numbers and few, otherwise by comparing with every training row: equal to the last bit.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - how many, and whether a training row may be its own peer
   * @returns training rows and distances, row-major with `width` places a row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
   */
  peersOf(data: TableInput, options: PeersOptions = {}): Peers {
    return this.#find('peersOf', data, options);
  }

  /**
   * The peers of one row with their names, the nearest first.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - as for {@link NearestPeers.peersOf}
   * @returns at most so many as asked for
   * @throws a {@link ClientelaError} as {@link NearestPeers.peersOf}
   */
  peersOfRow(row: object, options: PeersOptions = {}): Peer[] {
    const { rows, distances } = this.#find('peersOfRow', [row], options);
    const { customer, target } = this.#state;
    return Array.from(rows, (peer, place) => ({ row: peer, distance: distances[place]!, customer: customer?.values[peer] ?? null, target: target?.values[peer] ?? null })).filter((peer) => peer.row >= 0);
  }

  /**
   * What the peers of every row have in the target column: their mean, or one of their quantiles.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `quantile`: 0.9 is what the best of the peers reach; the rest as for {@link NearestPeers.peersOf}
   * @returns one number a row, on the scale of the target
   * @throws a {@link ClientelaError} `INVALID_INPUT` without a target, or as {@link NearestPeers.peersOf}
   */
  predict(data: TableInput, options: PeerPredictionOptions = {}): Float64Array {
    return this.#predict('predict', data, options);
  }

  /**
   * The same for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - as for {@link NearestPeers.predict}
   * @returns on the scale of the target
   * @throws a {@link ClientelaError} as {@link NearestPeers.predict}
   */
  predictRow(row: object, options: PeerPredictionOptions = {}): number {
    return this.#predict('predictRow', [row], options)[0]!;
  }

  /**
   * What makes a training row near to a row, or far from it.
   *
   * @param row - a raw row, with every column of `features`
   * @param peer - the training row, from 0
   * @returns one difference for each feature, what separates the two most first
   * @throws a {@link ClientelaError} `INVALID_OPTION` for no training row, or as {@link NearestPeers.peersOf}
   */
  explain(row: object, peer: number): PeerDifference[] {
    const caller = 'NearestPeers.explain';
    if (!(requireWhole(caller, 'peer', peer, 0) < this.rowCount)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs peer as a training row below ${this.rowCount}, found ${peer}`, { option: 'peer', value: peer });
    }
    const points = pointsIn(caller, this.#state.features, this.metric, readTable(caller, [row]));
    return peerParts(this.#state.features, this.#space, points, this.#training, row, peer);
  }

  /**
   * The finder as plain JSON, training rows included.
   *
   * @returns what {@link NearestPeers.fromJSON} reads
   */
  toJSON(): NearestPeersState {
    return savedCopy(this.#state);
  }

  #predict(method: string, data: TableInput, { quantile, ...options }: PeerPredictionOptions): Float64Array {
    const caller = `NearestPeers.${method}`;
    const { target } = this.#state;
    if (target === null) throw new ClientelaError('INVALID_INPUT', `${caller} needs a finder with a target, found none; name it in fitNearestPeers`);
    if (quantile !== undefined && !(quantile >= 0 && quantile <= 1)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs quantile from 0 to 1, found ${quantile}`, { option: 'quantile', value: quantile });
    }
    // A quantile asks neither how near peers are nor in which order; a mean adds them up, the nearest first.
    const { rows, width } = this.#find(method, data, options, quantile === undefined);
    const lent = new Float64Array(width);
    return Float64Array.from({ length: rows.length / width }, (_, query) => {
      let count = 0;
      let sum = 0;
      for (let place = query * width; place < (query + 1) * width && rows[place]! >= 0; place++) sum += lent[count++] = target.values[rows[place]!]!;
      return quantile === undefined ? sum / count : quantileOfSorted(lent.subarray(0, count).sort(), quantile);
    });
  }

  #find(method: string, data: TableInput, { peers = this.peers, leaveSelfOut = false }: PeersOptions, distances = true): Peers {
    const caller = `NearestPeers.${method}`;
    const view = readTable(caller, data);
    const queries = pointsIn(caller, this.#state.features, this.metric, view);
    const width = Math.min(requireWhole(caller, 'peers', peers, 1), this.rowCount - (leaveSelfOut ? 1 : 0));
    if (width === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs another training row than the row itself, found none`);
    const self = leaveSelfOut ? selfIn(caller, this.#state, view) : null;
    // The tree leaves out one row, not all those of a customer.
    const tree = queries.count >= TREE_QUERIES && (self?.isOneRow ?? true) && queries.isComplete ? this.#treeOfTraining() : null;
    if (tree !== null) return searchForPeers(this.#space, tree, queries, width, self?.queries ?? null, distances);
    return scanForPeers(this.#space, this.#training, queries, width, self);
  }

  #treeOfTraining(): PeerTree | null {
    if (this.#tree !== undefined) return this.#tree;
    const { numbers, count, isComplete } = this.#training;
    const { width, squared } = this.#space;
    const helps = isComplete && width <= TREE_WIDTH && count >= TREE_ROWS;
    return (this.#tree = helps ? new PeerTree(numbers, width, squared) : null);
  }
}
