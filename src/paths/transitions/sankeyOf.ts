import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { END } from './countContexts.js';
import { leadingSteps } from './leadingSteps.js';

/** Options of {@link sankeyOf}. */
export interface SankeyOptions {
  /** How many steps of each journey to show. @defaultValue 5 */
  readonly depth?: number;
  /** How many states get nodes of their own, the most frequent; all others are `'(other)'`. @defaultValue 10 */
  readonly items?: number;
  /** Journeys shorter than `depth`: a link to a node `'(end)'`, or none. @defaultValue 'show' */
  readonly endings?: 'show' | 'hide';
}

/** Customers in one state at one step. */
export interface SankeyNode {
  /** Distinct: depth and item. */
  readonly id: string;
  /** The step, from 0. */
  readonly depth: number;
  /** A state, `'(other)'`, or `'(end)'` for journeys over by then. */
  readonly item: string;
  /** Customers: the sum of their weights. */
  readonly value: number;
}

/** Customers who go from one node to one of the next step. */
export interface SankeyLink {
  /** Position in `nodes`. */
  readonly source: number;
  /** Position in `nodes`. */
  readonly target: number;
  /** Customers who went it. */
  readonly value: number;
}

/** A flow as plain data, as d3-sankey and its kin take it. */
export interface Sankey {
  /** By depth, in each the most frequent states of all first. */
  readonly nodes: readonly SankeyNode[];
  /** By source, then target. */
  readonly links: readonly SankeyLink[];
}

/**
 * The first steps of all journeys as a flow: nodes per step and state, links with the customers who go between them.
 *
 * What flows into a node is its value, and with endings shown so is what flows out of it, up to the last step shown. A step of several items is the state that joins
 * their names. To begin at another moment than the first step, make the journeys so. `O(customers x depth)`.
 *
 * @param source - a log, or journeys made of one in another way
 * @param options - how many steps and states; see {@link SankeyOptions}
 * @returns nodes and links; none when there are no steps
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const { nodes, links } = sankeyOf(Journeys.fromLists([['ad', 'visit', 'buy'], ['ad', 'visit'], ['visit']]), { depth: 2 });
 * nodes.map(({ id, value }) => [id, value]); // => [['0 visit', 1], ['0 ad', 2], ['1 visit', 2], ['1 (end)', 1]]
 * links; // => [{ source: 0, target: 3, value: 1 }, { source: 1, target: 2, value: 2 }]
 * ```
 */
export function sankeyOf(source: JourneySource, options: SankeyOptions = {}): Sankey {
  const caller = 'sankeyOf';
  requireKnownOptions(caller, options, ['depth', 'items', 'endings']);
  const depth = requireWhole(caller, 'depth', options.depth ?? 5, 1);
  const most = requireWhole(caller, 'items', options.items ?? 10, 1);
  const isShown = requireChoice(caller, 'endings', options.endings ?? 'show', ['show', 'hide']) === 'show';
  const journeys = readJourneys(caller, source);
  const { codes, labels } = leadingSteps(journeys, most);
  const { offsets, weights } = journeys;
  const width = labels.length + 1;
  const values = new Map<number, number>();
  const flows = new Map<number, number>();
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    const [first, end] = [offsets[c]!, offsets[c + 1]!];
    if (weight === 0) continue;
    for (let d = 0, last = -1; d < depth && first + d <= end && first < end; d++) {
      if (first + d === end && !isShown) break;
      const node = d * width + (first + d < end ? codes[first + d]! : labels.length);
      values.set(node, (values.get(node) ?? 0) + weight);
      if (d > 0) {
        const flow = last * depth * width + node;
        flows.set(flow, (flows.get(flow) ?? 0) + weight);
      }
      last = node;
    }
  }
  const found = [...values].sort(([a], [b]) => a - b);
  const place = new Map(found.map(([node], i) => [node, i]));
  const nodes = found.map(([node, value]) => {
    const [at, item] = [Math.floor(node / width), labels[node % width] ?? END];
    return { id: `${at} ${item}`, depth: at, item, value };
  });
  const links = [...flows].sort(([a], [b]) => a - b).map(([flow, value]) => ({ source: place.get(Math.floor(flow / (depth * width)))!, target: place.get(flow % (depth * width))!, value }));
  return { nodes, links };
}
