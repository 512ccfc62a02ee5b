/** One tenth of the customers, by what was to be won of them. */
export interface GrowthTenth {
  /** 1 for the tenth with the most to win. */
  readonly tenth: number;
  /** Customers in it. */
  readonly customers: number;
  /** Their mean headroom at the earlier date. */
  readonly headroom: number;
  /** Later spend less present spend, the mean. */
  readonly growth: number;
  /** The share of those with headroom who won at least `step` of it; null where none has any. */
  readonly captured: number | null;
  /** The mean ease of the same customers: what was expected of `captured`; null where no ease was given. */
  readonly ease: number | null;
}

/** What each customer had and did. */
export interface GrowthColumns {
  readonly headroom: Float64Array;
  readonly growth: Float64Array;
  readonly ease: Float64Array | null;
  readonly step: number;
}

/** Tenths of the customers in the order given; fewer where there are fewer customers. */
export function growthByTenth(order: Uint32Array, { headroom, growth, ease, step }: GrowthColumns): GrowthTenth[] {
  const n = order.length;
  const count = Math.min(10, n);
  return Array.from({ length: count }, (_, t) => {
    const rows = order.subarray(Math.round((t * n) / count), Math.round(((t + 1) * n) / count));
    let [room, grown, able, captured, easy] = [0, 0, 0, 0, 0];
    for (const row of rows) {
      room += headroom[row]!;
      grown += growth[row]!;
      if (headroom[row]! <= 0) continue;
      able++;
      if (growth[row]! >= step * headroom[row]!) captured++;
      if (ease) easy += ease[row]!;
    }
    const mean = (sum: number): number | null => (able > 0 ? sum / able : null);
    return { tenth: t + 1, customers: rows.length, headroom: room / rows.length, growth: grown / rows.length, captured: mean(captured), ease: ease ? mean(easy) : null };
  });
}
