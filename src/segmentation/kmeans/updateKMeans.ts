import { requireFinite, requireKnownOptions } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { createRandom } from '../../numeric/random.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { describePartition } from './describePartition.js';
import { KMeans } from './kMeans.js';
import type { KMeansState } from './kMeansState.js';
import { meansOfKnown } from './partitionIncomplete.js';
import { placeByCenters, type Placement } from './placeByCenters.js';

/** How new rows change a model. */
export interface UpdateKMeansOptions<Names extends string = string> {
  /** How often each row counts: a column or one number a row, not negative. @defaultValue once */
  readonly weights?: RowNumbers<Names>;
  /** What the rows learnt from before still count, 0 to 1: 0.9 at each of many updates forgets the old. @defaultValue 1 */
  readonly memory?: number;
  /** Of the draw of a new centre for a starved segment. @defaultValue 1 */
  readonly seed?: number;
}

const CALLER = 'updateKMeans';
/** A segment with a smaller part of the largest's weight has starved. */
const STARVED = 0.001;

/**
 * The model after learning from more rows, without the old ones: every centre becomes the mean of the rows it has had and its new ones (Sculley, 2010: a
 * learning rate of 1 / rows for each centre).
 *
 * The segments keep their numbers and the columns their scaling. A segment whose weight is below a thousandth of the largest's has starved: it begins anew at
 * one of the new rows, drawn by its squared distance from its centre, and `warnings` says so. Sums of squares, variance and radii are carried on by weight.
 * The given model stays as it is. O(rows * segments * features).
 *
 * @param model - what `fitKMeans` or an earlier update gave, or was read from JSON
 * @param data - the new rows, with every column of `features`
 * @param options - `weights`, `memory` and `seed`, as a rule none
 * @returns the new model; its `labels` are those of the new rows
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT` for a model of limited sizes, or as `KMeans.assign`
 * @example
 * ```ts
 * import { fitKMeans } from 'clientela/segmentation';
 * const model = fitKMeans([{ x: 1 }, { x: 3 }, { x: 20 }], { segments: 2, scaling: 'none' });
 * const updated = updateKMeans(model, [{ x: 5 }, { x: 24 }]);
 * updated.centers; // => [{ x: 3 }, { x: 22 }]
 * updated.sizes; // => [3, 2]
 * model.sizes; // => [2, 1]
 * ```
 */
export function updateKMeans<Data extends TableOf<Data>>(model: KMeans, data: Data, options: UpdateKMeansOptions<ColumnNameOf<Data>> = {}): KMeans {
  requireKnownOptions(CALLER, options, ['weights', 'memory', 'seed']);
  const { weights: given, memory = 1, seed = 1 } = options;
  if (!(requireFinite(CALLER, 'memory', memory) >= 0 && memory <= 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs memory from 0 to 1, found ${memory}`, { option: 'memory' });
  const state = model.toJSON();
  if (state.offsets.length > 0) throw new ClientelaError('INVALID_INPUT', `${CALLER} cannot keep limits of sizes; fit the model again by fitBalancedKMeans`);
  const view = readTable(CALLER, data);
  const points = scaledPoints(CALLER, state.scaling, view);
  if (view.rowCount === 0) return model;
  const weights = given === undefined ? null : readWeights(CALLER, view, given);
  const width = state.scaling.length;
  const before = state.sizes.map((size) => size * memory);
  const placed = placeByCenters(points, width, weights, Float64Array.from(state.centers.flat()));
  const centers = meansOfKnown(points, placed.labels, weights, Float64Array.from(state.centers.flat()), before);
  const sizes = before.map((size, c) => size + placed.sizes[c]!);
  const starved = feedStarved(centers, sizes, points, placed, weights, seed);
  const after = placeByCenters(points, width, weights, centers);
  const recent = describePartition(points, weights, state.scaling, { ...after, centers, converged: true, iterations: state.convergence.iterations + 1, reason: 'updated' }, sizes.length);
  const kept = { ...state, sizes: before, inertia: state.inertia * memory, totalInertia: state.totalInertia * memory };
  const means = meansOfKnown(points, new Int32Array(view.rowCount), weights, new Float64Array(width));
  return new KMeans({ ...carryOn(kept, recent, means), sizes, warnings: starved.map((c) => `segment ${c} had starved and began anew`) }, after.labels);
}

/** Puts the centres of starved segments on rows far from theirs; which. */
function feedStarved(centers: Float64Array, sizes: number[], points: Float64Array, { squares, inertia }: Placement, weights: Float64Array | null, seed: number): number[] {
  const random = createRandom(seed);
  const width = centers.length / sizes.length;
  const enough = STARVED * Math.max(...sizes);
  const starved: number[] = [];
  sizes.forEach((size, c) => {
    if (size >= enough || inertia === 0) return;
    let place = random.uniform() * inertia;
    const row = squares.findIndex((square, i) => (place -= square * (weights === null ? 1 : weights[i]!)) < 0);
    if (row < 0) return;
    for (let j = 0; j < width; j++) {
      const x = points[row * width + j]!;
      if (x === x) centers[c * width + j] = x;
    }
    sizes[c] = weights === null ? 1 : weights[row]!;
    starved.push(c);
  });
  return starved;
}

/** The figures of what was and what is new, by their weights; the new rows have these means. */
function carryOn(old: KMeansState, recent: KMeansState, means: Float64Array): KMeansState {
  const [before, fresh] = [old, recent].map(({ sizes }) => sizes.reduce((a, b) => a + b)) as [number, number];
  const blend = (a: number, b: number, weightOfA: number, weightOfB: number): number => (weightOfA + weightOfB > 0 ? (a * weightOfA + b * weightOfB) / (weightOfA + weightOfB) : b);
  let apart = 0;
  means.forEach((mean, j) => {
    if (before > 0) apart += (old.sizes.reduce((sum, size, c) => sum + size * old.centers[c]![j]!, 0) / before - mean) ** 2;
  });
  return {
    ...recent,
    radii: recent.radii.map((radius, c) => blend(old.radii[c]!, radius, old.sizes[c]!, recent.sizes[c]!)),
    variance: blend(old.variance, recent.variance, before, fresh),
    inertia: old.inertia + recent.inertia,
    totalInertia: old.totalInertia + recent.totalInertia + (apart * before * fresh) / (before + fresh),
  };
}
