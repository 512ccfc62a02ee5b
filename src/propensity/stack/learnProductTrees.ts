import { boostRounds } from '../../learners/trees/boostRounds.js';
import { fitBaselines } from '../../learners/trees/boostingLosses.js';
import { decideSettings, settleSizes, type BoostingSettings } from '../../learners/trees/boostingSettings.js';
import type { BinnedFeature, BinTable } from '../../learners/trees/binTable.js';
import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';
import { writeTrees } from '../../learners/trees/writeTrees.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { ProductTrees } from './productTrees.js';
import { binProducts, type ProductTreesData } from './productTreesTable.js';
import { eachProduct } from './productColumns.js';

/** How large the trees grow. */
export interface ProductTreesOptions {
  /** Rounds at most; rows held out say when to stop. @defaultValue 80 */
  readonly trees?: number;
  /** Leaves of a tree: few, as rows are. @defaultValue 5 */
  readonly maxLeaves?: number;
  /** Share of each tree that is added. @defaultValue 0.1 */
  readonly learningRate?: number;
  /** Customers learnt from at most, drawn at random beyond. @defaultValue 40000 */
  readonly maxRows?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

// Fewer takers do not bear a tree: the product keeps its rate.
const LEAST_TAKEN = 20;
// Rows of a product: beyond these little is gained, and each costs time in every round.
const MOST = 10_000;
const LEAST_OTHERS = 2000;
const OTHERS_TO_ONE = 5;
// A fifth of them says when to stop.
const HELD_OUT = 0.2;
const PATIENCE = 8;

/**
 * Boosted trees for each product from profile and holdings. The table is read and put in bins once for all products; a product's own holding is kept
 * from its trees. Of a product's rows at most 10,000 that took it and 10,000 that did not serve, and the odds are put right by the shares drawn.
 * Products taken by fewer than 20 have their rate. O(products × trees × rows drawn × columns).
 */
export function learnProductTrees(caller: string, data: ProductTreesData, options: ProductTreesOptions = {}): ProductTrees {
  const { trees = 80, maxLeaves = 5, learningRate = 0.1, maxRows = 40_000, seed = 1 } = options;
  const { table, rows, flags } = binProducts(caller, data, maxRows, seed);
  const columns = table.features.length;
  const figures = decideSettings(caller, { target: '', trees, maxLeaves, learningRate, seed });
  const place = new Int32Array(data.held.rowCount).fill(-1);
  rows.forEach((row, at) => (place[row] = at));
  const grown: (TreeNodes | null)[] = [];
  const baselines: number[] = [];
  eachProduct(data.labels, data.products.length, [], ({ product, rows: own, labels, count }) => {
    const parts: [Int32Array, Int32Array] = [new Int32Array(count), new Int32Array(count)];
    const sizes: [number, number] = [0, 0];
    for (let i = 0; i < count; i++) {
      const label = labels[i] as 0 | 1;
      if (place[own[i]!]! >= 0) parts[label][sizes[label]++] = place[own[i]!]!;
    }
    const [others, takers] = [parts[0].subarray(0, sizes[0]), parts[1].subarray(0, sizes[1])];
    baselines.push(Math.log((takers.length + 0.5) / (others.length + 0.5)));
    if (columns === 0 || takers.length < LEAST_TAKEN || others.length < LEAST_TAKEN) return void grown.push(null);
    const flag = flags.indexOf(product);
    const { trees: nodes, baseline } = boostProduct(withhold(table, flag < 0 ? -1 : columns - flags.length + flag), takers, others, settleSizes(figures, takers.length + others.length, columns), seed + product);
    baselines[product] = baseline;
    grown.push(nodes);
  });
  return new ProductTrees({ products: [...data.products], inputs: table.features.slice(0, columns - flags.length).map(inputOf), flags, baselines, trees: grown });
}

/** A column in one bin divides nothing: the histograms are built as before, and trees never ask it. */
function withhold(table: BinTable, own: number): BinTable {
  if (own < 0) return table;
  return { ...table, features: table.features.map((feature, at) => (at === own ? { ...feature, bins: 1, missingBin: -1 } : feature)) };
}

function boostProduct(table: BinTable, takers: Int32Array, others: Int32Array, settings: BoostingSettings, seed: number): { trees: TreeNodes; baseline: number } {
  const random = createRandom(seed);
  const drawnTakers = shuffle(takers, random).subarray(0, MOST);
  const drawnOthers = shuffle(others, random).subarray(0, Math.min(MOST, Math.max(LEAST_OTHERS, OTHERS_TO_ONE * takers.length)));
  const y = new Float64Array(table.rowCount);
  for (const row of drawnTakers) y[row] = 1;
  const cut = (part: Int32Array): number => Math.round(part.length * HELD_OUT);
  const join = (a: Int32Array, b: Int32Array): Int32Array => Int32Array.of(...a, ...b).sort();
  const held = join(drawnTakers.subarray(0, cut(drawnTakers)), drawnOthers.subarray(0, cut(drawnOthers)));
  const learn = join(drawnTakers.subarray(cut(drawnTakers)), drawnOthers.subarray(cut(drawnOthers)));
  const problem = { ...settings, loss: 'logistic' as const, y, weights: null, width: 1 };
  const baselines = fitBaselines(problem, learn);
  const { trees } = boostRounds({ table, problem, settings, baselines, learn, held, patience: PATIENCE, onRound: undefined });
  // Of those drawn more took it than of all.
  const shift = Math.log(drawnTakers.length / takers.length) - Math.log(drawnOthers.length / others.length);
  return { trees: writeTrees(trees, table.features, settings.learningRate), baseline: baselines[0]! - shift };
}

function inputOf({ column, levels, missingBin }: BinnedFeature): TreeFeature {
  return levels === null ? { column, missing: missingBin >= 0 } : { column, levels };
}
