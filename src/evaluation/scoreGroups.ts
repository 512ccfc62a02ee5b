import { ClientelaError } from '../errors.js';
import { gather } from '../numeric/gather.js';
import { sortedOrder } from '../numeric/sorting.js';
import type { Observations } from '../data/labelsAndScores.js';

/**
 * How customers with equal scores are placed in a ranking: `'shared'` spreads their events evenly over the places they take together, so
 * that the result does not depend on the order of the rows; `'rowOrder'` takes them in the order of the rows, so that counts stay whole.
 */
export type TieRule = 'shared' | 'rowOrder';

/** Running sums at the end of each group of equal scores, in the order of the ranking. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  readonly weight: Float64Array;
  readonly events: Float64Array;
}

/** One pass over the ranking, highest score first (or lowest, with direction 1). With `'rowOrder'` every row is its own group. */
export function scoreGroups(observations: Observations, ties: TieRule = 'shared', direction: -1 | 1 = -1): ScoreGroups {
  const { labels, scores, weights } = observations;
  const order = sortedOrder(direction === 1 ? scores : scores.map((score) => -score));
  const n = order.length;
  const groups = { scores: new Float64Array(n), weight: new Float64Array(n), events: new Float64Array(n) };
  const ranked = gather(scores, order);
  const each = weights.some((w) => w !== 1) ? gather(weights, order) : weights;
  const happened = new Uint8Array(n);
  for (let i = 0; i < n; i++) happened[i] = labels[order[i]!]!;
  const shared = ties === 'shared';
  let weight = 0;
  let events = 0;
  let count = 0;
  for (let i = 0; i < n; count++) {
    const score = ranked[i]!;
    do {
      const w = each[i]!;
      weight += w;
      if (happened[i++]! === 1) events += w;
    } while (shared && i < n && ranked[i] === score);
    groups.scores[count] = score;
    groups.weight[count] = weight;
    groups.events[count] = events;
  }
  return { scores: groups.scores.subarray(0, count), weight: groups.weight.subarray(0, count), events: groups.events.subarray(0, count) };
}

/** A stretch of the ranking. */
export interface MassBin {
  readonly weight: number;
  readonly events: number;
  readonly scoreSum: number;
  /** Weight and events of the stretch and all before it. */
  readonly weightSoFar: number;
  readonly eventsSoFar: number;
  /** Score of the last customer in it. */
  readonly lastScore: number;
}

/**
 * Cuts the ranking into bins of equal mass: edge j lies at floor(W j / bins) when all weights are whole, at W j / bins otherwise.
 * A group of equal scores that an edge cuts gives each side its share.
 */
export function massBins(caller: string, observations: Pick<Observations, 'weights'>, groups: ScoreGroups, bins: number): MassBin[] {
  const total = groups.weight[groups.weight.length - 1]!;
  const whole = observations.weights.every((weight) => weight % 1 === 0);
  if (whole && total < bins) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs at least as many rows as bins, found ${total} and ${bins}; ask for fewer bins`, {
      option: 'bins',
      rows: total,
    });
  }
  const result: MassBin[] = [];
  let position = 0;
  let from = 0;
  let eventsBefore = 0;
  for (let j = 1; j <= bins; j++) {
    const exact = (total * j) / bins;
    const to = j === bins ? total : whole ? Math.floor(exact) : exact;
    let scoreSum = 0;
    let reached = from;
    // Whole groups, then the share of the group that the edge cuts.
    for (; groups.weight[position]! < to; position++) {
      scoreSum += groups.scores[position]! * (groups.weight[position]! - reached);
      reached = groups.weight[position]!;
    }
    scoreSum += groups.scores[position]! * (to - reached);
    const eventsSoFar = eventsUpTo(groups, position, to);
    const bin = { weight: to - from, events: eventsSoFar - eventsBefore, scoreSum, weightSoFar: to, eventsSoFar, lastScore: groups.scores[position]! };
    result.push(bin);
    from = to;
    eventsBefore = eventsSoFar;
  }
  return result;
}

/** Events among the first `mass` customers of the ranking, from 0 to all. */
export function eventsWithin(groups: ScoreGroups, mass: number): number {
  const position = groups.weight.findIndex((weight) => weight >= mass);
  return eventsUpTo(groups, position < 0 ? groups.weight.length - 1 : position, mass);
}

// Linear within the group: its events are spread evenly over its customers.
function eventsUpTo({ weight, events }: ScoreGroups, position: number, mass: number): number {
  const start = position === 0 ? 0 : weight[position - 1]!;
  const before = position === 0 ? 0 : events[position - 1]!;
  const share = (mass - start) / (weight[position]! - start);
  return share === 1 ? events[position]! : before + share * (events[position]! - before);
}
