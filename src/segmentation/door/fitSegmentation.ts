import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readRowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { everyRow, parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { describeSegments } from '../profile/describeSegments.js';
import type { ScalingOption } from '../space/scaling.js';
import { chooseCount, type CountRange } from './chooseCount.js';
import { keepIdentities } from './keepIdentities.js';
import { fitWithinLimits } from './fitWithinLimits.js';
import type { EngineOptions } from './segmentEngine.js';
import { Segmentation } from './segmentation.js';
import { segmentationColumns, type SegmentationColumns } from './segmentationColumns.js';
import type { SegmentationMethod } from './segmentationState.js';
import { scalingNotes } from './scalingNotes.js';

const CALLER = 'fitSegmentation';
const METHODS: readonly SegmentationMethod[] = ['kMeans', 'gaussianMixture', 'kPrototypes', 'kMedoids', 'latentClass', 'hierarchical', 'hdbscan'];

/** How to segment a portfolio. */
export interface SegmentationOptions<Names extends string = string> {
  /**
   * `'kMeans'`: round groups of numbers; `'gaussianMixture'`: groups of any spread, with honest probabilities; `'hierarchical'`: Ward's tree, cut and
   * consolidated by k-means; `'hdbscan'`: dense groups of any shape, in a number of its own, the rest in none; `'kPrototypes'`: numbers and categories;
   * `'kMedoids'`: the same by Gower's distance, around real customers; `'latentClass'`: categories. @defaultValue `'kMeans'` for numbers, `'latentClass'` for categories, `'kPrototypes'` for both
   */
  readonly method?: SegmentationMethod | 'auto';
  /** How many segments, or from how many to how many to compare. @defaultValue [2, 8] */
  readonly segments?: number | CountRange;
  /** The columns that make customers alike. @defaultValue all but `customer`, `value`, names, dates and columns of one value; see `notes` */
  readonly features?: readonly Names[];
  /** How columns of numbers enter distances. @defaultValue 'auto': skewed ones by their logarithm */
  readonly scaling?: ScalingOption<Names>;
  /** Of all draws. @defaultValue 1 */
  readonly seed?: number;
  /** The column that says who a row is: reported for typical customers. */
  readonly customer?: Names;
  /** A column of what a customer is worth: reported for each segment; it forms segments only where it is among the features. */
  readonly value?: Names;
  /** Names of the segments, by number; those beyond the last segment name none. @defaultValue made from what marks each segment most */
  readonly names?: readonly string[];
  /** An earlier segmentation whose numbers and names are kept where a segment is found again. */
  readonly previous?: Segmentation;
  /**
   * The least share of the customers a segment may have. Numbers of segments with a smaller one are not recommended; where one comes out smaller all the same,
   * k-means gives it the customers it costs least to move (`fitBalancedKMeans`), and of other methods `notes` tell. @defaultValue 0
   */
  readonly minShare?: number;
  /** The greatest share of the customers a segment may have, held in the same way. @defaultValue 1 */
  readonly maxShare?: number;
  /** Called while numbers of segments are compared; returning false ends the comparison with what it has. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => unknown;
}

const OPTIONS = ['method', 'segments', 'features', 'scaling', 'seed', 'customer', 'value', 'names', 'previous', 'minShare', 'maxShare', 'onProgress'];

/**
 * The segments of a portfolio: how many there are, what marks each, and a model that places any customer.
 *
 * One door to all methods. The method follows from the columns, skewed columns enter by their logarithm, and the number of segments is
 * recommended by `compareSegmentCounts` (also 1, where the data show no structure: give a number to cut it all the same). Every decision stands in
 * `notes`. Segments are numbered by size, or as in `previous`, and named by what marks them. Numbers of segments are compared on 1,000 rows (500 for
 * methods other than k-means) where there are more; the segments themselves are learnt from all.
 *
 * @param data - the customers, one a row: a Frame, rows, or columns
 * @param options - see {@link SegmentationOptions}
 * @returns the segmentation
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * const random = createRandom(3);
 * const around = (mean: number) => mean * Math.exp(0.2 * random.normal());
 * const customers = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? { visits: around(40), basket: around(12) } : { visits: around(4), basket: around(90) }));
 * const segmentation = fitSegmentation(customers);
 * segmentation.segments.map(({ name, share }) => [name, share]); // => [['low visits, high basket', 2 / 3], ['high visits, low basket', 1 / 3]]
 * segmentation.assignRow({ visits: 35, basket: 14 }).name; // => 'high visits, low basket'
 * ```
 */
export function fitSegmentation<Data extends TableOf<Data>>(data: Data, options: SegmentationOptions<ColumnNameOf<Data>> = {}): Segmentation {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { segments: wanted = [2, 8], seed = 1, customer, value, names, previous, onProgress } = options as SegmentationOptions;
  const limits = { minShare: readShare('minShare', options.minShare ?? 0), maxShare: readShare('maxShare', options.maxShare ?? 1) };
  const range = readRange(wanted, limits.maxShare);
  const view = parseTable(CALLER, data);
  const worth = value === undefined ? undefined : readRowNumbers(CALLER, 'value', view, value);
  if (customer !== undefined) view.source(customer);
  const columns = segmentationColumns(CALLER, view, options.features, [customer, value]);
  const method = chooseMethod(options.method ?? 'auto', columns);
  const engine: Omit<EngineOptions, 'segments' | 'trialOf'> = {
    features: view.names.filter((name) => columns.numbers.includes(name) || columns.categories.includes(name)),
    numbers: columns.numbers,
    scaling: (options.scaling ?? 'auto'),
    seed,
  };
  const comparison = range === null || method === 'hdbscan' ? null : chooseCount(CALLER, method, view, engine, { range, minShare: limits.minShare, onProgress });
  const segments = comparison?.recommendation.segments ?? (typeof wanted === 'number' ? wanted : 1);
  const { model, notes: held } = fitWithinLimits(method, view, { ...engine, segments }, limits);
  const { numbers, names: kept, notes } = keepIdentities(previous, view, model);
  const labels = model.labels.map((own) => (own < 0 ? -1 : numbers[own]!));
  const scaling = model.scaling ?? [];
  const description = describeSegments(everyRow(view), labels, {
    features: view.names.filter((name) => engine.features.includes(name) || (name !== customer && name !== value)),
    names: (names ?? kept).slice(0, model.segmentCount),
    nameFrom: engine.features,
    ...(scaling.length > 0 && { scaling }),
    ...(customer !== undefined && { customer }),
    ...(worth && { value: worth }),
  });
  return new Segmentation(
    {
      format: 'Segmentation',
      formatVersion: 1,
      method,
      model: model.toJSON(),
      numbers,
      segments: description.segments.map(({ name, customers, share, value: sum, valueShare, meanValue }) => ({ name, customers, share, value: sum, valueShare, meanValue })),
      scaling,
      notes: [...columns.notes, ...scalingNotes(scaling), ...(comparison === null ? [] : [comparison.recommendation.reason]), ...held, ...(model.warnings ?? []), ...notes],
    },
    model,
    { description, comparison },
  );
}

function chooseMethod(wanted: SegmentationMethod | 'auto', { numbers, categories }: SegmentationColumns): SegmentationMethod {
  const method = requireChoice(CALLER, 'method', wanted, ['auto', ...METHODS]);
  if (method !== 'auto') return method;
  return categories.length === 0 ? 'kMeans' : numbers.length === 0 ? 'latentClass' : 'kPrototypes';
}

function readShare(option: string, share: number): number {
  if (requireFinite(CALLER, option, share) >= 0 && share <= 1) return share;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} as a share from 0 to 1, found ${share}`, { option, value: share });
}

/** From how many to how many, no fewer than the greatest share allows; null for a number that is given. */
function readRange(wanted: number | CountRange, maxShare: number): CountRange | null {
  if (typeof wanted === 'number') {
    requireWhole(CALLER, 'segments', wanted, 1);
    return null;
  }
  const [first, to] = Array.isArray(wanted) ? (wanted as CountRange) : [NaN, NaN];
  const from = Math.max(first, Math.ceil((1 / maxShare) * (1 - 1e-12)));
  if (Number.isInteger(first) && Number.isInteger(to) && first >= 2 && from <= to) return [from, to];
  const few = from > first && first <= to ? `, of which ${from} or more can have shares of at most ${maxShare}` : '';
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs segments as a number or as a range such as [2, 8]${few}, found ${Array.isArray(wanted) ? `[${wanted.join(', ')}]` : describeValue(wanted)}`, { option: 'segments', value: wanted });
}
