import { chainLinkage } from '../../numeric/hierarchy/chainLinkage.js';
import { groupsAfter } from '../../numeric/hierarchy/cutTree.js';
import type { LinkageTree } from '../../numeric/hierarchy/linkageTree.js';
import { buildMedoids } from '../../numeric/medoids/buildMedoids.js';
import { MedoidSet, type MedoidProblem } from '../../numeric/medoids/fasterPam.js';
import { searchLocally } from '../../numeric/medoids/searchLocally.js';
import type { Random } from '../../numeric/random.js';
import { silhouetteOf, weightedMean, type WeighedProblem } from './silhouetteOf.js';

/** Journeys in groups. */
export interface FoundGroups {
  /** By group: the journey that stands for it. */
  readonly medoids: Int32Array;
  readonly labels: Int32Array;
  /** Of every journey; null for one group. */
  readonly widths: Float64Array | null;
  /** Their mean; null for one group. */
  readonly silhouette: number | null;
}

/** Pairs to go through for each number of groups: so many starts as make up that. */
const PAIRS = 2e7;

/** What groups these journeys into so many groups. */
export type GroupSearch = (groups: number, step: (cost: number) => boolean) => FoundGroups;

/** Around medoids: the best of some local optima, the first of which is that of PAM. */
export function medoidSearch(problem: WeighedProblem, starts: number | undefined, random: Random): GroupSearch {
  const tries = starts ?? Math.max(1, Math.min(50, Math.floor(PAIRS / problem.count ** 2)));
  return (groups, step) => {
    const set = new MedoidSet(problem, buildMedoids(problem, groups));
    searchLocally(set, tries, random, (_, cost) => step(cost));
    return withWidths(problem, set.medoids.slice(), nearestOf(problem, set.medoids));
  };
}

/** The branches of Ward's tree, which is made once. */
export function wardSearch(problem: WeighedProblem): GroupSearch {
  const { count, distances, weights } = problem;
  const triangle = new Float64Array((count * (count - 1)) / 2);
  for (let i = 1, at = 0; i < count; i++, at += i - 1) triangle.set(distances.subarray(i * count, i * count + i), at);
  const tree: LinkageTree = count > 1 ? chainLinkage(triangle, 'ward', weights) : { merges: new Int32Array(0), heights: new Float64Array(0), sizes: new Float64Array(0) };
  return (groups, step) => {
    const { tops, nodes } = groupsAfter(tree, count - groups);
    const labels = tops.map((node) => nodes.indexOf(node));
    const { medoids, cost } = centralOf(problem, labels, groups);
    step(cost);
    return withWidths(problem, medoids, labels);
  };
}

function withWidths(problem: WeighedProblem, medoids: Int32Array, labels: Int32Array): FoundGroups {
  const widths = medoids.length > 1 ? silhouetteOf(problem, labels, medoids.length) : null;
  return { medoids, labels, widths, silhouette: widths && weightedMean(widths, problem.weights) };
}

function nearestOf({ count, distances }: MedoidProblem, medoids: Int32Array): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    let near = 0;
    for (let g = 1; g < medoids.length; g++) if (distances[i * count + medoids[g]!]! < distances[i * count + medoids[near]!]!) near = g;
    return near;
  });
}

/** By group: the journey with the least sum of distances to the others. */
function centralOf({ count, distances, weights }: MedoidProblem, labels: Int32Array, groups: number): { readonly medoids: Int32Array; readonly cost: number } {
  const medoids = new Int32Array(groups);
  const least = new Float64Array(groups).fill(Infinity);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0, at = i * count; j < count; j++, at++) if (labels[j] === labels[i]) sum += weights[j]! * distances[at]!;
    if (sum < least[labels[i]!]!) [least[labels[i]!], medoids[labels[i]!]] = [sum, i];
  }
  return { medoids, cost: least.reduce((sum, cost) => sum + cost, 0) };
}
