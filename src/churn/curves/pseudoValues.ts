import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { productLimit, riskSteps } from '../../numeric/survival/riskSteps.js';
import { readSurvivalRows, type SurvivalColumns } from '../survivalRows.js';
import { areasFrom, stepAt } from './curveSteps.js';

const CALLER = 'pseudoValues';

/** Which figure to give each row a value of. */
export interface PseudoValueOptions<Names extends string = string> extends Pick<SurvivalColumns<Names>, 'duration' | 'event' | 'eventValue'> {
  /** The time of the survival, or the horizon of the mean; within what was observed. */
  readonly time: number;
  /** The share still without the event after the time, or the mean time without it up to there. @defaultValue 'survival' */
  readonly of?: 'survival' | 'restrictedMean';
}

/**
 * A value for each row that stands in for what censoring hides: what the row adds to the estimate of the share still there (or of the mean time) is taken for its own. Regress it on
 * features with any linear model, with robust standard errors, to have the effect of each on the survival at that time (Andersen and Pohar Perme, 2010).
 *
 * The estimate plus n times its derivative by the weight of the row (the infinitesimal jackknife, as in R's survival); the mean of all values is the estimate. Values may lie
 * below 0 or above 1, as they are no probabilities. Censoring must not depend on the features. O(n log n).
 *
 * @param data - one row a customer
 * @param options - `duration` and `time` at least
 * @returns a value a row
 * @throws a {@link ClientelaError} as `kaplanMeier`
 * @example
 * ```ts
 * // Nobody censored: who was still there at 2 has 1, the others 0.
 * Array.from(pseudoValues([{ months: 1 }, { months: 3 }, { months: 4 }], { duration: 'months', time: 2 }), Math.round); // => [0, 1, 1]
 * ```
 */
export function pseudoValues<Data extends TableOf<Data>>(data: Data, options: PseudoValueOptions<ColumnNameOf<Data>>): Float64Array {
  requireKnownOptions(CALLER, options, ['duration', 'event', 'eventValue', 'time', 'of']);
  const kind = requireChoice(CALLER, 'of', options.of ?? 'survival', ['survival', 'restrictedMean']);
  const { time } = options;
  const { durations, events } = readSurvivalRows(CALLER, readTable(CALLER, data), options);
  const steps = riskSteps(durations, events);
  const survival = productLimit(steps);
  const last = steps.times[steps.times.length - 1]!;
  if (!(time >= 0 && (time <= last || survival[survival.length - 1] === 0) && time < Infinity)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs time from 0 to the last time observed, ${last}, found ${time}`, { function: CALLER, option: 'time', value: time });
  }
  const count = stepAt(steps.times, time) + 1;
  const share = count === 0 ? 1 : survival[count - 1]!;
  const areas = kind === 'restrictedMean' ? areasFrom(steps.times, survival, time, count) : null;
  const estimate = areas === null ? share : count === 0 ? time : steps.times[0]! + areas[0]!;
  // What a change of the log share at each step does to the figure.
  const effect = (step: number): number => (areas === null ? share : areas[step]!);
  const values = new Float64Array(durations.length).fill(estimate);
  let passed = 0;
  for (let step = 0; step < steps.times.length; step++) {
    const isWithin = step < count;
    const left = steps.atRisk[step]! - steps.events[step]!;
    if (isWithin && left > 0) passed += (effect(step) * steps.events[step]!) / (steps.atRisk[step]! * left);
    const own = isWithin && left > 0 ? effect(step) / left : 0;
    for (let i = steps.starts[step]!; i < steps.starts[step + 1]!; i++) {
      const row = steps.order[i]!;
      values[row]! += durations.length * (passed - (events[row] === 1 ? own : 0));
    }
  }
  return values;
}
