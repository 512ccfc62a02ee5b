import { readColumn } from '../../data/readColumn.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** The part of a row that grows groups. */
export const GROWN = 0;
/** That of one that estimates them. */
export const ESTIMATED = 1;
/** That of one that tests them. */
export const TESTED = 2;

/** The time of every row that counts, all known. */
export function readTimes(caller: string, table: ParsedTable, name: string, rows: Int32Array): Float64Array {
  const column = readColumn(caller, table, name);
  if (column.kind !== 'date' && column.kind !== 'number') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs dates or numbers as time, found column "${name}" of kind ${column.kind}; give dates the kind "date" in the schema`, { column: name, kind: column.kind });
  }
  const times = new Float64Array(rows.length);
  for (let i = 0; i < times.length; i++) {
    const time = column.values[rows[i]!]!;
    if (time !== time) throw new ClientelaError('MISSING_VALUE', `${caller} needs a time in every row, found none in column "${name}", row ${rows[i]!}`, { column: name, row: rows[i] });
    times[i] = time;
  }
  return times;
}

/**
 * The part of every row. Along time a moment belongs to the part its middle falls into, by weight, so that rows of one moment stay together; by
 * chance the rows of each label are dealt apart, so that all parts have the same rate.
 */
export function splitParts(labels: Uint8Array, weights: Float64Array, times: Float64Array | null, shares: readonly number[], seed: number): Uint8Array {
  const parts = new Uint8Array(labels.length);
  if (times !== null) {
    deal(sortedOrder(times), weights, times, shares, parts);
    return parts;
  }
  const random = createRandom(seed);
  const [none, responses] = [0, 1].map((label) => shuffle(Uint32Array.from(rowsWhere(labels, label)), random)) as [Uint32Array, Uint32Array];
  const given = deal(none, weights, null, shares, parts);
  // What rounding took from a part comes back to it here, so that the parts have their sizes too.
  const own = sumOver(responses, weights);
  const wanted = shares.map((share, part) => share * (sumOver(none, weights) + own) - given[part]!);
  deal(responses, weights, null, wanted.map((mass) => Math.max(0, mass / own)), parts);
  return parts;
}

/** The positions of a value. */
export function rowsWhere(values: Uint8Array, value: number): Int32Array {
  const rows = new Int32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === value) rows[count++] = row;
  return rows.slice(0, count);
}

function sumOver(rows: Uint32Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += weights[rows[i]!]!;
  return sum;
}

// Along an order of rows; those of one moment together. Gives the weight of each part.
function deal(order: Uint32Array, weights: Float64Array, times: Float64Array | null, shares: readonly number[], parts: Uint8Array): number[] {
  const total = sumOver(order, weights);
  const masses = [0, 0, 0];
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let mass = 0;
    do mass += weights[order[to++]!]!;
    while (times !== null && to < order.length && times[order[to]!] === times[order[from]!]);
    // A hair less: halves must not fall to rounding.
    const middle = ((before + mass / 2) / total) * (1 - 1e-12);
    const first = middle < shares[0]! || !(shares[1]! > 0 || shares[2]! > 0);
    const part = first ? GROWN : shares[1]! > 0 && (middle < shares[0]! + shares[1]! || !(shares[2]! > 0)) ? ESTIMATED : TESTED;
    for (; from < to; from++) parts[order[from]!] = part;
    masses[part]! += mass;
    before += mass;
  }
  return masses;
}
