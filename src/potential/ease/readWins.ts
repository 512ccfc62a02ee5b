import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { readPerCustomer, readPotentials, type PotentialColumns, type PotentialValues } from '../aggregate/potentialColumns.js';
import { requireStep } from './captureEaseOptions.js';

/** Where much headroom and easy begin; at the cut is above it. */
export interface QuadrantCuts {
  /** In currency. @defaultValue the median of who has headroom */
  readonly headroom?: number;
  /** In [0, 1]. @defaultValue the median of who has headroom */
  readonly ease?: number;
}

/** `'quickWin'`: much headroom, easily won. `'nurture'`: much, but hard. `'topUp'`: little, but easy. `'maintain'`: little and hard. */
export type QuadrantName = 'quickWin' | 'nurture' | 'topUp' | 'maintain';

/** The quadrants in the order in which they are told. */
export const QUADRANTS: readonly QuadrantName[] = ['quickWin', 'nurture', 'topUp', 'maintain'];

/** What ranking and quadrants both read. */
export interface WinOptions {
  /** How easily headroom is won, in [0, 1]: what `CaptureEase.predict` or `MarketPotential.attainability` gives, or one number for all. */
  readonly ease: number | ArrayLike<number>;
  /** The share of the headroom that is won then, above 0, at most 1; the one that the ease was learnt with. @defaultValue 0.2 */
  readonly step?: number;
  /** What a unit of spend is worth, 0 or more: one number, or one a customer. @defaultValue 1 */
  readonly margin?: number | ArrayLike<number>;
  /** Where much headroom and easy begin. @defaultValue medians */
  readonly cuts?: QuadrantCuts;
}

/** Columns of customers and the amounts that could be won. */
export interface WinValues extends PotentialValues {
  readonly ease: Float64Array;
  readonly capture: Float64Array;
  readonly cuts: Required<QuadrantCuts>;
}

/** Checks and computes capture = ease * step * headroom * margin. */
export function readWins(caller: string, potentials: PotentialColumns, options: WinOptions): WinValues {
  // What is uncertain plays no part here, and is not read.
  const { present, potential } = Object(potentials) as Partial<PotentialColumns>;
  const values = readPotentials(caller, present && potential ? { present, potential } : potentials);
  const { headroom, rowCount } = values;
  const step = requireStep(caller, options.step ?? 0.2);
  const ease = readPerCustomer(caller, 'ease', options.ease, rowCount, 0, 1);
  const margin = readPerCustomer(caller, 'margin', options.margin ?? 1, rowCount, 0);
  const capture = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) capture[row] = ease[row]! * step * headroom[row]! * margin[row]!;
  return { ...values, ease, capture, cuts: cutsOf(caller, headroom, ease, options.cuts) };
}

/** Where a customer stands in {@link QUADRANTS}. */
export function quadrantAt({ headroom, ease, cuts }: WinValues, row: number): number {
  // Nothing to win is not much of it, wherever the cut.
  return (headroom[row]! > 0 && headroom[row]! >= cuts.headroom ? 0 : 2) + (ease[row]! >= cuts.ease ? 0 : 1);
}

function cutsOf(caller: string, headroom: Float64Array, ease: Float64Array, given: QuadrantCuts = {}): Required<QuadrantCuts> {
  for (const name of Object.keys(given)) {
    if (name !== 'headroom' && name !== 'ease') throw new ClientelaError('INVALID_OPTION', `${caller} knows no cut "${name}"; its cuts are headroom and ease`, { option: 'cuts' });
  }
  const cut = (name: 'headroom' | 'ease', values: Float64Array): number => {
    const { [name]: wanted } = given;
    if (wanted === undefined) return median(values.filter((_, row) => headroom[row]! > 0));
    if (Number.isFinite(wanted)) return wanted;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the cut of ${name} as a finite number, found ${describeValue(wanted)}`, { option: 'cuts' });
  };
  return { headroom: cut('headroom', headroom), ease: cut('ease', ease) };
}

function median(values: Float64Array): number {
  return values.length === 0 ? 0 : quantileOfSorted(values.sort(), 0.5);
}
