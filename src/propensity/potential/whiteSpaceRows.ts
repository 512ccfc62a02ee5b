import { liftInterval } from '../../evaluation/liftInterval.js';
import { wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { hypergeometricP } from '../../numeric/hypergeometric.js';
import { penetrationBenchmark } from './penetrationBenchmark.js';
import type { Dimension } from '../../data/readDimensions.js';
import { whiteSpaceCounts, type WhiteSpaceCells, type WhiteSpaceCounts } from './whiteSpaceCounts.js';

/** A product and a group of customers. */
export interface WhiteSpaceRow {
  /** The column of the group. */
  readonly dimension: string;
  /** Its value there; null: missing. */
  readonly group: string | null;
  /** The name of the product. */
  readonly product: string;
  /** Customers of the group. */
  readonly customers: number;
  /** Those who hold the product. */
  readonly held: number;
  /** Their share, 0 to 1, with the interval of Wilson. */
  readonly penetration: Estimate;
  /** Penetration over that of all customers; null where nobody holds the product. */
  readonly lift: Estimate | null;
  /** Of the test that penetration has nothing to do with the group. */
  readonly p: number;
  /** The false-discovery rate of taking all rows with this `q` or less for real. */
  readonly q: number;
  /** Customers of the group who do not hold it and may be offered it. */
  readonly open: number;
  /** How many of those are expected to take it; null without probabilities of them. */
  readonly takers: number | null;
  /** The penetration the group is compared with: that of the upper quartile of groups, or of the best, without chance. */
  readonly benchmark: number;
  /** Further holders if the group had that penetration; at most `open`. */
  readonly gap: number;
  /** `takers` where they are known, otherwise `gap`. */
  readonly potential: number;
  /** Held over held and potential, 0 to 1: 1 where nothing is left; null where nothing is held or to be had. */
  readonly saturation: number | null;
  /** The margin of the potential; null without `margin`, or where a margin by cell meets no probability. */
  readonly money: number | null;
}

/** What the rows need beside the counts. */
export interface WhiteSpaceTerms {
  readonly products: readonly string[];
  readonly best: boolean;
  readonly minCustomers: number;
  readonly z: number;
}

/** One row for each product and group of each dimension, the most money first. */
export function whiteSpaceRows(dimensions: readonly Dimension[], cells: WhiteSpaceCells, terms: WhiteSpaceTerms): WhiteSpaceRow[] {
  const rows = dimensions.flatMap((dimension) => {
    const counts = whiteSpaceCounts(cells, dimension.codes, dimension.groups.length);
    return terms.products.flatMap((_, product) => productRows(dimension, counts, cells.margin, product, terms));
  });
  const q = falseDiscoveryQ(Float64Array.from(rows, ({ p }) => p));
  return rows
    .map((row, at) => ({ ...row, q: q[at]! }))
    .sort((a, b) => (b.money ?? 0) - (a.money ?? 0) || b.potential - a.potential || order(a.product, b.product));
}

/** The groups of one dimension for one product. */
function productRows({ name, groups }: Dimension, counts: WhiteSpaceCounts, margin: Float64Array | null, product: number, { products, best, minCustomers, z }: WhiteSpaceTerms): WhiteSpaceRow[] {
  const width = products.length;
  const held = groups.map((_, group) => counts.held[group * width + product]!);
  const { level, settled } = penetrationBenchmark(held, counts.customers, minCustomers, best);
  const allHeld = held.reduce((sum, count) => sum + count, 0);
  const all = counts.customers.reduce((sum, count) => sum + count, 0);
  return groups.map((group, g) => {
    const at = g * width + product;
    const customers = counts.customers[g]!;
    const has = held[g]!;
    const open = counts.open[at]!;
    const gap = Math.min(open, Math.max(0, level - settled[g]!) * customers);
    const takers = counts.scored[at]! > 0 ? counts.takers[at]! : null;
    const potential = takers ?? gap;
    return {
      dimension: name,
      group,
      product: products[product]!,
      customers,
      held: has,
      penetration: wilsonRate(has, customers, z),
      lift: allHeld === 0 ? null : liftInterval(has, customers, allHeld, all, z),
      p: hypergeometricP(has, customers, allHeld, all),
      q: 1,
      open,
      takers,
      benchmark: level,
      gap,
      potential,
      saturation: has + potential > 0 ? has / (has + potential) : null,
      // A margin by cell is known only where there is a probability; that of one customer may be missing elsewhere.
      money: margin === null ? null : takers !== null ? counts.money[at]! : margin.length === width && Number.isFinite(margin[product]) ? gap * margin[product]! : null,
    };
  });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
