import type { Linkage } from '../../../src/numeric/hierarchy/linkageTree.js';

/** Heights and groups by looking at all pairs of groups each time, from the definitions. */
export function naiveLinkage(points: readonly (readonly number[])[], linkage: Linkage, weights: readonly number[] = points.map(() => 1)): { heights: number[]; groupsAt: number[][][] } {
  let groups = points.map((_, i) => [i]);
  const heights: number[] = [];
  const groupsAt = [groups];
  const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((x, k) => x - b[k]!));
  const centre = (group: readonly number[]): number[] => {
    const total = group.reduce((sum, i) => sum + weights[i]!, 0);
    return points[0]!.map((_, k) => group.reduce((sum, i) => sum + weights[i]! * points[i]![k]!, 0) / total);
  };
  const between = (a: readonly number[], b: readonly number[]): number => {
    const [wa, wb] = [a, b].map((group) => group.reduce((sum, i) => sum + weights[i]!, 0)) as [number, number];
    if (linkage === 'ward') return Math.sqrt((2 * wa * wb) / (wa + wb)) * distance(centre(a), centre(b));
    const pairs = a.flatMap((i) => b.map((j) => distance(points[i]!, points[j]!)));
    if (linkage === 'single') return Math.min(...pairs);
    if (linkage === 'complete') return Math.max(...pairs);
    return a.reduce((sum, i) => sum + b.reduce((inner, j) => inner + weights[i]! * weights[j]! * distance(points[i]!, points[j]!), 0), 0) / (wa * wb);
  };
  while (groups.length > 1) {
    let best = { d: Infinity, i: 0, j: 0 };
    for (let i = 0; i < groups.length; i++) for (let j = 0; j < i; j++) {
      const d = between(groups[i]!, groups[j]!);
      if (d < best.d) best = { d, i, j };
    }
    heights.push(best.d);
    groups = [...groups.filter((_, g) => g !== best.i && g !== best.j), [...groups[best.i]!, ...groups[best.j]!]];
    groupsAt.push(groups);
  }
  return { heights, groupsAt };
}

/** A partition as text that does not depend on numbers. */
export function partitionOf(labels: ArrayLike<number>): string {
  const groups = new Map<number, number[]>();
  Array.from(labels).forEach((label, row) => groups.set(label, [...(groups.get(label) ?? []), row]));
  return [...groups.values()].map((rows) => rows.join()).sort().join(' | ');
}
