import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import type { Dimension } from '../../data/readDimensions.js';
import { dimensionOf } from './readBy.js';

/** The known market sizes of the levels of one dimension. */
export interface Margin {
  /** The dimension; `total` where the whole is known. */
  readonly name: string;
  readonly levels: readonly string[];
  readonly sizes: Float64Array;
  /** The level of each row; -1 where the size of its market is not known. */
  readonly codes: Int32Array;
}

/** By dimension and level how large the market is. */
export type MarketSizes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The sizes that are known, with the rows they are about. */
export function readMargins(caller: string, total: number | undefined, totals: MarketSizes, dimensions: readonly Dimension[], rowCount: number): readonly Margin[] {
  if ((totals as unknown) !== Object(totals)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs totals as market sizes by dimension and level, such as { region: { north: 1e6 } }, found ${describeValue(totals)}`, { option: 'totals' });
  }
  const margins = Object.entries(totals).map(([name, sizes]) => marginOf(caller, dimensionOf(caller, 'totals', name, dimensions), sizes));
  if (total !== undefined) margins.push({ name: 'total', levels: ['total'], sizes: Float64Array.of(requireSize(caller, 'total', total)), codes: new Int32Array(rowCount) });
  if (margins.length === 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs a market size to rake to: total, or totals by dimension and level, found none`, { option: 'totals' });
  requireSameWhole(caller, margins);
  return margins;
}

function marginOf(caller: string, { name, groups, codes }: Dimension, sizes: Readonly<Record<string, number>>): Margin {
  const levels = Object.keys(Object(sizes) as object);
  if (levels.length === 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs totals of "${name}" as market sizes by level, found ${describeValue(sizes)}`, { option: 'totals', column: name });
  const placeOf = new Map<string | null, number>(levels.map((level, place) => [level, place]));
  const known = new Set(groups);
  for (const level of levels) {
    if (known.has(level)) continue;
    throw new ClientelaError('INVALID_VALUE', `${caller} found no customer whose ${name} is "${level}", whose market is given as ${describeValue(sizes[level])}; leave it out, or name it as in by`, { column: name, value: level });
  }
  const places = Int32Array.from(groups, (group) => placeOf.get(group) ?? -1);
  return { name, levels, sizes: Float64Array.from(levels, (level) => requireSize(caller, `${name} "${level}"`, sizes[level])), codes: codes.map((code) => places[code]!) };
}

function requireSize(caller: string, what: string, size: unknown): number {
  if (typeof size === 'number' && Number.isFinite(size) && size >= 0) return size;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs market sizes that are finite and not negative, found ${describeValue(size)} for ${what}`, { option: 'totals', value: size });
}

// Sizes that cover everybody in two dimensions are two views of one sum.
function requireSameWhole(caller: string, margins: readonly Margin[]): void {
  const whole = margins.filter(({ codes }) => !codes.includes(-1)).map(({ name, sizes }) => ({ name, sum: sizes.reduce((sum, size) => sum + size, 0) }));
  const [first] = whole;
  const other = whole.find(({ sum }) => Math.abs(sum - first!.sum) > 1e-6 * first!.sum);
  if (first === undefined || other === undefined) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs market sizes that agree, found ${first.sum} in all of ${first.name} and ${other.sum} in all of ${other.name}; scale one to the other, or leave one out`, { option: 'totals', [first.name]: first.sum, [other.name]: other.sum });
}
