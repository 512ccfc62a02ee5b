import { cellText } from '../../data/cell.js';
import type { Column } from '../../data/column.js';
import { infinite } from '../../data/infinite.js';
import { cellOf, numbersOf, rowsOf } from '../../data/replayColumn.js';
import type { ColumnValues } from '../../data/table.js';
import type { Bin, BinnedCategory, BinnedFeature, BinnedNumber } from './binningState.js';

// A row's place in a feature is one index: its bins, then the special bins, then missing, then unseen. Table, encoding and points all go by it.

/** The bins of a feature in the order of their indexes; what comes after the last is an unseen level. */
export function binList({ bins, specials, missing }: BinnedFeature): Bin[] {
  return [...bins, ...specials.map(({ bin }) => bin), missing];
}

/** The weight of evidence at each index; the last, of unseen levels, is 0. */
export function binWoes(feature: BinnedFeature): Float64Array {
  return new Float64Array([...binList(feature).map(({ woe }) => woe), 0]);
}

/** The index of every row of a raw column. O(rows log bins). */
export function binIndexes(caller: string, feature: BinnedFeature, source: Column | ColumnValues): Int32Array {
  return feature.kind === 'number' ? numberIndexes(caller, feature, source) : levelIndexes(caller, feature, source);
}

/** The same of a number, of which only its ranges and special values are known. */
export function numberIndexes(caller: string, { feature, splits, specials }: Pick<BinnedNumber, 'feature' | 'splits' | 'specials'>, source: Column | ColumnValues): Int32Array {
  const values = numbersOf(caller, feature, source);
  const special = new Map(specials.flatMap((one, i) => one.values.map((value) => [value, splits.length + 1 + i])));
  const missing = splits.length + 1 + specials.length;
  // Filled up to a power of two with what no value reaches: the search then takes as many steps for every value, none of them a branch to guess.
  const half = 2 ** Math.floor(Math.log2(Math.max(1, splits.length)));
  const cuts = new Float64Array(2 * half).fill(Infinity);
  cuts.set(splits);
  const indexes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let bin = 0;
    for (let step = half; step > 0; step >>= 1) bin += step * Number(cuts[bin + step - 1]! <= value);
    if (value - value !== 0) {
      if (value === value) throw infinite(caller, feature, row, value);
      bin = missing;
    }
    indexes[row] = (special.size > 0 ? special.get(value) : undefined) ?? bin;
  }
  return indexes;
}

function levelIndexes(caller: string, { feature, groups, specials }: BinnedCategory, source: Column | ColumnValues): Int32Array {
  const known = new Map([...groups, ...specials.map(({ values }) => values)].flatMap((levels, i) => levels.map((level) => [level, i])));
  const missing = groups.length + specials.length;
  const place = (level: string | undefined): number => (level === undefined ? missing : (known.get(level) ?? missing + 1));
  if ('codes' in source) {
    const places = source.levels.map(place);
    return source.codes.map((code) => places[code] ?? missing);
  }
  return new Int32Array(rowsOf(source)).map((_, row) => place(cellText(caller, feature, row, cellOf(source, row))));
}
