import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns, JourneySource } from '../journeys/journeys.js';
import { readJourneys, readTimedJourneys } from '../journeys/readJourneys.js';
import { contextTree, findContexts, findFollower, type ContextTree } from './contextTree.js';
import { countContexts } from './countContexts.js';
import { fitToJourneys, NEXT_EVENT_OPTIONS, type NextEventOptions } from './fitNextEvent.js';
import { StepSymbols, symbolJourneys } from './stepSymbols.js';
import type { NextScorer } from './scoreNext.js';

/** How next events are foretold, and which are the test. */
export interface NextEventTestOptions extends NextEventOptions {
  /** Learn from everything before this moment and foretell each customer's first step from then on. @defaultValue the last step of each journey is foretold by all others */
  readonly asOf?: Instant;
}

/** How well next events were foretold. */
export interface NextEventFigures {
  /** Share of events that were the first choice. */
  readonly hit1: number;
  /** Share of events among the first five. */
  readonly hit5: number;
  /** Mean of 1 / rank; 0 for what was not on the list. */
  readonly meanReciprocalRank: number;
}

/** How well next events were foretold, beside simpler ways. */
export interface NextEventEvaluation {
  /** Events foretold, weighted. */
  readonly events: number;
  /** Of these, with `asOf`, events of items never seen before it: all ways miss them, and no log loss counts them. */
  readonly unseen: number;
  /** The model, with the mean of -ln probability: the lower the better. */
  readonly model: NextEventFigures & { readonly logLoss: number };
  /** Always the most frequent items; `logLoss` with one event added to each item. */
  readonly popularity: NextEventFigures & { readonly logLoss: number };
  /** By order 0, 1, … `maxOrder`: what most often followed the last so many steps, or fewer where they were never seen. */
  readonly orders: readonly NextEventFigures[];
}

/** One journey to foretell: its history ends before step `step`. */
interface Trial {
  readonly customer: number;
  readonly step: number;
}

/**
 * How well the next event is foretold for events not learnt from, beside popularity and single orders.
 *
 * Either the last step of each journey of two steps or more is foretold from the others (who has one step only is left out), or, with `asOf`, what comes from
 * a moment on by what was before it: the honest test where habits change. Ties are ranked by name. With `excludeOwned`, events of owned items are not foretold.
 *
 * @param source - a log, or journeys; with times where `asOf` is given
 * @param options - as for {@link fitNextEvent}, and the test; see {@link NextEventTestOptions}
 * @returns the figures; see {@link NextEventEvaluation}
 * @throws a {@link ClientelaError} as {@link fitNextEvent}; `NOT_IDENTIFIED` when there is nothing to foretell
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const visits = Journeys.fromLists(Array.from({ length: 40 }, (_, i) => (i % 4 ? ['ad', 'shop', 'ad', 'shop'] : ['mail', 'shop', 'mail', 'mail'])));
 * const { model, popularity } = evaluateNextEvent(visits);
 * model.hit1; // => 0.75
 * popularity.hit1; // => 0
 * ```
 */
export function evaluateNextEvent(source: JourneySource, options: NextEventTestOptions = {}): NextEventEvaluation {
  const caller = 'evaluateNextEvent';
  requireKnownOptions(caller, options, [...NEXT_EVENT_OPTIONS, 'asOf']);
  const { asOf, ...fitting } = options;
  const journeys = asOf === undefined ? readJourneys(caller, source) : readTimedJourneys(caller, source);
  const moment = asOf === undefined ? null : requireInstant(caller, 'asOf', asOf);
  const trials = findTrials(journeys, moment);
  if (trials.length === 0) throw new ClientelaError('NOT_IDENTIFIED', `${caller} found no event to foretell; it needs customers with a step ${asOf === undefined ? 'before their last' : 'before and one from the moment on'}`);
  const { known, places } = withSeenItems(beforeTrials(journeys, trials, moment), moment === null);
  const { excludeOwned } = fitting;
  // Who names an item nobody has had yet is right to: it is owned by nobody.
  const owned = Array.isArray(excludeOwned) ? { excludeOwned: (excludeOwned as readonly string[]).filter((item) => (places[journeys.itemLevels.indexOf(item)] ?? 0) >= 0) } : {};
  const model = fitToJourneys(caller, known, { ...fitting, ...owned });
  const { sets, itemCounts, takenOnce } = model.toJSON();
  const isTakenOnce = Uint8Array.from(takenOnce);
  const symbols = new StepSymbols(sets, itemCounts);
  const tree = contextTree(countContexts(symbolJourneys(known, symbols, isTakenOnce), model.maxOrder, 1));
  const all = symbolJourneys({ ...journeys, items: journeys.items.map((item) => places[item]!) }, symbols, isTakenOnce);
  const tallies = Array.from({ length: model.maxOrder + 3 }, () => ({ weight: 0, hit1: 0, hit5: 0, reciprocal: 0, loss: 0 }));
  const chain = new Int32Array(model.maxOrder + 1);
  let unseen = 0;
  const scorer = model.scorer() as NextScorer;
  for (const { customer, step } of trials) {
    const begin = all.offsets[customer]!;
    const weight = all.weights === null ? 1 : all.weights[customer]!;
    const sum = scorer.score(all, begin, step);
    const found = findContexts(tree, all.symbols, begin, step, chain);
    const smoothed = tree.totals[0]! + itemCounts.length;
    for (let i = all.itemOffsets[step]!; i < all.itemOffsets[step + 1]!; i++) {
      if (all.isTarget[i] === 0 || weight === 0) continue;
      const item = all.items[i]!;
      if (item < 0) {
        unseen += weight;
        for (const tally of tallies) tally.weight += weight;
        continue;
      }
      add(tallies[0]!, weight, rankOf(scorer.scores, item), -Math.log(scorer.scores[item]! / sum));
      for (let order = 0; order <= model.maxOrder; order++) {
        const rank = rankAfter(tree, chain[Math.min(order, found - 1)]!, item);
        add(tallies[order + 2]!, weight, rank, 0);
        if (order === 0) add(tallies[1]!, weight, rank, -Math.log((countOf(tree, item) + 1) / smoothed));
      }
    }
  }
  const events = tallies[0]!.weight;
  if (!(events > unseen)) throw new ClientelaError('NOT_IDENTIFIED', `${caller} found no event that can be foretold: all are of customers of weight 0, of items owned already, or never seen before; change excludeOwned, asOf or weights`);
  const figures = tallies.map(({ weight, hit1, hit5, reciprocal }) => ({ hit1: hit1 / weight, hit5: hit5 / weight, meanReciprocalRank: reciprocal / weight }));
  const withLoss = (i: number): NextEventFigures & { readonly logLoss: number } => ({ ...figures[i]!, logLoss: tallies[i]!.loss / (events - unseen) });
  return { events, unseen, model: withLoss(0), popularity: withLoss(1), orders: figures.slice(2) };
}

