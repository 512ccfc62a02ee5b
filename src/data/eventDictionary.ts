/** A column as codes into its distinct values, which stand in ascending order; -1 where missing. */
export interface Encoded<Level> {
  codes: Int32Array;
  levels: Level[];
}

/**
 * Codes for cells, level by level in order of first appearance; `read` turns a cell not met before into its level
 * (`undefined` when missing), so that the cost of reading is paid once per distinct value.
 */
export function encodeCells<Level extends string | number>(
  cells: ArrayLike<unknown>,
  read: (cell: unknown, row: number) => Level | undefined,
): Encoded<Level> {
  const codes = new Int32Array(cells.length);
  const levels: Level[] = [];
  // Cells and levels share one map: for text they are the same, and elsewhere a level met as a cell is that level.
  const codeOf = new Map<unknown, number>();
  let previous: unknown;
  let previousCode = -2;
  for (let row = 0; row < codes.length; row++) {
    const cell = cells[row];
    // Files are often grouped by customer: the same cell again needs no look-up.
    if (cell === previous && previousCode !== -2) {
      codes[row] = previousCode;
      continue;
    }
    let code = codeOf.get(cell);
    if (code === undefined) {
      const level = read(cell, row);
      code = level === undefined ? -1 : (codeOf.get(level) ?? levels.length);
      if (code === levels.length) {
        levels.push(level!);
        codeOf.set(level!, code);
      }
      if (cell !== level) codeOf.set(cell, code);
    }
    codes[row] = previousCode = code;
    previous = cell;
  }
  return { codes, levels };
}

/** Codes for whole numbers in a modest range by table, without hashing; undefined when the cells are not that. */
export function encodeIntegers(cells: ArrayLike<unknown>): Encoded<number> | undefined {
  const rowCount = cells.length;
  let max = 0;
  for (let row = 0; row < rowCount; row++) {
    const cell = cells[row];
    if (typeof cell !== 'number' || !(cell >= 0) || cell !== Math.floor(cell)) return undefined;
    if (cell > max) max = cell;
  }
  if (max > 8 * rowCount + 1024) return undefined;
  const codeOf = new Int32Array(max + 1);
  for (let row = 0; row < rowCount; row++) codeOf[cells[row] as number] = 1;
  const levels: number[] = [];
  for (let value = 0; value <= max; value++) {
    if (codeOf[value] === 0) continue;
    codeOf[value] = levels.length;
    levels.push(value);
  }
  const codes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) codes[row] = codeOf[cells[row] as number]!;
  return { codes, levels };
}

/** The column with its levels ascending (numbers by value, text by code unit) and only those that occur; rewrites the codes it is given. */
export function sortLevels<Level extends string | number>({ codes, levels }: Encoded<Level>): Encoded<Level> {
  const occurs = new Uint8Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) occurs[codes[row]!] = 1;
  if (!occurs.includes(0) && ascending(levels)) return { codes, levels };
  const order = Uint32Array.from(levels.keys()).filter((code) => occurs[code] === 1);
  order.sort((a, b) => (levels[a]! < levels[b]! ? -1 : 1));
  const rankOf = new Int32Array(levels.length);
  for (let rank = 0; rank < order.length; rank++) rankOf[order[rank]!] = rank;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = rankOf[codes[row]!]!;
  return { codes, levels: Array.from(order, (code) => levels[code]!) };
}

function ascending(levels: readonly (string | number)[]): boolean {
  for (let i = 1; i < levels.length; i++) if (levels[i - 1]! > levels[i]!) return false;
  return true;
}
