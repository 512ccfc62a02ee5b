import { ClientelaError } from '../../errors.js';
import type { Dimension } from '../../data/readDimensions.js';

/** Groups of rows that agree in several dimensions; only those that occur. */
export interface CellGroups {
  /** The position in each dimension's groups, ascending by the first, then the second, …. */
  readonly places: readonly (readonly number[])[];
  /** The cell of each row. */
  readonly codes: Int32Array;
}

/** The product of several dimensions. */
export function crossDimensions(dimensions: readonly Dimension[], rowCount: number): CellGroups {
  let cells: CellGroups = { places: [[]], codes: new Int32Array(rowCount) };
  for (const dimension of dimensions) cells = splitCells(cells, dimension);
  return cells;
}

/** Each cell cut by the groups of one more dimension. */
export function splitCells({ places, codes }: CellGroups, { codes: within, groups }: Dimension): CellGroups {
  const width = groups.length;
  const next = new Int32Array(codes.length);
  const cellOf = new Map<number, number>();
  const keys: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    const key = codes[row]! * width + within[row]!;
    let cell = cellOf.get(key);
    if (cell === undefined) cellOf.set(key, (cell = keys.push(key) - 1));
    next[row] = cell;
  }
  const order = keys.map((_, cell) => cell).sort((a, b) => keys[a]! - keys[b]!);
  const rank = new Int32Array(keys.length);
  order.forEach((cell, place) => (rank[cell] = place));
  for (let row = 0; row < next.length; row++) next[row] = rank[next[row]!]!;
  return { places: order.map((cell) => [...places[Math.floor(keys[cell]! / width)]!, keys[cell]! % width]), codes: next };
}

/** The cells of each depth of a hierarchy; every group of a lower dimension has to lie in one group of the dimension above it. */
export function nestDimensions(caller: string, dimensions: readonly Dimension[], rowCount: number): readonly CellGroups[] {
  let cells: CellGroups = { places: [[]], codes: new Int32Array(rowCount) };
  return dimensions.map((dimension, depth) => {
    if (depth > 0) requireNested(caller, dimension, dimensions[depth - 1]!);
    return (cells = splitCells(cells, dimension));
  });
}

function requireNested(caller: string, child: Dimension, parent: Dimension): void {
  const parentOf = new Int32Array(child.groups.length).fill(-1);
  for (let row = 0; row < child.codes.length; row++) {
    const code = child.codes[row]!;
    // A missing value says nothing of where it lies: each parent has its own.
    if (child.groups[code] === null) continue;
    const above = parent.codes[row]!;
    if (parentOf[code] === -1) parentOf[code] = above;
    if (parentOf[code] === above) continue;
    const name = (group: string | null | undefined): string => (typeof group === 'string' ? `"${group}"` : 'missing');
    const [first, second] = [name(parent.groups[parentOf[code]!]), name(parent.groups[above])];
    throw new ClientelaError('INVALID_VALUE', `${caller} needs every ${child.name} within one ${parent.name}, found ${name(child.groups[code])} in ${first} and, in row ${row}, in ${second}; name the two apart, or use cross`, { row, column: child.name, value: child.groups[code] });
  }
}
