import type { Column } from '../../data/column.js';
import { binIndexes } from './binIndex.js';
import type { BinnedCategory, BinnedFeature, BinnedNumber } from './binningState.js';
import type { BinningSettings, GivenBins } from './binningOptions.js';
import { countIndexes, type BinningSample } from './binningSample.js';
import type { BinCounts, BinRules } from './binRules.js';
import { describeBin, type EvidenceBase } from './evidence.js';

/** What all features are binned with. */
export interface BinningTask {
  readonly caller: string;
  readonly sample: BinningSample;
  readonly settings: BinningSettings;
  readonly rules: BinRules;
  readonly base: EvidenceBase;
}

/** What the options say of one feature. */
export interface AskedBins {
  readonly given: GivenBins | undefined;
  readonly allowed: GivenBins | undefined;
  readonly special: unknown;
}

/** The parts that bins are composed of, in the order in which they may be joined. */
export type Parts =
  | (Pick<BinnedNumber, 'kind' | 'feature' | 'splits'> & { readonly special: readonly (readonly number[])[] })
  | (Pick<BinnedCategory, 'kind' | 'feature' | 'groups'> & { readonly special: readonly (readonly string[])[] });

/** Parts and what is in them: one count a part, then one a special bin, then that of the missing. */
export interface FeatureParts {
  readonly parts: Parts;
  readonly counts: BinCounts;
  readonly periods: readonly BinCounts[];
}

/** Counts a column by the indexes that a binned feature of these parts gives its rows. */
export function countParts({ caller, sample, base }: BinningTask, parts: Parts, column: Column): FeatureParts {
  const bin = describeBin('', 0, 0, base);
  const shared = { bins: [], missing: bin, trend: 'none', iv: 0, js: 0, candidates: [] } as const;
  const feature: BinnedFeature =
    parts.kind === 'number'
      ? { ...parts, ...shared, specials: parts.special.map((values) => ({ values, bin })) }
      : { ...parts, ...shared, specials: parts.special.map((values) => ({ values, bin })) };
  const size = partCount(parts) + parts.special.length + 1;
  const indexes = binIndexes(caller, feature, column);
  const periods = Array.from({ length: sample.periodCount }, (_, period) => countIndexes(indexes, size, sample, period));
  return { parts, counts: countIndexes(indexes, size, sample), periods };
}

/** How many parts there are. */
export function partCount(parts: Parts): number {
  return parts.kind === 'number' ? parts.splits.length + 1 : parts.groups.length;
}
