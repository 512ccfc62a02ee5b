import { requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { MinedSequences } from '../sequences/minedSequences.js';
import { readThresholds } from './ruleThresholds.js';
import { measureRule, type RuleMeasures } from './sequenceRule.js';

/** Which rules `rulesOfSequences` keeps. */
export interface PathRuleOptions {
  /** The least share of customers with the path that must go on so, 0 to 1. @defaultValue 0.5 */
  readonly minConfidence?: number;
  /** The least lift. @defaultValue 0 */
  readonly minLift?: number;
  /** Level of the interval of a rule's confidence. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** Who went a path, often went on with a step. */
export interface PathRule extends RuleMeasures {
  /** The steps of the path in order, each the items of one time. */
  readonly before: readonly (readonly string[])[];
  /** The items of the step that follows. */
  readonly after: readonly string[];
}

/**
 * The rules "who went this path, often went on with that step" behind paths found: each of two steps or more is its last step after the others, as `ruleInduction` of arulesSequences has
 * it (Zaki, 2001). The lift holds the confidence against the customers with the step anywhere in their journey, as there. O(paths).
 *
 * @param mined - what {@link mineSequences} found with `patterns: 'frequent'`: the parts of each path are needed too
 * @param options - thresholds; see {@link PathRuleOptions}
 * @returns the rules by falling lift, then as the paths are ordered
 * @throws a {@link ClientelaError} `INVALID_INPUT` when it is no result of the kind, was stopped or has limits, or when a part of a path is missing; `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys, mineSequences } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'quote', 'card'], ['visit', 'quote', 'card'], ['visit', 'quote'], ['card']]);
 * const rules = rulesOfSequences(mineSequences(journeys, { minCount: 2, patterns: 'frequent' }), { minConfidence: 0.6 });
 * rules.map(({ before, after, count }) => `${before.join(' > ')} => ${after}: ${count}`); // =>
 * // ['visit => quote: 3', 'quote => card: 2', 'visit => card: 2', 'visit > quote => card: 2']
 * rules[0].lift; // => 4 / 3
 * ```
 */
export function rulesOfSequences(mined: MinedSequences, options: PathRuleOptions = {}): PathRule[] {
  const caller = 'rulesOfSequences';
  requireKnownOptions(caller, options, ['minConfidence', 'minLift', 'confidence']);
  const { minConfidence, minLift, z } = readThresholds(caller, options);
  const bad = (message: string): ClientelaError => new ClientelaError('INVALID_INPUT', `${caller} ${message}`);
  const { kind, leftOut, limits, customerCount } = (mined as Partial<MinedSequences> | null) ?? {};
  if (typeof customerCount !== 'number' || limits === undefined) throw bad(`needs what mineSequences found, found ${describeValue(mined)}; give the result itself, not its paths`);
  if (kind !== 'frequent' && kind !== 'top') throw bad(`needs paths mined with patterns: 'frequent' or 'top', found '${kind}'`);
  if (leftOut?.reason === 'stopped') throw bad('needs all paths, found a search that onProgress stopped; let it end');
  if (Object.keys(limits).length > 0) throw bad(`needs paths mined without limits, found ${Object.keys(limits).join(', ')}; within them a path may be rarer than one that has it`);
  const counts = new Map<string, number>();
  const rules: PathRule[] = [];
  for (const { steps, count } of mined) counts.set(JSON.stringify(steps), count);
  const countOf = (steps: readonly (readonly string[])[]): number => {
    const count = counts.get(JSON.stringify(steps));
    if (count !== undefined) return count;
    throw new ClientelaError('INVALID_INPUT', `${caller} needs all parts of the paths, found no ${steps.map((step) => step.join(' + ')).join(' > ')}; mine with patterns: 'frequent' and without restrictions or top`, { steps });
  };
  for (const { steps, count } of mined) {
    if (steps.length < 2) continue;
    const [before, after] = [steps.slice(0, -1), steps[steps.length - 1]!];
    const beforeCount = countOf(before);
    if (count < minConfidence * beforeCount * (1 - 1e-12)) continue;
    const rule = { before, after, ...measureRule(count, beforeCount, countOf([after]), customerCount, z) };
    if (rule.lift >= minLift) rules.push(rule);
  }
  return rules.sort((a, b) => b.lift - a.lift);
}
