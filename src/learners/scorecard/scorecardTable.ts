import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { binList } from '../binning/binIndex.js';
import type { Scorecard } from './scorecard.js';
import { UNSEEN, type ScorecardLine } from './scorecardState.js';

/**
 * The lines of a scorecard: every bin of every feature with its points. The base points are in `basePoints` of the card.
 *
 * @param scorecard - the card
 * @returns for each feature its bins in order, then special values, `missing`, and for a category `any other`
 * @example
 * ```ts
 * import { fitScorecard } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', stayed: i % 10 < (i % 2 ? 8 : 4) ? 'yes' : 'no' }));
 * const lines = scorecardTable(fitScorecard(rows, { target: 'stayed', rounding: 0 }));
 * lines.map(({ bin, points }) => `${bin} ${points}`); // => ['basic -58', 'gold 71', 'missing 0', 'any other 0']
 * ```
 */
export function scorecardTable(scorecard: Scorecard): ScorecardLine[] {
  if (typeof (scorecard as Partial<Scorecard> | null | undefined)?.toJSON !== 'function') throw new ClientelaError('INVALID_INPUT', `scorecardTable needs a Scorecard, found ${describeValue(scorecard)}`);
  const { events, rowCount, rounding, scale, neutralPoints } = scorecard;
  const unseen = { label: UNSEEN, rows: 0, share: 0, eventRate: events / rowCount, woe: 0 };
  return scorecard.toJSON().features.flatMap(({ binning, coefficient }) =>
    [...binList(binning), ...(binning.kind === 'category' ? [unseen] : [])].map(({ label, rows, share, eventRate, woe }): ScorecardLine => {
      // + 0 makes -0 plain.
      const points = neutralPoints + scale.factor * (woe * coefficient);
      return { feature: binning.feature, bin: label, rows, share, eventRate, woe, coefficient, points: rounding ? Number(points.toFixed(rounding.digits)) + 0 : points };
    }),
  );
}
