import { requireKnownOptions } from '../../data/options.js';
import { badOption } from './badOption.js';

/** The lowest and the highest score that belong, both included. */
export type ScoreRange = readonly [lowest: number, highest: number];

/** A named segment and the scores that make it; what is not given does not restrict. */
export interface RfmSegmentRule {
  /** The name of the segment. */
  readonly name: string;
  /** Recency scores that belong. */
  readonly recency?: ScoreRange;
  /** Frequency scores that belong. */
  readonly frequency?: ScoreRange;
  /** Monetary scores that belong. */
  readonly monetary?: ScoreRange;
  /** Cells that belong, for maps that are no boxes: recency, frequency and monetary score as three digits, such as `'555'`; with 10 bins `'10-3-7'`. */
  readonly cells?: readonly string[];
}

/** How scores are written as one cell. */
export function cellOf(bins: number, scores: readonly (number | string)[]): string {
  return scores.join(bins > 9 ? '-' : '');
}

/** Whether a rule takes these scores of recency, frequency and money. */
export function takes({ recency, frequency, monetary, cells }: RfmSegmentRule, bins: number, scores: readonly number[]): boolean {
  return (
    [recency, frequency, monetary].every((range, k) => !range || (scores[k]! >= range[0] && scores[k]! <= range[1])) &&
    (!cells || cells.includes(cellOf(bins, scores)))
  );
}

/** The rules, when they can mean what they say. */
export function requireRules(caller: string, rules: readonly RfmSegmentRule[], bins: number, withMoney: boolean): readonly RfmSegmentRule[] {
  const score = bins > 9 ? '(10|[1-9])' : `[1-${bins}]`;
  const isCell = new RegExp(`^${cellOf(bins, [score, score, score])}$`);
  const names = new Set<unknown>(['']);
  const given = [rules].flat() as readonly RfmSegmentRule[];
  for (const rule of given) {
    requireKnownOptions(`${caller} segments`, rule, ['name', 'recency', 'frequency', 'monetary', 'cells']);
    const { name, recency, frequency, monetary, cells } = rule;
    if (
      typeof name !== 'string' ||
      names.has(name) ||
      (!withMoney && (monetary ?? cells)) ||
      ![recency, frequency, monetary].every((range) => !range || (range[0] >= 1 && range[0] <= range[1] && range[1] <= bins)) ||
      [cells ?? []].flat().some((cell) => !isCell.test(cell))
    ) {
      throw badOption(caller, 'segments', `rules of distinct names, scores from 1 to ${bins}${withMoney ? '' : ' without money'} and cells such as "${cellOf(bins, [bins, 1, bins])}"`, rule);
    }
    names.add(name);
  }
  return given;
}
