import { describeValue } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';

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
  /** Cells that belong, as three digits of recency, frequency and monetary score, such as `'555'`; for maps that are no boxes. */
  readonly cells?: readonly string[];
}

/**
 * The ten segments of recency and frequency quintiles (1 to 5) that most tools show; every one of the 25 cells belongs to exactly
 * one, and the monetary score is not used. (CleverTap's RFM grid, in the form of its many public copies.)
 *
 * @example
 * ```ts
 * rf10Segments.map((segment) => segment.name).slice(0, 3); // => ['champions', 'loyal', 'potential loyalists']
 * ```
 */
export const rf10Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', recency: [5, 5], frequency: [4, 5] },
  { name: 'loyal', recency: [3, 4], frequency: [4, 5] },
  { name: 'potential loyalists', recency: [4, 5], frequency: [2, 3] },
  { name: 'new', recency: [5, 5], frequency: [1, 1] },
  { name: 'promising', recency: [4, 4], frequency: [1, 1] },
  { name: 'need attention', recency: [3, 3], frequency: [3, 3] },
  { name: 'about to sleep', recency: [3, 3], frequency: [1, 2] },
  { name: 'cannot lose', recency: [1, 2], frequency: [5, 5] },
  { name: 'at risk', recency: [1, 2], frequency: [3, 4] },
  { name: 'hibernating', recency: [1, 2], frequency: [1, 2] },
];

/** The position of the first rule that holds, or -1. */
export function ruleOf(rules: readonly RfmSegmentRule[], recency: number, frequency: number, monetary: number): number {
  return rules.findIndex(
    (rule) =>
      within(rule.recency, recency) &&
      within(rule.frequency, frequency) &&
      within(rule.monetary, monetary) &&
      (rule.cells === undefined || rule.cells.includes(`${recency}${frequency}${monetary}`)),
  );
}

function within(range: ScoreRange | undefined, score: number): boolean {
  return range === undefined || (score >= range[0] && score <= range[1]);
}

/** The rules, when they can mean what they say. */
export function requireRules(caller: string, rules: readonly RfmSegmentRule[], bins: number, hasAmounts: boolean): readonly RfmSegmentRule[] {
  const fail = (message: string, segment: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} ${message}`, { function: caller, option: 'segments', segment });
  const given: unknown = rules;
  if (!Array.isArray(given)) throw fail(`needs segments as an array of rules, found ${describeValue(rules)}`, rules);
  const names = new Set<string>();
  for (const rule of rules) {
    requireKnownOptions(`${caller} segments`, rule, ['name', 'recency', 'frequency', 'monetary', 'cells']);
    const { name, recency, frequency, monetary, cells } = rule;
    const sound = [recency, frequency, monetary].every((range) => range === undefined || isRange(range, bins));
    if (typeof name !== 'string' || name === '' || names.has(name) || !sound) {
      throw fail(`needs segments of distinct names and score ranges within 1 to ${bins}, found ${JSON.stringify({ name, recency, frequency, monetary })}`, name);
    }
    if (cells !== undefined && !(Array.isArray(cells) && cells.every((cell) => new RegExp(`^[1-${bins}]{3}$`).test(String(cell))))) {
      throw fail(`needs cells of three scores from 1 to ${bins}, such as "${bins}1${bins}", found ${JSON.stringify(cells)} in segment "${name}"`, name);
    }
    if (!hasAmounts && (monetary !== undefined || cells !== undefined)) {
      throw fail(`cannot apply segment "${name}": it uses the monetary score and there are no amounts; name the amount column of the log, or choose segments by recency and frequency`, name);
    }
    names.add(name);
  }
  return rules;
}

function isRange(range: unknown, bins: number): boolean {
  return Array.isArray(range) && range.length === 2 && range[0] >= 1 && range[0] <= range[1] && range[1] <= bins;
}
