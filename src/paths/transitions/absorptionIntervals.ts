import { requireWhole } from '../../data/options.js';
import { percentileInterval } from '../../evaluation/bootstrapEnds.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { createRandom } from '../../numeric/random.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { learnPaths, requireMarkovOptions, type MarkovPathsOptions } from './fitMarkovPaths.js';
import type { PathHistory } from './markovPaths.js';

/** Options of {@link absorptionIntervals}: those of the fit, and how to resample. */
export interface AbsorptionIntervalsOptions extends MarkovPathsOptions {
  /** The journey so far, from its first step. @defaultValue none: journeys as a whole */
  readonly history?: PathHistory;
  /** How many samples of customers are drawn. @defaultValue 200 */
  readonly replicates?: number;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** Coming to one absorbing state, with intervals. */
export interface AbsorptionInterval {
  /** Where it ends. */
  readonly state: string;
  /** How probable that is. */
  readonly probability: Estimate;
  /** Steps until then, of those who do; null where nobody can. */
  readonly expectedSteps: Estimate | null;
  /** Days until then, of those who do; null where nobody can, and without times. */
  readonly expectedDays: Estimate | null;
}

/**
 * How journeys end, with intervals: the fit is repeated on customers drawn with replacement (Efron, 1979), whole journeys at a time, at the order the
 * data chose; percentiles of what comes out. `O(replicates x events)`; `seed` makes it repeatable.
 *
 * @param source - a log, or journeys made of one in another way
 * @param options - those of the fit, and the samples; see {@link AbsorptionIntervalsOptions}
 * @returns one per absorbing state, in the order of the model
 * @throws a {@link ClientelaError} as `fitMarkovPaths`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([...Array(60).fill(['visit', 'buy']), ...Array(40).fill(['visit', 'leave'])]);
 * const [buy] = absorptionIntervals(journeys, { order: 1 });
 * buy.probability.estimate; // => 0.6
 * buy.probability.lower > 0.45 && buy.probability.upper < 0.75; // => true
 * ```
 */
export function absorptionIntervals(source: JourneySource, options: AbsorptionIntervalsOptions = {}): AbsorptionInterval[] {
  const caller = 'absorptionIntervals';
  const { history = [], replicates = 200, confidence = 0.95, ...fit } = options;
  requireMarkovOptions(caller, fit);
  requireWhole(caller, 'replicates', replicates, 20);
  normalMultiplier(caller, confidence);
  const journeys = readJourneys(caller, source);
  const model = learnPaths(caller, journeys, fit, false);
  const random = createRandom(options.seed ?? 1);
  const begun = [...journeys.customers.keys()].filter((c) => journeys.offsets[c + 1]! > journeys.offsets[c]! && journeys.weights?.[c] !== 0);
  const drawn = model.absorbing.map(() => ({ probability: [] as number[], expectedSteps: [] as number[], expectedDays: [] as number[] }));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const weights = new Float64Array(journeys.customers.length);
    begun.forEach(() => {
      const c = begun[random.integer(begun.length)]!;
      weights[c]! += journeys.weights === null ? 1 : journeys.weights[c]!;
    });
    const { outcomes } = learnPaths(caller, { ...journeys, weights }, { ...fit, order: model.order }, false).absorption(history);
    drawn.forEach(({ probability, expectedSteps, expectedDays }, a) => {
      const outcome = outcomes.find(({ state }) => state === model.absorbing[a]);
      probability.push(outcome?.probability ?? 0);
      if (typeof outcome?.expectedSteps === 'number') expectedSteps.push(outcome.expectedSteps);
      if (typeof outcome?.expectedDays === 'number') expectedDays.push(outcome.expectedDays);
    });
  }
  const interval = (values: readonly number[], estimate: number | null): Estimate | null => (estimate === null || values.length === 0 ? null : percentileInterval(estimate, Float64Array.from(values), confidence));
  return model.absorption(history).outcomes.map(({ state, probability, expectedSteps, expectedDays }, a) => ({
    state,
    probability: interval(drawn[a]!.probability, probability)!,
    expectedSteps: interval(drawn[a]!.expectedSteps, expectedSteps),
    expectedDays: interval(drawn[a]!.expectedDays, expectedDays),
  }));
}
