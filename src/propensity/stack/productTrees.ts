import type { TableInput } from '../../data/table.js';
import { openForest, readTreeColumns, type Forest } from '../../learners/trees/forest.js';
import { sumTrees } from '../../learners/trees/sumTrees.js';
import type { TreeNodes } from '../../learners/trees/treeNodes.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { ProductTreesState } from './productTreesState.js';

/** The trees of one product over the columns they ask, and which those are. */
interface OwnForest extends Forest {
  readonly uses: readonly number[];
}

/** Boosted trees for each product, from profile and other holdings to log-odds; a product's own holding is never asked. Learnt by `learnProductTrees`. */
export class ProductTrees {
  readonly #state: ProductTreesState;
  readonly #forests: readonly (OwnForest | null)[];
  /** The flag that a product has among the inputs; -1 without. */
  readonly #flagOf: Int32Array;

  constructor(state: ProductTreesState) {
    const { products, inputs, flags, trees } = state;
    const all = [...inputs, ...flags.map((product) => ({ column: products[product]!, missing: false }))];
    this.#state = state;
    this.#forests = trees.map((nodes) => {
      if (nodes === null) return null;
      const uses = [...new Set(nodes.feature)].filter((feature) => feature >= 0);
      return { ...openForest(uses.map((feature) => all[feature]!), renumber(nodes, uses)), uses };
    });
    this.#flagOf = new Int32Array(products.length).fill(-1);
    flags.forEach((product, at) => (this.#flagOf[product] = inputs.length + at));
  }

  /** The state it was made of. */
  toJSON(): ProductTreesState {
    return this.#state;
  }

  /** The columns of the profile as {@link ProductTrees.logitsInto} takes them, read once for all blocks of rows; null where nothing is known of `rowCount` customers. */
  readProfile(caller: string, customers: TableInput | null, rowCount: number): Float64Array[] {
    const { inputs } = this.#state;
    return customers === null ? inputs.map(() => new Float64Array(rowCount).fill(NaN)) : readTreeColumns(caller, inputs, customers);
  }

  /** Log-odds of the rows `from` (included) to `to` (excluded), row-major, into the first places of `out`. O(rows × trees × depth). */
  logitsInto(profile: readonly Float64Array[], held: SparseRows, from: number, to: number, out: Float64Array): void {
    const { inputs, products, flags, baselines } = this.#state;
    const rows = to - from;
    const columns = profile.map((column) => column.subarray(from, to));
    for (let at = 0; at < flags.length; at++) columns.push(new Float64Array(rows));
    for (let r = from; r < to; r++) {
      for (let e = held.offsets[r]!; e < held.offsets[r + 1]!; e++) {
        const flag = this.#flagOf[held.columns[e]!]!;
        if (flag >= inputs.length) columns[flag]![r - from] = 1;
      }
    }
    for (let j = 0; j < products.length; j++) {
      const forest = this.#forests[j] ?? null;
      const sums = forest === null || forest.uses.length === 0 || rows === 0 ? null : sumTrees(forest, forest.uses.map((feature) => columns[feature]!), [baselines[j]!]);
      for (let i = 0, cell = j; i < rows; i++, cell += products.length) out[cell] = sums === null ? baselines[j]! : sums[i]!;
    }
  }
}

function renumber(nodes: TreeNodes, uses: readonly number[]): TreeNodes {
  return { ...nodes, feature: nodes.feature.map((feature) => (feature < 0 ? feature : uses.indexOf(feature))) };
}
