import { requireKnownOptions } from '../../data/options.js';
import type { PotentialColumns } from '../aggregate/potentialColumns.js';
import { quadrantAt, QUADRANTS, readWins, type QuadrantCuts, type QuadrantName, type WinOptions } from './readWins.js';

/** One quadrant of headroom and ease. */
export interface QuadrantRow {
  /** Which. */
  readonly name: QuadrantName;
  /** How many customers. */
  readonly customers: number;
  /** Their share of all customers. */
  readonly customerShare: number;
  /** What they spend now. */
  readonly present: number;
  /** What of theirs goes elsewhere. */
  readonly headroom: number;
  /** Their share of all headroom; 0 where there is none. */
  readonly headroomShare: number;
  /** Mean ease; null of no customers. */
  readonly meanEase: number | null;
  /** Expected amount won: the sum of ease * step * headroom * margin. */
  readonly capture: number;
}

/** Customers by headroom and ease. */
export interface PotentialQuadrants {
  /** Where much headroom and easy begin. */
  readonly cuts: Required<QuadrantCuts>;
  /** quickWin, nurture, topUp and maintain, also where nobody is in one. */
  readonly quadrants: readonly QuadrantRow[];
  /** The place in `quadrants` of each customer. */
  readonly quadrantIndex: Uint8Array;
}

/**
 * Customers in four groups: much headroom or little, easily won or hardly.
 *
 * `'quickWin'` is where to go first; `'nurture'` takes patience (or another way in); `'topUp'` is for cheap channels; `'maintain'` is to be kept. Cut
 * at the medians of who has headroom unless told otherwise; whoever stands at a cut is above it. Where all are equally easy there is no hard half: give a cut. O(n log n).
 *
 * @param potentials - what `MarketPotential.predict` gives, or columns `present` and `potential` of your own
 * @param options - `ease` at least
 * @returns the four quadrants and where each customer stands
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `EMPTY_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * const { quadrants } = potentialQuadrants({ present: [50, 10, 80, 20], potential: [150, 60, 85, 520] }, { ease: [0.6, 0.5, 0.9, 0.1] });
 * quadrants.map(({ name, headroom }) => `${name} ${headroom}`); // => ['quickWin 100', 'nurture 500', 'topUp 5', 'maintain 50']
 * quadrants[0]?.capture; // => 12
 * ```
 */
export function potentialQuadrants(potentials: PotentialColumns, options: WinOptions): PotentialQuadrants {
  const caller = 'potentialQuadrants';
  requireKnownOptions(caller, options, ['ease', 'step', 'margin', 'cuts']);
  const values = readWins(caller, potentials, options);
  const quadrantIndex = new Uint8Array(values.rowCount);
  const sums = QUADRANTS.map(() => ({ customers: 0, present: 0, headroom: 0, ease: 0, capture: 0 }));
  let all = 0;
  for (let row = 0; row < quadrantIndex.length; row++) {
    const sum = sums[(quadrantIndex[row] = quadrantAt(values, row))]!;
    sum.customers++;
    sum.present += values.present[row]!;
    sum.headroom += values.headroom[row]!;
    sum.ease += values.ease[row]!;
    sum.capture += values.capture[row]!;
    all += values.headroom[row]!;
  }
  const quadrants = sums.map(({ customers, present, headroom, ease, capture }, place): QuadrantRow => ({
    name: QUADRANTS[place]!,
    customers,
    customerShare: customers / values.rowCount,
    present,
    headroom,
    headroomShare: all > 0 ? headroom / all : 0,
    meanEase: customers > 0 ? ease / customers : null,
    capture,
  }));
  return { cuts: values.cuts, quadrants, quadrantIndex };
}
