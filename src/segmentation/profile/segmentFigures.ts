import type { SegmentCard } from './segmentDescription.js';

/** Sizes and worth of the segments and of all. */
export interface SegmentTotals {
  readonly sizes: Float64Array;
  /** Per segment; null without a value. */
  readonly values: Float64Array | null;
  readonly customers: number;
  readonly value: number;
}

/** Customers and value by segment; those of no segment count in the whole. */
export function totalsOf(segmentOf: Int32Array, count: number, worth: ArrayLike<number> | null): SegmentTotals {
  const sizes = new Float64Array(count);
  const values = new Float64Array(count);
  let value = 0;
  for (let row = 0; row < segmentOf.length; row++) {
    const own = worth === null ? 0 : worth[row]!;
    value += own;
    if (segmentOf[row]! < 0) continue;
    sizes[segmentOf[row]!]!++;
    values[segmentOf[row]!]! += own;
  }
  return { sizes, values: worth && values, customers: segmentOf.length, value };
}

/** What a card says of size and worth. */
export function figuresOf({ sizes, values, customers: all, value: total }: SegmentTotals, segment: number): Pick<SegmentCard, 'customers' | 'share' | 'value' | 'valueShare' | 'meanValue'> {
  const customers = sizes[segment]!;
  const value = values === null ? null : values[segment]!;
  return { customers, share: customers / all, value, valueShare: value !== null && total > 0 ? value / total : null, meanValue: value && value / customers };
}
