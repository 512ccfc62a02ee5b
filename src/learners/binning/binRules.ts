/** Events and non-events of a row of pre-bins. */
export interface BinCounts {
  readonly events: Float64Array;
  readonly nonEvents: Float64Array;
}

/** All events and all non-events. */
export interface ClassTotals {
  readonly events: number;
  readonly nonEvents: number;
}

/** What bins must keep to; rows are sums of weights. */
export interface BinRules {
  readonly minBins: number;
  readonly maxBins: number;
  readonly minRows: number;
  readonly maxRows: number;
  /** By how much the event rates of neighbours differ at least. */
  readonly minRateDifference: number;
  /** How far apart neighbours are at least in the z-test of two proportions; 0 for no test. */
  readonly minZ: number;
  readonly criterion: 'iv' | 'js';
}

/**
 * Whether the event rate rises (1) or falls (-1) from the bin (h, i) to the bin (i, j), and so in every period; 0 where the two may not
 * be neighbours. Counts are given as sums up to each position.
 */
export function rateDirection(sums: BinCounts, periods: readonly BinCounts[], { minRateDifference, minZ }: BinRules, h: number, i: number, j: number): number {
  const direction = rateOrder(sums, h, i, j);
  if (direction !== 0 && (minRateDifference > 0 || minZ > 0)) {
    const { events, nonEvents } = sums;
    const [e1, n1] = [events[i]! - events[h]!, nonEvents[i]! - nonEvents[h]!];
    const [e2, n2] = [events[j]! - events[i]!, nonEvents[j]! - nonEvents[i]!];
    const difference = Math.abs(e1 / (e1 + n1) - e2 / (e2 + n2));
    const rate = (e1 + e2) / (e1 + n1 + e2 + n2);
    if (difference < minRateDifference || difference < minZ * Math.sqrt(rate * (1 - rate) * (1 / (e1 + n1) + 1 / (e2 + n2)))) return 0;
  }
  for (let p = 0; p < periods.length; p++) if (rateOrder(periods[p]!, h, i, j) === -direction) return 0;
  return direction;
}

// e2 / n2 against e1 / n1 without a division: counts are compared exactly. 0 where one of the two bins is empty.
function rateOrder({ events, nonEvents }: BinCounts, h: number, i: number, j: number): number {
  return Math.sign((events[j]! - events[i]!) * (nonEvents[i]! - nonEvents[h]!) - (events[i]! - events[h]!) * (nonEvents[j]! - nonEvents[i]!));
}

/** The counts of all pre-bins up to each position: one longer than the counts. */
export function sumsUpTo({ events, nonEvents }: BinCounts): BinCounts {
  const sum = (counts: Float64Array): Float64Array => {
    const sums = new Float64Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) sums[i + 1] = sums[i]! + counts[i]!;
    return sums;
  };
  return { events: sum(events), nonEvents: sum(nonEvents) };
}
