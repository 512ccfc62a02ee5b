import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { readLimits, STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import type { SequencePattern, WithSteps } from '../sequences/sequencePattern.js';
import { walkJourneys, type JourneyWalk } from '../timing/walkJourneys.js';
import { limitsOf, readPaths, type ReadPath } from '../timing/readPaths.js';
import { countChance, type CountChance } from './countChance.js';
import { familyChances } from './familyChances.js';
import { improvementOf, partsOf, type PartChances, type SurprisingImprovement, type Tail } from './improvement.js';
import { markovChances } from './markovChances.js';
import { orderChances } from './orderChances.js';

/** What paths are compared with, and what is told; limits are by default those under which the paths were mined. */
export interface SurprisingPathsOptions extends StepLimits {
  /**
   * What chance does: `'order'` puts the steps of each customer in random order (length and content stay); `'markov'` lets each step follow the one before as often as
   * it does in these journeys (first step and length stay), so that only what more than neighbours explains is surprising. @defaultValue 'order'
   */
  readonly null?: 'order' | 'markov';
  /** Whether `p` is of at least so many customers (`'more'`), of at most so many (`'less'`), or twice the smaller of both, at most 1. @defaultValue 'more' */
  readonly alternative?: 'more' | 'less' | 'different';
  /** Above this the p of an improvement says that the part explains the path, and paths of a larger p are not asked for one. @defaultValue 0.05 */
  readonly level?: number;
  /** Whether paths that a part explains are kept, with `explainedBy`, or left out. @defaultValue 'keep' */
  readonly explained?: 'keep' | 'drop';
  /** Shuffles a journey where no formula holds: under limits, and in long journeys of many repeats; the deviation of the count is then uncertain by 1 / (2 draws). @defaultValue 50 */
  readonly draws?: number;
  /** Shuffles of all journeys for `familyP`, with `null: 'order'`. @defaultValue 0: none */
  readonly familyDraws?: number;
  /** Of the shuffles. @defaultValue 1 */
  readonly seed?: number;
}

/** A path, and how far it is from chance. */
export interface SurprisingPath extends SequencePattern {
  /** The customers who would have it by chance. */
  readonly expected: number;
  /** `count / expected`; null where none are expected. */
  readonly lift: number | null;
  /** `count - expected` in standard deviations; 0 where chance leaves no choice. */
  readonly z: number;
  /** The probability of such a count by chance. */
  readonly p: number;
  /** Adjusted for false discoveries among the paths given (Benjamini and Hochberg, 1995). */
  readonly q: number;
  /** The probability that any path given is so surprising by chance (Westfall and Young, 1993); null without `familyDraws`. */
  readonly familyP: number | null;
  /** What the path adds to that part of it which leaves the least to add; null above `level`, and where there are no parts to speak of. */
  readonly improvement: SurprisingImprovement | null;
  /** The steps of the part that explains the path; null where none does. */
  readonly explainedBy: SequencePattern['steps'] | null;
  /** Whether the chances of all customers come from a formula, or some from shuffles. */
  readonly method: 'exact' | 'shuffled';
}

/**
 * Which paths more customers go than chance would have, and which of them are not just a part of theirs with something added by chance.
 *
 * Each customer has a path with a chance of their own; the count is then a sum of independent draws (Poisson binomial), its tail exact where small, by a saddlepoint
 * otherwise. With `null: 'order'` the chance is that a random permutation of the customer's steps contains the path: 1 / k! for k different steps that each occur once,
 * more where they repeat, by a sweep over what is left. With `null: 'markov'` it is that of a chain, by a sweep backward; a step of several items is a state of its own.
 * Under limits and beyond 50,000 states the chance comes from `draws` seeded shuffles of the customer's steps over their times.
 *
 * A part is the path with one item taken out (under limits only from its ends or from steps of several items), of at least two steps with `null: 'order'`. Who has the
 * path has the part, so that of those who have the part, chance(path) / chance(part) would have the path; the part that leaves the largest p tells whether it explains it.
 *
 * `'markov'` estimates the transitions from the same journeys: paths of two neighbours are then hardly surprising. Its cost is O(longest journey × transitions × steps) a
 * path: rename rare items where there are thousands. Shuffles are the same for all paths and for parts of them, so that chance(path) / chance(part) compares like with like: O(draws × (all steps + paths × steps
 * of those who have all items)).
 *
 * Counts are whole, so that under chance a p of at most .05 comes up in at most, not exactly, 5 of 100 paths. `q` holds for all paths given, also those left out by
 * `explained: 'drop'`. Whole weights are so many customers; where they are not all whole, each is one customer who adds the weight to the count, and a common factor
 * changes no p. Limits given replace the mined ones of the same name, the others stay; an array made of mined paths (`mined.slice(0, 10)`) has lost them: give `...mined.limits`.
 *
 * @param source - a log or journeys
 * @param paths - mined ones or your own, up to 30 steps each
 * @param options - null, alternative, limits, shuffles; see {@link SurprisingPathsOptions}
 * @returns the paths by p ascending, then lift descending
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an item that is not among the `itemLevels` of the journeys, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const lists = Array.from({ length: 20 }, (_, i) => (i < 17 ? ['quote', 'contract'] : ['contract', 'quote']));
 * const [first] = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['contract', 'quote'] }, { steps: ['quote', 'contract'] }]);
 * first.steps; // => [['quote'], ['contract']]
 * [first.count, first.expected, first.lift]; // => [17, 10, 1.7]
 * first.p; // => 0.00128841
 * ```
 */
export function surprisingPaths(source: JourneySource, paths: Iterable<WithSteps>, options: SurprisingPathsOptions = {}): SurprisingPath[] {
  requireKnownOptions('surprisingPaths', options, ['null', 'alternative', 'level', 'explained', 'draws', 'familyDraws', 'seed', ...STEP_LIMITS]);
  const journeys = readJourneys('surprisingPaths', source);
  const limits = readLimits('surprisingPaths', limitsOf(paths, options), journeys.times);
  const settings = readOptions(options, limits.any);
  const read = readPaths('surprisingPaths', paths, journeys.itemLevels);
  const long = read.findIndex(({ steps }) => steps.length > 30);
  if (long >= 0) throw new ClientelaError('INVALID_INPUT', `surprisingPaths needs paths of up to 30 steps, found ${read[long]!.steps.length} in path ${long}`, { path: long });
  const walk = walkJourneys(journeys, limits);
  const { weights } = journeys;
  const chancesOf = settings.chain ? markovChances(journeys, walk.index) : orderChances(journeys, walk.index, settings.draws, settings.seed);
  const tail = tailOf(settings.alternative);
  // A part need not last as long as the path.
  const lasting = limits.minSpan.millis + limits.minSpan.steps > 0;
  const partLimits = lasting ? { ...limits, minSpan: { millis: 0, steps: 0 } } : limits;
  const context = { weights, walk: lasting ? walkJourneys(journeys, partLimits).walk : walk.walk, tail };
  const spreads: CountChance[] = [];
  const found: Omit<SurprisingPath, 'q' | 'familyP'>[] = [];
  // As many at a time as fit into some tens of megabytes; each shuffle serves all of them.
  const many = Math.max(1, Math.floor(4e6 / journeys.customers.length));
  for (let from = 0; from < read.length; from += many) {
    const some = read.slice(from, from + many);
    const chances = chancesOf(some, limits);
    const counts = some.map((path) => countOf(walk.walk, path, weights));
    const own = chances.map((path) => countChance(path.chances, weights));
    const ps = own.map((spread, i) => tail(spread, counts[i]!));
    const parts = ps.map((p, i) => (p > settings.level ? new Map<string, ReadPath>() : partsOf(some[i]!, limits.any, settings.chain ? 1 : 2)));
    const asked = new Map(parts.flatMap((of) => [...of]));
    const partChances = chancesOf([...asked.values()], partLimits);
    const known = new Map([...asked].map(([key, part], i): [string, PartChances] => [key, [part, partChances[i]!.chances]]));
    some.forEach(({ steps }, i) => {
      const [count, spread, p] = [counts[i]!, own[i]!, ps[i]!];
      const improvement = improvementOf(count, chances[i]!.chances, Array.from(parts[i]!.keys(), (key) => known.get(key)!), context);
      spreads.push(spread);
      found.push({
        steps,
        count,
        support: walk.total > 0 ? count / walk.total : 0,
        expected: spread.mean,
        lift: spread.mean > 0 ? count / spread.mean : null,
        z: spread.variance > 0 ? (count - spread.mean) / Math.sqrt(spread.variance) : 0,
        p,
        improvement,
        explainedBy: improvement !== null && improvement.p > settings.level ? improvement.over : null,
        method: chances[i]!.isExact ? 'exact' : 'shuffled',
      });
    });
  }
  const p = Float64Array.from(found, (path) => path.p);
  const q = falseDiscoveryQ(p);
  const family = settings.familyDraws > 0 ? familyChances(journeys, read, limits, p, (i, count) => tail(spreads[i]!, count), settings) : null;
  return found
    .map((path, i) => ({ ...path, q: q[i]!, familyP: family && family[i]! }))
    .sort((a, b) => a.p - b.p || (b.lift ?? 0) - (a.lift ?? 0))
    .filter(({ explainedBy }) => explainedBy === null || settings.keeps);
}

/** The weight of those who have a path. */
function countOf(walk: JourneyWalk['walk'], path: ReadPath, weights: Float64Array | null): number {
  let count = 0;
  walk(path, (_, c, isWhole) => {
    if (isWhole) count += weights === null ? 1 : weights[c]!;
  });
  return count;
}

function tailOf(alternative: 'more' | 'less' | 'different'): Tail {
  if (alternative === 'more') return (spread, count) => spread.atLeast(count);
  if (alternative === 'less') return (spread, count) => spread.atMost(count);
  return (spread, count) => Math.min(1, 2 * Math.min(spread.atLeast(count), spread.atMost(count)));
}

function readOptions(options: SurprisingPathsOptions, isLimited: boolean): { chain: boolean; alternative: 'more' | 'less' | 'different'; level: number; keeps: boolean; draws: number; familyDraws: number; seed: number } {
  const caller = 'surprisingPaths';
  const { level = 0.05, draws = 50, familyDraws = 0, seed = 1 } = options;
  const chain = requireChoice(caller, 'null', options.null ?? 'order', ['order', 'markov']) === 'markov';
  if (chain && (isLimited || familyDraws > 0)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs null: 'order' for limits and familyDraws, which shuffle journeys, found 'markov'`, { option: 'null' });
  }
  if (!(level >= 0 && level <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs level from 0 to 1, found ${describeValue(level)}`, { option: 'level', value: level });
  return {
    chain,
    alternative: requireChoice(caller, 'alternative', options.alternative ?? 'more', ['more', 'less', 'different']),
    level,
    keeps: requireChoice(caller, 'explained', options.explained ?? 'keep', ['keep', 'drop']) === 'keep',
    draws: requireWhole(caller, 'draws', draws, 1),
    familyDraws: requireWhole(caller, 'familyDraws', familyDraws, 0),
    seed: requireFinite(caller, 'seed', seed),
  };
}
