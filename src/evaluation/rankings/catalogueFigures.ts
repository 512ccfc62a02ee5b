/** How lists of one depth use the catalogue. */
export interface CatalogueFigures {
  /** Share of the products that stand in at least one list. */
  readonly coverage: number;
  /** Gini coefficient of how often products are shown: 0 all equally often, towards 1 only one; products never shown count. */
  readonly gini: number;
  /** Shannon entropy of the products shown, in nats: at most ln(products). */
  readonly entropy: number;
  /** The average over all places of the share of customers who hold the product shown; only with `held`. */
  readonly averagePopularity?: number;
}

/** The figures of each depth; `shown` says how often each product was shown within a depth and not within the one before. */
export function catalogueByDepth(depths: readonly number[], shown: readonly Float64Array[], holders: Float64Array | undefined, customers: number): Record<number, CatalogueFigures> {
  const soFar = new Float64Array(shown[0]!.length);
  const byDepth: Record<number, CatalogueFigures> = {};
  depths.forEach((depth, d) => {
    shown[d]!.forEach((count, product) => (soFar[product]! += count));
    byDepth[depth] = catalogueFigures(soFar, holders, customers);
  });
  return byDepth;
}

/** From how often each product was shown, and how many customers hold it. */
function catalogueFigures(shown: Float64Array, holders: Float64Array | undefined, customers: number): CatalogueFigures {
  const ascending = shown.slice().sort();
  const n = ascending.length;
  let [total, ranked, used, entropy, popularity] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const count = ascending[i]!;
    total += count;
    ranked += (2 * i + 1 - n) * count;
    if (count > 0) used++;
    if (holders !== undefined) popularity += shown[i]! * holders[i]!;
  }
  for (const count of ascending) if (count > 0) entropy -= (count / total) * Math.log(count / total);
  const figures = { coverage: used / n, gini: total > 0 ? ranked / (n * total) : NaN, entropy: total > 0 ? Math.abs(entropy) : NaN };
  return holders === undefined ? figures : { ...figures, averagePopularity: popularity / (total * customers) };
}
