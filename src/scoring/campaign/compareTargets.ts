import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readObservations, type Labels } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';
import { drawCounts } from '../../numeric/drawCounts.js';
import type { Estimate } from '../../numeric/estimate.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { createRandom } from '../../numeric/random.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';
import type { CampaignValues } from './campaignCosts.js';
import { readTerms, type CampaignTerms, type ReadTerms } from './campaignTerms.js';
import { chooseTarget, withoutIrrelevant } from './chooseTarget.js';
import { meanOf } from '../../numeric/selection/fillBudget.js';
import { namedRival, orderedRival, type RivalTarget } from './rivalTargets.js';
import { describeSide, differenceMargin, type TargetSide } from './targetSide.js';

/** Options of {@link compareTargets}. */
export interface CompareTargetsOptions {
  /** What really happened when all these customers were contacted, one a score: 1 or true for a success. @defaultValue not known */
  readonly labels?: Labels;
  /** What both sides get the same of. @defaultValue 'spend', or 'contacts' where contacts cost nothing */
  readonly same?: 'spend' | 'contacts';
  /** How many samples the interval of the realised difference rests on. @defaultValue 1000 */
  readonly replicates?: number;
  /** Chance of those samples, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** The ideal target held against one rival, both with the same money. */
export interface TargetComparison<Name extends string = string> {
  /** The rival. */
  readonly name: Name;
  /** What the ideal target brings. */
  readonly target: TargetSide;
  /** What the rival brings. */
  readonly rival: TargetSide;
  /** Expected profit of the ideal target less that of the rival; the interval holds the chance of responses (and of the lot), paired. */
  readonly difference: Estimate;
  /** The same of what really happened, when `labels` were given; the interval speaks of other customers of the same kind. */
  readonly realisedDifference?: Estimate;
  /** Customers whom both contact. */
  readonly overlap: number;
}

const CALLER = 'compareTargets';
/** Beyond so many customers the bootstrap of a sum is its normal limit. */
const MOST_DRAWN = 100_000;

/**
 * What the same money earns by the score and by the choice you would have made: a hand-picked segment, last year's best customers, anybody, everybody.
 *
 * Rivals that name their customers (and `'everybody'`) set the spend, be it beyond the terms: the ideal target gets what they cost as far as the terms allow, though it
 * need not use it all. Rivals that only rank (`rankBy`, `'random'`) get what the ideal target spends, and the capacity of the terms. Expected figures trust the probabilities; `labels` of a past
 * campaign in which everybody was contacted (or of a random part of it) say what would have happened, with a paired bootstrap of the customers
 * (beyond 100,000 its normal limit). A score judged on the customers it was learnt from flatters itself. A `control` in the terms is left out of account. O(n log n) a rival, and the samples.
 *
 * @param scores - calibrated probabilities of success if contacted, one a customer
 * @param terms - costs, benefits and limits, as for `idealTarget`
 * @param rivals - each other choice under a name
 * @param options - labels, same, replicates, seed
 * @returns one comparison a rival, in the order given
 * @throws a {@link ClientelaError} as `idealTarget` does; `INVALID_INPUT` without rivals, `LENGTH_MISMATCH`, `INVALID_VALUE` or `UNKNOWN_ID` for one that does not fit the scores
 * @example
 * ```ts
 * const scores = [0.5, 0.1, 0.4, 0.2, 0.1, 0.1];
 * const revenue = [10, 900, 50, 20, 700, 30];
 * const comparison = compareTargets(scores, { contactCost: 2, benefit: 20 }, { revenue: { rankBy: revenue }, random: 'random' }, { labels: [1, 0, 1, 0, 0, 0] });
 * comparison[0]?.target.contacts; // => 3
 * comparison.map(({ difference }) => difference.estimate); // => [10, 8]
 * comparison[0]?.rival.realised; // => { profit: 14, responses: 1, lift: 1 }
 * ```
 */
export function compareTargets<Name extends string>(
  scores: ArrayLike<number>,
  terms: CampaignTerms,
  rivals: Readonly<Record<Name, RivalTarget>>,
  options: CompareTargetsOptions = {},
): TargetComparison<Name>[] {
  requireKnownOptions(CALLER, options, ['labels', 'same', 'replicates', 'seed']);
  const read = readTerms(CALLER, scores, terms);
  const { values } = read;
  const names = Object.keys(Object(rivals) as object) as Name[];
  if (names.length === 0) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs at least one rival by name, such as { random: 'random' }, found none`);
  const asked = requireChoice(CALLER, 'same', options.same ?? 'spend', ['spend', 'contacts']);
  const same = values.costs.some((cost) => cost > 0) ? asked : 'contacts';
  const labels = options.labels === undefined ? undefined : readObservations(CALLER, options.labels, values.probabilities).labels;
  const replicates = requireWhole(CALLER, 'replicates', options.replicates ?? 1000, 2);
  return names.map((name) => {
    const { ours, theirs } = opponents(read, name, rivals[name], same, terms.customers);
    const sides = { target: describeSide(values, labels, ours, read.limits.fixedCost, read.z), rival: describeSide(values, labels, theirs, read.limits.fixedCost, read.z) };
    const estimate = sides.target.expectedProfit.estimate - sides.rival.expectedProfit.estimate;
    const margin = differenceMargin(values, ours, theirs, read.z);
    const realised = labels && realisedDifference(values, labels, ours, theirs, sides, { ...options, replicates, confidence: terms.confidence ?? 0.95, z: read.z });
    const overlap = ours.reduce((sum, a, row) => sum + a * theirs[row]!, 0);
    return { name, ...sides, difference: { estimate, lower: estimate - margin, upper: estimate + margin }, ...(realised && { realisedDifference: realised }), overlap };
  });
}

/** The chances of contact on both sides: whoever has a spend of its own sets that of the other. */
function opponents({ values, limits, thresholdOf }: ReadTerms, name: string, rival: RivalTarget, same: 'spend' | 'contacts', customers: CampaignTerms['customers']): { ours: Float64Array; theirs: Float64Array } {
  const count = values.costs.length;
  const named = namedRival(CALLER, name, rival, count, customers);
  const used = (chance: Float64Array): { spend: number; contacts: number } => ({
    spend: same === 'spend' ? chance.reduce((sum, w, row) => sum + w * values.costs[row]!, 0) : Infinity,
    contacts: same === 'contacts' ? chance.reduce((sum, w) => sum + w, 0) : limits.capacity,
  });
  const most = named && used(named);
  const ourLimits = most === undefined ? limits : { ...limits, budget: Math.min(limits.budget, most.spend * (1 + ROUNDING)), capacity: Math.min(limits.capacity, most.contacts) };
  const ours = new Float64Array(count);
  for (const row of chooseTarget(withoutIrrelevant(values, thresholdOf(values.probabilities)), ourLimits).contacted) ours[row] = 1;
  return { ours, theirs: named ?? orderedRival(rival, values.costs, used(ours)) };
}

interface Sampling {
  readonly replicates: number;
  readonly seed?: number;
  readonly confidence: number;
  readonly z: number;
}

function realisedDifference({ benefits, costs }: CampaignValues, labels: Uint8Array, ours: Float64Array, theirs: Float64Array, sides: { target: TargetSide; rival: TargetSide }, sampling: Sampling): Estimate {
  const n = labels.length;
  const gain = ours.map((a, row) => (a - theirs[row]!) * (labels[row]! * benefits[row]! - costs[row]!));
  const estimate = sides.target.realised!.profit - sides.rival.realised!.profit;
  if (n > MOST_DRAWN) {
    const mean = meanOf(gain);
    const margin = sampling.z * Math.sqrt(gain.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return { estimate, lower: estimate - margin, upper: estimate + margin };
  }
  const counts = new Uint8Array(n);
  const random = createRandom(sampling.seed ?? 1);
  const totals = new Float64Array(sampling.replicates);
  for (let sample = 0; sample < totals.length; sample++) {
    drawCounts(random, counts);
    for (let row = 0; row < n; row++) totals[sample]! += counts[row]! * gain[row]!;
  }
  totals.sort();
  // Fixed costs are the same in every sample.
  const fixed = estimate - gain.reduce((sum, value) => sum + value, 0);
  const end = (share: number): number => fixed + quantileOfSorted(totals, share);
  return { estimate, lower: Math.min(estimate, end((1 - sampling.confidence) / 2)), upper: Math.max(estimate, end((1 + sampling.confidence) / 2)) };
}
