import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { chooseSegmentCount, type SegmentCountPlan, type SegmentCountTask } from '../quality/chooseSegmentCount.js';
import { kMeansTask } from '../quality/kMeansTask.js';
import { CRITERIA, EVIDENCE } from '../quality/recommendSegments.js';
import { sampledRows } from '../quality/sampledRows.js';
import type { SegmentCountComparison } from '../quality/segmentCountComparison.js';
import { associationEvidence } from './associationEvidence.js';
import { mixedPoints } from './mixedPoints.js';
import { fitSegments, type EngineOptions, type FittedSegments } from './segmentEngine.js';
import type { SegmentationMethod } from './segmentationState.js';

/** From how many segments to how many. */
export type CountRange = readonly [from: number, to: number];

/** Rows compared, and times they are resampled: a partition of points takes a thousandth of the time of other fits. */
const EFFORT = { points: { rows: 1000, bootstraps: 20, references: 20 }, models: { rows: 500, bootstraps: 10, references: 0 } };

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
  const table = parseTable(caller, takeRows(view, sampledRows(view.rowCount, rows, seed)));
  const { points, widths } = mixedPoints(caller, table, numbers, features.filter((name) => !numbers.includes(name)), scaling);
  const width = widths.reduce((sum, own) => sum + own, 0);
  const task: SegmentCountTask = byPoints ? kMeansTask(points, width) : { points, width, fitRows: modelFits(method, table, engine) };
  const counts = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const comparison = { ...chooseSegmentCount(task, { ...limits, ...effort, counts, seed, criteria: CRITERIA }), rowCount: view.rowCount };
  // A likelihood judges by itself whether one segment will do; of a single column there is nothing to go together.
  if ((method !== 'kPrototypes' && method !== 'kMedoids') || widths.length === 1) return comparison;
  return withEvidence(comparison, associationEvidence(points, widths, counts.filter((count) => count < table.rowCount), seed, EVIDENCE));
}

/** What mixed columns come to when nothing says that they go together. */
function withEvidence(comparison: SegmentCountComparison, evidence: number): SegmentCountComparison {
  if (evidence > EVIDENCE || !comparison.structure.found) return { ...comparison, structure: { ...comparison.structure, evidence } };
  const reason = `no structure: the rows split no better than the same columns shuffled each by itself (by ${evidence.toFixed(1)} standard deviations, ${EVIDENCE} are asked for)`;
  return { ...comparison, structure: { found: false, evidence }, recommendation: { segments: 1, reason, agreement: 0, disagreement: true } };
}

/** Fits of a model: the first with each number of segments is that of all rows, later ones are trials on resampled rows. */
function modelFits(method: SegmentationMethod, table: ParsedTable, engine: Omit<EngineOptions, 'segments' | 'trialOf'>): SegmentCountTask['fitRows'] {
  const fits = new Map<number, FittedSegments>();
  return (rows, segments, seed) => {
    const trialOf = fits.get(segments);
    if (trialOf !== undefined) return fitSegments(method, takeRows(table, rows), { ...engine, segments, seed, trialOf });
    const fit = fitSegments(method, takeRows(table, rows), { ...engine, segments, seed, isCompared: true });
    fits.set(segments, fit);
    return fit;
  };
}
