import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { cellOf } from '../../data/replayColumn.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { compareFeature } from '../../evaluation/compareFeature.js';
import { judgeDrift, type Drift } from '../../evaluation/drift.js';
import type { FeatureDrift } from '../../evaluation/featureDrift.js';
import { compareCounts, type CountComparison } from '../../numeric/compareCounts.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { hypergeometricP } from '../../numeric/hypergeometric.js';
import { badOption } from '../rfm/badOption.js';
import type { SegmentModel } from '../space/segmentAssignment.js';
import type { MixDrift, SegmentDrift, SegmentDriftOptions, ThenAndNow } from './driftReport.js';

const CALLER = 'segmentDrift';
/** By how much the share of outliers has to rise; 0.01 is what it starts from. */
const OUTLIERS = 0.04;

/**
 * Whether customers have become different from those the segments were learnt from, and whether to refit.
 *
 * Every feature is compared by the population stability index on bins of the baseline, which is read against what chance makes of it: in small
 * tables PSI is large by itself, so that a level needs both a size beyond the expectation of chance and a test (chi-square; for numbers the smaller of it and
 * Kolmogorov-Smirnov, doubled), corrected for everything looked at. With a model the mix of the segments and the share of outliers are looked at too.
 * `O(features x rows log rows)`.
 *
 * @param baseline - the rows the segments were learnt from, or as they were then
 * @param current - the rows of today, with the same columns
 * @param options - see {@link SegmentDriftOptions}
 * @returns plain data
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const spend = (shift) => ({ spend: Array.from({ length: 200 }, (_, i) => i + shift) });
 * segmentDrift(spend(0), spend(0)).reason; // => 'no evidence of drift'
 * segmentDrift(spend(0), spend(100)).refit; // => true
 * ```
 */
export function segmentDrift<Names extends string>(baseline: TableInput<Names>, current: TableInput, options: SegmentDriftOptions<Names> = {}): SegmentDrift {
  requireKnownOptions(CALLER, options, ['model', 'features', 'bins', 'falseAlarmRate', 'sampleSize']);
  const { model, bins = 10, falseAlarmRate = 0.05, sampleSize = 1000 } = options;
  requireWhole(CALLER, 'bins', bins, 2);
  requireWhole(CALLER, 'sampleSize', sampleSize, 1);
  if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) throw badOption(CALLER, 'falseAlarmRate', 'a number between 0 and 1', falseAlarmRate);
  const [then, now] = [parseTable(CALLER, baseline), readTable(CALLER, current)];
  if (then.rowCount === 0 || now.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs rows in both tables, found ${then.rowCount} and ${now.rowCount}`);
  const features = options.features ?? model?.features ?? then.names.filter((name) => !['date', 'id'].includes(then.source(name).kind));
  const compared = features.map((feature) => ({ feature, ...compareFeature(CALLER, feature, then.source(feature), now, bins) }));
  const mix = model && compareMix(model.assign(baseline), model.assign(current), model.segmentCount);
  const fit = model && compareFit(model, then, now, sampleSize);
  const q = falseDiscoveryQ(Float64Array.of(...compared.map(({ p }) => p), ...(mix && fit ? [mix.p, fit.p] : [])));
  const judged = <Found extends CountComparison>(found: Found, at: number): Found & Drift => judgeDrift(found, q[at]!, falseAlarmRate);
  const lines = compared.map(judged);
  const mixLine = mix === undefined ? null : judged(mix, lines.length);
  const outliers = fit === undefined ? null : { ...fit.outliers, p: fit.p, q: q[lines.length + 1]! };
  return {
    features: lines,
    mix: mixLine,
    outlierShare: outliers,
    meanDistance: fit?.distance ?? null,
    ...judgement(lines, mixLine, outliers !== null && outliers.q <= falseAlarmRate && outliers.current - outliers.baseline >= OUTLIERS ? outliers.current : 0),
  };
}

function judgement(features: readonly FeatureDrift[], mix: MixDrift | null, outliers: number): { refit: boolean; reason: string } {
  const drifted = [...features, ...(mix === null ? [] : [{ ...mix, feature: 'the mix of the segments' }])];
  const named = (level: Drift['level']): string =>
    drifted.filter((found) => found.level === level).map(({ feature, psi }) => `${feature} (PSI ${psi.toFixed(2)})`).join(', ');
  const [large, moderate] = [named('large'), named('moderate')];
  const reasons = [
    ...(large === '' ? [] : [`${large} drifted far`]),
    ...(outliers > 0 ? [`${(100 * outliers).toFixed(1)} % of the rows lie far from every segment`] : []),
  ];
  const refit = reasons.length > 0;
  if (moderate !== '') reasons.push(`moderate drift of ${moderate}`);
  return { refit, reason: reasons.length === 0 ? 'no evidence of drift' : `${refit ? 'refit' : 'watch, no refit yet'}: ${reasons.join('; ')}` };
}

function compareMix(before: Int32Array, after: Int32Array, segmentCount: number): CountComparison & Pick<MixDrift, 'segments'> {
  const [a, b] = [before, after].map((labels) => {
    const counts = new Float64Array(segmentCount + 1);
    for (const label of labels) counts[label < 0 ? segmentCount : label]!++;
    return counts;
  }) as [Float64Array, Float64Array];
  const segments = Array.from(a, (count, s) => ({ segment: s < segmentCount ? s : -1, baseline: count / before.length, current: b[s]! / after.length }));
  return { ...compareCounts(a, b), segments: a[segmentCount]! + b[segmentCount]! > 0 ? segments : segments.slice(0, -1) };
}

function compareFit(model: Pick<SegmentModel, 'features' | 'assignRow'>, then: TableView, now: TableView, sampleSize: number): { outliers: ThenAndNow; distance: ThenAndNow; p: number } {
  const [a, b] = [then, now].map((view) => {
    const sources = model.features.map((name) => [name, view.source(name)] as const);
    const rows = Math.min(sampleSize, view.rowCount);
    let [outliers, distance, known] = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const row = Math.floor((i * view.rowCount) / rows);
      const found = model.assignRow(Object.fromEntries(sources.map(([name, source]) => [name, cellOf(source, row)])));
      outliers += Number(found.outlier);
      if (!Number.isFinite(found.distance)) continue;
      distance += found.distance;
      known++;
    }
    return { rows, outliers, share: outliers / rows, distance: known === 0 ? 0 : distance / known };
  }) as [Sampled, Sampled];
  return {
    outliers: { baseline: a.share, current: b.share },
    distance: { baseline: a.distance, current: b.distance },
    p: hypergeometricP(b.outliers, b.rows, a.outliers + b.outliers, a.rows + b.rows),
  };
}

interface Sampled {
  readonly rows: number;
  readonly outliers: number;
  readonly share: number;
  readonly distance: number;
}
