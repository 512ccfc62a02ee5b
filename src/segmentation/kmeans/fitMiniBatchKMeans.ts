import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { fitKMeans } from './fitKMeans.js';
import { KMeans } from './kMeans.js';
import type { KMeansOptions } from './kMeansOptions.js';
import { updateKMeans, type UpdateKMeansOptions } from './updateKMeans.js';

/** What batches are learnt from: as `fitKMeans`, and `memory` as `updateKMeans`. */
export interface MiniBatchKMeansOptions extends Omit<KMeansOptions, 'weights'>, Pick<UpdateKMeansOptions, 'memory'> {
  /** The column of weights; not negative. @defaultValue every row counts once */
  readonly weights?: string;
}

/**
 * Segments of data that come in parts, or do not fit in memory: `fitKMeans` on the first batch, then `updateKMeans` with each of the others.
 *
 * The first batch decides columns, scaling and where the segments begin, so it should be a fair sample of a few thousand rows at least. Each batch is held only
 * while it is read; a generator can load one after the other. Numbers are those of the first batch, by size. O(rows * segments * features).
 *
 * @param batches - tables, one after the other
 * @param options - `segments` at least
 * @returns the segments after the last batch; `labels` are empty, as `assign` gives them
 * @throws a {@link ClientelaError} `EMPTY_INPUT` for no batch, or as `fitKMeans` and `updateKMeans`
 * @example
 * ```ts
 * const batches = [[{ x: 1 }, { x: 3 }, { x: 20 }], [{ x: 5 }, { x: 24 }]];
 * const model = fitMiniBatchKMeans(batches, { segments: 2, scaling: 'none' });
 * model.centers; // => [{ x: 3 }, { x: 22 }]
 * ```
 */
export function fitMiniBatchKMeans(batches: Iterable<TableInput>, options: MiniBatchKMeansOptions): KMeans {
  const { memory = 1, ...first } = options;
  let model: KMeans | undefined;
  for (const batch of batches) {
    model = model === undefined ? fitKMeans(batch, first) : updateKMeans(model, batch, { memory, ...(first.weights !== undefined && { weights: first.weights }), ...(first.seed !== undefined && { seed: first.seed }) });
  }
  if (model === undefined) throw new ClientelaError('EMPTY_INPUT', 'fitMiniBatchKMeans needs at least one batch, found none');
  return new KMeans(model.toJSON());
}
