import { liftInterval } from '../../evaluation/liftInterval.js';
import { betaQuantile } from '../../numeric/betaQuantile.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { Estimate } from '../../numeric/estimate.js';
import { rateOf, type GroupCell } from './groupCells.js';
import type { GroupSettings } from './groupOptions.js';
import type { GroupCounts, GroupRule, ResponseGroup } from './responseGroupsState.js';
import { ESTIMATED, GROWN, TESTED } from './splitParts.js';

/** What is said of each group besides its counts. */
export interface GroupWords {
  readonly name: string;
  readonly rules: readonly GroupRule[];
  readonly mergedFrom: readonly string[];
}

/** Counts of one part. */
export function countsOf(cell: GroupCell, part: number): GroupCounts {
  const [rows, responses] = [cell.weights[part]!, cell.events[part]!];
  return { rows, responses, rate: rows > 0 ? responses / rows : null };
}

/** The groups with their figures, the best first; `by` is the part the rates come from. */
export function describeGroups(cells: readonly GroupCell[], words: readonly GroupWords[], all: GroupCell, by: number, settings: GroupSettings): { readonly groups: readonly ResponseGroup[]; readonly order: readonly number[] } {
  const overall = rateOf(all, by);
  const total = sum(all.weights);
  const found = cells.map((cell, at) => {
    const posterior = posteriorOf(cell, by, overall, settings.prior);
    const size = sum(cell.weights);
    const figures = {
      name: words[at]!.name,
      rules: words[at]!.rules,
      size,
      share: size / total,
      responses: sum(cell.events),
      rate: rateInterval(posterior, settings.confidence),
      lift: liftOf(posterior, all, by, settings),
      grown: countsOf(cell, GROWN),
      estimated: countsOf(cell, ESTIMATED),
      tested: countsOf(cell, TESTED),
      change: changeOf(cell, by),
      posterior,
      mergedFrom: words[at]!.mergedFrom,
    };
    return { at, figures };
  });
  found.sort(({ figures: a }, { figures: b }) => b.rate.estimate - a.rate.estimate || b.size - a.size);
  return { groups: found.map(({ figures }, group) => ({ group, ...figures })), order: found.map(({ at }) => at) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The shapes of the rate's beta distribution: the prior's customers have the overall rate. */
function posteriorOf(cell: GroupCell, by: number, overall: number, prior: number): readonly [number, number] {
  const [rows, responses] = [cell.weights[by]!, cell.events[by]!];
  return [responses + prior * overall, Math.max(0, rows - responses) + prior * (1 - overall)];
}

/** Posterior mean, and the exact interval of so many responses among so many customers, the prior's included: of a small prior not too short, for no responses neither. */
export function rateInterval([a, b]: readonly [number, number], confidence: number): Estimate {
  const tail = (1 - confidence) / 2;
  const estimate = a / (a + b);
  return { estimate, lower: Math.min(estimate, betaQuantile(tail, a, b + 1)), upper: Math.max(estimate, 1 - betaQuantile(tail, b, a + 1)) };
}

function liftOf([a, b]: readonly [number, number], all: GroupCell, by: number, { prior, z }: GroupSettings): Estimate {
  return liftInterval(a, a + b, all.events[by]! + prior * rateOf(all, by), all.weights[by]! + prior, z);
}

// Two rates, one variance: that of both parts together.
function changeOf(cell: GroupCell, by: number): ResponseGroup['change'] {
  const [n1, n2] = [cell.weights[by]!, cell.weights[TESTED]!];
  if (!(n1 > 0 && n2 > 0)) return null;
  const difference = rateOf(cell, TESTED) - rateOf(cell, by);
  const rate = (cell.events[by]! + cell.events[TESTED]!) / (n1 + n2);
  const variance = rate * (1 - rate) * (1 / n1 + 1 / n2);
  return { difference, p: variance > 0 ? chiSquareSurvival((difference * difference) / variance, 1) : 1 };
}
