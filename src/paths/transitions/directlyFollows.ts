import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { countTransitions, listTransitions, type NodeJourneys, type TransitionCounts, type Transitions } from './countTransitions.js';
import { edgeGaps } from './edgeGaps.js';
import type { ElapsedDays } from './elapsedDays.js';
import { journeyVariants, type JourneyVariant } from './journeyVariants.js';
import { stepNodes, type StepNodes } from './stepNodes.js';

/** What {@link directlyFollows} leaves out, and how it takes steps of several items. */
export interface DirectlyFollowsOptions {
  /** A step of several items: one activity named for all of them (`'card + loan'`), or each item by itself, followed by each item of the next step. @defaultValue 'joined' */
  readonly several?: 'joined' | 'each';
  /** Edges passed less often are left out of `edges` (0 keeps all). @defaultValue 0 */
  readonly minCount?: number;
  /** Edges passed by a smaller share of the customers are left out of `edges`. @defaultValue 0 */
  readonly minShare?: number;
  /** How many variants to list, the most frequent first. @defaultValue 1000 */
  readonly maxVariants?: number;
}

/** One thing that happens in journeys. */
export interface DirectlyFollowsActivity {
  /** What happened. */
  readonly item: string;
  /** How often. */
  readonly count: number;
  /** Customers with it. */
  readonly cases: number;
  /** Journeys that begin with it. */
  readonly starts: number;
  /** Journeys that end with it, so far. */
  readonly ends: number;
}

/** One thing after another, with nothing between. */
export interface DirectlyFollowsEdge {
  /** What happened first. */
  readonly from: string;
  /** What followed directly. */
  readonly to: string;
  /** How often. */
  readonly n: number;
  /** Customers who passed. */
  readonly cases: number;
  /** How many of `n` lead back to what the customer had done before, not in the step just before. */
  readonly returns: number;
  /** How long it took; null where only the order of steps is known. */
  readonly elapsedDays: ElapsedDays | null;
}

/** What is done again. */
export interface Rework {
  /** What was done again. */
  readonly item: string;
  /** Customers with it. */
  readonly cases: number;
  /** Customers who did it more than once. */
  readonly repeatedBy: number;
  /** `repeatedBy / cases`. */
  readonly share: number;
  /** How often it followed itself. */
  readonly selfLoops: number;
  /** How often it came again after something else. */
  readonly returns: number;
  /** After what it came again, the most frequent first. */
  readonly after: readonly { readonly item: string; readonly n: number }[];
}

/** What {@link directlyFollows} found; counts are sums of weights. */
export interface DirectlyFollows {
  /** Customers with a step. */
  readonly caseCount: number;
  /** The most frequent first. */
  readonly activities: readonly DirectlyFollowsActivity[];
  /** Those the limits keep, the most frequent first. */
  readonly edges: readonly DirectlyFollowsEdge[];
  /** Edges before the limits. */
  readonly edgeCount: number;
  /** Passages before the limits: the sum of `n`. */
  readonly transitionCount: number;
  /** Distinct journeys, the most frequent first. */
  readonly variants: readonly JourneyVariant[];
  /** How many distinct journeys there are, listed or not. */
  readonly variantCount: number;
  /** The steps of the most frequent journey. */
  readonly happyPath: readonly string[];
  /** What was done again by anybody, by the share of its customers. */
  readonly rework: readonly Rework[];
}

/**
 * What follows what, how often and after how many days: the process map of all journeys, with its variants and what is done again.
 *
 * The days are exact quantiles (type 7), not buckets, and stand beside mean and standard deviation because means of waiting times mislead: in the receipts
 * of a Dutch town one passage takes 31 seconds at the median and 15 hours on average. The last step of a journey has no gap: what has not happened yet is in no figure
 * (`fitMarkovPaths` counts it as censored). Events of one moment are one step; see `several`. Customers without a step are no cases.
 *
 * `O(passages)` and a sort of the gaps. A passage goes from a step to the next, so with `several: 'joined'` there are fewer than events; with `'each'`, one from every item of a
 * step to every item of the next: two baskets of 100 items make 10,000. About 30 bytes a passage and 0.5 kB a distinct edge at most: 5 million events of 500,000 customers in some seconds, with
 * 50 items in 200 MB beside the journeys.
 *
 * @param source - a log, or journeys made of one in another way
 * @param options - which edges, how many variants; see {@link DirectlyFollowsOptions}
 * @returns activities, edges, variants and rework; see {@link DirectlyFollows}
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`; `EMPTY_INPUT` when there is no step at all
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 1, at: '2026-01-01', what: 'quote' }, { id: 1, at: '2026-01-04', what: 'contract' },
 *   { id: 2, at: '2026-01-01', what: 'quote' }, { id: 2, at: '2026-01-03', what: 'quote' }, { id: 2, at: '2026-01-08', what: 'contract' },
 * ], { customer: 'id', time: 'at', item: 'what' });
 * const { edges, variantCount, rework } = directlyFollows(log);
 * edges.map(({ from, to, n, elapsedDays }) => [from, to, n, elapsedDays.median]); // => [['quote', 'contract', 2, 4], ['quote', 'quote', 1, 2]]
 * variantCount; // => 2
 * rework[0].share; // => 0.5
 * ```
 */
