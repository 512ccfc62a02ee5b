import { PLAIN } from '../learners/trees/boostingData.js';
import { expect, it } from 'vitest';
import { binColumns } from '../../src/learners/trees/binColumns.js';
import { decideSettings } from '../../src/learners/trees/boostingSettings.js';
import { writeTrees } from '../../src/learners/trees/writeTrees.js';
import { boostRounds } from '../../src/learners/trees/boostRounds.js';
import type { TreeNodes } from '../../src/learners/trees/treeNodes.js';
import { fitBoostedTrees } from '../../src/learners/trees/fitBoostedTrees.js';
import type { BoostedTreesState } from '../../src/learners/trees/boostedTreesState.js';
import type { BoostedTreesOptions } from '../../src/learners/trees/boostingOptions.js';
import { parseTable } from '../../src/data/takeRows.js';
import { stagedMargins } from '../learners/trees/naivePredict.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = 'golden/scoring/gbdt_telco.json';
const DATA = 'data/churn/telco_customer_churn.csv';

interface PeerNode {
  readonly f: number;
  readonly thr: number;
  readonly l: number;
  readonly r: number;
  readonly gain: number;
  readonly leaf: boolean;
  readonly value: number;
  readonly count: number;
  readonly cat: boolean;
}

interface PeerFit {
  readonly baseline: number;
  readonly stagedLogloss: readonly number[];
  readonly p10: readonly number[];
  readonly tree0: readonly PeerNode[];
}

interface ExactNode {
  readonly split?: string;
  readonly split_condition?: number;
  readonly gain?: number;
  readonly leaf?: number;
  readonly children?: readonly [ExactNode, ExactNode];
}

interface ExactFit {
  readonly p10: readonly number[];
  readonly logloss: number;
  readonly tree0: ExactNode;
  readonly margin5: readonly number[];
}

interface Golden {
  readonly columns: readonly string[];
  readonly encoding: Readonly<Record<string, readonly string[]>>;
  readonly hgb_numeric: PeerFit;
  readonly hgb_categorical: PeerFit;
  readonly hgb_missing_tenure_every7th: PeerFit;
  readonly hgb_monotone_tenure_decreasing: PeerFit;
  readonly hgb_weights_1_2_3: PeerFit;
  readonly xgb_exact_d3: ExactFit;
  readonly xgb_exact_d3_missing: ExactFit;
}

const SETTINGS = { ...PLAIN, trees: 20, learningRate: 0.1, maxLeaves: 8, minLeafRows: 20 };

