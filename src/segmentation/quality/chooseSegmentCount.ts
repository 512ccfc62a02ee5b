import { createRandom } from '../../numeric/random.js';
import { completedPoints } from './completedPoints.js';
import { gapFigures } from './gapFigures.js';
import { partitionFigures, simplifiedWidths } from './partitionFigures.js';
import { recommendSegments } from './recommendSegments.js';
import { recoveries } from './recoveries.js';
import { referenceDraws } from './referencePoints.js';
import { pointsOf, rowGroups, type RowGroups } from './rowGroups.js';
import type { SegmentCountComparison, SegmentCountRow, SegmentCriterion } from './segmentCountComparison.js';
import { meanKnown, silhouetteWidths } from './silhouetteWidths.js';

/** A partition that a method found; the criteria of information where it has a likelihood (smaller is better). */
export interface CountedFit {
  readonly labels: ArrayLike<number>;
  readonly bic?: number;
  readonly icl?: number;
}

/**
 * Any method of segmentation, as the comparison sees it. `points` are the rows as coordinates in which distances are Euclidean (for mixed data the
 * categories as indicators times √(γ / 2)); NaN is missing.
 */
export interface SegmentCountTask {
  readonly points: Float64Array;
  readonly width: number;
  /** Segments these rows alone; also asked for one segment. Quick is what is done many times over. */
  readonly fitRows: (rows: Int32Array, segments: number, seed: number, isQuick: boolean) => CountedFit;
  /** Segments points that are no rows, quickly; without it there is no gap. */
  readonly fitPoints?: (points: Float64Array, segments: number, seed: number) => ArrayLike<number>;
}

/** What to compare, and how thoroughly. */
export interface SegmentCountPlan {
  /** Numbers of segments, ascending, from 2. */
  readonly counts: readonly number[];
  readonly seed: number;
  readonly references: number;
  readonly bootstraps: number;
  readonly minShare: number;
  readonly criteria: readonly SegmentCriterion[];
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number; readonly objective: number }) => unknown) | undefined;
}

/** A task of a method that takes points and nothing else; what is missing in them counts as the mean of its coordinate. */
export function pointsTask(given: Float64Array, width: number, fit: (points: Float64Array, segments: number, seed: number, isQuick: boolean) => ArrayLike<number>): SegmentCountTask {
  const points = completedPoints(given, width);
  return {
    points,
    width,
    fitPoints: (some, segments, seed) => fit(some, segments, seed, true),
    fitRows: (rows, segments, seed, isQuick) => ({ labels: fit(pointsOf(points, width, rows), segments, seed, isQuick) }),
  };
}

/** One row of the table for each number of segments, and what follows from it; the rules stand at `compareSegmentCounts`. */
export function chooseSegmentCount(task: SegmentCountTask, plan: SegmentCountPlan): Omit<SegmentCountComparison, 'rowCount'> {
  const { width, fitPoints } = task;
  const { counts, seed, bootstraps } = plan;
  const points = completedPoints(task.points, width);
  const rows = Int32Array.from({ length: points.length / width }, (_, row) => row);
  const alone = rowGroups(new Int32Array(rows.length), 1);
  const single = partitionFigures(points, width, alone).inertia;
  const random = createRandom(seed);
  const draw = fitPoints === undefined || plan.references === 0 || single === 0 ? null : referenceDraws(points, width);
  const references = draw === null ? [] : Array.from({ length: plan.references }, () => draw(random));
  const logOf = (some: Float64Array, groups: RowGroups): number => Math.log(Math.max(partitionFigures(some, width, groups).inertia, single * 1e-12));
  const singleLog = logOf(points, alone);
  const singleLogs = references.map((reference) => logOf(reference, alone));
  const total = counts.length * (1 + references.length + bootstraps);
  const progress = { done: 0, stopped: false };
  const { bic = null, icl = null } = task.fitRows(rows, 1, seed, false);
  const table: SegmentCountRow[] = [{ ...NOTHING, segments: 1, inertia: single, ...gapOf(singleLog, singleLogs), bic, icl, smallestShare: 1 }];
  for (const segments of counts) {
    if (progress.stopped || segments >= rows.length) break;
    const fit = task.fitRows(rows, segments, seed, false);
    const row = indicesOf(points, width, fit, segments);
    if (row === null) continue;
    const goesOn = (): boolean => {
      progress.stopped ||= plan.onProgress?.({ done: ++progress.done, total, objective: row.inertia }) === false;
      return !progress.stopped;
    };
    const quickLog = (some: Float64Array): number => logOf(some, rowGroups(fitPoints!(some, segments, seed), segments));
    const logs: number[] = [];
    let isGoing = goesOn();
    const log = references.length > 0 ? quickLog(points) : 0;
    for (let i = 0; i < references.length && isGoing; i++) {
      logs.push(quickLog(references[i]!));
      isGoing = goesOn();
    }
    const found = bootstraps === 0 || !isGoing ? null : recoveries(fit.labels, segments, bootstraps, seed, (some, draws) => task.fitRows(some, segments, draws, true).labels, goesOn).jaccard;
    table.push({
      ...row,
      ...gapOf(log, logs),
      evidence: evidenceOf(singleLog - log, logs.map((log, i) => singleLogs[i]! - log)),
      stability: found && found.reduce((sum, x) => sum + x, 0) / segments,
      worstStability: found && Math.min(...found),
    });
  }
  return { table, ...recommendSegments(table, plan.criteria, plan.minShare), rowsUsed: rows.length, stopped: progress.stopped };
}

const NOTHING = {
  silhouette: null, simplifiedSilhouette: null, calinskiHarabasz: null, daviesBouldin: null, gap: null, gapStandardError: null, evidence: null, stability: null, worstStability: null,
};

/** What can be said of a partition by itself; null when it has fewer segments than asked for. */
function indicesOf(points: Float64Array, width: number, { labels, bic, icl }: CountedFit, segments: number): SegmentCountRow | null {
  const groups = rowGroups(labels, segments);
  const { sizes, centers, inertia, calinskiHarabasz, daviesBouldin } = partitionFigures(points, width, groups);
  if (sizes.includes(0)) return null;
  const silhouette = meanKnown(silhouetteWidths(points, width, groups).widths);
  const simplifiedSilhouette = meanKnown(simplifiedWidths(points, width, groups, centers).widths);
  return { ...NOTHING, segments, inertia, silhouette, simplifiedSilhouette, calinskiHarabasz, daviesBouldin, bic: bic ?? null, icl: icl ?? null, smallestShare: Math.min(...sizes) / labels.length };
}

function gapOf(logInertia: number, references: readonly number[]): Pick<SegmentCountRow, 'gap' | 'gapStandardError'> {
  if (references.length < 2) return { gap: null, gapStandardError: null };
  const { gap, standardError } = gapFigures(logInertia, references);
  return { gap, gapStandardError: standardError };
}

// The fall from one segment, held against the falls in the same draws of the reference: paired, as both ends vary together.
function evidenceOf(fall: number, references: readonly number[]): number | null {
  if (references.length < 2) return null;
  const { gap, standardError } = gapFigures(fall, references);
  return -gap / Math.max(standardError, 1e-12);
}
