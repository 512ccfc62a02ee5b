import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { readColumn } from '../../data/readColumn.js';
import { cellOf } from '../../data/replayColumn.js';
import { readRowNumbers, type RowNumbers } from '../../data/rowNumbers.js';
import { readTable, type ColumnNameOf, type TableOf, type TableView } from '../../data/table.js';
import { findTraits } from '../../evaluation/findTraits.js';
import { repeatRows, repeatValues } from '../../evaluation/repeatRows.js';
import type { Trait } from '../../evaluation/traits.js';
import { corrected } from './corrected.js';
import { describeLevels, type LevelsFound } from './describeLevels.js';
import { describeNumbers, type NumbersFound } from './describeNumbers.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import type { FeatureSeparation, NumberProfile, SegmentCard, SegmentDescription } from './segmentDescription.js';
import { figuresOf, totalsOf } from './segmentFigures.js';
import { segmentNames } from './segmentNames.js';
import { segmentPoints, type GivenScaling } from '../space/segmentPoints.js';
import { typicalCustomers } from './typicalCustomers.js';

/** What {@link describeSegments} looks at, and how strictly. */
export interface DescribeSegmentsOptions<Names extends string = string> {
  /** The columns to look at. @defaultValue every column but `value`, `weights`, `customer` and identifiers (also text of more than 500 levels) */
  readonly features?: readonly Names[];
  /** Names of the segments, by number; one left out is made from what marks the segment. @defaultValue the labels, where they are names */
  readonly names?: readonly (string | undefined)[];
  /** The columns of which names are made. @defaultValue all that are looked at */
  readonly nameFrom?: readonly Names[];
  /** What a customer is worth (revenue, margin): a column, or one number per row. */
  readonly value?: RowNumbers<Names>;
  /** The column that says who a row is. */
  readonly customer?: Names;
  /** At most so many drivers and so many traits a segment. @defaultValue 10 */
  readonly top?: number;
  /** How many typical customers a segment. @defaultValue 3 */
  readonly typical?: number;
  /** Into how many bands of equal size a number or date is cut to look for traits. @defaultValue 5 */
  readonly bands?: number;
  /** Which share of the named drivers, and of the named traits, may be chance finds. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** How many customers each row stands for, whole numbers: a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** The scale on which customers are typical: learnt here, or the one of a model. @defaultValue 'auto' */
  readonly scaling?: GivenScaling<Names>;
}

const CALLER = 'describeSegments';
/** Text of more levels is an identifier in all but name. */
const MOST_LEVELS = 500;

/**
 * What marks each segment: size and worth, typical values, what differs from the portfolio beyond chance, its most typical customers, and a name made from it.
 *
 * A number is compared by the v-test (Lebart, Morineau and Piron, 1995), which sets the mean of the segment against that of a random draw of as many
 * customers; a level, or a band of a number, by Fisher's exact test. Each family of questions, over all segments, is corrected for its size
 * (Benjamini and Hochberg, 1995): that nothing marks a segment is a normal answer. With many customers trifles are beyond chance too: look at `effectSize`, by
 * which both lists are sorted. The tests describe: segments that were made from a column differ in it by construction.
 *
 * Labels come from anywhere: a model, the RFM map (its names will do), a list. O(features * n log n).
 *
 * @param data - a Frame, rows, or columns
 * @param labels - the segment of each row: a number from 0, -1 for none; or names
 * @param options - features, names, value, customer, top, typical, bands, falseDiscoveryRate, weights, scaling
 * @returns a card per segment, and how far each column tells the segments apart
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `UNKNOWN_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = Array.from({ length: 100 }, (_, i) => ({ income: i < 40 ? 60 + (i % 9) : 20 + (i % 9), channel: i % 4 === 0 ? 'web' : 'shop', spent: i < 40 ? 30 : 5 }));
 * const labels = customers.map((_, i) => (i < 40 ? 1 : 0));
 * const { segments, features } = describeSegments(customers, labels, { value: 'spent' });
 * segments.map(({ name, customers, valueShare }) => [name, customers, valueShare]); // => [['low income', 60, 0.2], ['high income', 40, 0.8]]
 * segments[1].drivers[0].mean; // => 63.75
 * segments[1].traits[0].value; // => 'income 60-63'
 * features.map(({ feature }) => feature); // => ['income', 'channel']
 * ```
 */
