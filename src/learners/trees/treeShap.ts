import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import { isUnknown, type Forest } from './forest.js';

/** Shapley values of rows. */
export interface ShapleyValues {
  /** What the trees give when nothing is known of a row: their mean over the training rows. */
  readonly expected: number;
  /** What each feature adds, row-major. */
  readonly amounts: Float64Array;
}

/** What a leaf is to Shapley values: the features asked on the way to it, each once, and the share of training rows that take all its turns there. */
interface LeafPath {
  readonly value: number;
  readonly features: readonly number[];
  readonly zeros: readonly number[];
  /** Enough for a polynomial of degree less than the features. */
  readonly points: ReturnType<typeof gaussLegendre>;
  /** Where in `known` what the leaf gives stands, by pattern. */
  places: number[];
  known: number[];
}

/** A leaf that keeps so many numbers starts afresh. */
const MOST_KNOWN = 20_000;

/**
 * Shapley values, exact for the game "what the trees give where only some features are known", in which a row goes both ways at an unknown
 * feature, by the training rows there (path-dependent TreeSHAP: Lundberg, Erion, Lee 2018). Of the trees `first`, `first + step`, ….
 *
 * A leaf gives `value * product over features of (known ? one : zero)`: zero is the share of training rows that take the turns of its path
 * on that feature, one says whether this row takes them. Rows differ only in the pattern of ones, so what a leaf gives to each feature is reckoned
 * once a pattern. O(leaves * depth) a row.
 */
export function shapleyValues(forest: Forest, columns: readonly Float64Array[], first: number, step: number): ShapleyValues {
  const { roots } = forest.nodes;
  const amounts = new Float64Array(columns.length * columns[0]!.length);
  const rules: LeafPath['points'][] = [];
  let expected = 0;
  for (let tree = first; tree < roots.length; tree += step) {
    const paths: LeafPath[] = [];
    collectPaths(forest, roots[tree]!, [], [], paths, rules);
    for (const path of paths) {
      expected += path.zeros.reduce((product, zero) => product * zero, path.value);
      path.places = noPlaces(path.features.length, columns[0]!.length);
    }
    addTree(forest, columns, roots[tree]!, paths, amounts);
  }
  return { expected, amounts };
}

function collectPaths(forest: Forest, node: number, features: readonly number[], zeros: readonly number[], paths: LeafPath[], rules: LeafPath['points'][]): void {
  const { nodes } = forest;
  const j = nodes.feature[node]!;
  if (j < 0) {
    paths.push({ value: nodes.value[node]!, features, zeros, points: (rules[features.length] ??= gaussLegendre(Math.ceil(features.length / 2))), places: [], known: [] });
    return;
  }
  const left = nodes.left[node]!;
  for (const child of [left, left + 1]) {
    const share = nodes.cover[child]! / (nodes.cover[left]! + nodes.cover[left + 1]!);
    const next = zeros.map((zero, at) => (features[at] === j ? zero * share : zero));
    if (features.includes(j)) collectPaths(forest, child, features, next, paths, rules);
    else collectPaths(forest, child, [...features, j], [...next, share], paths, rules);
  }
}

// Of each feature: 0 where the row left the path to the node, 1 where it is still on it, 2 where it goes all ways.
function addTree({ inputs, nodes, tables }: Forest, columns: readonly Float64Array[], root: number, paths: readonly LeafPath[], amounts: Float64Array): void {
  const { feature, threshold, left, missingLeft } = nodes;
  const width = columns.length;
  const states = new Uint8Array(width);
  let row = 0;
  // Every row visits all leaves, in the same order.
  let leaf = 0;
  const visit = (node: number): void => {
    const j = feature[node]!;
    if (j < 0) {
      addLeaf(paths[leaf++]!, states, amounts, row * width);
      return;
    }
    const child = left[node]!;
    const state = states[j]!;
    let isLeft = true;
    if (state === 1) {
      const x = columns[j]![row]!;
      const limit = threshold[node]!;
      isLeft = 'levels' in inputs[j]! ? tables[limit]![x] === 1 : x === x ? x <= limit : missingLeft[node] === 1;
      states[j] = isLeft ? 1 : 0;
    }
    visit(child);
    if (state === 1) states[j] = isLeft ? 0 : 1;
    visit(child + 1);
    states[j] = state;
  };
  for (; row < columns[0]!.length; row++) {
    for (let j = 0; j < width; j++) states[j] = isUnknown(columns[j]![row]!, inputs[j]!) ? 2 : 1;
    leaf = 0;
    visit(root);
  }
}

function noPlaces(featureCount: number, rowCount: number): number[] {
  // Few rows, and long patterns, are few of many: those are kept by name.
  return rowCount > 200 && featureCount <= 8 ? new Array<number>(3 ** featureCount).fill(-1) : [];
}

function addLeaf(path: LeafPath, states: Uint8Array, amounts: Float64Array, to: number): void {
  const { features } = path;
  let pattern = 0;
  for (let at = 0; at < features.length; at++) pattern = pattern * 3 + states[features[at]!]!;
  let place = path.places[pattern] ?? -1;
  // A pattern of more than 33 is no exact number, and not kept.
  if (place < 0 || features.length > 33) {
    if (path.known.length > MOST_KNOWN) {
      path.known = [];
      path.places = [];
    }
    place = path.known.length;
    path.places[pattern] = place;
    path.known.push(...leafShapley(path, states));
  }
  const { known } = path;
  for (let at = 0; at < features.length; at++) amounts[to + features[at]!]! += known[place + at]!;
}

/**
 * What one leaf gives to each feature of its path. The Shapley value is the derivative of the product in that feature, integrated over s, where each
 * feature is known to the part s (Owen 1972): a polynomial of degree less than the features, so half as many Gauss-Legendre points give it
 * exactly, without the cancellation of unwinding paths.
 */
function leafShapley({ value, features, zeros, points }: LeafPath, states: Uint8Array): number[] {
  const steps = zeros.map((zero, at) => [-zero, 1 - zero, 0][states[features[at]!]!]!);
  return steps.map((step, at) => {
    if (step === 0) return 0;
    const integral = points.reduce((sum, { point, weight }) => sum + zeros.reduce((product, zero, i) => (i === at ? product : product * (zero + steps[i]! * point)), weight), 0);
    return value * step * integral;
  });
}
