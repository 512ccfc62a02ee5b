import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import { riskSteps } from '../../numeric/survival/riskSteps.js';
import { readSurvivalRows, SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';
import { CumulativeHazard } from './cumulativeHazard.js';

const CALLER = 'nelsonAalen';

/** What a cumulative hazard is estimated from, and how. */
export interface NelsonAalenOptions<Names extends string = string> extends SurvivalColumns<Names> {
  /**
   * Events at one time: `'together'` (Nelson and Aalen), d / n; `'inTurn'` (Fleming and Harrington, 1984), 1 / n + 1 / (n - 1) + …, as if their order were unknown;
   * takes no weights. @defaultValue 'together'
   */
  readonly ties?: 'together' | 'inTurn';
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** The scale on which the intervals are symmetric. @defaultValue 'log': they stay above 0 */
  readonly interval?: 'log' | 'plain';
}

/**
 * The cumulative hazard: the sum over all times so far of the share of those at risk to whom the event came (Nelson, 1969; Aalen, 1978), with the variance sum d / n². Where
 * it bends upwards, customers leave faster. Weights count as repetitions, in the variance too: with weights that are no counts the intervals say less than they seem to. O(n log n).
 *
 * @param data - one row a customer
 * @param options - `duration` at least
 * @returns the curve, with smoothed rates on demand
 * @throws a {@link ClientelaError} as `kaplanMeier`
 * @example
 * ```ts
 * const curve = nelsonAalen([{ months: 1 }, { months: 1 }, { months: 2 }], { duration: 'months', ties: 'inTurn' });
 * curve.hazardAt(1); // => 1 / 3 + 1 / 2
 * ```
 */
export function nelsonAalen<Data extends TableOf<Data>>(data: Data, options: NelsonAalenOptions<ColumnNameOf<Data>>): CumulativeHazard {
  requireKnownOptions(CALLER, options, [...SURVIVAL_COLUMNS, 'ties', 'confidence', 'interval']);
  const { ties = 'together', confidence = 0.95, interval = 'log' } = options;
  requireChoice(CALLER, 'ties', ties, ['together', 'inTurn']);
  requireChoice(CALLER, 'interval', interval, ['log', 'plain']);
  normalMultiplier(CALLER, confidence);
  const rows = readSurvivalRows(CALLER, readTable(CALLER, data), options);
  if (ties === 'inTurn' && rows.weights !== null) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} takes no weights with ties: 'inTurn': of a row that counts more than once no turns are known; repeat the rows, or use ties: 'together'`, { option: 'weights' });
  }
  const { times, atRisk, events, censored } = riskSteps(rows.durations, rows.events, rows);
  const [hazard, variance] = [new Float64Array(times.length), new Float64Array(times.length)];
  let [sum, squares] = [0, 0];
  for (let step = 0; step < times.length; step++) {
    const [n, d] = [atRisk[step]!, events[step]!];
    if (ties === 'together') {
      sum += d / n;
      squares += d / (n * n);
    } else {
      for (let j = 0; j < d; j++) {
        sum += 1 / (n - j);
        squares += 1 / ((n - j) * (n - j));
      }
    }
    hazard[step] = sum;
    variance[step] = squares;
  }
  return new CumulativeHazard({ format: 'CumulativeHazard', formatVersion: 1, confidence, interval, times, atRisk, events, censored, hazard, variance });
}
