import type { BinTrend } from './binningState.js';
import { rateDirection, sumsUpTo, type BinCounts, type BinRules, type ClassTotals } from './binRules.js';
import { jensenShannon } from './evidence.js';

// Which way the event rate may go from a bin to the next, phase by phase; 0 is either way.
const PHASES: Readonly<Record<BinTrend, readonly number[]>> = { ascending: [1], descending: [-1], peak: [1, -1], valley: [-1, 1], none: [0] };

/**
 * Where to cut a row of B pre-bins so that the bins keep to trend and rules and the criterion is the largest possible: positions between 0 and
 * B, ascending. Of fewer bins than `minBins` as many as can be; no cut where nothing keeps to the rules.
 *
 * Exact by dynamic programming. The state is the last bin (i, j), the number of bins k, and the phase of the trend:
 * best(i, j, k) = value(i, j) + max over h < i of best(h, i, k - 1), over those h where (h, i) and (i, j) may be neighbours. O(B^3 K).
 */
export function optimalCuts(counts: BinCounts, totals: ClassTotals, trend: BinTrend, rules: BinRules, periods: readonly BinCounts[] = []): number[] {
  return new CutSearch(counts, totals, trend, rules, periods).cuts();
}

/** The best binning of k bins: its sum, its last phase, and where its last bin begins. */
interface BestEnd {
  readonly k: number;
  readonly sum: number;
  readonly phase: number;
  readonly i: number;
}

class CutSearch {
  readonly #rules: BinRules;
  readonly #size: number;
  readonly #most: number;
  readonly #phases: readonly number[];
  readonly #sums: BinCounts;
  readonly #periods: readonly BinCounts[];
  /** The criterion of each bin (i, j); -1 where there may be no such bin. */
  readonly #values: Float64Array;
  /** The best sum by phase, i, j and k. */
  readonly #best: Float64Array;
  /** Which (phase, h) came before. */
  readonly #before: Int32Array;

  constructor(counts: BinCounts, totals: ClassTotals, trend: BinTrend, rules: BinRules, periods: readonly BinCounts[]) {
    this.#rules = rules;
    this.#phases = PHASES[trend];
    this.#sums = sumsUpTo(counts);
    this.#periods = periods.map(sumsUpTo);
    const size = (this.#size = counts.events.length + 1);
    const rows = this.#sums.events[size - 1]! + this.#sums.nonEvents[size - 1]!;
    this.#most = Math.max(1, Math.min(rules.maxBins, size - 1, rules.minRows > 0 ? Math.floor(rows / rules.minRows) : size));
    this.#values = new Float64Array(size * size);
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) this.#values[i * size + j] = this.#value(i, j, totals);
    const states = this.#phases.length * size * size * (this.#most + 1);
    this.#best = new Float64Array(states).fill(-Infinity);
    this.#before = new Int32Array(states);
  }

  cuts(): number[] {
    for (let j = 1; j < this.#size; j++) {
      for (let i = j - 1; i >= 0; i--) {
        const value = this.#values[i * this.#size + j]!;
        if (value >= 0) this.#extend(i, j, value);
      }
    }
    return this.#trace();
  }

  #extend(i: number, j: number, value: number): void {
    if (i === 0) this.#best[this.#at(0, 0, j) + 1] = value;
    for (let h = 0; h < i; h++) {
      if (this.#values[h * this.#size + i]! < 0) continue;
      const direction = rateDirection(this.#sums, this.#periods, this.#rules, h, i, j);
      if (direction === 0) continue;
      for (let phase = 0; phase < this.#phases.length; phase++) {
        if (this.#phases[phase] !== 0 && this.#phases[phase] !== direction) continue;
        for (let from = Math.max(0, phase - 1); from <= phase; from++) this.#join(from, h, i, phase, j, value);
      }
    }
  }

  #join(from: number, h: number, i: number, phase: number, j: number, value: number): void {
    const [source, target] = [this.#at(from, h, i), this.#at(phase, i, j)];
    for (let k = 2; k <= this.#most; k++) {
      const sum = this.#best[source + k - 1]! + value;
      if (!(sum > this.#best[target + k]!)) continue;
      this.#best[target + k] = sum;
      this.#before[target + k] = from * this.#size + h;
    }
  }

  // Of about equal sums the one of fewer bins.
  #trace(): number[] {
    const end = this.#size - 1;
    let found: BestEnd | undefined;
    for (let k = 1; k <= this.#most; k++) {
      const next = this.#endingAt(end, k);
      // Up to minBins the more bins the better.
      if (next !== undefined && (k <= this.#rules.minBins || found === undefined || next.sum > found.sum * (1 + 1e-12))) found = next;
    }
    const cuts: number[] = [];
    let { k, phase, i } = found ?? { k: 0, phase: 0, i: 0 };
    for (let j = end; k > 1; k--) {
      cuts.unshift(i);
      const before = this.#before[this.#at(phase, i, j) + k]!;
      j = i;
      i = before % this.#size;
      phase = (before - i) / this.#size;
    }
    return cuts;
  }

  #endingAt(end: number, k: number): BestEnd | undefined {
    let found: BestEnd | undefined;
    for (let phase = 0; phase < this.#phases.length; phase++) {
      for (let i = 0; i < end; i++) {
        const sum = this.#best[this.#at(phase, i, end) + k]!;
        if (sum > (found?.sum ?? -Infinity)) found = { k, sum, phase, i };
      }
    }
    return found;
  }

  #at(phase: number, i: number, j: number): number {
    return ((phase * this.#size + i) * this.#size + j) * (this.#most + 1);
  }

  // A bin of one class only has no evidence that could be added up.
  #value(i: number, j: number, totals: ClassTotals): number {
    const events = this.#sums.events[j]! - this.#sums.events[i]!;
    const nonEvents = this.#sums.nonEvents[j]! - this.#sums.nonEvents[i]!;
    const rows = events + nonEvents;
    // Differences of sums of weights that are no whole numbers are not exactly 0.
    if (Math.min(events, nonEvents) <= 1e-12 * (totals.events + totals.nonEvents) || rows < this.#rules.minRows || rows > this.#rules.maxRows) return -1;
    const [p, q] = [events / totals.events, nonEvents / totals.nonEvents];
    return this.#rules.criterion === 'iv' ? (p - q) * Math.log(p / q) : Math.max(0, jensenShannon(p, q));
  }
}
