import type { CondensedTree } from './condenseTree.js';

/** Which groups of a condensed tree become segments. */
export interface SelectionRule {
  readonly selection: 'excessOfMass' | 'leaf';
  /** Squared. */
  readonly epsilon: number;
  readonly maxSize: number;
}

/** How dense it is at a squared distance: 1 / distance, no more than at the least distance above 0. */
export function densityAt(square: number, least: number): number {
  return 1 / Math.sqrt(Math.max(square, least));
}

/** By group: by how much its rows are denser than where it appeared, in sum (the relative excess of mass of Campello, Moulavi and Sander, 2013). */
export function stabilities({ parents, births, sizes, groupOf, leftAt }: CondensedTree, least: number): Float64Array {
  const found = new Float64Array(parents.length);
  const birth = births.map((square) => densityAt(square, least));
  // Sorted, so that the sum does not depend on the order of rows.
  const rows = Array.from(leftAt.keys()).sort((a, b) => leftAt[a]! - leftAt[b]!);
  for (const row of rows) found[groupOf[row]!]! += densityAt(leftAt[row]!, least) - birth[groupOf[row]!]!;
  for (let group = 1; group < parents.length; group++) found[parents[group]!]! += sizes[group]! * (birth[group]! - birth[parents[group]!]!);
  return found;
}

/** By group: whether it is a segment. No segment is inside another, and everything is none. */
export function selectGroups({ parents, births, sizes }: CondensedTree, stability: Float64Array, { selection, epsilon, maxSize }: SelectionRule): boolean[] {
  const count = parents.length;
  const isInner = new Uint8Array(count);
  const below = new Float64Array(count);
  const chosen = new Array<boolean>(count).fill(false);
  for (let group = count - 1; group > 0; group--) {
    const parent = parents[group]!;
    const yields = sizes[group]! > maxSize || (isInner[group] === 1 && (selection === 'leaf' || below[group]! > stability[group]!));
    chosen[group] = !yields;
    below[parent]! += yields ? below[group]! : stability[group]!;
    isInner[parent] = 1;
  }
  outermost(parents, chosen);
  for (let group = 1; group < count; group++) {
    if (!chosen[group] || births[group]! >= epsilon) continue;
    let up = group;
    while (parents[up]! > 0 && births[up]! <= epsilon) up = parents[up]!;
    chosen[up] = true;
  }
  outermost(parents, chosen);
  return chosen;
}

function outermost(parents: readonly number[], chosen: boolean[]): void {
  const inside = new Array<boolean>(parents.length).fill(false);
  for (let group = 1; group < parents.length; group++) {
    const parent = parents[group]!;
    inside[group] = inside[parent]! || chosen[parent]!;
    if (inside[group]) chosen[group] = false;
  }
}
