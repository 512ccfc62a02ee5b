import type { TableView } from '../../data/table.js';
import type { AdditiveTermState } from './additiveState.js';
import { placeRows, type TermAxis, type Placement } from './axis.js';

/** Where the rows stand on each axis; an axis that several terms share is read once. */
export function placeAxes(caller: string, terms: readonly AdditiveTermState[], view: TableView): Map<TermAxis, Placement> {
  const placed = new Map<string, Placement>();
  return new Map(
    terms
      .flatMap(({ axes }) => axes)
      .map((axis): [TermAxis, Placement] => {
        const key = JSON.stringify(axis);
        const placement = placed.get(key) ?? placeRows(caller, axis, view);
        placed.set(key, placement);
        return [axis, placement];
      }),
  );
}

/** Adds what the terms say to every row; returns the same array. O(rows terms). */
export function addTerms(terms: readonly AdditiveTermState[], placed: ReadonlyMap<TermAxis, Placement>, sums: Float64Array): Float64Array {
  for (const { axes, effects } of terms) {
    const first = placed.get(axes[0]!)!;
    const second = axes.length > 1 ? placed.get(axes[1]!) : undefined;
    for (let row = 0; row < sums.length; row++) sums[row]! += effectAt(effects, row, first, second);
  }
  return sums;
}

/** What each term says of the first row. */
export function termEffects(terms: readonly AdditiveTermState[], placed: ReadonlyMap<TermAxis, Placement>): number[] {
  return terms.map((term) => addTerms([term], placed, new Float64Array(1))[0]!);
}

function effectAt(effects: readonly number[], row: number, first: Placement, second: Placement | undefined): number {
  const at = first.at[row]!;
  if (at < 0) return 0;
  const share = first.share === null ? 0 : first.share[row]!;
  if (second === undefined) return share === 0 ? effects[at]! : (1 - share) * effects[at]! + share * effects[at + 1]!;
  const { width } = second;
  const other = second.at[row]!;
  if (other < 0) return 0;
  const otherShare = second.share === null ? 0 : second.share[row]!;
  const along = (from: number): number => (otherShare === 0 ? effects[from]! : (1 - otherShare) * effects[from]! + otherShare * effects[from + 1]!);
  const near = along(at * width + other);
  return share === 0 ? near : (1 - share) * near + share * along((at + 1) * width + other);
}
