import { INPUT_WORDS, type EaseInput, type EaseRows } from './easeRows.js';

/** What others tell to more than this (a variance inflation of 10) would share a reason with them, each with half of it or with opposite signs. */
const TOLD = 0.9;

/** The built-in inputs that tell something of their own among these rows, in their order of importance to a reader. O(rows * inputs²). */
export function tellingInputs(rows: EaseRows, chosen: Uint32Array): EaseInput[] {
  const kept: { readonly name: EaseInput; readonly residual: Float64Array; readonly squares: number }[] = [];
  for (const name of Object.keys(INPUT_WORDS) as EaseInput[]) {
    const residual = centred(rows.inputs[name], chosen);
    const all = dot(residual, residual);
    // Gram and Schmidt: what is left of the column when the earlier ones have told theirs.
    for (const { residual: other, squares } of kept) {
      const slope = dot(residual, other) / squares;
      for (let i = 0; i < residual.length; i++) residual[i]! -= slope * other[i]!;
    }
    const left = dot(residual, residual);
    const isConstant = all <= 1e-18 * chosen.length;
    if (!isConstant && left > (1 - TOLD) * all) kept.push({ name, residual, squares: left });
  }
  return kept.map(({ name }) => name);
}

/** A column less its mean; what is not known is average. */
function centred(values: Float64Array, chosen: Uint32Array): Float64Array {
  let [sum, known] = [0, 0];
  for (const row of chosen) {
    const value = values[row]!;
    if (value !== value) continue;
    sum += value;
    known++;
  }
  const mean = known > 0 ? sum / known : 0;
  return new Float64Array(chosen.length).map((_, i) => {
    const value = values[chosen[i]!]!;
    return value === value ? value - mean : 0;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
