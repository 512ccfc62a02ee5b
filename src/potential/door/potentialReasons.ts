import { describeValue } from '../../data/instant.js';
import type { Contribution } from '../../learners/logisticState.js';

/** One thing in a profile that moves a potential. */
export interface PotentialReason {
  /** The column of the data. */
  readonly feature: string;
  /** What the customer has there. */
  readonly value: unknown;
  /** Whether it makes the wallet, the share or the odds larger or smaller than for the average customer. */
  readonly direction: 'raises' | 'lowers';
  /** By how much, as a factor: 2 doubles, 0.5 halves. Of a share: on what the average customer of that profile spends elsewhere in logarithms, so that above 1 lowers the share. */
  readonly factor: number;
  /** In words: `income = 60000 raises the wallet 1.4 times`. */
  readonly text: string;
}

/** Contributions in logarithms as reasons, the strongest first; `turned` where more of it lowers what is spoken of. */
export function reasonsOf(what: string, contributions: readonly Contribution[], turned = false): PotentialReason[] {
  return contributions
    .filter(({ contribution }) => contribution !== 0)
    .map(({ feature, value, contribution }) => {
      const factor = Math.exp(contribution);
      const direction = contribution > 0 !== turned ? 'raises' : 'lowers';
      const is = value === null || value === undefined || value !== value ? 'is not known' : `= ${typeof value === 'string' ? value : describeValue(value)}`;
      return { feature, value: value ?? null, direction, factor, text: `${feature} ${is} ${direction} ${what}${turned ? '' : ` to ${percent(factor)}`}` };
    });
}

/** `140 %`. */
function percent(factor: number): string {
  const share = 100 * factor;
  return `${share >= 1e6 || share < 1e-3 ? share.toExponential(1) : Number(share.toPrecision(share >= 100 ? 3 : 2))} %`;
}
