import type { Random } from './random.js';

/** An index drawn in proportion to its chance. */
export function drawIndex(chances: Float64Array, random: Random): number {
  let total = 0;
  for (let i = 0; i < chances.length; i++) total += chances[i]!;
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < chances.length; i++) {
    if (chances[i]! === 0) continue;
    last = i;
    left -= chances[i]!;
    if (left < 0) break;
  }
  return last;
}
