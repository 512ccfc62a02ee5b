import { cellAt } from '../../data/cellAt.js';
import type { BooleanColumn, CategoryColumn } from '../../data/column.js';
import { ClientelaError } from '../../errors.js';
import { cutEvenly } from '../trees/cutEvenly.js';
import type { BinCounts } from './binRules.js';
import { requireGroups, requireSpecial } from './givenBins.js';
import { countParts, type AskedBins, type BinningTask, type FeatureParts } from './preBins.js';

// So many parts take the search of the best bins well under a second.
const MOST_PARTS = 100;

/** Groups the levels of a category: as the caller says, or each alone with the rare ones together; unless given, in the order of their event rates. */
export function categoryParts(task: BinningTask, feature: string, column: CategoryColumn | BooleanColumn, { given, allowed, special: asked }: AskedBins): FeatureParts {
  const { caller } = task;
  const special = requireSpecial<string>(caller, feature, asked, 'string');
  const levels = presentLevels(caller, feature, column).filter((level) => !special.flat().includes(level));
  const count = (groups: readonly (readonly string[])[]): FeatureParts => countParts(task, { kind: 'category', feature, groups, special }, column);
  if (given !== undefined) return count(requireGroups(caller, 'splits', feature, given, levels));
  if (allowed !== undefined) return orderByRate(task, count(requireGroups(caller, 'allowedSplits', feature, allowed, levels)));
  return orderByRate(task, poolRare(task, count(levels.length > 0 ? levels.map((level) => [level]) : [[]])));
}

function presentLevels(caller: string, column: string, source: CategoryColumn | BooleanColumn): string[] {
  const cells = source.kind === 'category' ? source.codes : source.values;
  const first = new Map<number, number>();
  for (let row = 0; row < cells.length; row++) if (cells[row]! >= 0 && !first.has(cells[row]!)) first.set(cells[row]!, row);
  if (first.size <= 500) return [...first.values()].map((row) => String(cellAt(source, row))).sort();
  throw new ClientelaError('COLUMN_KIND', `${caller} found ${first.size} levels in ${cells.length} rows of column "${column}": it looks like an identifier; leave it out of features, or give it kind "id" in the schema`, {
    column,
    levels: first.size,
  });
}

function poolRare({ settings, sample }: BinningTask, found: FeatureParts): FeatureParts {
  const least = settings.rareLevels * (sample.totals.events + sample.totals.nonEvents) * (1 - 1e-9);
  const count = groupsOf(found).length;
  const isRare = (at: number): boolean => found.counts.events[at]! + found.counts.nonEvents[at]! < least;
  const places = [...Array(count).keys()];
  const rare = places.filter(isRare);
  return rare.length < 2 ? found : arrange(found, [...places.filter((at) => !isRare(at)).map((at) => [at]), rare]);
}

// A part without rows has the rate of all.
function orderByRate({ sample: { totals } }: BinningTask, found: FeatureParts): FeatureParts {
  const { events, nonEvents } = found.counts;
  const rate = (at: number): number => (events[at]! + nonEvents[at]! > 0 ? events[at]! / (events[at]! + nonEvents[at]!) : totals.events / (totals.events + totals.nonEvents));
  const order = [...Array(groupsOf(found).length).keys()].sort((a, b) => rate(a) - rate(b));
  if (order.length <= MOST_PARTS) return arrange(found, order.map((at) => [at]));
  const masses = order.map((at) => events[at]! + nonEvents[at]!);
  const ends = [...cutEvenly(masses, masses.reduce((sum, mass) => sum + mass, 0), MOST_PARTS).map((at) => at + 1), order.length];
  return arrange(found, ends.map((end, i) => order.slice(ends[i - 1] ?? 0, end)));
}

/** The same with its groups joined and put in another order. */
function arrange(found: FeatureParts, places: readonly (readonly number[])[]): FeatureParts {
  if (found.parts.kind !== 'category') return found;
  const { groups } = found.parts;
  const joined = places.map((list) => list.flatMap((at) => groups[at]!).sort());
  const sum = (counts: Float64Array): Float64Array => new Float64Array([...places.map((list) => list.reduce((total, at) => total + counts[at]!, 0)), ...counts.subarray(groups.length)]);
  const all = ({ events, nonEvents }: BinCounts): BinCounts => ({ events: sum(events), nonEvents: sum(nonEvents) });
  return { parts: { ...found.parts, groups: joined }, counts: all(found.counts), periods: found.periods.map(all) };
}

function groupsOf({ parts }: FeatureParts): readonly (readonly string[])[] {
  return parts.kind === 'category' ? parts.groups : [];
}
