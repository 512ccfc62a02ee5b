import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { chooseSegmentCount, type SegmentCountPlan, type SegmentCountTask } from '../quality/chooseSegmentCount.js';
import { kMeansTask } from '../quality/kMeansTask.js';
import { CRITERIA } from '../quality/recommendSegments.js';
import type { SegmentCountComparison } from '../quality/segmentCountComparison.js';
import { mixedPoints } from './mixedPoints.js';
import { fitSegments, type EngineOptions, type FittedSegments } from './segmentEngine.js';
import type { SegmentationMethod } from './segmentationState.js';

/** From how many segments to how many. */
export type CountRange = readonly [from: number, to: number];

/** Rows compared, and times they are resampled: a partition of points takes a thousandth of the time of other fits. */
const EFFORT = { points: { rows: 2000, bootstraps: 30, references: 20 }, models: { rows: 500, bootstraps: 10, references: 0 } };

/** The numbers of segments from..to compared for one method. */
export function chooseCount(
  caller: string,
  method: SegmentationMethod,
  view: ParsedTable,
  engine: Omit<EngineOptions, 'segments' | 'trialOf'>,
  { range: [from, to], ...limits }: Pick<SegmentCountPlan, 'minShare' | 'onProgress'> & { readonly range: CountRange },
): SegmentCountComparison {
  const { seed, numbers, features, scaling } = engine;
  const byPoints = method === 'kMeans' || method === 'hierarchical';
  const { rows, ...effort } = EFFORT[byPoints ? 'points' : 'models'];
  const table = parseTable(caller, takeRows(view, someRows(view.rowCount, rows, seed)));
  const { points, width } = mixedPoints(caller, table, numbers, features.filter((name) => !numbers.includes(name)), scaling);
  const task: SegmentCountTask = byPoints ? kMeansTask(points, width) : { points, width, fitRows: modelFits(method, table, engine) };
  const counts = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { ...chooseSegmentCount(task, { ...limits, ...effort, counts, seed, criteria: CRITERIA }), rowCount: view.rowCount };
}

/** Fits of a model: the first with each number of segments is that of all rows, later ones are trials on resampled rows. */
function modelFits(method: SegmentationMethod, table: ParsedTable, engine: Omit<EngineOptions, 'segments' | 'trialOf'>): SegmentCountTask['fitRows'] {
  const fits = new Map<number, FittedSegments>();
  return (rows, segments, seed) => {
    const trialOf = fits.get(segments);
    if (trialOf !== undefined) return fitSegments(method, takeRows(table, rows), { ...engine, segments, seed, trialOf });
    const fit = fitSegments(method, takeRows(table, rows), { ...engine, segments, seed });
    fits.set(segments, fit);
    return fit;
  };
}

/** All rows, or so many by lot, ascending. */
function someRows(rowCount: number, most: number, seed: number): Uint32Array {
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row);
  return rowCount <= most ? rows : shuffle(rows, createRandom(seed)).slice(0, most).sort();
}
