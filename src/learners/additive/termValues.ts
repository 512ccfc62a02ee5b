import type { DesignTerm } from './design.js';

/** What a term whose coefficients begin at `from` says at its positions. */
export function valuesOfTerm({ basis, size, width }: Pick<DesignTerm, 'basis' | 'size' | 'width'>, beta: Float64Array, from: number): Float64Array {
  const values = new Float64Array(width);
  for (let i = 0; i < width; i++) for (let k = 0; k < size; k++) values[i]! += basis[i * size + k]! * beta[from + k]!;
  return values;
}