function findTrials({ offsets, times }: JourneyColumns, moment: number | null): Trial[] {
  const trials: Trial[] = [];
  for (let customer = 0; customer + 1 < offsets.length; customer++) {
    const [begin, end] = [offsets[customer]!, offsets[customer + 1]!];
    let step = end - 1;
    if (moment !== null) for (step = begin; step < end && times![step]! < moment; step++);
    if (step > begin && step < end) trials.push({ customer, step });
  }
  return trials;
}

/** The journeys as they were known: up to the moment, or those on trial without the last step. */
function beforeTrials(journeys: JourneyColumns, trials: readonly Trial[], moment: number | null): JourneyColumns {
  const { offsets, itemOffsets, items, times, until, weights, customers } = journeys;
  const ends = new Map(trials.map(({ customer, step }) => [customer, step]));
  const kept = { offsets: [0], itemOffsets: [0], items: [] as number[], times: [] as number[] };
  const untils: number[] = [];
  for (let c = 0; c < customers.length; c++) {
    let end = offsets[c]!;
    if (moment === null) end = ends.get(c) ?? end;
    else while (end < offsets[c + 1]! && times![end]! < moment) end++;
    for (let s = offsets[c]!; s < end; s++) {
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) kept.items.push(items[i]!);
      kept.itemOffsets.push(kept.items.length);
      if (times !== null) kept.times.push(times[s]!);
    }
    kept.offsets.push(kept.itemOffsets.length - 1);
    // Without a moment the step foretold ends what is known.
    if (until !== null) untils.push(moment === null ? (end > offsets[c]! ? times![end]! : until[c]!) : Math.min(until[c]!, moment));
  }
  return {
    ...journeys,
    offsets: Uint32Array.from(kept.offsets),
    itemOffsets: Uint32Array.from(kept.itemOffsets),
    items: Int32Array.from(kept.items),
    times: times === null ? null : Float64Array.from(kept.times),
    until: until === null ? null : Float64Array.from(untils),
    weights,
  };
}

/** The journeys with the items in them only (or all), and what became of each code: -1 for items not seen. */
function withSeenItems(journeys: JourneyColumns, keepsAll: boolean): { readonly known: JourneyColumns; readonly places: Int32Array } {
  const { itemLevels, items } = journeys;
  const places = new Int32Array(itemLevels.length).fill(keepsAll ? 0 : -1);
  for (const item of items) places[item] = 0;
  let count = 0;
  for (let item = 0; item < places.length; item++) if (places[item] === 0) places[item] = count++;
  return { known: { ...journeys, itemLevels: itemLevels.filter((_, item) => places[item]! >= 0), items: items.map((item) => places[item]!) }, places };
}

function add(tally: { weight: number; hit1: number; hit5: number; reciprocal: number; loss: number }, weight: number, rank: number, loss: number): void {
  tally.weight += weight;
  if (rank === 1) tally.hit1 += weight;
  if (rank <= 5) tally.hit5 += weight;
  tally.reciprocal += weight / rank;
  tally.loss += weight * loss;
}

function rankOf(scores: Float64Array, item: number): number {
  let rank = 1;
  const score = scores[item]!;
  for (let other = 0; other < scores.length; other++) if (scores[other]! > score || (scores[other] === score && other < item)) rank++;
  return rank;
}

/** The rank among what followed a context; Infinity for what never did. */
function rankAfter(tree: ContextTree, node: number, item: number): number {
  const at = findFollower(tree, node, item);
  if (at < 0) return Infinity;
  let rank = 1;
  for (let f = tree.offsets[node]!; f < tree.offsets[node + 1]!; f++) if (tree.counts[f]! > tree.counts[at]! || (tree.counts[f] === tree.counts[at] && f < at)) rank++;
  return rank;
}

function countOf(tree: ContextTree, item: number): number {
  const at = findFollower(tree, 0, item);
  return at < 0 ? 0 : tree.counts[at]!;
}
