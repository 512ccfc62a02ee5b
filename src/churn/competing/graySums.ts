import { sortedOrder } from '../../numeric/sorting.js';

/** The scores of a comparison of incidences, one a group, and their covariance (groups × groups, row-major). */
export interface GraySums {
  readonly scores: Float64Array;
  readonly variance: Float64Array;
}

/** The rows of one stratum. */
export interface GrayRows {
  readonly durations: Float64Array;
  /** 0 censored, 1 the cause of interest, 2 another. */
  readonly codes: ArrayLike<number>;
  readonly groups: Int32Array;
}

/**
 * Adds the scores and the covariance of Gray (1988) within one stratum, with G^rho weights. In his symbols: R the rows at risk, S the share without any event, F the incidence, h = R / S;
 * under the hypothesis F rises for all groups by the events over sum h, and each group should have of them as its R (1 - F) / S is of all.
 *
 * The influence of an event in group k at one time on the score of group i is a + t (C - c): what it does at that time, and, by changing the share of k that is left, to all
 * later differences. c runs with time and C is its end, so squares are kept apart as sums of a - t c, of t, and of their products, and put together after the last time.
 * Tied events have the variance of draws without replacement. O(n log n + times × groups³).
 */
export function addGray({ scores, variance }: GraySums, { durations, codes, groups }: GrayRows, rho: number): void {
  const count = scores.length;
  const order = sortedOrder(durations);
  const [risk, before, after, had, given] = [new Float64Array(count), new Float64Array(count).fill(1), new Float64Array(count).fill(1), new Float64Array(count), new Float64Array(count)];
  const [own, other, leaving] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  // At the time, and run up to it.
  const [a, c] = [new Float64Array(count * count), new Float64Array(count * count)];
  const [cross, squares, sums] = [new Float64Array(count * count), new Float64Array(count), new Float64Array(count * count)];
  const addInfluence = (k: number, t: number, spread: number, now: number): void => {
    squares[k]! += t * t * spread;
    for (let i = 0; i < count; i++) {
      const left = now * a[i * count + k]! - t * c[i * count + k]!;
      cross[i * count + k]! += left * t * spread;
      for (let j = 0; j <= i; j++) sums[i * count + j]! += left * (now * a[j * count + k]! - t * c[j * count + k]!) * spread;
    }
  };
  for (const group of groups) risk[group]!++;
  let incidence = 0;
  for (let at = 0; at < order.length; ) {
    const time = durations[order[at]!]!;
    own.fill(0);
    other.fill(0);
    leaving.fill(0);
    let [ownAll, otherAll] = [0, 0];
    for (; at < order.length && durations[order[at]!] === time; at++) {
      const [code, group] = [codes[order[at]!]!, groups[order[at]!]!];
      leaving[group]!++;
      if (code === 1) {
        own[group]!++;
        ownAll++;
      } else if (code === 2) {
        other[group]!++;
        otherAll++;
      }
    }
    if (ownAll + otherAll > 0) {
      let [weightAll, shareAll] = [0, 0];
      for (let k = 0; k < count; k++) {
        given[k] = risk[k]! > 0 ? risk[k]! / before[k]! : 0;
        weightAll += given[k]!;
        shareAll += given[k]! * (1 - had[k]!);
        if (risk[k]! > 0) after[k] = before[k]! * ((risk[k]! - own[k]! - other[k]!) / risk[k]!);
      }
      const rise = ownAll / weightAll;
      const timeWeight = (1 - incidence) ** rho;
      for (let i = 0; i < count; i++) {
        scores[i]! += timeWeight * (own[i]! - (ownAll * given[i]! * (1 - had[i]!)) / shareAll);
        for (let k = 0; k < count; k++) {
          a[i * count + k] = timeWeight * given[i]! * ((i === k ? 1 : 0) - given[k]! / weightAll);
          c[i * count + k]! += (a[i * count + k]! * rise) / (1 - incidence);
        }
      }
      for (let k = 0; k < count; k++) {
        if (risk[k]! === 0) continue;
        const leftShare = after[k]! > 0 ? (1 - incidence - rise) / after[k]! : 0;
        if (ownAll > 0) addInfluence(k, 1 - leftShare, (before[k]! * rise * (ownAll > 1 ? 1 - (ownAll - 1) / (weightAll * before[k]! - 1) : 1)) / risk[k]!, 1);
        if (other[k]! > 0 && after[k]! > 0) addInfluence(k, leftShare, ((before[k]! / risk[k]!) ** 2 * other[k]!) * (other[k]! > 1 ? 1 - (other[k]! - 1) / (risk[k]! - 1) : 1), 0);
      }
      for (let k = 0; k < count; k++) {
        if (risk[k]! > 0) had[k]! += (before[k]! * own[k]!) / risk[k]!;
        before[k] = after[k]!;
      }
      incidence += rise;
    }
    for (let k = 0; k < count; k++) risk[k]! -= leaving[k]!;
  }
  addEnds(variance, { c, sums, squares, cross });
}

/** Puts the sums kept apart together, now that the end of c is known. */
function addEnds(variance: Float64Array, { c, sums, squares, cross }: Readonly<Record<'c' | 'sums' | 'squares' | 'cross', Float64Array>>): void {
  const count = squares.length;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = sums[i * count + j]!;
      for (let k = 0; k < count; k++) sum += c[i * count + k]! * c[j * count + k]! * squares[k]! + c[i * count + k]! * cross[j * count + k]! + c[j * count + k]! * cross[i * count + k]!;
      variance[i * count + j]! += sum;
      if (i !== j) variance[j * count + i]! += sum;
    }
  }
}
