import type { Program } from './program.js';

/** Below this a pivot of the scaled basis is nothing. */
const SINGULAR = 1e-13;

/**
 * Inverts the basis from the data, and with it the basic values and the prices; false when it is singular. The basis has some six rows:
 * inverting it anew costs less than looking through the units, and no error is carried from step to step.
 */
export function factorise(program: Program): boolean {
  const { technology: { rowCount: k }, cost, inverse, bounds, values, prices, noise, rowScales, scorePlace } = program;
  fillBasis(program);
  if (!invert(program.work, inverse, k)) return false;
  settleSlacks(program);
  let largest = 0;
  for (let i = 0; i < k; i++) {
    let value = 0;
    for (let j = 0; j < k; j++) value += inverse[i * k + j]! * bounds[j]!;
    values[i] = value;
    const price = inverse[scorePlace * k + i]!;
    largest = Math.max(largest, Math.abs(price));
    prices[i] = cost * price * rowScales[i]!;
  }
  for (let i = 0; i < k; i++) noise[i] = program.isBasic[program.technology.unitCount + i] === 1 ? 0 : largest * rowScales[i]!;
  return true;
}

// What belongs to a row with room to spare is known without rounding: its price is 0 whatever the amounts.
function settleSlacks({ technology: { rowCount: k, unitCount, slackSigns }, basis, inverse }: Program): void {
  for (let place = 0; place < k; place++) {
    const row = basis[place]! - unitCount;
    if (row < 0 || row >= k) continue;
    for (let other = 0; other < k; other++) inverse[other * k + row] = other === place ? slackSigns[row]! : 0;
  }
}

function fillBasis({ technology: { rowCount: k, unitCount, columns, slackSigns }, basis, work, rowScales, sizes, scoreColumn }: Program): void {
  work.fill(0);
  for (let place = 0; place < k; place++) {
    const variable = basis[place]!;
    if (variable < unitCount) {
      let size = 0;
      for (let i = 0; i < k; i++) size = Math.max(size, Math.abs(columns[variable * k + i]! * rowScales[i]!));
      sizes[place] = size;
      for (let i = 0; i < k; i++) work[i * k + place] = (columns[variable * k + i]! * rowScales[i]!) / size;
    } else if (variable < unitCount + k) work[(variable - unitCount) * k + place] = slackSigns[variable - unitCount]!;
    else for (let i = 0; i < k; i++) work[i * k + place] = scoreColumn[i]!;
  }
}

// Gauss and Jordan with the largest pivot of each column; `a` is used up.
function invert(a: Float64Array, inverse: Float64Array, k: number): boolean {
  inverse.fill(0);
  for (let i = 0; i < k; i++) inverse[i * k + i] = 1;
  for (let column = 0; column < k; column++) {
    let pivotRow = column;
    for (let i = column + 1; i < k; i++) if (Math.abs(a[i * k + column]!) > Math.abs(a[pivotRow * k + column]!)) pivotRow = i;
    const pivot = a[pivotRow * k + column]!;
    if (!(Math.abs(pivot) > SINGULAR)) return false;
    for (let j = 0; j < k; j++) {
      const kept = a[pivotRow * k + j]! / pivot;
      a[pivotRow * k + j] = a[column * k + j]!;
      a[column * k + j] = kept;
      const other = inverse[pivotRow * k + j]! / pivot;
      inverse[pivotRow * k + j] = inverse[column * k + j]!;
      inverse[column * k + j] = other;
    }
    for (let i = 0; i < k; i++) {
      const factor = a[i * k + column]!;
      if (i === column || factor === 0) continue;
      for (let j = column; j < k; j++) a[i * k + j]! -= factor * a[column * k + j]!;
      for (let j = 0; j < k; j++) inverse[i * k + j]! -= factor * inverse[column * k + j]!;
    }
  }
  return true;
}
