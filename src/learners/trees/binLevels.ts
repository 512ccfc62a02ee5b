import { cutEvenly } from './cutEvenly.js';

// Most levels that share no bin where there are more than bins, and most bins.
const OWN = 200;
const MOST = 254;

/**
 * The levels in each bin. Up to 254 each has its own. Beyond, the 200 most frequent have, and the others are put in the order of their mean
 * target (drawn to the overall mean by the weight of ten rows) and cut into 54 bins of about equal weight.
 *
 * @param masses - the weight of each level
 * @param sums - the weighted sum of the target at each level
 */
export function groupLevels(masses: Float64Array, sums: Float64Array): number[][] {
  const levels = Array.from(masses.keys());
  if (levels.length <= MOST) return levels.map((level) => [level]);
  const frequent = [...levels].sort((a, b) => masses[b]! - masses[a]! || a - b);
  const own = frequent.slice(0, OWN).sort((a, b) => a - b);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const mean = sums.reduce((sum, value) => sum + value, 0) / total;
  const rate = (level: number): number => Math.fround((sums[level]! + 10 * mean) / (masses[level]! + 10));
  const rare = frequent.slice(OWN).sort((a, b) => rate(a) - rate(b) || a - b);
  const rareMasses = rare.map((level) => masses[level]!);
  const cuts = cutEvenly(rareMasses, rareMasses.reduce((sum, mass) => sum + mass, 0), MOST - OWN);
  const ends = [...cuts, rare.length - 1];
  return [...own.map((level) => [level]), ...ends.map((end, i) => rare.slice(i > 0 ? ends[i - 1]! + 1 : 0, end + 1))];
}
