import { linkageTree, type LinkageTree } from './linkageTree.js';

/**
 * The tree of average, complete or Ward linkage by the nearest-neighbour chain (Murtagh, 1983) on the distances of all pairs, each once: the pair (i, j < i)
 * at i (i - 1) / 2 + j. They are brought up to date with every merge (Lance and Williams, 1967), and so used up. O(n²) time.
 * Ward's heights are those of scipy and of R's ward.D2, whatever the distances are; a weight counts as the leaf so many times.
 */
export function chainLinkage(distances: Float64Array, linkage: 'average' | 'complete' | 'ward', weights: Float64Array | null): LinkageTree {
  const count = (1 + Math.sqrt(1 + 8 * distances.length)) / 2;
  const isWard = linkage === 'ward';
  const isAverage = linkage === 'average';
  const weight = weights === null ? new Float64Array(count).fill(1) : weights.slice();
  if (isWard) squareApart(distances, weight);
  // The pair (i, j < i) stands at start[i] + j.
  const start = Float64Array.from({ length: count }, (_, i) => (i * (i - 1)) / 2);
  // The groups left, ascending, each known by one of its leaves.
  const groups = Int32Array.from({ length: count }, (_, leaf) => leaf);
  const chain = new Int32Array(count);
  const onChain = new Uint8Array(count);
  const [from, to, heights] = [new Int32Array(count - 1), new Int32Array(count - 1), new Float64Array(count - 1)];
  const pair = (a: number, b: number): number => (a > b ? start[a]! + b : start[b]! + a);
  let length = 0;
  for (let left = count; left > 1; ) {
    if (length === 0) onChain[(chain[length++] = groups[0]!)] = 1;
    const tip = chain[length - 1]!;
    // The one before wins a tie, so that the chain ends.
    const before = length > 1 ? chain[length - 2]! : -1;
    let best = before < 0 ? Infinity : distances[pair(tip, before)]!;
    let nearest = before;
    let g = 0;
    for (const row = start[tip]!; groups[g]! < tip; g++) {
      const distance = distances[row + groups[g]!]!;
      if (distance < best) [best, nearest] = [distance, groups[g]!];
    }
    for (g++; g < left; g++) {
      const distance = distances[start[groups[g]!]! + tip]!;
      if (distance < best) [best, nearest] = [distance, groups[g]!];
    }
    if (nearest !== before) {
      if (onChain[nearest] === 0) onChain[(chain[length++] = nearest)] = 1;
      else {
        // Rounding led back among equal distances: begin anew.
        onChain.fill(0);
        length = 0;
      }
      continue;
    }
    [from[count - left], to[count - left], heights[count - left]] = [tip, before, isWard ? Math.sqrt(best) : best];
    onChain[tip] = onChain[before] = 0;
    length -= 2;
    left--;
    groups.copyWithin(groups.indexOf(tip), groups.indexOf(tip) + 1, left + 1);
    const sum = weight[tip]! + weight[before]!;
    const [shareOfTip, shareOfOther] = [weight[tip]! / sum, weight[before]! / sum];
    for (g = 0; g < left; g++) {
      const other = groups[g]!;
      if (other === before) continue;
      const a = distances[pair(tip, other)]!;
      const at = pair(before, other);
      const b = distances[at]!;
      if (isWard) {
        const size = weight[other]!;
        const square = ((weight[tip]! + size) * a + (weight[before]! + size) * b - size * best) / (sum + size);
        // Both were at least as far: below that it falls by rounding only.
        distances[at] = square > best ? square : best;
      } else distances[at] = isAverage ? shareOfTip * a + shareOfOther * b : a > b ? a : b;
    }
    weight[before] = sum;
  }
  return linkageTree(from, to, heights, weights);
}

/** Distances to what Ward's linkage minds of leaves of these weights: 2 wa wb / (wa + wb) d², which is d² for weights of 1. */
function squareApart(distances: Float64Array, weight: Float64Array): void {
  for (let i = 1, at = 0; i < weight.length; i++) {
    for (let j = 0; j < i; j++, at++) distances[at] = ((2 * weight[i]! * weight[j]!) / (weight[i]! + weight[j]!)) * distances[at]! ** 2;
  }
}
