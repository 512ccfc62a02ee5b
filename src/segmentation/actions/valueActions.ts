import { requireKnownOptions } from '../../data/options.js';
import type { Estimate } from '../../numeric/estimate.js';
import { badOption } from '../rfm/badOption.js';
import { bestShares, responseAt } from './bestAction.js';
import type { ActionValues, Cell, FoundSegment, Limits, ValueActionsOptions, ValuedAction, ValuedSegment } from './actionValues.js';
import { planTests } from './planTests.js';
import { readActions, readSegmentSizes, type SegmentAction, type SegmentSize } from './readActions.js';
import { spendBudget } from './spendBudget.js';

/**
 * What to do with each segment: the expected net value of every action in it, how sure that is, which to choose, and what to test first.
 *
 * The response of a segment is its own rate shrunk to the mean of the action over all segments, the more the fewer its contacts and the more alike
 * the segments are (beta-binomial, prior by penalised marginal likelihood; Robbins, 1956; Chung et al., 2013), with credible intervals that
 * carry the uncertainty of the prior's mean too (Morris, 1983). A segment without history gets the prior; an action without any gets a vague one
 * and cannot be recommended on it. Net value = response x benefit - contact cost. The probability of being best is integrated, not simulated.
 * An action is recommended only where the whole interval of its net value lies above 0. Budget and capacity go to the segments that return most per
 * unit of money (of contacts, where no budget is given). Responses of customers who would have bought anyway count as responses: only a holdout,
 * which the test plan sizes, tells them apart.
 *
 * @param segments - names and sizes: `rfm(…).segments`, or the cards of a segmentation
 * @param actions - what could be done, with costs, benefits and history
 * @param options - see {@link ValueActionsOptions}
 * @returns one line per segment, the priors, and a test plan
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `DUPLICATE_ID`, `UNKNOWN_ID` (a segment of a history), `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const history = [
 *   { segment: 'loyal', contacts: 1000, responses: 150 },
 *   { segment: 'new', contacts: 1000, responses: 10 },
 * ];
 * const plan = valueActions(
 *   [{ name: 'loyal', customers: 500 }, { name: 'new', customers: 300 }],
 *   [{ name: 'mail', contactCost: 1, benefit: 20, history }],
 * );
 * plan.segments.map(({ verdict }) => verdict); // => ['act', 'leave']
 * plan.contacts; // => 500
 * ```
 */
export function valueActions(segments: readonly SegmentSize[], actions: readonly SegmentAction[], options: ValueActionsOptions = {}): ActionValues {
  const limits = readLimits(options);
  const sizes = readSegmentSizes(segments);
  const read = readActions(actions, sizes);
  const found = sizes.map((size, s) => valueSegment(size, read.map(({ prior, cells }) => ({ ...cells[s]!, action: prior.action })), limits.confidence));
  const contacts = spendBudget(found, limits);
  const lines = found.map(({ line, chosen }, s): ValuedSegment => {
    const perContact = chosen === undefined ? { estimate: 0, lower: 0, upper: 0 } : line.actions[chosen.place]!.netValue;
    return { ...line, contacts: contacts[s]!, cost: contacts[s]! * (chosen?.cost ?? 0), netValue: mapEstimate(perContact, (value) => value * contacts[s]!) };
  });
  const total = (of: (line: ValuedSegment) => number): number => lines.reduce((sum, line) => sum + of(line), 0);
  return {
    priors: read.map(({ prior }) => prior),
    segments: lines,
    contacts: total((line) => line.contacts),
    cost: total((line) => line.cost),
    netValue: total((line) => line.netValue.estimate),
    tests: planTests(found, limits),
  };
}

function valueSegment({ name, customers }: SegmentSize, cells: readonly Cell[], confidence: number): FoundSegment {
  const best = bestShares(cells);
  const actions = cells.map((cell, a): ValuedAction => {
    const tail = (1 - confidence) / 2;
    const response = { estimate: cell.mean, lower: responseAt(cell, tail), upper: responseAt(cell, 1 - tail) };
    const netValue = mapEstimate(response, (p) => p * cell.benefit - cell.cost);
    // What costs nothing cannot lose.
    const evidence = netValue.lower > 0 || (cell.cost === 0 && cell.benefit > 0) ? 'pays' : netValue.upper <= 0 ? 'loses' : 'none';
    return { action: cell.action, contacts: cell.contacts, responses: cell.responses, response, netValue, bestProbability: best[a]!, evidence };
  });
  const byValue = actions.map((_, a) => a).sort((a, b) => actions[b]!.netValue.estimate - actions[a]!.netValue.estimate);
  const place = byValue.find((a) => actions[a]!.evidence === 'pays');
  const verdict = place !== undefined ? 'act' : actions.some(({ evidence }) => evidence === 'none') ? 'test' : 'leave';
  const first = actions[place ?? byValue.find((a) => actions[a]!.evidence === 'none') ?? byValue[0]!]!;
  const { estimate, lower, upper } = mapEstimate(first.netValue, (value) => Number(value.toPrecision(3)));
  const worth = `${first.action} is worth ${estimate} a contact (${lower} to ${upper})`;
  const reason =
    verdict === 'act' ? `${worth}, best with probability ${first.bestProbability.toFixed(2)}` : verdict === 'test' ? `no evidence: ${worth}, which includes 0` : `no action pays: ${worth}`;
  return {
    line: { segment: name, customers, verdict, recommended: place === undefined ? null : first.action, reason, nothingBestProbability: best[cells.length]!, actions },
    cells,
    chosen: place === undefined ? undefined : { place, cost: cells[place]!.cost, net: first.netValue.estimate },
  };
}

function readLimits(options: ValueActionsOptions): Limits {
  const limits = { confidence: 0.95, certainty: 0.8, budget: Infinity, capacity: Infinity, detect: 0.5, power: 0.8, ...options };
  requireKnownOptions('valueActions', options, ['confidence', 'certainty', 'budget', 'capacity', 'detect', 'power']);
  for (const option of ['confidence', 'certainty', 'power', 'detect', 'budget', 'capacity'] as const) {
    const value: unknown = limits[option];
    const isShare = option !== 'budget' && option !== 'capacity' && option !== 'detect';
    if (typeof value === 'number' && (isShare ? value > 0 && value < 1 : option === 'detect' ? value > 0 && value < Infinity : value >= 0)) continue;
    throw badOption('valueActions', option, isShare ? 'a number between 0 and 1' : option === 'detect' ? 'a finite number above 0' : 'a number of at least 0', value);
  }
  return limits;
}

function mapEstimate({ estimate, lower, upper }: Estimate, change: (value: number) => number): Estimate {
  return { estimate: change(estimate), lower: change(lower), upper: change(upper) };
}
