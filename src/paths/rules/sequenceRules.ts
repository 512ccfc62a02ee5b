import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { readLimit, type StepDistance } from '../journeys/stepLimits.js';
import { readLeast } from '../sequences/readLeast.js';
import { frameJourneys, framesByItem, type RuleFrames } from './ruleFrames.js';
import { readThresholds } from './ruleThresholds.js';
import { searchRules } from './searchRules.js';
import { measureRule, type RuleMeasures, type SequenceRule } from './sequenceRule.js';
import { countSets } from './setCounts.js';

/** What rules can be ranked by. */
export type SequenceRuleMeasure = 'lift' | 'confidence' | 'count' | 'leverage' | 'conviction';

/** Which rules `sequenceRules` looks for. */
export interface SequenceRuleOptions {
  /** The share of all customers a rule must hold for, above 0 to 1: at least `minSupport` × customers of them, rounded up. @defaultValue 0.01, and at least two customers (unless weights are not whole) */
  readonly minSupport?: number;
  /** The number of customers (the sum of their weights) a rule must hold for, in place of `minSupport`. @defaultValue from `minSupport` */
  readonly minCount?: number;
  /** The least share of customers with `before` that must have `after` later, 0 to 1. @defaultValue 0.5 */
  readonly minConfidence?: number;
  /** The least lift. @defaultValue 0 */
  readonly minLift?: number;
  /** The most items before. @defaultValue any number */
  readonly maxBefore?: number;
  /** The most items after. @defaultValue any number */
  readonly maxAfter?: number;
  /** From the first step to the last, at most, of all items of a rule, and so of a side where only that is counted; `{ steps: 2 }`: within three steps in a row. @defaultValue the whole journey */
  readonly window?: StepDistance;
  /** What rules are put in order by, the highest first; equals by count, then the fewest items, then by name. @defaultValue 'lift' */
  readonly rankBy?: SequenceRuleMeasure;
  /** The most rules, the best ones by `rankBy`; the others are counted only. @defaultValue 100,000 */
  readonly maxRules?: number;
  /** Level of the interval of a rule's confidence. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after each item a rule can begin with, by name, with the items done, their total, and the rules so far; `false` stops with what was found. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** What `sequenceRules` gives. */
export interface SequenceRules {
  /** By `rankBy`, the best first. */
  readonly rules: readonly SequenceRule[];
  /** All customers: the sum of their weights. */
  readonly customerCount: number;
  /** For how many of them a rule had to hold: all that hold for so many were looked at, twice as many as asked for, or four times, … where it was raised. */
  readonly minCount: number;
  /** Rules of enough support, confidence and lift, before any was cut. */
  readonly found: number;
  /** Whether rules are missing that were asked for. */
  readonly truncated: boolean;
  /** Why, when `truncated`: more than `maxRules`, or more than two million rules hold for as many customers as asked for, so that `minCount` was raised; or `onProgress` returned false. */
  readonly reason?: 'limit' | 'stopped';
}

/** How many rules of enough customers, of whatever confidence, may be looked at in one search. */
const MOST_TRIED = 2_000_000;

/** A rule as found. */
interface FoundRule {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly measures: RuleMeasures;
  readonly worth: number;
}

const OPTIONS: readonly string[] = ['minSupport', 'minCount', 'minConfidence', 'minLift', 'maxBefore', 'maxAfter', 'window', 'rankBy', 'maxRules', 'confidence', 'onProgress'];

/**
 * The rules "who had these, often had those later" of enough customers and confidence: sequential rules, whose sides are sets. `card + loan => insurance` holds for everybody with
 * both card and loan before insurance, in whichever order they had the two; paths with a fixed order are what {@link mineSequences} finds.
 *
 * A rule counts a customer once, however often it holds. With a `window`, all items of the rule must lie within it, and the customers with one side are those who have all of it
 * within a window. Lift, leverage and conviction hold the confidence against the customers with the items of `after` anywhere in their journey (within a window of it), in any order, not
 * against those who have them after something else.
 *
 * The search is RuleGrowth and TRuleGrowth (Fournier-Viger, Nkambou and Tseng, 2011; Fournier-Viger, Wu, Tseng and Nkambou, 2012): O(items of the journeys) for each frequent
 * rule, times the steps in a window. Where more than two million rules hold for enough customers, it begins again for twice as many, until they are fewer (`onProgress` hears of each search). (SPMF 2.66 measures its window in two ways: items of a rule of two may be `window` steps apart, those of a larger rule one step less,
 * and of those it misses some.)
 *
 * @param source - an event log, or journeys
 * @param options - thresholds, limits, order
 * @returns the rules, and how many were found and cut
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['card', 'loan', 'insurance'], ['loan', 'card', 'insurance'], ['card', 'loan'], ['insurance']]);
 * const { rules } = sequenceRules(journeys, { minCount: 2, minConfidence: 0.6 });
 * rules.map(({ before, after, count }) => `${before.join(' + ')} => ${after.join(' + ')}: ${count}`); // =>
 * // ['card => insurance: 2', 'card => loan: 2', 'loan => insurance: 2', 'card + loan => insurance: 2']
 * rules[3].confidence.estimate; // => 2 / 3
 * rules[3].lift; // => 8 / 9
 * ```
 */
export function sequenceRules(source: JourneySource, options: SequenceRuleOptions = {}): SequenceRules {
  const caller = 'sequenceRules';
  const journeys = readJourneys(caller, source);
  requireKnownOptions(caller, options, OPTIONS);
  const { weights, itemLevels } = journeys;
  const { maxRules = 100_000, window, onProgress } = options;
  const total = weights === null ? journeys.customers.length : weights.reduce((sum, weight) => sum + weight, 0);
  const whole = weights === null || weights.every(Number.isInteger);
  let minCount = readLeast(caller, options, 0.01, total, whole);
  // One customer goes many ways, of which nothing follows.
  if (whole && options.minCount === undefined && options.minSupport === undefined) minCount = Math.max(2, minCount);
  const { minConfidence, minLift, z } = readThresholds(caller, options);
  requireWhole(caller, 'maxRules', maxRules, 1);
  const [maxBefore, maxAfter] = (['maxBefore', 'maxAfter'] as const).map((option) => (options[option] === undefined ? Infinity : requireWhole(caller, option, options[option], 1))) as [number, number];
  const rankBy = requireChoice<SequenceRuleMeasure>(caller, 'rankBy', options.rankBy ?? 'lift', ['lift', 'confidence', 'count', 'leverage', 'conviction']);
  const within = window === undefined ? null : readLimit(caller, 'window', window, journeys.times);
  let rules: FoundRule[] = [];
  let frames!: RuleFrames;
  let found = 0;
  let tried = 0;
  let reason: 'limit' | 'stopped' | undefined;
  const search = (): void => {
    // What counts lack by rounding must not cost a rule.
    const least = minCount * (1 - 1e-9);
    frames = frameJourneys(journeys, least, within);
    const byItem = framesByItem(frames);
    const countOf = countSets(frames, byItem, weights);
    searchRules(frames, byItem, {
      minCount: least,
      maxBefore,
      maxAfter,
      weights,
      found: (before, after, count) => {
        if (++tried > MOST_TRIED) return false;
        const beforeCount = countOf(before);
        if (count < minConfidence * beforeCount * (1 - 1e-12)) return true;
        const measures = measureRule(count, beforeCount, countOf(after), total, z);
        if (measures.lift < minLift) return true;
        found++;
        rules.push({ before: [...before], after: [...after], measures, worth: rankBy === 'confidence' ? measures.confidence.estimate : measures[rankBy] });
        if (rules.length >= 2 * maxRules + 1000) rules = rules.sort(compareRules).slice(0, maxRules);
        return true;
      },
      stop: (done, all) => {
        if (tried > MOST_TRIED) return true;
        if (onProgress?.({ done, total: all, objective: found }) !== false) return false;
        if (done < all) reason = 'stopped';
        return true;
      },
    });
  };
  search();
  // Too many: all over again for twice as many customers.
  while (tried > MOST_TRIED) {
    rules = [];
    found = tried = 0;
    reason = 'limit';
    minCount *= 2;
    search();
  }
  const nameOf = (code: number): string => itemLevels[frames.levels[code]!]!;
  if (found > maxRules) reason ??= 'limit';
  return {
    rules: rules.sort(compareRules).slice(0, maxRules).map(({ before, after, measures }) => ({ before: before.map(nameOf), after: after.map(nameOf), ...measures })),
    customerCount: total,
    minCount,
    found,
    truncated: reason !== undefined,
    ...(reason && { reason }),
  };
}

function compareRules(a: FoundRule, b: FoundRule): number {
  return (
    // Infinities are equal, their difference is none.
    (a.worth === b.worth ? 0 : b.worth > a.worth ? 1 : -1) || b.measures.count - a.measures.count || a.before.length + a.after.length - b.before.length - b.after.length || compareCodes(a.before, b.before) || compareCodes(a.after, b.after)
  );
}

/** By the first code that differs; the shorter first. */
function compareCodes(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((code, i) => code !== b[i]);
  return at < 0 ? a.length - b.length : at < b.length ? a[at]! - b[at]! : 1;
}
