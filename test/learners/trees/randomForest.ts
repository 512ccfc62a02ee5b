import type { BoostedTreesState, BoostingLoss } from '../../../src/learners/trees/boostedTreesState.js';
import type { TreeFeature, TreeNodes } from '../../../src/learners/trees/treeNodes.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';

/** A column with holes in training, one without, and two categories, of which one has a level for missing values. */
export const inputs: readonly TreeFeature[] = [
  { column: 'age', missing: true },
  { column: 'visits', missing: false },
  { column: 'plan', levels: ['basic', 'gold', 'silver'] },
  { column: 'city', levels: ['Aachen', 'Bonn', '(missing)'] },
];

/** Trees whose splits are drawn by chance; covers add up as they do after a fit. */
export function randomTrees(random: Random, treeCount: number, depth: number): TreeNodes {
  const nodes = { roots: [] as number[], feature: [] as number[], threshold: [] as number[], left: [] as number[], missingLeft: [] as number[], value: [] as number[], cover: [] as number[], gain: [] as number[], sets: [] as number[][] };
  const add = (cover: number): number => {
    for (const list of [nodes.threshold, nodes.left, nodes.missingLeft, nodes.gain]) list.push(0);
    nodes.value.push(random.normal());
    nodes.cover.push(cover);
    return nodes.feature.push(-1) - 1;
  };
  const grow = (node: number, levels: number): void => {
    if (levels === 0 || random.uniform() < 0.1) return;
    const j = random.integer(inputs.length);
    const input = inputs[j]!;
    nodes.feature[node] = j;
    nodes.value[node] = 0;
    nodes.gain[node] = random.uniform();
    nodes.missingLeft[node] = random.integer(2);
    if ('levels' in input) {
      const set = input.levels.flatMap((_, level) => (random.uniform() < 0.5 ? [level] : []));
      nodes.threshold[node] = nodes.sets.push(set.length > 0 ? set : [0]) - 1;
    } else nodes.threshold[node] = random.integer(9) * 0.5;
    const share = 0.1 + 0.8 * random.uniform();
    const left = add(nodes.cover[node]! * share);
    add(nodes.cover[node]! * (1 - share));
    nodes.left[node] = left;
    grow(left, levels - 1);
    grow(left + 1, levels - 1);
  };
  for (let tree = 0; tree < treeCount; tree++) {
    const root = add(100);
    nodes.roots.push(root);
    grow(root, depth);
  }
  return nodes;
}

/** A state that nobody fitted. */
export function randomState(seed: number, { treeCount = 6, depth = 4, loss = 'squared' as BoostingLoss, classes = [] as string[] } = {}): BoostedTreesState {
  const baselines = classes.length > 0 ? classes.map((_, at) => 0.1 * at) : [0.25];
  const report = { rowCount: 100, weight: 100, rounds: treeCount, roundsMade: treeCount, reason: 'all trees' as const, heldOut: 0, heldOutLosses: [], settings: {} };
  return {
    format: 'BoostedTrees',
    formatVersion: 1,
    baselines,
    inputs,
    trees: randomTrees(createRandom(seed), treeCount, depth),
    summary: { target: 'spend', features: inputs.map(({ column }) => column), loss, positive: loss === 'logistic' ? 'yes' : null, classes, report },
  };
}

/** Rows with everything that can happen: missing values where training had some and where it had none, unseen levels. */
export function randomRows(seed: number, count: number): Record<string, number | string | null>[] {
  const random = createRandom(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[random.integer(values.length)]!;
  return Array.from({ length: count }, () => ({
    age: pick([null, 0, 0.5, 1, 2.25, 3, 4.5]),
    visits: pick([0, 0.5, 1.5, 2, 3, 4, 5, random.uniform() < 0.3 ? null : 1]),
    plan: pick(['basic', 'gold', 'silver', random.uniform() < 0.3 ? 'platinum' : 'gold', random.uniform() < 0.3 ? null : 'basic']),
    city: pick(['Aachen', 'Bonn', null, random.uniform() < 0.3 ? 'Celle' : 'Bonn']),
  }));
}
