import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { qiniGain } from './qiniCurve.js';
import { rankArms, rankKinds, type RankedArms } from './rankArms.js';
import { areaOverChance, curveOf } from './upliftCurve.js';
import { readUpliftRows, type Outcomes, type Treated, type UpliftRows } from './upliftRows.js';

/**
 * Which Qini coefficient; each starts from the area between the Qini curve and the line of chance.
 *
 * - `'normalised'`: that area over the same area of the best ranking there can be, treated with the event first and control with the event
 *   last: `qini_auc_score` of scikit-uplift. Numeric outcomes allowed. 1 is perfect, 0 chance, negative worse than chance.
 * - `'withoutNegativeEffects'`: over the area of a ranking in which every contact gained comes first and nobody is put off:
 *   `qini_auc_score(negative_effect=False)` of scikit-uplift. It counts customers of both arms on the axis; events only.
 * - `'radcliffe'`: q0 of Radcliffe (2007): the same idea with treated customers on the axis, so that the best curve rises by one a treated customer. Events only.
 * - `'area'`: the area over the square of the number of customers: Q of Radcliffe and Surry (2011). Any outcome; in its unit, and it depends on the share treated.
 */
export type QiniDefinition = 'normalised' | 'withoutNegativeEffects' | 'radcliffe' | 'area';

/** Options of {@link qiniCoefficient}. */
export interface QiniOptions {
  /** Which of the coefficients of that name. @defaultValue 'normalised' */
  readonly definition?: QiniDefinition;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/**
 * The Qini coefficient: how much better than chance a score puts those first whom treatment moves.
 *
 * Libraries give quite different numbers under this name for one ranking (0.055, 0.301 and 0.0033 on one test of the Hillstrom mailing): compare like with like, and
 * look at `upliftInterval` before believing a difference. 0 for a score that is the same for all; independent of the order of the rows. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - definition, weights
 * @returns the coefficient
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE` (numeric outcomes where events are needed), `INVALID_OPTION`, or
 * `NOT_IDENTIFIED`: an arm is missing, outcomes are all the same, or the average effect is not above 0, or 1, where all of it has to be gain
 * @example
 * ```ts
 * qiniCoefficient([1, 0, 0, 1], [1, 0, 1, 0], [4, 3, 2, 1]); // => 1
 * qiniCoefficient([1, 0, 0, 1], [1, 0, 1, 0], [1, 2, 3, 4]); // => -0.5
 * qiniCoefficient([1, 0, 0, 1], [1, 0, 1, 0], [4, 3, 2, 1], { definition: 'area' }); // => 3 / 16
 * ```
 */
export function qiniCoefficient(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: QiniOptions = {}): number {
  const caller = 'qiniCoefficient';
  requireKnownOptions(caller, options, ['definition', 'weights']);
  const definition = requireChoice(caller, 'definition', options.definition ?? 'normalised', ['normalised', 'withoutNegativeEffects', 'radcliffe', 'area']);
  const rows = readUpliftRows(caller, outcomes, treated, scores, options.weights);
  const ranked = rankArms(rows, rows.scores);
  const { customers, gain } = curveOf(ranked, qiniGain);
  const end = gain.length - 1;
  const size = customers[end]!;
  if (definition === 'area') return areaOverChance(customers, gain) / size ** 2;
  if (definition === 'normalised') return areaOverChance(customers, gain) / bestArea(caller, rows);
  requireEventsOnly(caller, definition, rows);
  const axis = definition === 'radcliffe' ? withZero(ranked) : customers;
  const total = gain[end]!;
  if (!(total > 0)) {
    const message = `${caller} with definition '${definition}' needs an average effect above 0, found ${total} events gained in all; take 'normalised' or 'area'`;
    throw new ClientelaError('NOT_IDENTIFIED', message, { gained: total });
  }
  if (!(total < axis[end]!)) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} with definition '${definition}' needs treated customers who are not gained, found none; take 'normalised' or 'area'`, { gained: total });
  }
  // Up to the total with slope 1, then level.
  return areaOverChance(axis, gain) / ((total * (axis[end]! - total)) / 2);
}

/** The area of the ranking that knows the outcomes. */
function bestArea(caller: string, rows: UpliftRows): number {
  const { outcomes, treated, isBinary } = rows;
  const ranked = isBinary ? rankKinds(rows, [1, 2, 1, 0]) : rankArms(rows, outcomes.map((outcome, row) => (treated[row] === 1 ? outcome : -outcome)));
  const { customers, gain } = curveOf(ranked, qiniGain);
  const area = areaOverChance(customers, gain);
  if (area > 0 && outcomes.some((outcome) => outcome !== outcomes[0])) return area;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs outcomes that differ, found ${outcomes[0]!} ${area > 0 ? 'in every row' : 'without any gain to rank'}`, { value: outcomes[0] });
}

function withZero({ treated }: RankedArms): Float64Array {
  const axis = new Float64Array(treated.length + 1);
  axis.set(treated, 1);
  return axis;
}

/** Throws `INVALID_VALUE` where outcomes are amounts. */
export function requireEventsOnly(caller: string, definition: string, { isBinary, outcomes }: UpliftRows): void {
  if (isBinary) return;
  const value = outcomes.find((outcome) => outcome !== 0 && outcome !== 1);
  throw new ClientelaError('INVALID_VALUE', `${caller} with definition '${definition}' needs outcomes of 0 and 1, found ${value}; take 'area', which amounts can have`, { value });
}
