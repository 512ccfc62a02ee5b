import type { Column } from '../../data/column.js';
import { MISSING } from '../../data/encodingTerm.js';
import { infinite } from '../../data/infinite.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { binEdges, binNumbers } from './binEdges.js';
import { groupLevels } from './binLevels.js';
import type { BinnedFeature, BinTable } from './binTable.js';
import type { BoostingSettings } from './boostingSettings.js';
import { createTreeMemory } from './treeMemory.js';

/** The rows that are learnt from, as far as bins ask for them; all by position among the rows of weight above 0. */
export interface BinRows {
  /** The rows of weight above 0 in the data. */
  readonly rows: Int32Array;
  /** Those that are learnt from. */
  readonly learn: Int32Array;
  readonly weights: Float64Array | null;
  /** The target as a number. */
  readonly y: Float64Array;
}

type BinSettings = Pick<BoostingSettings, 'maxBins' | 'seed'>;
type Fill = (bins: Uint8Array) => void;

/** The columns in bins whose edges and groups are learnt from the rows to learn from. O(features * rows * log bins). */
export function binColumns(caller: string, view: ParsedTable, names: readonly string[], rows: BinRows, directions: ReadonlyMap<string, number>, settings: BinSettings): BinTable {
  const features: BinnedFeature[] = [];
  const fills: Fill[] = [];
  let slots = 0;
  for (const name of names) {
    const [feature, fill] = binColumn(caller, name, view.source(name), rows, directions.get(name) ?? 0, settings);
    features.push({ ...feature, column: name, offset: slots });
    fills.push(fill);
    slots += feature.bins + (feature.missingBin < 0 ? 0 : 1);
  }
  const rowCount = rows.rows.length;
  const memory = createTreeMemory(rowCount, features, slots);
  fills.forEach((fill, at) => {
    const bins = memory.columns.subarray(at * rowCount, (at + 1) * rowCount);
    fill(bins);
    for (let row = 0, cell = at; row < rowCount; row++, cell += names.length) memory.cells[cell] = bins[row]!;
  });
  return { rowCount, features, slots, memory };
}

type Unplaced = Omit<BinnedFeature, 'column' | 'offset'>;

function binColumn(caller: string, name: string, column: Column, rows: BinRows, direction: number, { maxBins, seed }: BinSettings): [Unplaced, Fill] {
  if (column.kind === 'category') {
    if (direction !== 0) {
      throw new ClientelaError('COLUMN_KIND', `${caller} cannot hold column "${name}" monotone: it is a category; leave it out of monotone`, { column: name });
    }
    return binCategory(caller, name, column.codes, column.levels, rows);
  }
  if (column.kind !== 'number' && column.kind !== 'boolean') {
    const remedy = column.kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier is no feature';
    throw new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${name}" of kind ${column.kind}; ${remedy}`, { column: name, kind: column.kind });
  }
  const values = takeNumbers(caller, name, column.values, rows.rows, column.kind === 'boolean');
  const edges = binEdges(values, rows.learn, rows.weights, maxBins, seed);
  const bins = edges.length + 1;
  let missingBin = -1;
  for (let i = 0; i < values.length && missingBin < 0; i++) if (values[i] !== values[i]) missingBin = bins;
  return [{ bins, missingBin, edges, groups: null, levels: null, direction }, (into) => binNumbers(values, edges, missingBin, into)];
}

function takeNumbers(caller: string, name: string, values: Float64Array | Int8Array, rows: Int32Array, isBoolean: boolean): Float64Array {
  const taken = values instanceof Float64Array && rows.length === values.length ? values : new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) {
    const value = values[rows[i]!]!;
    if (value - value !== 0 && value === value) throw infinite(caller, name, rows[i]!, value);
    if (taken !== values) taken[i] = isBoolean && value < 0 ? NaN : value;
  }
  return taken;
}

function binCategory(caller: string, name: string, codes: Int32Array, names: readonly string[], { rows, learn, weights, y }: BinRows): [Unplaced, Fill] {
  const found = new Uint8Array(names.length + 1);
  for (let i = 0; i < rows.length; i++) found[codes[rows[i]!]! + 1] = 1;
  const levels = names.filter((level, code) => found[code + 1] === 1 && level !== MISSING).sort();
  requireFewLevels(caller, name, levels.length, rows.length);
  // What the data themselves call (missing) is taken together with what is.
  if (found[0] === 1 || found[names.indexOf(MISSING) + 1] === 1) levels.push(MISSING);
  const places = new Map(levels.map((level, place) => [level, place]));
  const placeOf = Int32Array.from({ length: names.length + 1 }, (_, code) => places.get(names[code - 1] ?? MISSING) ?? 0);
  const masses = new Float64Array(levels.length);
  const sums = new Float64Array(levels.length);
  for (let i = 0; i < learn.length; i++) {
    const row = learn[i]!;
    const place = placeOf[codes[rows[row]!]! + 1]!;
    const weight = weights === null ? 1 : weights[row]!;
    masses[place]! += weight;
    sums[place]! += weight * y[row]!;
  }
  const groups = groupLevels(masses, sums);
  const binOf = new Int32Array(levels.length);
  groups.forEach((group, bin) => group.forEach((place) => (binOf[place] = bin)));
  const fill: Fill = (into) => {
    for (let i = 0; i < rows.length; i++) into[i] = binOf[placeOf[codes[rows[i]!]! + 1]!]!;
  };
  return [{ bins: groups.length, missingBin: -1, edges: null, groups, levels, direction: 0 }, fill];
}

function requireFewLevels(caller: string, name: string, levels: number, rows: number): void {
  if (levels <= 500) return;
  throw new ClientelaError(
    'COLUMN_KIND',
    `${caller} found ${levels} levels in ${rows} rows of column "${name}": it looks like an identifier; leave it out of features, or give it kind "id" in the schema`,
    { column: name, levels, rows },
  );
}
