/** What makes two rows alike. */
export type PeerMetric = 'euclidean' | 'manhattan' | 'gower';

/** A number in the space of peers: `(x - center) / scale`. */
export interface NumberPeerFeature {
  readonly kind: 'number';
  /** The column of the data. */
  readonly column: string;
  /** How much it counts. */
  readonly weight: number;
  /** The training mean. */
  readonly center: number;
  /** The training standard deviation, or for Gower's distance the training range; 1 when all values are equal. */
  readonly scale: number;
  /** Of the training rows; null when missing. */
  readonly values: readonly (number | null)[];
}

/** A category or boolean in the space of peers: the same or different. */
export interface CategoryPeerFeature {
  readonly kind: 'category';
  /** The column of the data. */
  readonly column: string;
  /** How much it counts. */
  readonly weight: number;
  /** The levels, by code unit. */
  readonly levels: readonly string[];
  /** Of the training rows: position in `levels`; -1 when missing. */
  readonly codes: readonly number[];
}

/** One column by which peers are found. */
export type PeerFeature = NumberPeerFeature | CategoryPeerFeature;

/** A finder of peers as JSON: it holds its training rows, 10 to 20 bytes a cell. */
export interface NearestPeersState {
  /** Which class reads it. */
  readonly format: 'NearestPeers';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** What makes two rows alike. */
  readonly metric: PeerMetric;
  /** How many peers a row has. */
  readonly peers: number;
  /** Training rows. */
  readonly rowCount: number;
  /** By which columns, with the training rows. */
  readonly features: readonly PeerFeature[];
  /** The column that names the rows, and the names; null when none was given. */
  readonly customer: { readonly column: string; readonly values: readonly (string | number)[] } | null;
  /** The column of numbers that peers lend, and the numbers; null when none was given. */
  readonly target: { readonly column: string; readonly values: readonly number[] } | null;
}

/** The peers of rows, the nearest first. */
export interface Peers {
  /** How many places a row has. */
  readonly width: number;
  /** Row-major: the training row (from 0) at each place; -1 where there is no further row. */
  readonly rows: Int32Array;
  /** Row-major: its distance; Infinity where there is no further row, or nothing known in common. */
  readonly distances: Float64Array;
}

/** One peer of one row. */
export interface Peer {
  /** The training row, from 0. */
  readonly row: number;
  /** Its distance; Infinity when nothing is known of both. */
  readonly distance: number;
  /** What names it; null when no customer column was given. */
  readonly customer: string | number | null;
  /** What it has in the target column; null when none was given. */
  readonly target: number | null;
}

/** What one feature adds to a distance. */
export interface PeerDifference {
  /** The column of the data. */
  readonly feature: string;
  /** What the row holds there; null when missing. */
  readonly value: unknown;
  /** What the peer holds there; null when missing. */
  readonly peerValue: string | number | null;
  /** Its share of the distance (of the squared one when Euclidean), in [0, 1]; 0 when one of the two is missing. */
  readonly share: number;
}

/** Which peers. */
export interface PeersOptions {
  /** How many. @defaultValue as fitted */
  readonly peers?: number;
  /**
   * Whether rows may not be their own peers: for training rows. A row is known by its customer where the finder has a customer column, otherwise by its
   * place, and the data must be the training rows in their order. @defaultValue false
   */
  readonly leaveSelfOut?: boolean;
}

/** What to read off the peers. */
export interface PeerPredictionOptions extends PeersOptions {
  /** The quantile of the peers' targets, in [0, 1], between two of them by linear interpolation (type 7 of Hyndman and Fan, 1996). @defaultValue their mean */
  readonly quantile?: number;
}
