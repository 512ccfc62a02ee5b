import { mineSequences, pathsTo, pathTimes, productDependencies, productOrder, sankeyOf, timeToOutcome, type OutcomePath, type OutcomeTimes, type PathGraph, type PathTimes, type Sankey } from 'clientela/paths';
import type { EventLog } from 'clientela/data';
import type { Computation } from '../panel.js';

export interface PathsOptions {
  /** The events that are steps of a path. */
  items: readonly string[];
  /** The event that paths lead to. */
  outcome: string;
  /** At least so many per cent of the customers go a path. */
  support: number;
  /** How long before the outcome a path counts, in days. */
  days: number;
}

export interface PathsResult {
  /** The most frequent paths, with their times. */
  paths: PathTimes[];
  customers: number;
  sankey: Sankey;
  graph: PathGraph;
  /** Paths that stand out before the outcome; null where too few have it. */
  before: { paths: readonly OutcomePath[]; cases: number; controls: number; why?: string };
  /** How soon the outcome follows the path that stands out most. */
  after: { path: string; times: OutcomeTimes } | null;
}

export const pathsComputation: Computation<PathsOptions, PathsResult> = {
  id: 'paths',
  compute(loaded, { items, outcome, support, days }, report) {
    report(0, 5, 'Reading the journeys');
    const steps = loaded.log.where({ items: [...items] });
    const journeys = loaded.log.where({ items: [...new Set([...items, outcome])] });
    report(1, 5, 'Mining the most frequent paths');
    const gap = { maxGap: { days: 180 } };
    const found = mineSequences(journeys, { minSupport: support / 100, minSteps: 2, maxSteps: 4, ...gap });
    const best = found.slice(0, 100);
    const paths = pathTimes(journeys, best, { ...gap, horizon: { days } });
    report(2, 5, 'Drawing the ways');
    const sankey = sankeyOf(journeys, { depth: 4, items: 7 });
    report(3, 5, 'Finding what comes before what');
    const graph = productDependencies(productOrder(steps, {})).graph;
    report(4, 5, `Asking what precedes ${outcome}`);
    return { paths, customers: journeys.customerCount, sankey, graph: { nodes: graph.nodes.map((node) => ({ ...node })), edges: graph.edges.map((edge) => ({ ...edge })) }, ...leadingTo(journeys, outcome, days) };
  },
};

/** What precedes the outcome beyond chance, and how soon it follows the surest sign. */
function leadingTo(log: EventLog, outcome: string, days: number): Pick<PathsResult, 'before' | 'after'> {
  try {
    const { paths, caseCount, controlCount } = pathsTo(log, { outcome, lookback: { days } });
    const [sign] = paths.filter(({ q, adjustedOddsRatio }) => q < 0.05 && adjustedOddsRatio.estimate > 1);
    const times = sign === undefined ? undefined : timeToOutcome(log, { outcome, after: [sign], lookback: { days }, horizon: { days } });
    return { before: { paths: paths.slice(0, 50), cases: caseCount, controls: controlCount }, after: times === undefined ? null : { path: nameOf(sign!.steps), times } };
  } catch (error) {
    // Too few have the outcome, or nobody without it is left to compare with: the other pictures stand without it.
    return { before: { paths: [], cases: 0, controls: 0, why: error instanceof Error ? error.message : String(error) }, after: null };
  }
}

export function nameOf(steps: readonly (readonly string[])[]): string {
  return steps.map((step) => step.join(' + ')).join(' → ');
}