export function describeSegments<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: DescribeSegmentsOptions<ColumnNameOf<Data>> = {}): SegmentDescription {
  requireKnownOptions(CALLER, options, ['features', 'names', 'nameFrom', 'value', 'customer', 'top', 'typical', 'bands', 'falseDiscoveryRate', 'weights', 'scaling']);
  const { value, customer, top = 10, typical = 3, bands = 5, falseDiscoveryRate = 0.05 } = options;
  const given = readTable(CALLER, data);
  const read = readSegmentLabels(CALLER, labels, given.rowCount);
  const worth = value === undefined ? null : readRowNumbers(CALLER, 'value', given, value);
  const ids = customer === undefined ? null : given.source(customer);
  const { view: repeated, rows } = repeatRows(CALLER, given, options.weights);
  const segmentOf = Int32Array.from(repeatValues(read.segmentOf, rows));
  const count = Math.max(read.count, options.names?.length ?? 0);
  const totals = totalsOf(segmentOf, count, worth && repeatValues(worth, rows));
  const features: readonly string[] = options.features ?? repeated.names.filter((name) => name !== value && name !== customer);
  const columns = new Map(features.map((name) => [name, readColumn(CALLER, repeated, name)]));
  for (const [name, column] of columns) if (options.features === undefined && column.kind === 'category' && column.levels.length > MOST_LEVELS) columns.delete(name);
  const view: TableView = { rowCount: segmentOf.length, names: [...columns.keys()], source: (name) => columns.get(name) ?? repeated.source(name) };

  // Traits first: the options they take are checked there.
  const traits = findTraits(CALLER, view, segmentOf, count, { top, bands, falseDiscoveryRate });
  const numbers: NumbersFound[] = [];
  const levels: LevelsFound[] = [];
  for (const [name, column] of columns) {
    if (column.kind === 'number') numbers.push(describeNumbers(CALLER, name, column.values, segmentOf, count, rows));
    else if (column.kind === 'category' || column.kind === 'boolean') levels.push(describeLevels(name, column, segmentOf, totals.sizes));
  }
  const points = segmentPoints(CALLER, view, numbers.map(({ separation }) => separation.feature), options.scaling, null);
  const others = levels.filter(({ separation }) => !points.features.some(({ column }) => column === separation.feature));
  const near = typicalCustomers(points, others, segmentOf, count, requireWhole(CALLER, 'typical', typical, 0), rows);

  const profiles: NumberProfile[] = corrected(numbers.flatMap((found) => found.profiles));
  const cards = traits.map((found, segment): Omit<SegmentCard, 'name'> => {
    const own = numbers.map((_, j) => profiles[j * count + segment]!);
    return {
      segment,
      ...figuresOf(totals, segment),
      drivers: own.filter(({ q }) => q <= falseDiscoveryRate).sort((a, b) => Math.abs(b.effectSize) - Math.abs(a.effectSize)).slice(0, top),
      traits: found.map((trait) => ({ ...trait, residual: residualOf(trait, totals.sizes[segment]!, segmentOf.length) })),
      numbers: own,
      categories: levels.map((level) => level.profiles[segment]!),
      typical: near[segment]!.map(({ row, distance }) => ({ row, customer: ids && cellOf(ids, row), distance })),
    };
  });
  const known = cards.map((_, segment) => options.names?.[segment] ?? read.names?.[segment]);
  const names = segmentNames(cards.map((card) => marksWithin(card, options.nameFrom)), known);
  const separations: FeatureSeparation[] = corrected([...numbers, ...levels].map((found) => found.separation));
  return {
    segments: cards.map((card, segment) => ({ ...card, name: names[segment]! })),
    features: separations.sort((a, b) => b.strength - a.strength),
    customers: totals.customers,
    unassigned: segmentOf.reduce((sum, segment) => sum + (segment < 0 ? 1 : 0), 0),
  };
}

function marksWithin<Card extends Pick<SegmentCard, 'drivers' | 'traits'>>(card: Card, columns: readonly string[] | undefined): Pick<Card, 'drivers' | 'traits'> {
  if (columns === undefined) return card;
  const isWithin = ({ feature }: { readonly feature: string }): boolean => columns.includes(feature);
  return { drivers: card.drivers.filter(isWithin), traits: card.traits.filter(isWithin) };
}

function residualOf({ shareInGroup, shareOverall: share }: Trait, size: number, n: number): number {
  return ((shareInGroup - share) * Math.sqrt(size)) / Math.sqrt(share * (1 - share) * (1 - size / n));
}
