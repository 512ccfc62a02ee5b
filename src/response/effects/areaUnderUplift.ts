import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireEventsOnly } from './qiniCoefficient.js';
import { rankArms, rankKinds, type RankedArms, type RankTies } from './rankArms.js';
import { areaOverChance, curveOf, upliftGain } from './upliftCurve.js';
import { readUpliftRows, type Outcomes, type Treated, type UpliftRows } from './upliftRows.js';

/**
 * Which area under the uplift curve.
 *
 * - `'normalised'`: the area between curve and line of chance, over that of the best ranking there can be: `uplift_auc_score` of scikit-uplift. Events only. 1 is perfect, 0 chance.
 * - `'meanGain'`: the mean height of the curve over all depths, its end taken as 1: `auuc_score` of causalml. 1/2 is about chance.
 *   The end's sign is dropped, so that a treatment that harms gives about -1/2 for chance. Until both arms have been met, the difference of means goes up
 *   in a straight line from 0 to the first that exists, as there. Any outcome.
 * - `'area'`: the area between curve and line of chance, over the square of the number of customers; any outcome, in its unit.
 */
export type UpliftAreaDefinition = 'normalised' | 'meanGain' | 'area';

/** Options of {@link areaUnderUplift}. */
export interface UpliftAreaOptions {
  /** Which of the areas. @defaultValue 'normalised' */
  readonly definition?: UpliftAreaDefinition;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice; whole numbers for `'meanGain'`, which counts customers. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Customers of equal score: spread evenly, or one by one in the order of the rows (as causalml does); for `'meanGain'` only. @defaultValue 'shared' */
  readonly ties?: RankTies;
}

/**
 * The area under the uplift curve, in each of the definitions in use.
 *
 * O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - definition, weights, ties
 * @returns the area
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE` (numeric outcomes where events are needed), `INVALID_OPTION`, or
 * `NOT_IDENTIFIED`: an arm is missing, or there is nothing to divide by
 * @example
 * ```ts
 * areaUnderUplift([1, 0, 0, 1], [1, 0, 1, 0], [4, 3, 2, 1]); // => 1
 * areaUnderUplift([1, 0, 0, 0], [1, 0, 1, 0], [4, 3, 2, 1], { definition: 'meanGain' }); // => 0.6
 * ```
 */
export function areaUnderUplift(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftAreaOptions = {}): number {
  const caller = 'areaUnderUplift';
  requireKnownOptions(caller, options, ['definition', 'weights', 'ties']);
  const definition = requireChoice(caller, 'definition', options.definition ?? 'normalised', ['normalised', 'meanGain', 'area']);
  const ties = requireChoice<RankTies>(caller, 'ties', options.ties ?? 'shared', ['shared', 'rowOrder']);
  const rows = readUpliftRows(caller, outcomes, treated, scores, options.weights);
  const perRow = definition === 'meanGain' && ties === 'rowOrder';
  const ranked = rankArms(rows, rows.scores, perRow ? 'rowOrder' : 'shared');
  if (definition === 'meanGain') return meanGain(caller, ranked, rows);
  const { customers, gain } = curveOf(ranked, upliftGain);
  const area = areaOverChance(customers, gain);
  if (definition === 'area') return area / customers[customers.length - 1]! ** 2;
  requireEventsOnly(caller, definition, rows);
  return area / bestArea(caller, rows);
}

/** The area of the ranking that knows the outcomes: of control, those without the event first; those in doubt stand where most is gained. */
function bestArea(caller: string, rows: UpliftRows): number {
  const { treatedSum, controlSum } = rankKinds(rows, [0, 0, 0, 0]);
  const byOutcome = controlSum[0]! > rows.treatedWeight - treatedSum[0]!;
  // Twice whether outcome and arm agree, and one more for an event, or for the treated.
  const { customers, gain } = curveOf(rankKinds(rows, byOutcome ? [1, 2, 3, 0] : [1, 3, 2, 0]), upliftGain);
  const area = areaOverChance(customers, gain);
  if (area > 0) return area;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs outcomes that differ, found no ranking better than chance; take definition 'area'`);
}

/** The mean over the depths 0, 1, … n of the gain there, the gain at the end being 1 or -1. */
function meanGain(caller: string, { treated, treatedSum, control, controlSum }: RankedArms, { weights, treatedWeight, controlWeight }: UpliftRows): number {
  const part = weights?.find((weight) => weight % 1 !== 0);
  if (part !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} with definition 'meanGain' needs whole weights, which count customers, found ${part}`, { option: 'weights' });
  let [n1, y1, n0, y0, depth, sum, weightBefore] = [0, 0, 0, 0, 0, 0, 0];
  let isFirst = true;
  for (let group = 0; group < treated.length; group++) {
    const size = treated[group]! + control[group]! - depth;
    const [d1, e1, d0, e0] = [(treated[group]! - n1) / size, (treatedSum[group]! - y1) / size, (control[group]! - n0) / size, (controlSum[group]! - y0) / size];
    for (let k = 1; k <= size; k++) {
      const [a, b] = [n1 + k * d1, n0 + k * d0];
      if (a === 0 || b === 0) weightBefore += (depth + k) ** 2;
      else {
        const lift = (y1 + k * e1) / a - (y0 + k * e0) / b;
        // The depths before this one, on the straight line from 0: lift k / depth, times k.
        if (isFirst) sum += (lift * weightBefore) / (depth + k);
        isFirst = false;
        sum += lift * (depth + k);
      }
    }
    [n1, y1, n0, y0, depth] = [treated[group]!, treatedSum[group]!, control[group]!, controlSum[group]!, depth + size];
  }
  const total = upliftGain(treatedWeight, y1, controlWeight, y0);
  if (total !== 0) return sum / (depth + 1) / Math.abs(total);
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} with definition 'meanGain' divides by the average effect, which is 0 here; take definition 'area'`);
}
