import type { TreeFeature } from '../../learners/trees/treeNodes.js';
import type { DecisionTreeState } from '../../learners/trees/decisionTreeState.js';

/** A tree whose nodes may have any number of branches, while it is being grown. */
export interface MultiNode {
  /** Rows grown on, by weight. */
  readonly cover: number;
  /** Too few customers for a group of their own: all such leaves are one group. */
  readonly pooled: boolean;
  /** Which input it asks; -1 for a leaf. */
  feature: number;
  /** None for a leaf. */
  branches: readonly MultiBranch[];
}

/** A branch: the bins of the input that go there. */
export interface MultiBranch {
  readonly bins: readonly number[];
  readonly child: MultiNode;
}

/** Nodes of two branches, as the trees of the learners have them, before what they predict is known. */
export interface GrownGroups {
  readonly nodes: DecisionTreeState['nodes'];
  /** The leaves that are one group together. */
  readonly pooled: ReadonlySet<number>;
}

/**
 * The tree as questions with two answers: a branch is parted from those after it, numbers from below, so that rules come out as those of any tree.
 * What a node has not seen (a level, a missing number) goes to its branch with the most customers. `edges[j]` are the cuts of a column of
 * numbers, whose last bin holds what is missing; null for a category.
 */
export function divideInTwos(root: MultiNode, inputs: readonly TreeFeature[], edges: readonly (Float64Array | null)[]): GrownGroups {
  const feature = [-1];
  const [threshold, left, missingLeft, cover] = [[0], [0], [0], [root.cover]];
  const sets: (readonly number[])[] = [];
  const pooled = new Set<number>();
  const place = (at: number, node: MultiNode): void => {
    if (node.branches.length === 0) {
      if (node.pooled) pooled.add(at);
      return;
    }
    const cuts = edges[node.feature] ?? null;
    chain(at, node.feature, cuts, cuts === null ? widen(node.branches, inputs[node.feature]!) : sortUpwards(node.branches, cuts));
  };
  const chain = (at: number, j: number, cuts: Float64Array | null, branches: readonly MultiBranch[]): void => {
    const [first, ...rest] = branches as [MultiBranch, ...MultiBranch[]];
    if (rest.length === 0) {
      place(at, first.child);
      return;
    }
    const child = feature.length;
    const coverOf = (some: readonly MultiBranch[]): number => some.reduce((sum, branch) => sum + branch.child.cover, 0);
    for (const side of [[first], rest]) {
      feature.push(-1);
      for (const list of [threshold, left, missingLeft]) list.push(0);
      cover.push(coverOf(side));
    }
    feature[at] = j;
    left[at] = child;
    threshold[at] = cuts === null ? sets.push(first.bins) - 1 : topEdge(first, cuts);
    missingLeft[at] = Number(cuts !== null && branches.some((branch) => branch.bins.includes(cuts.length + 1)) ? first.bins.includes(cuts.length + 1) : first === heaviest(branches));
    chain(child, j, cuts, [first]);
    chain(child + 1, j, cuts, rest);
  };
  place(0, root);
  return { nodes: { feature, threshold, left, missingLeft, cover, gain: feature.map(() => 0), sets }, pooled };
}

function heaviest(branches: readonly MultiBranch[]): MultiBranch {
  return branches.reduce((best, branch) => (branch.child.cover > best.child.cover ? branch : best));
}

// Whether a branch holds nothing but missing values: it stands last.
function isUnknown({ bins }: MultiBranch, cuts: Float64Array): boolean {
  return bins.every((bin) => bin > cuts.length);
}

// The last known branch may lie below the missing one only: then the question is whether a number is known.
function topEdge({ bins }: MultiBranch, cuts: Float64Array): number {
  const top = bins.reduce((most, bin) => (bin <= cuts.length && bin > most ? bin : most), 0);
  return cuts[top] ?? Number.MAX_VALUE;
}

function sortUpwards(branches: readonly MultiBranch[], cuts: Float64Array): readonly MultiBranch[] {
  const sorted = [...branches].sort((a, b) => Math.min(...a.bins) - Math.min(...b.bins));
  const missing = sorted.find((branch) => isUnknown(branch, cuts));
  if (missing === undefined) return sorted;
  // Bins without rows at the upper end belong to the last branch that is known.
  const known = sorted.filter((branch) => branch !== missing);
  const last = known.at(-1)!;
  return [...known.slice(0, -1), { bins: [...last.bins, cuts.length], child: last.child }, missing];
}

// Levels without rows here join the heaviest branch.
function widen(branches: readonly MultiBranch[], input: TreeFeature): readonly MultiBranch[] {
  const seen = new Set(branches.flatMap(({ bins }) => bins));
  const absent = ('levels' in input ? input.levels : []).map((_, level) => level).filter((level) => !seen.has(level));
  const most = heaviest(branches);
  return branches
    .map((branch) => ({ bins: [...branch.bins, ...(branch === most ? absent : [])].sort((a, b) => a - b), child: branch.child }))
    .sort((a, b) => a.bins[0]! - b.bins[0]!);
}
