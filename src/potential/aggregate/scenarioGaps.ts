import type { ScenarioRow } from './scenarioRows.js';

/** What the groups of a dimension would bring with the share of the best of them. */
export interface ScenarioGap {
  /** The dimension. */
  readonly dimension: string;
  /** The share each group is brought to. */
  readonly share: number;
  /** Groups below it. */
  readonly groups: number;
  /** What they bring together. */
  readonly amount: number;
}

/** Groups as wholes: each brought to the share given, or to that which the quantile of customers are in a group of at least; groups with too few customers set no share. */
export function scenarioGaps(dimensions: readonly { readonly dimension: string; readonly rows: readonly ScenarioRow[] }[], to: { readonly share: number | null; readonly quantile: number }, minPeers: number): ScenarioGap[] {
  return dimensions
    .map(({ dimension, rows }) => {
      const large = rows.filter(({ customers, share }) => share !== null && customers >= minPeers).sort((a, b) => a.share! - b.share!);
      const wanted = to.quantile * large.reduce((sum, { customers }) => sum + customers, 0) * (1 - 1e-12);
      let upTo = 0;
      const best = large.find(({ customers }) => (upTo += customers) >= wanted);
      const share = to.share ?? best?.share ?? 0;
      const amounts = rows.map(({ present, potential }) => Math.max(0, share * potential - present)).filter((amount) => amount > 0);
      return { dimension, share, groups: amounts.length, amount: amounts.reduce((sum, amount) => sum + amount, 0) };
    })
    .sort((a, b) => b.amount - a.amount);
}
