import type { CureFollowUp } from './cureState.js';
import type { CureDistribution } from './cureOptions.js';

/** What to bear in mind about a cured share; null where nothing. */
export function describeCure(isNone: boolean, { leaversLeft, shareBeyond, lastTime, isLongEnough, p }: CureFollowUp, distribution: CureDistribution): string | null {
  if (isNone) return 'nobody who never leaves is to be seen: the likelihood is highest where everybody leaves at some time; use fitAcceleratedFailure, which is the same without a cured share';
  if (isLongEnough) return null;
  const left = `at the longest time observed, ${Number(lastTime.toPrecision(4))}, ${(100 * leaversLeft).toFixed(0)} % of those who leave are foretold to be there still`;
  const plateau = shareBeyond === 0 ? ', and nobody was observed for longer than the last event, so that the curve has no plateau' : p > 0.05 ? ', and the curve falls to its end, or nearly' : '';
  return `the follow-up is too short to tell who never leaves from who leaves late: ${left}${plateau}; the cured share is what the distribution ('${distribution}') makes of the end of the curve: compare other distributions, and do not read it as a fact`;
}
