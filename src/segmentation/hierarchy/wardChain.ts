import { linkageTree, type LinkageTree } from '../../numeric/hierarchy/linkageTree.js';
import { WardGroups } from './wardGroups.js';

/**
 * Ward's tree by the nearest-neighbour chain (Murtagh, 1983): from any group to its nearest, and on, until two are nearest to each other:
 * those merge, whatever the rest. Groups are their centres and weights, so O(n width) memory and O(n² width) time.
 * The height of a merge is sqrt(2 wa wb / (wa + wb)) |ca - cb|, as in scipy and in R's ward.D2.
 */
export function wardChain(points: Float64Array, width: number, weights: Float64Array | null): LinkageTree {
  const groups = new WardGroups(points, width, weights);
  const joins = groups.count - 1;
  const [from, to, heights] = [new Int32Array(joins), new Int32Array(joins), new Float64Array(joins)];
  const chain = new Int32Array(joins + 1);
  const onChain = new Uint8Array(joins + 1);
  // The rise at which each of the chain was reached. The one before wins a tie, so that the chain ends.
  const rises = new Float64Array(joins + 1).fill(Infinity);
  let length = 0;
  while (groups.count > 1) {
    if (length === 0) onChain[(chain[length++] = groups.leafAt[0]!)] = 1;
    const tip = chain[length - 1]!;
    groups.findNearest(groups.placeOf[tip]!, rises[length - 1]!);
    if (groups.nearest < 0) {
      const other = chain[length - 2]!;
      const join = joins + 1 - groups.count;
      [from[join], to[join], heights[join]] = [tip, other, Math.sqrt(2 * groups.rise)];
      groups.merge(groups.placeOf[tip]!, groups.placeOf[other]!);
      onChain[tip] = onChain[other] = 0;
      length -= 2;
      continue;
    }
    const leaf = groups.leafAt[groups.nearest]!;
    if (onChain[leaf] === 0) {
      rises[length] = groups.rise;
      onChain[(chain[length++] = leaf)] = 1;
    } else {
      // Rounding led back among equal distances: begin anew.
      onChain.fill(0);
      length = 0;
    }
  }
  return linkageTree(from, to, heights, weights);
}
