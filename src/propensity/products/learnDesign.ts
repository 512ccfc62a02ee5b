import type { CategoryColumn, Column } from '../../data/column.js';
import { columnMoments } from '../../data/columnMoments.js';
import { MISSING, OTHER } from '../../data/encodingTerm.js';
import { infinite } from '../../data/infinite.js';
import { requireChoice, requireWhole } from '../../data/options.js';
import { parseTable } from '../../data/takeRows.js';
import type { TableInput } from '../../data/table.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import { distinctValues, splitsBefore, type DistinctValues } from '../../learners/binning/distinctValues.js';
import { quantileCuts } from '../../learners/binning/quantileCuts.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import { booleanNames, categoryNames, heldNames, rangeNames } from './designNames.js';
import type { DesignState, DesignTerm, DesignVariant } from './designState.js';
import { requireRows } from './replayDesign.js';

/** What is to become of the columns. */
export interface DesignOptions {
  /** @defaultValue 'both'; 'holdings' where there are no customers */
  readonly variant?: DesignVariant;
  /** At most so many ranges a number, at least 2. @defaultValue 10 */
  readonly bins?: number;
  /** Levels of fewer customers are pooled. @defaultValue 20, or a hundredth of the customers where that is fewer, at least 2 */
  readonly minLevelRows?: number;
  /** At most so many levels a category, the most frequent ones. @defaultValue 50 */
  readonly maxLevels?: number;
  /** @defaultValue every column that is no identifier */
  readonly features?: readonly string[];
  /** Columns that are no features, such as the one of the customer's number. @defaultValue none */
  readonly exclude?: readonly string[];
}

interface LearntTerm {
  readonly term: DesignTerm;
  readonly names: readonly string[];
}

/** What customers and holdings become in the design, learnt from x alone: no label is looked at. O(cells). */
export function learnDesign(caller: string, customers: TableInput | null, held: SparseRows, products: readonly string[], options: DesignOptions = {}): DesignState {
  const variant = requireChoice(caller, 'variant', options.variant ?? 'both', ['profile', 'holdings', 'both']);
  requireWhole(caller, 'bins', options.bins ?? 10, 2);
  if (held.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none`);
  if (customers === null && variant === 'profile') throw new ClientelaError('INVALID_INPUT', `${caller} needs customers to learn from their profile, found none; use variant "holdings"`);
  const leftOut: { column: string; reason: 'identifier' | 'constant' }[] = [];
  const learnt: LearntTerm[] = [];
  if (customers !== null && variant !== 'holdings') {
    const table = parseTable(caller, customers);
    requireRows(caller, table, held.rowCount);
    for (const column of options.features ?? table.names) {
      if (options.exclude?.includes(column) === true) continue;
      const found = learnTerm(caller, column, table.source(column), options);
      if (typeof found === 'string') leftOut.push({ column, reason: found });
      else learnt.push(found);
    }
    if (variant === 'profile' && learnt.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a column of the customers that differs between them, found none`, { leftOut });
  }
  // Of its P products a customer holds at most P - 1 others.
  const heldLevels = variant === 'profile' ? 0 : Math.min(5, products.length);
  return {
    products,
    terms: learnt.map(({ term }) => term),
    heldLevels,
    columnNames: [...learnt.flatMap(({ names }) => names), ...(heldLevels === 0 ? [] : heldNames(products, heldLevels))],
    leftOut,
  };
}

function learnTerm(caller: string, column: string, source: Column, options: DesignOptions): LearntTerm | 'identifier' | 'constant' {
  if (source.kind === 'id') return 'identifier';
  if (source.kind === 'category') return categoryTerm(column, source, options);
  const values = source.kind === 'boolean' ? new Float64Array(source.values).map((value) => (value < 0 ? NaN : value)) : source.values;
  const { known, infiniteRow } = columnMoments(values, null);
  if (infiniteRow >= 0) throw infinite(caller, column, infiniteRow, values[infiniteRow]!);
  const hasMissing = known < values.length;
  const distinct = distinctValues(values, new Int8Array(values.length), null, new Set());
  const cuts = quantileCuts(distinct, options.bins ?? 10);
  if (known === 0 || (cuts.length === 0 && !hasMissing)) return 'constant';
  const isDate = source.kind === 'date';
  const splits = isDate ? midnights(distinct, cuts) : roundSplits(distinct, cuts);
  const names = source.kind === 'boolean' ? booleanNames(column, distinct.values) : rangeNames(column, distinct.values, splits, isDate);
  const unknown = hasMissing ? [`${column} unknown`] : [];
  return { term: { kind: 'number', column, isDate, splits, hasMissing }, names: [...names, ...unknown] };
}

/** The nearest midnights, where the parts remain as many; where each value is a part of its own, nobody reads the splits. */
function midnights(distinct: DistinctValues, cuts: readonly number[]): number[] {
  const splits = splitsBefore(distinct, cuts);
  const rounded = [...new Set(splits.map((split) => Math.round(split / DAY_MILLIS) * DAY_MILLIS))];
  const inside = rounded.filter((moment) => moment > distinct.values[0]! && moment <= distinct.values.at(-1)!);
  return inside.length === cuts.length && cuts.length + 1 < distinct.values.length ? inside : splits;
}

/** The split of the fewest digits that parts the same values: customers read it. */
function roundSplits(distinct: DistinctValues, cuts: readonly number[]): number[] {
  return splitsBefore(distinct, cuts).map((split, i) => {
    const low = distinct.values[cuts[i]! - 1]!;
    const high = distinct.values[cuts[i]!]!;
    for (let digits = 1; digits < 16; digits++) {
      const rounded = Number(split.toPrecision(digits));
      if (rounded > low && rounded <= high) return rounded;
    }
    return split;
  });
}

function categoryTerm(column: string, source: CategoryColumn, options: DesignOptions): LearntTerm | 'identifier' | 'constant' {
  const { codes, levels } = source;
  const counts = new Float64Array(levels.length + 1);
  for (let row = 0; row < codes.length; row++) counts[codes[row]! < 0 ? levels.length : codes[row]!]!++;
  const missing = counts[levels.length]!;
  const present = levels.map((level, code) => ({ level, count: counts[code]! })).filter(({ count }) => count > 0);
  // A name of its own for more than every other customer foretells nothing of the next one.
  if (present.length > 20 && present.length > (codes.length - missing) / 2) return 'identifier';
  const fewest = options.minLevelRows ?? Math.max(2, Math.min(20, codes.length / 100));
  const frequent = present
    .filter(({ level, count }) => count >= fewest && level !== OTHER && level !== MISSING)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, options.maxLevels ?? 50);
  const kept = frequent.map(({ level }) => level).sort();
  const hasMissing = missing > 0 || present.some(({ level }) => level === MISSING);
  const pooled = present.some(({ level }) => level !== MISSING && !kept.includes(level));
  const all = [...kept, ...(pooled ? [OTHER] : []), ...(hasMissing ? [MISSING] : [])];
  if (all.length < 2) return 'constant';
  return { term: { kind: 'category', column, levels: all }, names: categoryNames(column, all) };
}
