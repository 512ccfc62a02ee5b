import { ClientelaError } from '../errors.js';
import { createRandom, shuffle, type Random } from '../numeric/random.js';
import { describeValue } from './instant.js';
import { requireKnownOptions, requireWhole } from './options.js';

/** Options of {@link assignFolds}. */
export interface FoldOptions {
  /** How many folds, at least 2. @defaultValue 5 */
  readonly folds?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** One value per row; rows of one value stay in one fold, such as all rows of a household. @defaultValue every row by itself */
  readonly groups?: ArrayLike<unknown>;
}

/**
 * Divides rows at random into folds of equal size: for every row the number of its fold, from 0.
 *
 * Given labels instead of a number of rows, every label is equally frequent in all folds, to one row. With groups, whole groups
 * are dealt, the largest first, each to the fold it unbalances least: sizes and labels are then as even as the groups allow. O(n log n).
 *
 * @param rows - how many rows there are, or the labels to spread evenly, one per row
 * @param options - folds, seed, groups
 * @returns one fold number per row, from 0 to folds - 1
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `INVALID_INPUT`, `EMPTY_INPUT` when there are fewer rows or groups than folds, `LENGTH_MISMATCH` or `MISSING_VALUE`
 * @example
 * ```ts
 * const folds = assignFolds([1, 1, 1, 0, 0, 0, 0, 0, 0], { folds: 3, seed: 7 });
 * folds.slice(0, 3).sort(); // => [0, 1, 2]
 * folds.slice(3).sort(); // => [0, 0, 1, 1, 2, 2]
 * ```
 */
export function assignFolds(rows: number | ArrayLike<unknown>, options: FoldOptions = {}): Int32Array {
  requireKnownOptions('assignFolds', options, ['folds', 'seed', 'groups']);
  const folds = requireWhole('assignFolds', 'folds', options.folds ?? 5, 2);
  const random = createRandom(options.seed ?? 1);
  if (typeof rows !== 'number' && typeof (rows as ArrayLike<unknown> | null | undefined)?.length !== 'number') {
    throw new ClientelaError('INVALID_INPUT', `assignFolds needs a number of rows, or one label per row, found ${describeValue(rows)}`);
  }
  const n = typeof rows === 'number' ? requireWhole('assignFolds', 'rows', rows, 0) : rows.length;
  const classes = typeof rows === 'number' ? new Int32Array(n) : codesOf(rows);
  requireEnough('rows', n, folds);
  if (options.groups === undefined) return dealRows(classes, folds, random);
  requireOneEach(options.groups, n);
  for (let i = 0; i < n; i++) {
    const group = options.groups[i];
    if (group === null || group === undefined || Number.isNaN(group)) {
      throw new ClientelaError('MISSING_VALUE', `assignFolds needs a group for every row, found none in row ${i}; give such rows a group of their own`, { row: i });
    }
  }
  return dealGroups(codesOf(options.groups), classes, folds, random);
}

function requireOneEach(groups: ArrayLike<unknown> | null, expected: number): void {
  const found = groups?.length;
  if (found !== expected) throw new ClientelaError('LENGTH_MISMATCH', `assignFolds needs as many groups as labels, found ${found} and ${expected}`, { found, expected });
}

function requireEnough(what: string, found: number, folds: number): void {
  if (found >= folds) return;
  throw new ClientelaError('EMPTY_INPUT', `assignFolds needs at least as many ${what} as folds, found ${found} and ${folds}; ask for fewer folds`, { found, folds });
}

// Numbers from 0 in the order of first appearance; dates by their moment, other objects by their text.
function codesOf(values: ArrayLike<unknown>): Int32Array {
  const codeOf = new Map<unknown, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    const key = value instanceof Date ? value.getTime() : typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    const code = codeOf.get(key) ?? codeOf.size;
    if (code === codeOf.size) codeOf.set(key, code);
    codes[i] = code;
  }
  return codes;
}

// Like cards, class after class without starting anew: classes and sizes are both even to one row.
function dealRows(classes: Int32Array, folds: number, random: Random): Int32Array {
  const place = new Float64Array(maximum(classes) + 1);
  for (const code of classes) place[code]!++;
  let before = 0;
  place.forEach((count, code) => {
    place[code] = before;
    before += count;
  });
  const result = new Int32Array(classes.length);
  for (const row of shuffle(Uint32Array.from(classes.keys()), random)) result[row] = place[classes[row]!]!++ % folds;
  return result;
}

function dealGroups(groups: Int32Array, classes: Int32Array, folds: number, random: Random): Int32Array {
  const groupCount = maximum(groups) + 1;
  const classCount = maximum(classes) + 1;
  requireEnough('groups', groupCount, folds);
  const counts = new Float64Array(groupCount * classCount);
  const sizes = new Float64Array(groupCount);
  const totals = new Float64Array(classCount);
  groups.forEach((group, row) => {
    counts[group * classCount + classes[row]!]!++;
    sizes[group]!++;
    totals[classes[row]!]!++;
  });
  const order = shuffle(Uint32Array.from(sizes.keys()), random).sort((a, b) => sizes[b]! - sizes[a]!);
  const loads = new Float64Array(folds * classCount);
  const foldOf = new Int32Array(groupCount);
  for (const group of order) {
    let best = 0;
    let least = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      // Growth of the sum of squared class shares: least where the classes of this group are scarcest.
      let growth = 0;
      for (let c = 0; c < classCount; c++) {
        const added = counts[group * classCount + c]! / totals[c]!;
        growth += added * (2 * loads[fold * classCount + c]! + added);
      }
      if (growth < least) [best, least] = [fold, growth];
    }
    foldOf[group] = best;
    for (let c = 0; c < classCount; c++) loads[best * classCount + c]! += counts[group * classCount + c]! / totals[c]!;
  }
  return groups.map((group) => foldOf[group]!);
}

function maximum(values: Int32Array): number {
  let largest = -1;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
