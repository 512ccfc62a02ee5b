import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { badOption } from './badOption.js';
import { rf10Segments } from './rf10Segments.js';
import { quantileCuts, requireCuts, scoreOf, type RfmCuts, type RfmScoring } from './rfmCuts.js';
import { requireRules, takes, type RfmSegmentRule } from './rfmRules.js';
import { segmentTable, type RfmSegment } from './rfmTable.js';

/** How recency, frequency and money become scores, and scores become segments. */
export interface RfmScoringOptions {
  /**
   * How many scores per dimension, 2 to 10.
   *
   * @defaultValue 5
   */
  readonly bins?: number;
  /** Fixed cut points, for example `cuts` of an earlier result, so that scores of two dates compare; a dimension not given is cut by `scoring`. */
  readonly cuts?: Partial<RfmCuts>;
  /**
   * Where the cuts come from: `quantileCuts`, `naturalBreaks`, a function of one's own, or a convention of other tools (`rankFirst`,
   * `ntile`, `rRfm`).
   *
   * @defaultValue {@link quantileCuts}
   */
  readonly scoring?: RfmScoring;
  /**
   * Which scores make which segment, first match wins; `false` for scores only.
   *
   * @defaultValue {@link rf10Segments}, which need 5 bins
   */
  readonly segments?: readonly RfmSegmentRule[] | false;
}

/** Customers by recency, frequency and money, their scores, and the segments these make. */
export interface RfmPortfolio {
  /** Who; all arrays below are in this order. */
  readonly customers: readonly (string | number)[];
  /** Days since the last purchase, 0 or more. */
  readonly recencyDays: Float64Array;
  /** Purchases, 1 or more. */
  readonly frequency: Float64Array;
  /** Sum or mean of amounts, in the currency of the log, or what else was asked for; `NaN` when there are no amounts. */
  readonly monetary: Float64Array;
  /** How many scores per dimension. */
  readonly bins: number;
  /** 1 (longest ago) to `bins` (most recent). */
  readonly recencyScore: Uint8Array;
  /** 1 (least) to `bins` (most). */
  readonly frequencyScore: Uint8Array;
  /** 1 (least) to `bins` (most); 0 when there are no amounts. */
  readonly monetaryScore: Uint8Array;
  /** Position in `segments`; -1 throughout when `segments: false`. */
  readonly segment: Int32Array;
  /** The cut points used; give them to a later call to score by the same yardstick. Empty where a convention ranks instead of cutting. */
  readonly cuts: RfmCuts;
  /** One line per segment, in the order of the rules; customers whom no rule takes are in `'other'`: the rule of that name, otherwise a last line. */
  readonly segments: readonly RfmSegment[];
}

/** The options every scoring takes, for the list of known names. */
export const scoringOptions: readonly string[] = ['bins', 'cuts', 'scoring', 'segments'];

/** Scores, segments and their table from values already counted; `monetary` is `NaN` throughout where there is no money. */
export function scoreCustomers(
  caller: string,
  values: Pick<RfmPortfolio, 'customers' | 'recencyDays' | 'frequency' | 'monetary'>,
  revenue: Float64Array,
  { bins = 5, cuts: given = {}, scoring = quantileCuts, segments }: RfmScoringOptions,
): RfmPortfolio {
  const { recencyDays, frequency, monetary } = values;
  const withMoney = !Number.isNaN(monetary[0]);
  requireChoice(caller, 'bins', bins, [2, 3, 4, 5, 6, 7, 8, 9, 10]);
  requireKnownOptions(`${caller} cuts`, given, ['recency', 'frequency', 'monetary']);
  if (segments === undefined && bins !== 5) throw badOption(caller, 'segments', `rules for ${bins} bins, or false for scores only`, segments);
  const rules = requireRules(caller, segments === false ? [] : (segments ?? rf10Segments), bins, withMoney);
  const cuts: Record<keyof RfmCuts, readonly number[]> = { recency: [], frequency: [], monetary: [] };
  const scored = (dimension: keyof RfmCuts, numbers: Float64Array): Uint8Array => {
    const found = given[dimension] ?? scoring(numbers, bins, dimension);
    if (found instanceof Uint8Array) {
      const wrong = found.length === numbers.length ? found.find((score) => score < 1 || score > bins) : `${found.length} scores`;
      if (wrong === undefined) return found;
      throw badOption(caller, 'scoring', `a function that gives ${numbers.length} scores from 1 to ${bins}`, wrong);
    }
    requireCuts(caller, dimension, found, bins);
    cuts[dimension] = found;
    const best = dimension === 'recency' ? bins + 1 : 0;
    return new Uint8Array(numbers.map((value) => Math.abs(best - scoreOf(value, found))));
  };
  const recencyScore = scored('recency', recencyDays);
  const frequencyScore = scored('frequency', frequency);
  const monetaryScore = withMoney ? scored('monetary', monetary) : new Uint8Array(monetary.length);
  const names = rules.map((rule) => rule.name);
  // Every cell is looked up once.
  const codes: number[] = [];
  const segment = new Int32Array(monetary.length).map((_, i) => {
    const [r, f, m] = [recencyScore[i]!, frequencyScore[i]!, monetaryScore[i]!];
    return (codes[(r * 16 + f) * 16 + m] ??= codeOf(rules, names, bins, [r, f, m]));
  });
  return { ...values, bins, recencyScore, frequencyScore, monetaryScore, segment, cuts, segments: segmentTable(names, segment, revenue, recencyDays, frequency, monetary) };
}

// The first rule that takes the cell; otherwise 'other', which a segment of the caller's own may be called.
function codeOf(rules: readonly RfmSegmentRule[], names: string[], bins: number, scores: readonly number[]): number {
  const first = rules.findIndex((rule) => takes(rule, bins, scores));
  if (first >= 0 || rules.length === 0) return first;
  return names.includes('other') ? names.indexOf('other') : names.push('other') - 1;
}
