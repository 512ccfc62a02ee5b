import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import type { ScaledFeature } from '../space/scaling.js';
import { groupsAfter, mergesUpTo } from '../../numeric/hierarchy/cutTree.js';
import { drawTree, type Dendrogram } from './dendrogram.js';
import { mergeSizes, type Linkage, type LinkageTree } from '../../numeric/hierarchy/linkageTree.js';

/** What a stored {@link Hierarchy} holds. */
export interface HierarchyState {
  /** Which class reads it. */
  readonly format: 'Hierarchy';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** How far apart two groups are. */
  readonly linkage: Linkage;
  /** The columns and their scale. */
  readonly features: readonly ScaledFeature[];
  /** Pairs of nodes, flat. */
  readonly merges: readonly number[];
  /** Of the merges, ascending. */
  readonly heights: readonly number[];
  /** Of the leaves; null where each is one row. */
  readonly weights: readonly number[] | null;
  /** The leaf of every row, -1 for a row of weight 0; null where row i is leaf i. */
  readonly leaves: readonly number[] | null;
  /** How well the heights keep the distances of the rows; null where there is nothing to correlate. */
  readonly copheneticCorrelation: number | null;
  /** What the user should know. */
  readonly warnings: readonly string[];
}

/** Where to cut a tree: at a number of segments, or at a height. */
export type HierarchyCut = { readonly segments: number; readonly height?: undefined } | { readonly height: number; readonly segments?: undefined };

/**
 * The tree of groups within groups that {@link fitHierarchy} finds: cut it at any number of segments, or draw it.
 *
 * It describes the rows it was learnt from and places no new ones; for that, fit another model, such as k-means with the number of
 * segments the tree suggests. Leaves are rows or, for large data, micro-segments of rows.
 *
 * @example
 * ```ts
 * import { fitHierarchy } from 'clientela/segmentation';
 * const tree = fitHierarchy([1, 2, 4, 20, 23].map((spend) => ({ spend })), { scaling: 'none', linkage: 'single' });
 * tree.heights; // => [1, 2, 3, 16]
 * tree.cut({ segments: 2 }); // => [0, 0, 0, 1, 1]
 * tree.cut({ height: 1.5 }); // => [0, 0, 1, 2, 3]
 * Hierarchy.fromJSON(JSON.parse(JSON.stringify(tree))).cut({ segments: 2 }); // => [0, 0, 0, 1, 1]
 * ```
 */
export class Hierarchy {
  /** How the distance of two groups is measured. */
  readonly linkage: Linkage;
  /** The columns compared. */
  readonly features: readonly string[];
  /** How each column enters distances. */
  readonly scaling: readonly ScaledFeature[];
  /** Leaves: rows, or micro-segments of rows. */
  readonly leafCount: number;
  /** Pairs of nodes, flat, the lowest merge first: leaves are 0 to n - 1, merge i makes the node n + i (the numbering of scipy). */
  readonly merges: Int32Array;
  /** Of each merge, ascending, on the scale of the model; for Ward's linkage as in scipy and in R's ward.D2. */
  readonly heights: Float64Array;
  /** Rows under each merge; the sum of their weights, where there are some. */
  readonly sizes: Float64Array;
  /**
   * Correlation of the distances of all pairs of leaves with the heights at which they meet (Sokal and Rohlf, 1962): 1 where the tree shows
   * distances as they are. Null where all leaves are equal.
   */
  readonly copheneticCorrelation: number | null;
  /** What was done that one might not expect. */
  readonly warnings: readonly string[];
  readonly #state: HierarchyState;
  readonly #tree: LinkageTree;
  readonly #weights: Float64Array | null;

