import { ClientelaError } from '../../errors.js';

/** How many rows two partitions share: in every cell that has some, and in every group of either. */
export interface CrossCounts {
  readonly cells: readonly { readonly a: number; readonly b: number; readonly count: number }[];
  readonly sizesA: readonly number[];
  readonly sizesB: readonly number[];
  readonly rowCount: number;
}

/** The contingency table of two labellings, its empty cells left out. O(n). */
export function crossCounts(caller: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>): CrossCounts {
  const [rowCount, found] = [a.length, b.length];
  if (rowCount !== found) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs both labels of the same rows, found ${rowCount} and ${found} of them`, { expected: rowCount, found });
  if (rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const [codesA, codesB] = [new Map<unknown, number>(), new Map<unknown, number>()];
  const [sizesA, sizesB]: [number[], number[]] = [[], []];
  const cells = new Map<number, { a: number; b: number; count: number }>();
  for (let row = 0; row < rowCount; row++) {
    const i = counted(codesA, sizesA, a[row]);
    const j = counted(codesB, sizesB, b[row]);
    const cell = cells.get(i * rowCount + j);
    if (cell === undefined) cells.set(i * rowCount + j, { a: i, b: j, count: 1 });
    else cell.count++;
  }
  return { cells: [...cells.values()], sizesA, sizesB, rowCount };
}

function counted(codes: Map<unknown, number>, sizes: number[], label: unknown): number {
  const code = codes.get(label) ?? sizes.push(0) - 1;
  codes.set(label, code);
  sizes[code]!++;
  return code;
}
