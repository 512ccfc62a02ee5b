import type { JourneyStep } from '../../../src/paths/journeys/journeys.js';

/** The cheapest way from one list of steps to another, by the recursion of the definition. */
export function naiveMatching<Step>(a: readonly Step[], b: readonly Step[], cost: (x: Step, y: Step) => number, indel: number): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j * indel : i * indel)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = Math.min(table[i - 1]![j]! + indel, table[i]![j - 1]! + indel, table[i - 1]![j - 1]! + cost(a[i - 1]!, b[j - 1]!));
    }
  }
  return table[a.length]![b.length]!;
}

/** Mean over pairs of different items, times the Jaccard distance. */
export function naiveStepCost(a: JourneyStep, b: JourneyStep, itemCost: (x: string, y: string) => number): number {
  const pairs = a.items.flatMap((x) => b.items.filter((y) => y !== x).map((y) => itemCost(x, y)));
  const union = new Set([...a.items, ...b.items]);
  const common = a.items.filter((x) => b.items.includes(x)).length;
  return pairs.length === 0 ? 0 : (pairs.reduce((sum, cost) => sum + cost, 0) / pairs.length) * (1 - common / union.size);
}

/** What was thrown, as code and message. */
export function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return 'nothing';
}