export function directlyFollows(source: JourneySource, options: DirectlyFollowsOptions = {}): DirectlyFollows {
  const caller = 'directlyFollows';
  requireKnownOptions(caller, options, ['several', 'minCount', 'minShare', 'maxVariants']);
  const { minCount = 0, minShare = 0, maxVariants = 1000 } = options;
  const several = requireChoice(caller, 'several', options.several ?? 'joined', ['joined', 'each']);
  requireLimit(caller, 'minCount', minCount, Infinity);
  requireLimit(caller, 'minShare', minShare, 1);
  requireWhole(caller, 'maxVariants', maxVariants, 1);
  const journeys = readJourneys(caller, source);
  const joined = stepNodes(journeys);
  const { variants, variantCount, caseCount } = journeyVariants(journeys, joined, maxVariants);
  if (variantCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a customer with a step, found none among ${journeys.customers.length}; are all events left out, or all weights 0?`);
  const names = several === 'each' ? journeys.itemLevels : joined.names;
  const graph = several === 'each' ? nodesOf(journeys) : nodesOf(journeys, joined);
  const transitions = listTransitions(graph);
  const counts = countTransitions(graph, transitions);
  const elapsed = journeys.times && edgeGaps(transitions, journeys.times, journeys.offsets, journeys.weights);
  const all = edgesOf(transitions, counts, names, elapsed);
  return {
    caseCount,
    activities: activitiesOf(counts, names),
    edges: all.filter(({ n, cases }) => n >= minCount && cases >= minShare * caseCount),
    edgeCount: all.length,
    transitionCount: all.reduce((sum, { n }) => sum + n, 0),
    variants,
    variantCount,
    happyPath: variants[0]!.steps,
    rework: reworkOf(counts, names, all),
  };
}

function requireLimit(caller: string, option: string, value: number, most: number): void {
  if (value >= 0 && value <= most) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a number of at least 0${most === 1 ? ' and at most 1' : ''}, found ${describeValue(value)}`, { option, value });
}

function nodesOf({ offsets, itemOffsets, items, itemLevels, weights }: JourneyColumns, joined?: StepNodes): NodeJourneys {
  if (joined === undefined) return { offsets, nodeOffsets: itemOffsets, nodes: items, nodeCount: itemLevels.length, weights };
  return { offsets, nodeOffsets: itemOffsets.map((_, s) => s), nodes: joined.codes, nodeCount: joined.names.length, weights };
}

function activitiesOf({ count, cases, starts, ends }: TransitionCounts, names: readonly string[]): DirectlyFollowsActivity[] {
  const all = names.map((item, i) => ({ item, count: count[i]!, cases: cases[i]!, starts: starts[i]!, ends: ends[i]! }));
  return all.filter((activity) => activity.count > 0).sort((a, b) => b.count - a.count);
}

// Nodes are numbered by name, so the stable sort leaves ties in order of the names.
function edgesOf({ from, to }: Transitions, { n, edgeCases, edgeReturns }: TransitionCounts, names: readonly string[], elapsed: readonly ElapsedDays[] | null): DirectlyFollowsEdge[] {
  const edges = Array.from(from, (node, e) => ({ from: names[node]!, to: names[to[e]!]!, n: n[e]!, cases: edgeCases[e]!, returns: edgeReturns[e]!, elapsedDays: elapsed && elapsed[e]! }));
  return edges.sort((a, b) => b.n - a.n);
}

function reworkOf({ cases, repeatedBy, selfLoops, returns }: TransitionCounts, names: readonly string[], edges: readonly DirectlyFollowsEdge[]): Rework[] {
  const after = new Map<string, { item: string; n: number }[]>();
  for (const { from, to, returns: n } of edges) if (n > 0) after.set(to, [...(after.get(to) ?? []), { item: from, n }]);
  const all = names.map((item, i) => ({
    item,
    cases: cases[i]!,
    repeatedBy: repeatedBy[i]!,
    share: repeatedBy[i]! / cases[i]!,
    selfLoops: selfLoops[i]!,
    returns: returns[i]!,
    after: (after.get(item) ?? []).sort((a, b) => b.n - a.n),
  }));
  return all.filter((row) => row.repeatedBy > 0).sort((a, b) => b.share - a.share);
}
