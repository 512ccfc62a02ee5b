import type { PathTable } from './attributionPaths.js';

/** Ways to share an outcome among touches that need no model. */
export const TOUCH_RULES: readonly TouchRule[] = ['first', 'last', 'linear', 'timeDecay', 'position', 'shapley'];

/** A way to share an outcome among touches. */
export type TouchRule = 'first' | 'last' | 'linear' | 'timeDecay' | 'position' | 'shapley';

/** The share of each touch in what its path led to, summing to 1 in each path. */
export function touchCredits({ offsets, touches, days, channels }: PathTable, rule: TouchRule, halfLife: number): Float64Array {
  const credits = new Float64Array(touches.length);
  const seen = new Int32Array(channels.length).fill(-1);
  for (let p = 0; p + 1 < offsets.length; p++) {
    const [begin, end] = [offsets[p]!, offsets[p + 1]!];
    let sum = 0;
    for (let i = begin; i < end; i++) {
      let credit = 1;
      if (rule === 'first') credit = i === begin ? 1 : 0;
      else if (rule === 'last') credit = i === end - 1 ? 1 : 0;
      // Seen from the last touch, so that a long wait does not make all of them vanish.
      else if (rule === 'timeDecay') credit = 2 ** ((days === null ? i - end + 1 : days[end - 1]! - days[i]!) / halfLife);
      else if (rule === 'position') credit = end - begin < 3 ? 1 : i === begin || i === end - 1 ? 0.4 : 0.2 / (end - begin - 2);
      else if (rule === 'shapley') {
        credit = seen[touches[i]!] === p ? 0 : 1;
        seen[touches[i]!] = p;
      }
      sum += credits[i] = credit;
    }
    for (let i = begin; i < end; i++) credits[i]! /= sum;
  }
  return credits;
}
