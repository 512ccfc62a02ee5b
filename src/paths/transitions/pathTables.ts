/**
 * What followed each context of one length, ascending by context and next state. A context of length 1 is the number of its state (the number of states for
 * the start of a journey); a context of length j + 1 is the row of table j that leads to it: so a longer context costs no more than the row it is.
 */
export interface PathTable {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How often: a sum of weights. */
  readonly n: Float64Array;
  /** The days it took, added up; null without times. */
  readonly days: Float64Array | null;
  /** The rows of context `c` are `rows[c]` to `rows[c + 1]`. */
  readonly rows: Uint32Array;
}

/** A context: how many states long (0 where nothing is known), and which. */
export interface PathContext {
  readonly length: number;
  readonly id: number;
}

/** A table with the rows of each context found. */
export function indexTable(table: Omit<PathTable, 'rows'>, contextCount: number): PathTable {
  const rows = new Uint32Array(contextCount + 1);
  for (const context of table.from) rows[context + 1]!++;
  for (let c = 0; c < contextCount; c++) rows[c + 1]! += rows[c]!;
  return { ...table, rows };
}

/** The row of a table that goes from a context to a state, -1 where that never was. */
export function findRow({ rows, to }: PathTable, context: number, state: number): number {
  let [low, high] = [rows[context]!, rows[context + 1]!];
  const end = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle]! < state) low = middle + 1;
    else high = middle;
  }
  return low < end && to[low] === state ? low : -1;
}

/** The longest end of these states after which something was seen. What is unseen stays unseen however it begins: so it says all there is to know. */
export function contextOf(tables: readonly PathTable[], states: readonly number[]): PathContext {
  for (let length = Math.min(tables.length, states.length); length > 0; length--) {
    let id = states[states.length - length]!;
    for (let j = 1; j < length && id >= 0; j++) id = findRow(tables[j - 1]!, id, states[states.length - length + j]!);
    if (id >= 0 && tables[length - 1]!.rows[id + 1]! > tables[length - 1]!.rows[id]!) return { length, id };
  }
  return { length: 0, id: 0 };
}

/** The sum of a stretch. */
export function sumOf(values: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += values[i]!;
  return sum;
}
