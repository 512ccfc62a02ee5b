import { createRandom } from '../../../src/numeric/random.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';

/** Holdings drawn with three traits behind them; some rows hold nothing. */
export function drawHeld(rows: number, products: number, seed: number, density = 0.25): SparseRows {
  const random = createRandom(seed);
  const tastes = Array.from({ length: products }, () => random.integer(3));
  const offsets = new Uint32Array(rows + 1);
  const columns: number[] = [];
  for (let r = 0; r < rows; r++) {
    const trait = random.integer(4);
    for (let c = 0; c < products; c++) if (trait < 3 && random.uniform() < (tastes[c] === trait ? 2 : 0.5) * density) columns.push(c);
    offsets[r + 1] = columns.length;
  }
  return { rowCount: rows, columnCount: products, offsets, columns: Int32Array.from(columns), values: null };
}

/** The columns of each row. */
export function setsOf({ rowCount, offsets, columns }: SparseRows): number[][] {
  return Array.from({ length: rowCount }, (_, r) => [...columns.subarray(offsets[r], offsets[r + 1])]);
}

/** The matrix of which these are the columns of each row. */
export function heldOf(sets: readonly (readonly number[])[], columnCount: number): SparseRows {
  const offsets = new Uint32Array(sets.length + 1);
  sets.forEach((set, r) => (offsets[r + 1] = offsets[r]! + set.length));
  return { rowCount: sets.length, columnCount, offsets, columns: Int32Array.from(sets.flat()), values: null };
}

/** Gauss with pivots: another way than the one tested. */
export function solveDense(a: number[][], b: readonly number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]!]);
  for (let j = 0; j < n; j++) {
    let best = j;
    for (let i = j; i < n; i++) if (Math.abs(m[i]![j]!) > Math.abs(m[best]![j]!)) best = i;
    [m[j], m[best]] = [m[best]!, m[j]!];
    for (let i = 0; i < n; i++) {
      if (i === j) continue;
      const share = m[i]![j]! / m[j]![j]!;
      for (let k = j; k <= n; k++) m[i]![k]! -= share * m[j]![k]!;
    }
  }
  return m.map((row, i) => row[n]! / row[i]!);
}

/** The factors of one row straight from the definition, over all columns, held or not. */
export function naiveFactors(factors: readonly (readonly number[])[], set: readonly number[], alpha: number, ridge: number): number[] {
  const width = factors[0]!.length;
  const a = Array.from({ length: width }, (_, i) => Array.from({ length: width }, (_, j) => (i === j ? ridge : 0)));
  const b = new Array<number>(width).fill(0);
  factors.forEach((y, c) => {
    const held = set.includes(c);
    for (let i = 0; i < width; i++) {
      if (held) b[i]! += (1 + alpha) * y[i]!;
      for (let j = 0; j < width; j++) a[i]![j]! += (held ? 1 + alpha : 1) * y[i]! * y[j]!;
    }
  });
  return solveDense(a, b);
}

/** Row-major numbers as rows. */
export function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, r) => Array.from({ length: width }, (_, k) => values[r * width + k]!));
}

export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** The loss from its definition, over all cells. */
export function naiveLoss(held: SparseRows, customers: readonly (readonly number[])[], products: readonly (readonly number[])[], alpha: number, ridge: number): number {
  let loss = 0;
  setsOf(held).forEach((set, r) => {
    products.forEach((y, c) => {
      const p = set.includes(c) ? 1 : 0;
      loss += (1 + alpha * p) * (p - dot(customers[r]!, y)) ** 2;
    });
  });
  for (const side of [customers, products]) for (const x of side) loss += ridge * dot(x, x);
  return loss;
}
