import { normalSurvival } from '../../numeric/normal.js';

/** How a count of customers is spread when each has the path by chance. */
export interface CountChance {
  readonly mean: number;
  readonly variance: number;
  /** The probability of at least so many. */
  readonly atLeast: (count: number) => number;
  /** The probability of at most so many. */
  readonly atMost: (count: number) => number;
}

/** Customers alike: their chance, what each adds to the count, and how many they are. */
interface ChanceGroup {
  readonly chance: number;
  readonly step: number;
  readonly customers: number;
}

/**
 * The count of independent customers with these chances. Whole weights are so many customers; where they are not all whole, each is one customer who adds the weight, and
 * a common factor of the weights changes no probability. By the exact distribution where it is small, and in tails and large counts by the saddlepoint (Lugannani and
 * Rice, 1980, for lattices: Daniels, 1987), whose relative error stays small: about 1 in 100.
 */
export function countChance(chances: Float64Array, weights: Float64Array | null): CountChance {
  const { unit, isLattice } = unitOf(weights);
  const { sure, groups } = groupChances(chances, weights, unit, isLattice);
  let [mean, variance, customers, most] = [0, 0, 0, 0];
  for (const group of groups) {
    mean += group.customers * group.step * group.chance;
    variance += group.customers * group.step ** 2 * group.chance * (1 - group.chance);
    customers += group.customers;
    most += group.customers * group.step;
  }
  const isSmall = isLattice && (customers + most) * (1 + Math.sqrt(variance)) < 60_000;
  const { first, masses } = isSmall ? massesOf(groups, most) : { first: 0, masses: null };
  const tail = (count: number, isUpper: boolean): number => {
    // What weights add up to carries rounding; it must not put a count above itself.
    const above = count / unit - sure;
    const rounding = 1e-9 * (1 + Math.abs(above));
    const least = isLattice ? (isUpper ? Math.ceil(above - rounding) : Math.floor(above + rounding) + 1) : isUpper ? above : above + 1;
    if (least <= (isLattice || !isUpper ? 0 : rounding)) return isUpper ? 1 : 0;
    if (least > most + rounding) return isUpper ? 0 : 1;
    if (masses !== null) {
      let sum = 0;
      if (isUpper) for (let k = masses.length - 1; k >= Math.max(0, least - first); k--) sum += masses[k]!;
      else for (let k = 0; k < Math.min(masses.length, least - first); k++) sum += masses[k]!;
      if (sum > 1e-25) return Math.min(1, sum);
    }
    return saddleTail(groups, Math.min(least, most) - 0.5, isUpper);
  };
  // Chances of 1 but for rounding leave no choice.
  const hasChoice = variance > 1e-12;
  return { mean: (mean + sure) * unit, variance: hasChoice ? variance * unit * unit : 0, atLeast: (count) => tail(count, true), atMost: (count) => tail(count, false) };
}

/** What all weights are multiples of, as far as it is not tiny beside them; otherwise the smallest. 1 where they are whole. */
function unitOf(weights: Float64Array | null): { readonly unit: number; readonly isLattice: boolean } {
  if (weights === null || weights.every(Number.isInteger)) return { unit: 1, isLattice: true };
  let [most, least] = [0, Infinity];
  for (const weight of weights) if (weight > 0) [most, least] = [Math.max(most, weight), Math.min(least, weight)];
  let unit = least;
  for (let i = 0; i < weights.length && unit > most / 1000; i++) {
    // Euclid, with the remainder nearest to 0.
    for (let rest = weights[i]!; rest > 1e-9 * most; ) {
      rest = Math.abs(rest - unit * Math.round(rest / unit));
      if (rest > 1e-9 * most) [unit, rest] = [rest, unit];
    }
  }
  return unit > most / 1000 ? { unit, isLattice: true } : { unit: least, isLattice: false };
}

