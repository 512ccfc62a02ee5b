import type { NumberColumn } from '../../data/column.js';
import type { BinCounts } from './binRules.js';
import { distinctValues, splitsBefore, type DistinctValues } from './distinctValues.js';
import { requireCuts, requireSpecial } from './givenBins.js';
import { countParts, type AskedBins, type BinningTask, type FeatureParts } from './preBins.js';
import { quantileCuts } from './quantileCuts.js';
import { treeCuts } from './treeCuts.js';

/** Cuts a number into parts: where the caller says, or by tree or quantiles. */
export function numberParts(task: BinningTask, feature: string, column: NumberColumn, { given, allowed, special: asked }: AskedBins): FeatureParts {
  const { caller } = task;
  const special = requireSpecial<number>(caller, feature, asked, 'number');
  const count = (splits: readonly number[]): FeatureParts => countParts(task, { kind: 'number', feature, splits, special }, column);
  if (given !== undefined) return count(requireCuts(caller, 'splits', feature, given));
  if (allowed !== undefined) return count(requireCuts(caller, 'allowedSplits', feature, allowed));
  const sums = distinctValues(column.values, task.sample.labels, task.sample.weights, new Set(special.flat()));
  const cuts = preCuts(task, sums);
  const splits = splitsBefore(sums, cuts);
  const { weights, periods, labels } = task.sample;
  const isCounted = weights === null && periods === null && special.length === 0 && sums.rowsUpTo.at(-1) === labels.length && Number.isFinite(sums.values[0]! - sums.values.at(-1)!);
  return isCounted ? { parts: { kind: 'number', feature, splits, special }, counts: countsBetween(sums, cuts), periods: [] } : count(splits);
}

// The sums know the counts where every row has a value; last the missing ones, of which there are none.
function countsBetween({ values, rowsUpTo, eventsUpTo }: DistinctValues, cuts: readonly number[]): BinCounts {
  const ends = [...cuts, values.length];
  const events = new Float64Array([...ends.map((end, i) => eventsUpTo[end]! - eventsUpTo[ends[i - 1] ?? 0]!), 0]);
  const rows = ends.map((end, i) => rowsUpTo[end]! - rowsUpTo[ends[i - 1] ?? 0]!);
  return { events, nonEvents: events.map((count, i) => (rows[i] ?? 0) - count) };
}

// A part of one class joins the next, the last one that before it, until every part has both: then its evidence is finite.
function preCuts({ sample, settings, rules }: BinningTask, sums: DistinctValues): number[] {
  const all = sample.totals.events + sample.totals.nonEvents;
  let cuts = settings.preBins === 'tree' ? treeCuts(sums, settings.maxPreBins, Math.min(rules.minRows, all * 0.05)) : quantileCuts(sums, settings.maxPreBins);
  // Differences of sums of weights that are no whole numbers are not exactly 0.
  const nothing = all * 1e-12;
  for (;;) {
    const ends = [0, ...cuts, sums.values.length];
    const isPure = ends.slice(1).map((end, i) => {
      const events = sums.eventsUpTo[end]! - sums.eventsUpTo[ends[i]!]!;
      const nonEvents = sums.rowsUpTo[end]! - sums.rowsUpTo[ends[i]!]! - events;
      return Math.min(events, nonEvents) <= nothing;
    });
    const kept = cuts.filter((_, i) => !isPure[i] && !(i === cuts.length - 1 && isPure[i + 1]));
    if (kept.length === cuts.length) return cuts;
    cuts = kept;
  }
}
