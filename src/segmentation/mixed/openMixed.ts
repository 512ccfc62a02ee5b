import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import type { TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { categoryLevels } from '../../learners/peers/categoryLevels.js';
import type { Points } from '../../learners/peers/peerSpace.js';
import type { PeerMetric } from '../../learners/peers/peersState.js';
import { distinctRows, type DistinctRows } from '../space/distinctRows.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { learnScaling } from '../space/learnScaling.js';
import type { ScaledFeature, ScalingOption } from '../space/scaling.js';
import type { MixedFeature } from './mixedSpace.js';

/** Data opened for a fit. */
export interface OpenedMixed {
  readonly view: ParsedTable;
  /** By row; null when all count 1. */
  readonly weights: Float64Array | null;
  /** The rows of a weight above 0, of which alone something is learnt: as a table, and their weights. */
  readonly learnt: ParsedTable;
  readonly learntWeights: Float64Array | null;
  /** The columns, numbers, categories and booleans. */
  readonly names: readonly string[];
}

/** What the fits of mixed columns share of their options. */
export interface SharedMixedOptions<Names extends string = string> {
  readonly features?: readonly Names[];
  readonly weights?: RowNumbers<Names>;
}

/** Opens the data and finds the columns; throws `EMPTY_INPUT`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `UNKNOWN_COLUMN`, `INVALID_OPTION`. */
export function openMixed<Data>(caller: string, data: TableOf<Data>, { features, weights: given }: SharedMixedOptions): OpenedMixed {
  const view = parseTable(caller, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const weights = given === undefined ? null : readWeights(caller, view, given);
  const takes = (name: string): boolean => !['date', 'id'].includes(view.source(name).kind);
  if (features !== undefined && !Array.isArray(features)) throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names, found ${describeValue(features)}`, { option: 'features' });
  const names: readonly string[] = features ?? view.names.filter((name) => name !== given && takes(name));
  if (names.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one column of numbers or categories, found none; name them in features`);
  names.forEach((column, i) => {
    if (names.indexOf(column) < i) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
    if (takes(column)) return;
    const { kind } = view.source(column);
    throw new ClientelaError('COLUMN_KIND', `${caller} takes numbers, categories and booleans, found column "${column}" of kind ${kind}; leave it out of features`, { column, kind });
  });
  if (weights === null || weights.every((weight) => weight > 0)) return { view, weights, learnt: view, learntWeights: weights, names };
  const rows = Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  return { view, weights, learnt: parseTable(caller, takeRows(view, rows)), learntWeights: Float64Array.from(rows, (row) => weights[row]!), names };
}

/** How each column enters distances; the weights of the features are 1. */
export function learnMixedFeatures(caller: string, { learnt, learntWeights, names }: OpenedMixed, scaling: ScalingOption | undefined, metric: PeerMetric): MixedFeature[] {
  const numbers = names.filter((name) => learnt.source(name).kind === 'number');
  const scaled = learnScaling(caller, learnt, numbers, scaling, learntWeights);
  const places = new Map((metric === 'gower' ? byRange(caller, scaled, learnt) : scaled).map((feature) => [feature.column, feature]));
  return names.map((column) => {
    const source = learnt.source(column);
    if (source.kind === 'category' || source.kind === 'boolean') return { kind: 'category', column, weight: 1, levels: categoryLevels(source).levels };
    return { kind: 'number', weight: 1, ...places.get(column)! };
  });
}

/** The range in the scale: then distances along a number are shares of its range (Gower, 1971). */
function byRange(caller: string, features: readonly ScaledFeature[], view: ParsedTable): ScaledFeature[] {
  const points = scaledPoints(caller, features, view);
  return features.map((feature, j) => {
    let low = Infinity;
    let high = -Infinity;
    for (let at = j; at < points.length; at += features.length) {
      if (points[at]! < low) low = points[at]!;
      if (points[at]! > high) high = points[at]!;
    }
    const range = high > low ? high - low : 1;
    return { ...feature, scale: feature.scale * range, limit: feature.limit === null ? null : feature.limit / range };
  });
}

/** The rows that differ, numbers before categories. Throws `EMPTY_INPUT`. */
export function distinctMixed(caller: string, { count, numbers, codes }: Points, weights: Float64Array | null): DistinctRows {
  const width = numbers.length / count;
  const depth = codes.length / count;
  const values = new Float64Array(numbers.length + codes.length);
  for (let row = 0, at = 0; row < count; row++) {
    for (let j = row * width; j < (row + 1) * width; j++) values[at++] = numbers[j]!;
    for (let j = row * depth; j < (row + 1) * depth; j++) values[at++] = codes[j]! < 0 ? NaN : codes[j]!;
  }
  const distinct = distinctRows(values, width + depth, weights);
  if (distinct.rows.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a row of which something is known, found none`);
  return distinct;
}

/** A weight by column, at least 0: one for all or by name, `otherwise` for columns not named. */
export function columnWeights(caller: string, option: string, names: readonly string[], given: unknown, otherwise: number): number[] {
  const byName = (typeof given === 'object' ? given : undefined) as Readonly<Record<string, unknown>> | undefined;
  if (byName !== undefined) requireKnownOptions(`${caller} ${option}`, byName, names);
  return names.map((column) => {
    const weight = (byName === undefined ? given : byName[column]) ?? otherwise;
    if (typeof weight === 'number' && weight >= 0 && weight < Infinity) return weight;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} of 0 or more, found ${describeValue(weight)} for "${column}"`, { option, column, value: weight });
  });
}

/** The features with their weights by name, 1 where none is given. */
export function weighFeatures(caller: string, features: readonly MixedFeature[], given: object = {}): MixedFeature[] {
  const weights = columnWeights(caller, 'featureWeights', features.map(({ column }) => column), given, 1);
  if (weights.every((weight) => weight === 0)) throw new ClientelaError('INVALID_OPTION', `${caller} needs some feature of a weight above 0, found none`, { option: 'featureWeights' });
  return features.map((feature, j) => ({ ...feature, weight: weights[j]! }));
}

/** As many segments as were asked for, or as there are distinct rows; and what to say of it. */
export function segmentsWithin(caller: string, asked: number, distinct: number): { segments: number; warnings: string[] } {
  const segments = Math.min(requireWhole(caller, 'segments', asked, 1), distinct);
  return { segments, warnings: segments < asked ? [`${segments} segments instead of ${asked}: no more rows differ`] : [] };
}