/** Equal chances put together, in units: most customers share a few; those who surely have it aside. */
function groupChances(chances: Float64Array, weights: Float64Array | null, unit: number, isLattice: boolean): { readonly sure: number; readonly groups: readonly ChanceGroup[] } {
  const bySteps = new Map<number, Map<number, number>>();
  const isWhole = isLattice && unit === 1 && (weights === null || weights.every(Number.isInteger));
  let sure = 0;
  for (let c = 0; c < chances.length; c++) {
    const chance = chances[c]!;
    const inUnits = weights === null ? 1 : weights[c]! / unit;
    const weight = isLattice ? Math.round(inUnits) : inUnits;
    if (chance === 0 || weight === 0) continue;
    if (chance > 1 - 1e-12) sure += weight;
    else {
      const step = isWhole ? 1 : weight;
      let customers = bySteps.get(step);
      if (customers === undefined) bySteps.set(step, (customers = new Map<number, number>()));
      customers.set(chance, (customers.get(chance) ?? 0) + (isWhole ? weight : 1));
    }
  }
  const groups = [...bySteps].flatMap(([step, some]) => Array.from(some, ([chance, customers]) => ({ chance, step, customers })));
  return { sure, groups: groups.sort((a, b) => a.chance - b.chance || a.step - b.step) };
}

/** The probabilities of `first`, `first + 1`, …: one customer after the other, ends below 1e-30 cut off. */
function massesOf(groups: readonly ChanceGroup[], most: number): { readonly first: number; readonly masses: Float64Array } {
  const masses = new Float64Array(most + 1);
  masses[0] = 1;
  let [low, high] = [0, 0];
  for (const { chance, step, customers } of groups) {
    for (let i = 0; i < customers; i++) {
      high += step;
      for (let k = high; k >= low; k--) masses[k] = masses[k]! * (1 - chance) + (k - step >= low ? masses[k - step]! * chance : 0);
      while (masses[low]! < 1e-30 && low < high) masses[low++] = 0;
      while (masses[high]! < 1e-30 && high > low) masses[high--] = 0;
    }
  }
  return { first: low, masses: masses.slice(low, high + 1) };
}

/** The probability above (or below) a point between two counts. */
function saddleTail(groups: readonly ChanceGroup[], point: number, isUpper: boolean): number {
  let [t, low, high] = [0, -Infinity, Infinity];
  let [k0, k2, k3] = [0, 0, 0];
  for (let turn = 0; turn < 200; turn++) {
    let k1 = 0;
    k0 = k2 = k3 = 0;
    for (const { chance, step, customers } of groups) {
      // Divided by the larger of both terms, so that nothing overflows.
      const fade = Math.exp(-Math.abs(t) * step);
      const yes = t > 0 ? chance : chance * fade;
      const total = yes + (t > 0 ? (1 - chance) * fade : 1 - chance);
      const tilted = yes / total;
      const spread = tilted * (1 - tilted) * customers * step * step;
      k0 += customers * (Math.log(total) + (t > 0 ? t * step : 0));
      k1 += customers * step * tilted;
      k2 += spread;
      k3 += spread * step * (1 - 2 * tilted);
    }
    if (Math.abs(k1 - point) <= 1e-10 * (1 + point)) break;
    if (k1 > point) high = t;
    else low = t;
    const most = Math.max(2, Math.abs(t));
    const move = t + Math.max(-most, Math.min(most, (point - k1) / k2));
    t = move > low && move < high ? move : (low + high) / 2;
  }
  const r = Math.sign(t) * Math.sqrt(Math.max(0, 2 * (t * point - k0)));
  const density = Math.exp((-r * r) / 2) / Math.sqrt(2 * Math.PI);
  // At the mean both terms have a pole that cancels; this is the limit.
  const correction = density * (Math.abs(r) < 0.01 ? -k3 / (6 * k2 ** 1.5) : 1 / (2 * Math.sinh(t / 2) * Math.sqrt(k2)) - 1 / r);
  return Math.max(0, Math.min(1, isUpper ? normalSurvival(r) + correction : normalSurvival(-r) - correction));
}