  /** @internal */
  constructor(state: HierarchyState) {
    this.#state = state;
    this.#weights = state.weights === null ? null : Float64Array.from(state.weights);
    this.linkage = state.linkage;
    this.scaling = state.features;
    this.features = state.features.map(({ column }) => column);
    this.leafCount = state.heights.length + 1;
    this.merges = Int32Array.from(state.merges);
    this.heights = Float64Array.from(state.heights);
    this.sizes = mergeSizes(this.merges, this.#weights);
    this.copheneticCorrelation = state.copheneticCorrelation;
    this.warnings = state.warnings;
    this.#tree = { merges: this.merges, heights: this.heights, sizes: this.sizes };
    Object.freeze(this);
  }

  /**
   * The tree that {@link Hierarchy.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same tree
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Hierarchy {
    return restored('Hierarchy', () => new Hierarchy(requireSavedModel('Hierarchy', 1, json, 'features', 'merges', 'heights', 'warnings') as unknown as HierarchyState));
  }

  /**
   * The segment of every row when the tree is cut. Cuts are nested: fewer segments are unions of more.
   *
   * The largest segment has number 0; of two equally large ones the tighter, then the one with the earlier row, comes first. Rows that are equal
   * stay together, so that there are at most as many segments as distinct rows.
   *
   * @param at - `segments`: how many; or `height`: two rows are in one segment when they meet at this height or below
   * @returns numbers from 0; -1 for a row of weight 0
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  cut(at: HierarchyCut): Int32Array {
    const caller = 'Hierarchy.cut';
    requireKnownOptions(caller, at, ['segments', 'height']);
    if ((at.segments === undefined) === (at.height === undefined)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs either segments or height, found ${at.segments === undefined ? 'neither' : 'both'}`);
    }
    const equal = mergesUpTo(this.#tree, 0);
    const made = at.segments === undefined ? mergesUpTo(this.#tree, requireFinite(caller, 'height', at.height)) : this.leafCount - requireWhole(caller, 'segments', at.segments, 1);
    const { tops, nodes } = groupsAfter(this.#tree, Math.max(equal, made));
    const numbers = this.#numbers(tops, nodes);
    return Int32Array.from(this.#state.leaves ?? tops.keys(), (leaf) => (leaf < 0 ? -1 : numbers.get(tops[leaf]!)!));
  }

  /**
   * The top of the tree as plain data to draw.
   *
   * @param options - `maxLeaves`: how many ends to draw at most, 30 by default
   * @returns positions, heights and sizes of the nodes
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   * @example
   * ```ts
   * import { fitHierarchy } from 'clientela/segmentation';
   * const tree = fitHierarchy([1, 2, 4, 20, 23].map((spend) => ({ spend })), { scaling: 'none', linkage: 'single' });
   * tree.dendrogram({ maxLeaves: 3 }).nodes.at(-1); // => { x: 0.75, height: 16, size: 5, branches: [0, 3] }
   * ```
   */
  dendrogram(options: { readonly maxLeaves?: number } = {}): Dendrogram {
    requireKnownOptions('Hierarchy.dendrogram', options, ['maxLeaves']);
    return drawTree(this.#tree, this.#weights, requireWhole('Hierarchy.dendrogram', 'maxLeaves', options.maxLeaves ?? 30, 1));
  }

  /**
   * The tree as plain JSON.
   *
   * @returns what {@link Hierarchy.fromJSON} reads
   */
  toJSON(): HierarchyState {
    return savedCopy(this.#state);
  }

  /** The number of the segment at each node. */
  #numbers(tops: Int32Array, nodes: readonly number[]): Map<number, number> {
    const sizeOf = (node: number): number => (node < this.leafCount ? (this.#weights?.[node] ?? 1) : this.sizes[node - this.leafCount]!);
    const heightOf = (node: number): number => (node < this.leafCount ? 0 : this.heights[node - this.leafCount]!);
    const first = new Map<number, number>();
    (this.#state.leaves ?? [...tops.keys()]).forEach((leaf, row) => leaf >= 0 && !first.has(tops[leaf]!) && first.set(tops[leaf]!, row));
    const order = [...nodes].sort((a, b) => sizeOf(b) - sizeOf(a) || heightOf(a) - heightOf(b) || first.get(a)! - first.get(b)!);
    return new Map(order.map((node, number) => [node, number]));
  }
}
