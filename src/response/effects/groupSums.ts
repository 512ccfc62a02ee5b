import { compareArms, NO_SUMS, type ArmSums, type OutcomeScale } from './armSums.js';
import type { DoNotContact } from './doNotContact.js';
import type { EffectIntervals } from './effectIntervals.js';
import type { UpliftRows } from './upliftRows.js';

/** Takes a row into the sums of its group. */
export function addRow(sum: { -readonly [Key in keyof ArmSums]: number }, { outcomes, treated, weights, isBinary }: UpliftRows, row: number, center: number): void {
  const w = weights === null ? 1 : weights[row]!;
  const y = outcomes[row]!;
  const square = isBinary ? y : (y - center) ** 2;
  if (treated[row] === 1) {
    sum.treated += w;
    sum.treatedSum += w * y;
    sum.treatedSquares += w * square;
  } else {
    sum.control += w;
    sum.controlSum += w * y;
    sum.controlSquares += w * square;
  }
}

/** The list with its size, and the effect on those of it that did not choose it. */
export function measureList(caller: string, list: Uint32Array, rows: UpliftRows, { measures, by }: EffectIntervals, rate: number, scale: OutcomeScale): DoNotContact {
  const sum = { ...NO_SUMS };
  let customers = 0;
  for (const row of list) {
    customers += rows.weights?.[row] ?? 1;
    if (measures === null || measures[row] === 1) addRow(sum, rows, row, scale.center);
  }
  const effect = sum.treated > 0 && sum.control > 0 ? compareArms(caller, sum, scale).uplift : null;
  return { rows: rows.places === null ? list : list.map((row) => rows.places![row]!), customers, effect, falseExclusionRate: rate, bound: by === 'customer' ? 'share' : 'probability' };
}
