import type { ConcordanceRows } from './concordanceRows.js';
import { RankSums } from './rankSums.js';

/** How many pairs of rows there are of each kind; sums of products of weights where there are weights. */
export interface ConcordancePairs {
  /** The one with the event earlier had the higher risk. */
  readonly concordant: number;
  /** It had the lower risk. */
  readonly discordant: number;
  /** It had the same risk. */
  readonly tiedRisk: number;
  /** Events at the same time with different risks: not comparable. */
  readonly tiedTime: number;
  /** Events at the same time with the same risk: not comparable. */
  readonly tiedBoth: number;
}

/** What each row adds, by position, in pairs of its own of weight 1. */
export interface PairsOfRows {
  /** Pairs won: concordant, and `tie` of those tied. */
  readonly won: Float64Array;
  /** Pairs that count: with those tied unless `tie` is 0. */
  readonly counted: Float64Array;
  /** What a tie in risk is worth. */
  readonly tie: number;
}

/**
 * Counts pairs, one walk down the times of each stratum: at each time first who is censored comes in, then every event is compared with those that are in, then
 * the events come in. So an event beats a censoring at the same time, and two events do not compare. Whole numbers are exact. O(n log n).
 */
export function countPairs(rows: ConcordanceRows, sums: RankSums, ofRows: PairsOfRows | null): ConcordancePairs {
  const { durations, events, weights, ranks, stakes, entries, bounds } = rows;
  let concordant = 0;
  let discordant = 0;
  let tiedRisk = 0;
  let tiedTime = 0;
  let tiedBoth = 0;
  for (let stratum = 0; stratum + 1 < bounds.length; stratum++) {
    const from = bounds[stratum]!;
    let leaving = bounds[stratum + 1]! - 1;
    sums.reset(rows.rankCounts[stratum]!);
    for (let end = leaving + 1; end > from; ) {
      const time = durations[end - 1]!;
      let start = end - 1;
      while (start > from && durations[start - 1] === time) start--;
      // Who was not observed before this time is no longer there.
      if (entries !== null) {
        for (; leaving >= from && entries.times[entries.order[leaving]!]! >= time; leaving--) sums.add(ranks[entries.order[leaving]!]!, -weights[entries.order[leaving]!]!);
      }
      for (let k = start; k < end; k++) if (events[k] === 0) sums.add(ranks[k]!, weights[k]!);
      let together = 0;
      let stakesTogether = 0;
      let self = 0;
      for (let k = start; k < end; k++) {
        const stake = stakes[k]!;
        if (stake === 0) continue;
        const rank = ranks[k]!;
        const lower = sums.below(rank);
        const equal = sums.at(rank);
        const higher = sums.total - lower - equal;
        concordant += stake * lower;
        discordant += stake * higher;
        tiedRisk += stake * equal;
        if (ofRows !== null) {
          const each = stake / weights[k]!;
          ofRows.won[k]! += each * (lower + ofRows.tie * equal);
          ofRows.counted[k]! += each * (lower + higher + (ofRows.tie === 0 ? 0 : equal));
        }
        together += weights[k]!;
        stakesTogether += stake;
        self += stake * weights[k]!;
      }
      if (stakesTogether > 0 && end - start > 1) {
        const same = sameRisk(rows, start, end);
        tiedBoth += same;
        tiedTime += (stakesTogether * together - self) / 2 - same;
      }
      for (let k = start; k < end; k++) if (events[k] === 1) sums.add(ranks[k]!, weights[k]!);
      end = start;
    }
  }
  return { concordant, discordant, tiedRisk, tiedTime, tiedBoth };
}

// Within one time the positions are in the order of the risks.
function sameRisk({ ranks, stakes, weights }: ConcordanceRows, start: number, end: number): number {
  let rank = -1;
  let together = 0;
  let stakesTogether = 0;
  let self = 0;
  let same = 0;
  for (let k = start; k < end; k++) {
    if (stakes[k] === 0) continue;
    if (ranks[k] !== rank) {
      same += (stakesTogether * together - self) / 2;
      rank = ranks[k]!;
      together = stakesTogether = self = 0;
    }
    together += weights[k]!;
    stakesTogether += stakes[k]!;
    self += stakes[k]! * weights[k]!;
  }
  return same + (stakesTogether * together - self) / 2;
}

/** Adds to each row its pairs with earlier events, one walk up the times; {@link countPairs} adds those of an event with later rows. */
export function addPairsWithEarlier(rows: ConcordanceRows, sums: RankSums, { won, counted, tie }: PairsOfRows): void {
  const { durations, events, ranks, stakes, entries, bounds } = rows;
  const add = (k: number, sign: number): void => {
    const lower = sums.below(ranks[k]!);
    const equal = sums.at(ranks[k]!);
    const higher = sums.total - lower - equal;
    won[k]! += sign * (higher + tie * equal);
    counted[k]! += sign * (lower + higher + (tie === 0 ? 0 : equal));
  };
  for (let stratum = 0; stratum + 1 < bounds.length; stratum++) {
    const to = bounds[stratum + 1]!;
    let entering = bounds[stratum]!;
    sums.reset(rows.rankCounts[stratum]!);
    for (let start = entering; start < to; ) {
      const time = durations[start]!;
      let end = start;
      while (end < to && durations[end] === time) end++;
      // Events before or at their entry are not theirs to compare with.
      if (entries !== null) for (; entering < to && entries.times[entries.order[entering]!]! < time; entering++) add(entries.order[entering]!, -1);
      for (let k = start; k < end; k++) if (events[k] === 1) add(k, 1);
      for (let k = start; k < end; k++) if (stakes[k]! > 0) sums.add(ranks[k]!, stakes[k]!);
      for (let k = start; k < end; k++) if (events[k] === 0) add(k, 1);
      start = end;
    }
  }
}
