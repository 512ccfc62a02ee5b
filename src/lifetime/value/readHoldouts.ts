import type { EventLog } from '../../data/eventLog.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { readNumbers } from '../purchaseHistories.js';
import type { TimeUnit } from '../timeUnit.js';
import type { Holdout } from './scoreHoldout.js';
import { historiesOf, type LogReading, type ReadValueHistories, type ValueHistories } from './valueHistories.js';

/** What was held out, or in words why nothing was. */
export interface Holdouts {
  readonly holdouts: readonly Holdout[];
  /** Where learning ended for each, UTC epoch milliseconds, ascending; empty where a summary brought its holdout. */
  readonly cuts: readonly number[];
  readonly whyNot: string;
}

/** Fewer customers, or purchases of theirs after the cut, do not tell laws apart. */
const FEWEST = 50;

/** What a summary holds out itself. */
export function holdoutOfSummary(caller: string, { source, count, weights }: ReadValueHistories): Holdouts {
  const { holdout } = source;
  if (holdout === undefined) return { holdouts: [], cuts: [], whyNot: 'nothing was held out: a log, or a summary with a split, would judge the laws by what they foretell' };
  return { holdouts: [{ histories: source, duration: holdout.duration, frequency: readNumbers(caller, 'holdout.frequency', holdout.frequency, count), weights }], cuts: [], whyNot: '' };
}

/**
 * The ends of a log held out one after another: the last stretch, the stretch before it, …, each as long as the horizon, but all together no more than
 * the second half of the log.
 */
export function holdoutsOfLog(log: EventLog, unit: TimeUnit, reading: LogReading, plan: { readonly asOf: number; readonly horizonMillis: number; readonly cuts: number }): Holdouts {
  const span = plan.asOf - log.firstTime;
  const longest = Math.min(plan.horizonMillis, span / 2 / plan.cuts);
  const stretch = longest > DAY_MILLIS ? Math.floor(longest / DAY_MILLIS) * DAY_MILLIS : longest;
  const found: { readonly cut: number; readonly holdout: Holdout }[] = [];
  for (let back = plan.cuts; back >= 1 && stretch > 0; back--) {
    const cut = plan.asOf - back * stretch;
    if (!hasPurchases(log, cut)) continue;
    const histories = historiesOf(log, unit, reading, { asOf: cut + stretch, split: cut });
    const holdout = holdoutOf(histories);
    if (holdout !== null) found.push({ cut, holdout });
  }
  const whyNot = found.length > 0 ? '' : `nothing was held out: the log is too short for ${FEWEST} customers before a cut and ${FEWEST} purchases of theirs after it`;
  return { holdouts: found.map(({ holdout }) => holdout), cuts: found.map(({ cut }) => cut), whyNot };
}

function holdoutOf(histories: ValueHistories): Holdout | null {
  const { duration, frequency } = histories.holdout!;
  const made = Float64Array.from(frequency);
  const isEnough = made.length >= FEWEST && made.reduce((sum, count) => sum + count, 0) >= FEWEST;
  return isEnough ? { histories, duration, frequency: made, weights: null } : null;
}

function hasPurchases({ times, amounts }: EventLog, before: number): boolean {
  return times.some((time, event) => time < before && (amounts === undefined || amounts[event]! > 0));
}
