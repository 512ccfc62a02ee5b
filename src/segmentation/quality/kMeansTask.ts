import { createRandom } from '../../numeric/random.js';
import { lloyd } from '../kmeans/lloyd.js';
import { partitionPoints, type Partition } from '../kmeans/partitionPoints.js';
import { inertiaOf, takeMeans } from '../kmeans/points.js';
import { seedCenters } from '../kmeans/seedCenters.js';
import { pointsTask, type SegmentCountTask } from './chooseSegmentCount.js';

/** Lloyd's passes of a quick start: what more would bring is less than what differs between draws. */
const PASSES = 30;

/** The labels of the best of a few plain starts. What is compared with each other must have been sought in the same way. */
export function startedKMeans(points: Float64Array, width: number, segments: number, seed: number, starts: number): Int32Array {
  let best: Partition | undefined;
  for (let i = 0; i < starts; i++) {
    const found = partitionPoints(points, width, segments, { seed: seed * 16 + i, effort: 'low' });
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return best!.labels;
}

/** The same of two starts without the exchange of single rows, in half the time: for what is done hundreds of times. */
function quickKMeans(values: Float64Array, width: number, segments: number, seed: number): Int32Array {
  const points = { values, width, count: values.length / width, weights: null };
  const random = createRandom(seed);
  let [best, least] = [new Int32Array(points.count), Infinity];
  for (let start = 0; start < 2; start++) {
    const centers = seedCenters(points, segments, random);
    const labels = new Int32Array(points.count);
    lloyd(points, centers, labels, PASSES);
    takeMeans(points, labels, centers);
    const inertia = inertiaOf(points, centers, labels);
    if (inertia < least) [best, least] = [labels, inertia];
  }
  return best;
}

/** Comparing numbers of segments of k-means. */
export function kMeansTask(points: Float64Array, width: number): SegmentCountTask {
  return pointsTask(points, width, (some, segments, seed, isQuick) => (isQuick ? quickKMeans(some, width, segments, seed) : startedKMeans(some, width, segments, seed, 6)));
}
