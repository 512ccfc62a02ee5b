import { normalSurvival } from '../../numeric/normal.js';
import { countMasses } from '../../numeric/poissonBinomial.js';

/** How a count of customers is spread when each has the path by chance. */
export interface CountChance {
  readonly mean: number;
  readonly variance: number;
  /** The probability of at least so many. */
  readonly atLeast: (count: number) => number;
  /** The probability of at most so many. */
  readonly atMost: (count: number) => number;
}

/**
 * The count of independent customers with these chances; a weight of 2 is two customers, a part of one has that part of the chance. By the exact distribution where
 * it is small, and in tails and large counts by the saddlepoint (Lugannani and Rice, 1980, for lattices: Daniels, 1987), whose relative error stays small: about 1 in 100.
 */
export function countChance(chances: Float64Array, weights: Float64Array | null): CountChance {
  const { sure, shares, counts } = groupChances(chances, weights);
  let [mean, variance, draws] = [sure, 0, 0];
  for (let g = 0; g < shares.length; g++) {
    mean += counts[g]! * shares[g]!;
    variance += counts[g]! * shares[g]! * (1 - shares[g]!);
    draws += counts[g]!;
  }
  const isSmall = draws * (1 + Math.sqrt(variance)) < 30_000;
  const { first, masses } = isSmall ? countMasses(repeat(shares, counts, draws)) : { first: 0, masses: null };
  const tail = (count: number, isUpper: boolean): number => {
    // What weights add up to carries rounding; it must not put a count above itself.
    const least = isUpper ? Math.ceil(count - sure - 1e-9) : Math.floor(count - sure + 1e-9) + 1;
    if (least <= 0) return isUpper ? 1 : 0;
    if (least > draws) return isUpper ? 0 : 1;
    if (masses !== null) {
      let sum = 0;
      if (isUpper) for (let k = masses.length - 1; k >= Math.max(0, least - first); k--) sum += masses[k]!;
      else for (let k = 0; k < Math.min(masses.length, least - first); k++) sum += masses[k]!;
      if (sum > 1e-25) return Math.min(1, sum);
    }
    return saddleTail(shares, counts, least - 0.5, isUpper);
  };
  return { mean, variance, atLeast: (count) => tail(count, true), atMost: (count) => tail(count, false) };
}

/** Equal chances put together: most customers share a few. */
function groupChances(chances: Float64Array, weights: Float64Array | null): { readonly sure: number; readonly shares: Float64Array; readonly counts: Float64Array } {
  const groups = new Map<number, number>();
  let sure = 0;
  for (let c = 0; c < chances.length; c++) {
    const chance = chances[c]!;
    const weight = weights === null ? 1 : weights[c]!;
    if (chance === 0 || weight === 0) continue;
    const whole = Math.floor(weight);
    if (chance > 1 - 1e-12 && whole === weight) sure += weight;
    else {
      if (whole > 0) groups.set(chance, (groups.get(chance) ?? 0) + whole);
      if (weight > whole) groups.set(chance * (weight - whole), (groups.get(chance * (weight - whole)) ?? 0) + 1);
    }
  }
  const sorted = [...groups].sort(([a], [b]) => a - b);
  return { sure, shares: Float64Array.from(sorted, ([share]) => share), counts: Float64Array.from(sorted, ([, count]) => count) };
}

function repeat(shares: Float64Array, counts: Float64Array, draws: number): Float64Array {
  const all = new Float64Array(draws);
  for (let g = 0, at = 0; g < shares.length; g++) all.fill(shares[g]!, at, (at += counts[g]!));
  return all;
}

/** The probability above (or below) a point between two counts. */
function saddleTail(shares: Float64Array, counts: Float64Array, point: number, isUpper: boolean): number {
  let [t, low, high] = [0, -Infinity, Infinity];
  let [k0, k2, k3] = [0, 0, 0];
  for (let turn = 0; turn < 100; turn++) {
    const growth = Math.exp(t);
    let k1 = 0;
    k0 = k2 = k3 = 0;
    for (let g = 0; g < shares.length; g++) {
      const share = shares[g]!;
      const total = 1 + share * (growth - 1);
      const tilted = (share * growth) / total;
      const spread = tilted * (1 - tilted) * counts[g]!;
      k0 += counts[g]! * Math.log(total);
      k1 += counts[g]! * tilted;
      k2 += spread;
      k3 += spread * (1 - 2 * tilted);
    }
    if (Math.abs(k1 - point) <= 1e-10 * (1 + point)) break;
    if (k1 > point) high = t;
    else low = t;
    const move = t + Math.max(-2, Math.min(2, (point - k1) / k2));
    t = move > low && move < high ? move : (low + high) / 2;
  }
  const r = Math.sign(t) * Math.sqrt(Math.max(0, 2 * (t * point - k0)));
  const density = Math.exp((-r * r) / 2) / Math.sqrt(2 * Math.PI);
  // At the mean both terms have a pole that cancels; this is the limit.
  const correction = density * (Math.abs(r) < 0.01 ? -k3 / (6 * k2 ** 1.5) : 1 / (2 * Math.sinh(t / 2) * Math.sqrt(k2)) - 1 / r);
  return Math.max(0, Math.min(1, isUpper ? normalSurvival(r) + correction : normalSurvival(-r) - correction));
}
