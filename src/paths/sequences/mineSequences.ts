import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { readLimits, STEP_LIMITS, type ReadLimits } from '../journeys/stepLimits.js';
import { chooseLimited } from './limited/chooseLimited.js';
import { mineLimited } from './limited/mineLimited.js';
import { chooseKind, orderPaths } from './choosePaths.js';
import { MinedSequences, type LeftOutSequences } from './minedSequences.js';
import type { MiningPlan } from './miningPlan.js';
import { mineSets } from './mineSets.js';
import { mineSingles } from './mineSingles.js';
import { PatternStore } from './patternStore.js';
import { SAME_STEP } from './patternTree.js';
import { readPathRules, readSearch, type PathRules, type SearchRules, type SequenceOptions } from './sequenceOptions.js';
import { buildRows } from './sequenceRows.js';
import { TopCounts } from './topCounts.js';

/**
 * The paths that many customers went: items in the order in which they happened, whatever happened in between, each customer counted once. Exact, whatever the order of rows.
 *
 * A journey has a path when its steps can be found in it one after the other, each with all items of the step of the path among its own. By default paths are `closed`: one that every
 * customer of whom went on in the same way is told once, as the longest. Restrictions (`startsWith`, `maxSteps`, …) and limits in time (`maxGap`, `maxSpan`, …) are part of the search, and
 * closed, maximal and generators are meant among the paths they admit: with `startsWith: 'quote'` a path is compared with those that start with a quote. Within limits of time a path may be
 * rarer than a longer one that has its steps (A, B, C can follow one another closely where A and C are too far apart) or as frequent for other customers: there the customers of two paths are
 * compared, by sums of numbers drawn for each (a wrong match is less likely than one in 2^53 / customers).
 *
 * PrefixSpan (Pei et al., 2001) on typed arrays: a path is the places in the journeys where its last item stands, earliest first; what is not frequent behind it is left out of what longer paths are
 * searched in. Time grows with the counts of the paths searched times what follows them; memory with the depth of the path searched, besides 16 bytes a path.
 * The number of paths can explode: `maxPatterns` holds it, and a result that is cut says so. With `patterns: 'top'` a first search finds the count of the last (restrictions
 * apply), a second lists the paths; `onProgress` hears of the second, and never of the choice of closed ones at the end. Weights that are not whole are compared with a relative tolerance of 1e-9; a customer of weight 0 is not there.
 * Where there are no journeys, or nothing is frequent enough, the result is empty.
 *
 * @param source - a log, or journeys
 * @param options - how often, which paths, how many; see {@link SequenceOptions}
 * @returns the paths with their counts, most frequent first
 * @throws a {@link ClientelaError} `INVALID_INPUT` when there are no journeys; `INVALID_OPTION`; `UNKNOWN_ID` for an item nobody has
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([
 *   ['visit', 'quote', ['card', 'loan']],
 *   ['visit', 'visit', 'quote', 'card'],
 *   ['quote', 'visit', 'card'],
 *   ['visit', 'call'],
 * ]);
 * const told = (found: Iterable<{ steps: readonly (readonly string[])[]; count: number }>) => Array.from(found, ({ steps, count }) => `${steps.map((step) => step.join('+')).join(' > ')}: ${count}`);
 * const found = mineSequences(journeys, { minSupport: 0.5 });
 * found.minCount; // => 2
 * told(found); // => ['visit: 4', 'quote > card: 3', 'visit > card: 3', 'visit > quote > card: 2']
 * told(mineSequences(journeys, { minCount: 2, endsWith: 'card', maxGap: { steps: 1 } })); // => ['card: 3', 'visit > quote > card: 2']
 * told(mineSequences(journeys, { patterns: 'top', top: 2, minSteps: 2 })); // => ['quote > card: 3', 'visit > card: 3']
 * ```
 */
export function mineSequences(source: JourneySource, options: SequenceOptions = {}): MinedSequences {
  const caller = 'mineSequences';
  const journeys = readJourneys(caller, source);
  const { weights, customers, itemLevels, times } = journeys;
  const whole = weights === null || weights.every(Number.isInteger);
  const customerCount = weights === null ? customers.length : weights.reduce((sum, weight) => sum + weight, 0);
  const search = readSearch(caller, options, customerCount, whole);
  const rules = readPathRules(caller, options, itemLevels);
  const limits = readLimits(caller, options, times);
  const last = search.kind === 'top' ? findThreshold(journeys, search, rules, limits) : search.minCount;
  const { store, leftOut, levels } = mine(journeys, { ...search, minCount: last }, rules, limits, null, options.onProgress);
  const admitted = store.finish();
  for (let node = 0; node < store.size; node++) store.items[node] = levels[store.items[node]! & ~SAME_STEP]! | (store.items[node]! & SAME_STEP);
  (limits.any ? chooseLimited : chooseKind)(store, admitted, search.kind);
  const cut: LeftOutSequences | undefined = leftOut ?? (store.cut ? { reason: 'limit', count: store.least } : undefined);
  const order = orderPaths(store, admitted);
  const lowest = store.counts[order[order.length - 1]!];
  return new MinedSequences({
    tree: store, order, itemLevels, kind: search.kind, minCount: search.kind === 'top' ? (lowest ?? last) : last, customerCount, leftOut: cut,
    limits: Object.fromEntries(STEP_LIMITS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])),
  });
}

/** The count of the last of the most frequent. */
function findThreshold(journeys: JourneyColumns, search: SearchRules, rules: PathRules, limits: ReadLimits): number {
  const tops = new TopCounts(search.top, search.tolerance === 0 ? 1 : 0);
  mine(journeys, search, rules, limits, tops, undefined);
  return Math.max(search.minCount, tops.last);
}

function mine(journeys: JourneyColumns, { minCount, tolerance, maxPatterns, kind, top }: SearchRules, rules: PathRules, limits: ReadLimits, tops: TopCounts | null, onProgress: SequenceOptions['onProgress']): { readonly store: PatternStore; readonly levels: Int32Array; readonly leftOut: LeftOutSequences | undefined } {
  const least = minCount * (1 - tolerance);
  const rows = buildRows(journeys, rules, least);
  const { levels } = rows;
  const store = new PatternStore(rules, levels, least, maxPatterns, tops, kind === 'top' ? top : null, limits.any);
  let leftOut: LeftOutSequences | undefined;
  const stop = (done: number, total: number): boolean => {
    if (onProgress?.({ done, total, objective: store.found }) !== false) return false;
    if (done < total) leftOut = { reason: 'stopped', items: Array.from(levels.subarray(done), (level) => journeys.itemLevels[level]!) };
    return true;
  };
  const plan: MiningPlan = { store, times: journeys.times, stop };
  if (limits.any) mineLimited(rows, plan, limits);
  else (rows.singles ? mineSingles : mineSets)(rows, plan);
  return { store, levels, leftOut };
}
