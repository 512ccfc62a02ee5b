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
export function segmentTable(names: readonly string[], segment: Int32Array, ...values: readonly Float64Array[]): RfmSegment[] {
  // Customers, then the sum of each of the values.
  const sums = [undefined, ...values].map((numbers) => {
    const totals = new Float64Array(names.length);
    segment.forEach((code, i) => (totals[code]! += numbers ? numbers[i]! : 1));
    return totals;
  });
  const total = values[0]!.reduce((sum, amount) => sum + amount, 0);
  return names.map((name, s) => {
    const [customers, revenue, recency, frequency, monetary] = sums.map((totals) => totals[s]!) as [number, number, number, number, number];
    return {
      name,
      customers,
      share: customers / segment.length,
      revenue,
      revenueShare: total > 0 ? revenue / total : NaN,
      meanRecencyDays: recency / customers,
      meanFrequency: frequency / customers,
      meanMonetary: monetary / customers,
    };
  });
}
