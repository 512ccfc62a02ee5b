import { EVENT, type TimeRows } from '../accelerated/timeRows.js';
import { survivalCurve } from '../../numeric/survival/survivalCurve.js';
import type { CureFollowUp } from './cureState.js';

/** What can be said of the follow-up without a model. */
export type ObservedFollowUp = Omit<CureFollowUp, 'leaversLeft' | 'isLongEnough'>;

/** How long rows were observed beside when events came. O(n log n). */
export function observedFollowUp({ kinds, times, weights }: TimeRows): ObservedFollowUp {
  const weightOf = (row: number): number => (weights === null ? 1 : weights[row]!);
  let [lastTime, lastEvent, total, beyond, late] = [0, 0, 0, 0, 0];
  times.forEach((time, row) => {
    if (weightOf(row) === 0) return;
    lastTime = Math.max(lastTime, time);
    if (kinds[row] === EVENT) lastEvent = Math.max(lastEvent, time);
    total += weightOf(row);
  });
  times.forEach((time, row) => {
    if (time > lastEvent) beyond += weightOf(row);
    // The plateau mirrored at the last event: as long a while without it as with it.
    if (kinds[row] === EVENT && time > 2 * lastEvent - lastTime) late += weightOf(row);
  });
  const { survival } = survivalCurve(times, kinds.map((kind) => (kind === EVENT ? 1 : 0)), weights);
  return { lastTime, lastEvent, plateau: survival[survival.length - 1]!, shareBeyond: beyond / total, p: (1 - late / total) ** total };
}

/** The median of the times of events. O(n log n). */
export function medianEvent({ kinds, times, weights }: TimeRows): number {
  const own = times.filter((_, row) => kinds[row] === EVENT && weights?.[row] !== 0).sort();
  return own[Math.floor(own.length / 2)]!;
}
