import type { BinTable } from './binTable.js';
import type { BoostingProblem } from './boostingLosses.js';
import type { GrownNode } from './growTree.js';
import { weightedQuantile } from './weightedQuantile.js';

// No step of a leaf beyond this on the scale of log-odds or logarithms: where nearly all rows are already foretold, Newton's step has no bound.
const FARTHEST = 20;

/** Gives the leaves the values they keep: a quantile of what is left where the loss asks for one, otherwise Newton's step. */
export function settleLeaves(nodes: readonly GrownNode[], rows: Int32Array, { loss, quantile, y, weights }: BoostingProblem, margins: Float64Array, residuals: Float64Array, { features }: BinTable): void {
  if (loss === 'squared') return;
  const leaves = nodes.filter(({ split }) => split === null);
  if (loss !== 'absolute' && loss !== 'quantile') {
    for (const leaf of leaves) leaf.value = Math.max(-FARTHEST, Math.min(FARTHEST, leaf.value));
    return;
  }
  for (const leaf of leaves) {
    for (let i = leaf.start; i < leaf.end; i++) residuals[rows[i]!] = y[rows[i]!]! - margins[rows[i]!]!;
    leaf.value = weightedQuantile(residuals, rows, leaf.start, leaf.end, weights, quantile);
  }
  for (const node of nodes) {
    if (node.split !== null && features[node.split.feature]!.direction !== 0) orderSides(nodes, node, features[node.split.feature]!.direction);
  }
}

/** Draws the leaves of both sides of a monotone split to the middle where they overlap; the order within each side remains. */
function orderSides(nodes: readonly GrownNode[], node: GrownNode, direction: number): void {
  const [low, high] = [leavesUnder(nodes, node.left), leavesUnder(nodes, node.left + 1)];
  if (direction < 0) low.splice(0, low.length, ...high.splice(0, high.length, ...low));
  const most = Math.max(...low.map(({ value }) => value));
  const least = Math.min(...high.map(({ value }) => value));
  if (most <= least) return;
  const middle = (most + least) / 2;
  for (const leaf of low) leaf.value = Math.min(leaf.value, middle);
  for (const leaf of high) leaf.value = Math.max(leaf.value, middle);
}

function leavesUnder(nodes: readonly GrownNode[], at: number): GrownNode[] {
  const node = nodes[at]!;
  return node.split === null ? [node] : [...leavesUnder(nodes, node.left), ...leavesUnder(nodes, node.left + 1)];
}
