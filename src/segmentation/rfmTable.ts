/** One segment of an RFM portfolio, in figures. */
export interface RfmSegment {
  /** The name of the segment. */
  readonly name: string;
  /** How many customers. */
  readonly customers: number;
  /** Their share of all customers with a purchase, 0 to 1. */
  readonly share: number;
  /** Sum of their amounts, in the currency of the log; `NaN` when the log has no amounts. */
  readonly revenue: number;
  /** Their share of the revenue of all; `NaN` when that is not positive or the log has no amounts. */
  readonly revenueShare: number;
  /** Mean days since the last purchase; `NaN` for a segment without customers, as the two below. */
  readonly meanRecencyDays: number;
  /** Mean number of purchases. */
  readonly meanFrequency: number;
  /** Mean of the monetary value. */
  readonly meanMonetary: number;
}

/** One line per name, from the code of each customer. */
export function segmentTable(names: readonly string[], segment: Int32Array, values: Readonly<Record<'recencyDays' | 'frequency' | 'monetary' | 'revenue', Float64Array>>): RfmSegment[] {
  const counts = sums(names.length, segment, undefined);
  const revenue = sums(names.length, segment, values.revenue);
  const recency = sums(names.length, segment, values.recencyDays);
  const frequency = sums(names.length, segment, values.frequency);
  const monetary = sums(names.length, segment, values.monetary);
  const total = values.revenue.reduce((sum, amount) => sum + amount, 0);
  return names.map((name, s) => ({
    name,
    customers: counts[s]!,
    share: counts[s]! / segment.length,
    revenue: revenue[s]!,
    revenueShare: total > 0 ? revenue[s]! / total : NaN,
    meanRecencyDays: recency[s]! / counts[s]!,
    meanFrequency: frequency[s]! / counts[s]!,
    meanMonetary: monetary[s]! / counts[s]!,
  }));
}

function sums(length: number, segment: Int32Array, values: Float64Array | undefined): Float64Array {
  const totals = new Float64Array(length);
  for (let i = 0; i < segment.length; i++) totals[segment[i]!]! += values === undefined ? 1 : values[i]!;
  return totals;
}
