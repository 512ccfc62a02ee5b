import type { BooleanColumn, CategoryColumn } from '../../data/column.js';
import { MISSING } from '../../data/encodingTerm.js';
import type { CategoryProfile, LevelProfile } from './segmentDescription.js';
import { separation, type Separation } from './separation.js';

/** A category in every segment. */
export interface LevelsFound {
  readonly profiles: readonly CategoryProfile[];
  readonly separation: Separation;
  /** The level of each row as a position, and the share of each level in each segment, segment after segment: what the typical customer has. */
  readonly codes: ArrayLike<number>;
  readonly shares: Float64Array;
  readonly levelCount: number;
}

/** The shares of the levels of one category in every segment; that a value is missing is a level too. */
export function describeLevels(feature: string, column: CategoryColumn | BooleanColumn, segmentOf: Int32Array, sizes: Float64Array): LevelsFound {
  const levels = [...('levels' in column ? column.levels : ['false', 'true']), MISSING];
  const width = levels.length;
  const codes = (column.kind === 'category' ? column.codes : column.values).map((code) => (code < 0 ? width - 1 : code));
  const counts = new Float64Array(sizes.length * width);
  const overall = new Float64Array(width);
  for (let row = 0; row < codes.length; row++) {
    overall[codes[row]!]!++;
    if (segmentOf[row]! >= 0) counts[segmentOf[row]! * width + codes[row]!]!++;
  }
  const shares = counts.map((found, at) => found / sizes[Math.floor(at / width)]!);
  const profiles = Array.from(sizes, (_, segment) => ({
    feature,
    levels: levels
      .map((level, code): LevelProfile => ({ level, share: shares[segment * width + code]!, index: (100 * shares[segment * width + code]! * codes.length) / overall[code]! }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || (a.level < b.level ? -1 : 1)),
  }));
  return { profiles, separation: pearson(feature, counts, sizes, width), codes, shares, levelCount: width };
}

// Pearson's chi-square over the rows that are in a segment; levels and segments without any are left out.
function pearson(feature: string, counts: Float64Array, sizes: Float64Array, width: number): Separation {
  const totals = new Float64Array(width);
  counts.forEach((found, at) => (totals[at % width]! += found));
  const n = sizes.reduce((sum, size) => sum + size, 0);
  let chiSquare = 0;
  counts.forEach((found, at) => {
    const expected = (totals[at % width]! * sizes[Math.floor(at / width)]!) / n;
    if (expected > 0) chiSquare += (found - expected) ** 2 / expected;
  });
  const [a, b] = [totals, sizes].map((list) => list.filter((size) => size > 0).length - 1) as [number, number];
  return separation(feature, "Cramér's V", Math.sqrt(chiSquare / (n * Math.min(a, b))), chiSquare, n > 0 ? a * b : 0);
}
