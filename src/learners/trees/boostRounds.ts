import { createRandom, type Random } from '../../numeric/random.js';
import type { BinTable } from './binTable.js';
import { classProbabilities, fillClassGradients, fillGradients, meanLoss, type BoostingProblem } from './boostingLosses.js';
import type { BoostingSettings } from './boostingSettings.js';
import type { BoostingReport } from './boostedTreesState.js';
import { drawFeatures, drawRows } from './drawShares.js';
import { growTree, type GrownNode } from './growTree.js';
import { leftBins } from './partitionRows.js';
import { settleLeaves } from './settleLeaves.js';

/** What boosting starts from. */
export interface BoostingStart {
  readonly table: BinTable;
  readonly problem: BoostingProblem;
  readonly settings: BoostingSettings;
  readonly baselines: readonly number[];
  /** The rows to learn from, and those that say when to stop; ascending. */
  readonly learn: Int32Array;
  readonly held: Int32Array;
  /** Without so many rounds of improvement boosting stops. */
  readonly patience: number;
  /** Told after each round: rounds made and the mean loss; false stops. */
  readonly onRound: ((done: number, loss: number) => boolean) | undefined;
}

/** What boosting gives. */
export interface Boosted extends Pick<BoostingReport, 'rounds' | 'roundsMade' | 'reason' | 'heldOutLosses'> {
  /** Round after round, in each a tree a class. */
  readonly trees: readonly (readonly GrownNode[])[];
}

interface Boosting extends BoostingStart {
  /** For each class the margin of every row. */
  readonly margins: readonly Float64Array[];
  readonly probabilities: readonly Float64Array[];
  readonly residuals: Float64Array;
  readonly random: Random;
  readonly pool: Float64Array[];
}

/** Boosts trees on the rows to learn from; the rows held out say when to stop. O(trees * rows * features). */
export function boostRounds(start: BoostingStart): Boosted {
  const { table, problem, settings, baselines, learn, held } = start;
  const ofRows = (): Float64Array => new Float64Array(table.rowCount);
  const margins = baselines.map((baseline) => ofRows().fill(baseline));
  const boosting = { ...start, margins, probabilities: baselines.map(ofRows), residuals: ofRows(), random: createRandom(settings.seed), pool: [] };
  const holdsOut = held.length > 0;
  const losses = holdsOut ? [meanLoss(problem, margins, held)] : [];
  const trees: GrownNode[][] = [];
  let best = 0;
  let made = 0;
  let reason: Boosted['reason'] = 'all trees';
  while (made < settings.trees && reason === 'all trees') {
    const round = boostRound(boosting);
    if (round === null) {
      reason = 'no split gains';
      break;
    }
    trees.push(...round);
    made++;
    const loss = holdsOut || start.onRound !== undefined ? meanLoss(problem, margins, holdsOut ? held : learn) : 0;
    if (holdsOut && losses.push(loss) > 0 && loss < losses[best]!) best = made;
    if (holdsOut && made - best >= start.patience) reason = 'early stopping';
    if (start.onRound !== undefined && !start.onRound(made, loss)) reason = 'stopped by onProgress';
  }
  const rounds = holdsOut ? best : made;
  return { trees: trees.slice(0, rounds * baselines.length), rounds, roundsMade: made, reason, heldOutLosses: losses };
}

/** One tree a class; null where none could be divided, nor ever will. */
function boostRound(boosting: Boosting): GrownNode[][] | null {
  const { settings, problem, margins, probabilities, learn, random } = boosting;
  const { rowShare, featureShare, featureSharePerSplit } = settings;
  const drawn = rowShare < 1 ? drawRows(learn, rowShare, random) : { rows: learn, rest: new Int32Array(0) };
  if (problem.width > 1) classProbabilities(margins, probabilities);
  const grown = margins.map((_, place) => boostTree(boosting, place, drawn.rows, drawn.rest));
  return rowShare * featureShare * featureSharePerSplit === 1 && grown.every((nodes) => nodes.length === 1) ? null : grown;
}

function boostTree({ table, problem, settings, margins, probabilities, residuals, random, pool, held }: Boosting, place: number, rows: Int32Array, rest: Int32Array): GrownNode[] {
  const own = margins[place]!;
  const { rows: order, gradients } = table.memory;
  const range = problem.width > 1 ? fillClassGradients(problem, probabilities[place]!, place, gradients) : fillGradients(problem, own, gradients);
  order.set(rows);
  const { featureShare, featureSharePerSplit, learningRate } = settings;
  const all = table.features.map((_, feature) => feature);
  const ofTree = featureShare < 1 ? drawFeatures(all, featureShare, random) : all;
  const allowed = (): readonly number[] => (featureSharePerSplit < 1 ? drawFeatures(ofTree, featureSharePerSplit, random) : ofTree);
  const rules = { ...settings, ...range, bounded: table.features.some(({ direction }) => direction !== 0) };
  const nodes = growTree({ table, weights: problem.weights, rules, allowed, pool }, rows.length);
  settleLeaves(nodes, order, problem, own, residuals, table);
  for (const { split, start, end, value } of nodes) if (split === null) for (const row of order.subarray(start, end)) own[row]! += value * learningRate;
  for (const others of [rest, held]) addTree(own, table, nodes, others, learningRate);
  return nodes;
}

/** Adds a tree to the margins of rows it was not grown on. */
function addTree(margins: Float64Array, table: BinTable, nodes: readonly GrownNode[], rows: Int32Array, rate: number): void {
  const { columns } = table.memory;
  const goesLeft = nodes.map(({ split, missingLeft }) => (split === null ? null : leftBins(table, { ...split, missingLeft })));
  for (const row of rows) {
    let node = nodes[0]!;
    let at = 0;
    while (node.split !== null) {
      at = node.left + 1 - goesLeft[at]![columns[node.split.feature * table.rowCount + row]!]!;
      node = nodes[at]!;
    }
    margins[row]! += node.value * rate;
  }
}
