import { createRandom, shuffle } from '../../numeric/random.js';
import { completedPoints } from '../quality/completedPoints.js';
import { gapFigures } from '../quality/gapFigures.js';
import { kMeansTask } from '../quality/kMeansTask.js';
import { partitionFigures } from '../quality/partitionFigures.js';
import { rowGroups } from '../quality/rowGroups.js';

const REFERENCES = 20;

/**
 * By how many standard deviations rows split better than the same columns shuffled each by itself: segments of several columns are made of what goes together.
 * `widths` are the coordinates of each column. The largest over the numbers of segments, up to the first that is enough.
 */
export function associationEvidence(given: Float64Array, widths: readonly number[], counts: readonly number[], seed: number, enough: number): number {
  const width = widths.reduce((sum, own) => sum + own, 0);
  const points = completedPoints(given, width);
  const random = createRandom(seed);
  const references = Array.from({ length: REFERENCES }, () => shuffledColumns(points, widths, width, () => shuffle(Uint32Array.from({ length: points.length / width }, (_, row) => row), random)));
  const logInertia = (some: Float64Array, segments: number): number => {
    const labels = kMeansTask(some, width).fitPoints!(some, segments, seed);
    return Math.log(Math.max(partitionFigures(some, width, rowGroups(labels, segments)).inertia, Number.MIN_VALUE));
  };
  let most = -Infinity;
  for (const segments of counts) {
    const { gap, standardError } = gapFigures(logInertia(points, segments), references.map((reference) => logInertia(reference, segments)));
    most = Math.max(most, gap / Math.max(standardError, 1e-12));
    if (most > enough) break;
  }
  return most;
}

function shuffledColumns(points: Float64Array, widths: readonly number[], width: number, draw: () => Uint32Array): Float64Array {
  const shuffled = new Float64Array(points.length);
  let start = 0;
  for (const own of widths) {
    const from = draw();
    for (let row = 0; row < from.length; row++) {
      for (let j = start; j < start + own; j++) shuffled[row * width + j] = points[from[row]! * width + j]!;
    }
    start += own;
  }
  return shuffled;
}