describeWithShared('boosted trees against scikit-learn and XGBoost on telco', [GOLDEN, DATA], () => {
  const golden = readGolden<Golden>(GOLDEN);
  const raw = readCsv(DATA);
  const y = Float64Array.from(raw, (row) => (row['Churn'] === 'Yes' ? 1 : 0));
  const code = (name: string, row: Readonly<Record<string, string>>): number => golden.encoding[name]?.indexOf(row[name]!) ?? Number(row[name]);
  const columns = Object.fromEntries(golden.columns.map((name) => [name, Float64Array.from(raw, (row) => code(name, row))]));
  const numeric: Record<string, Float64Array | string[]> = { ...columns, y };
  const tenure = columns['tenure']!;
  const gappy = { ...numeric, tenure: tenure.map((value, i) => (i % 7 === 0 ? NaN : value)) };
  const mixed = { ...numeric, ...Object.fromEntries(Object.keys(golden.encoding).map((name) => [name, raw.map((row) => row[name]!)])) };

  const weights = y.map((_, i) => 1 + (i % 3));
  const weightedSmallLeaves = golden.hgb_weights_1_2_3.stagedLogloss.slice(0, 14).concat([0.43577681594904416, 0.4326523715445973, 0.43014240768198886, 0.4278360086422499, 0.4259757073966443, 0.4241409625794022]);
  const cases: readonly [string, PeerFit, Record<string, ArrayLike<unknown> & object>, Partial<BoostedTreesOptions>][] = [
    ['numbers', golden.hgb_numeric, numeric, {}],
    ['categories', golden.hgb_categorical, mixed, {}],
    ['missing values', golden.hgb_missing_tenure_every7th, gappy, {}],
    ['a monotone column', golden.hgb_monotone_tenure_decreasing, numeric, { monotone: { tenure: 'decreasing' } }],
    // A leaf has at least 20 rows there and at least the weight of 20 rows here: from the 15th tree on that is not the same.
    ['weights', { ...golden.hgb_weights_1_2_3, stagedLogloss: golden.hgb_weights_1_2_3.stagedLogloss.slice(0, 14), p10: [] }, numeric, { weights }],
    // scikit-learn 1.9.1 with min_samples_leaf=1: HistGradientBoostingClassifier(max_iter=20, learning_rate=.1, max_leaf_nodes=8, early_stopping=False)
    ['weights and leaves of any size', { ...golden.hgb_weights_1_2_3, stagedLogloss: weightedSmallLeaves, p10: [] }, numeric, { weights, minLeafRows: 1 }],
  ];
  for (const [title, peer, data, options] of cases) {
    it(`grows the trees of scikit-learn on ${title}`, () => {
      const state = fitBoostedTrees(data, { target: 'y', features: golden.columns, ...SETTINGS, ...options }).toJSON() as BoostedTreesState;
      expect(state.baselines[0]).toBeCloseTo(peer.baseline, 12);
      sameTree(state, peer.tree0, 0, 0, options.weights === undefined);
      const staged = stagedMargins(state, data, golden.columns);
      peer.stagedLogloss.forEach((expected, round) => {
        expect(Math.abs(logLoss(staged[round]!, y) / expected - 1), `round ${round}`).toBeLessThan(1e-6);
      });
      peer.p10.forEach((p, i) => expect(1 / (1 + Math.exp(-staged[19]![i]!))).toBeCloseTo(p, 5));
    });
  }

  for (const [title, peer, data] of [['numbers', golden.xgb_exact_d3, numeric], ['missing values', golden.xgb_exact_d3_missing, gappy]] as const) {
    it(`grows the trees of XGBoost's exact method on ${title}`, () => {
      const rows = Int32Array.from(y.keys());
      const settings = decideSettings('test', { target: 'y', ...SETTINGS, maxDepth: 3, minLeafRows: 1, minLeafWeight: 1, l2: 1 });
      const table = binColumns('test', parseTable('test', data), golden.columns, { rows, learn: rows, weights: null, y }, new Map(), settings);
      const problem = { ...settings, loss: 'logistic' as const, y, weights: null, width: 1 };
      const boosted = boostRounds({ table, problem, settings, baselines: [0], learn: rows, held: new Int32Array(0), patience: 0, onRound: undefined });
      const trees = writeTrees(boosted.trees, table.features, settings.learningRate);
      sameExactTree(trees, peer.tree0, 0);
      const inputs = table.features.map(({ column, missingBin }) => ({ column, missing: missingBin >= 0 }));
      const margins = stagedMargins({ baselines: [0], inputs, trees }, data, golden.columns).at(-1)!;
      peer.margin5.forEach((margin, i) => expect(margins[i]).toBeCloseTo(margin, 5));
      expect(Math.abs(logLoss(margins, y) / peer.logloss - 1)).toBeLessThan(1e-6);
    });
  }

  function sameTree(state: BoostedTreesState, nodes: readonly PeerNode[], at: number, place: number, counted: boolean): void {
    const { trees } = state;
    const node = nodes[place]!;
    if (counted) expect(trees.cover[at]).toBe(node.count);
    expect(trees.feature[at]).toBe(node.leaf ? -1 : node.f);
    if (node.leaf) {
      expect(Math.abs(trees.value[at]! - node.value)).toBeLessThan(1e-6);
      return;
    }
    expect(Math.abs(trees.gain[at]! / node.gain - 1)).toBeLessThan(1e-6);
    if (!node.cat) expect(trees.threshold[at]).toBe(node.thr);
    sameTree(state, nodes, trees.left[at]!, node.l, counted);
    sameTree(state, nodes, trees.left[at]! + 1, node.r, counted);
  }

  function sameExactTree(trees: TreeNodes, node: ExactNode, at: number): void {
    if (node.children === undefined) {
      expect(trees.feature[at]).toBe(-1);
      expect(trees.value[at]).toBeCloseTo(node.leaf!, 6);
      return;
    }
    expect(trees.feature[at]).toBe(Number(node.split!.slice(1)));
    expect(trees.threshold[at]).toBe(node.split_condition);
    // A gain there is a difference of single precision numbers as large as the gain of the root.
    expect(Math.abs(trees.gain[at]! - node.gain!)).toBeLessThan(1e-6 * trees.gain[0]!);
    sameExactTree(trees, node.children[0], trees.left[at]!);
    sameExactTree(trees, node.children[1], trees.left[at]! + 1);
  }
});

function logLoss(margins: Float64Array, y: Float64Array): number {
  const sum = margins.reduce((total, margin, i) => total + Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(margin, 0) - margin * y[i]!, 0);
  return sum / margins.length;
}
