import type { Points, PeerSpace } from './peerSpace.js';
import type { PeerDifference, PeerFeature } from './peersState.js';

/** What each feature adds to the distance of one row and one training row, the most first; ties in the order of the features. */
export function peerParts(features: readonly PeerFeature[], { squared, width }: PeerSpace, query: Points, training: Points, row: object, peer: number): PeerDifference[] {
  const categories = features.length - width;
  let number = 0;
  let category = 0;
  const parts = features.map((feature): { part: number; difference: Omit<PeerDifference, 'share'> } => {
    const difference = { feature: feature.column, value: (row as Record<string, unknown>)[feature.column] ?? null };
    if (feature.kind === 'number') {
      const gap = Math.abs(query.numbers[number]! - training.numbers[peer * width + number++]!);
      return { part: Number.isNaN(gap) ? 0 : squared ? gap * gap : gap, difference: { ...difference, peerValue: feature.values[peer]! } };
    }
    const code = query.codes[category]!;
    const peerCode = training.codes[peer * categories + category++]!;
    return { part: code === -1 || peerCode === -1 || code === peerCode ? 0 : feature.weight, difference: { ...difference, peerValue: feature.levels[peerCode] ?? null } };
  });
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return parts.map(({ part, difference }) => ({ ...difference, share: total > 0 ? part / total : 0 })).sort((a, b) => b.share - a.share);
}
