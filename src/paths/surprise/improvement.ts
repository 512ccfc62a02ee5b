import type { SequencePattern } from '../sequences/sequencePattern.js';
import type { JourneyWalk } from '../timing/walkJourneys.js';
import type { ReadPath } from '../timing/readPaths.js';
import { countChance, type CountChance } from './countChance.js';

/** The probability of such a count. */
export type Tail = (spread: CountChance, count: number) => number;

/** What a path adds to a part of it. */
export interface SurprisingImprovement {
  /** The steps of the part. */
  readonly over: SequencePattern['steps'];
  /** Customers who would have the path by chance, of those who have the part. */
  readonly expected: number;
  /** The count of the path over `expected`. */
  readonly lift: number;
  /** The probability of such a count of the path by chance, given who has the part. */
  readonly p: number;
}

/** What improvements need to know of the parts. */
export interface PartContext {
  readonly weights: Float64Array | null;
  readonly walk: JourneyWalk['walk'];
  readonly tail: Tail;
}

/** A part of a path, and the chances of the customers to have it. */
export type PartChances = readonly [part: ReadPath, chances: Float64Array];

/** Over the part that leaves the largest p; null where the path has no parts. */
export function improvementOf(count: number, chances: Float64Array, parts: readonly PartChances[], { weights, walk, tail }: PartContext): SurprisingImprovement | null {
  let best: SurprisingImprovement | null = null;
  for (const [part, partChances] of parts) {
    const given = new Float64Array(chances.length);
    walk(part, (_, c, isWhole) => {
      if (isWhole) given[c] = partChances[c]! > 0 ? Math.min(1, chances[c]! / partChances[c]!) : 0;
    });
    const spread = countChance(given, weights);
    const p = tail(spread, count);
    if (best === null || p > best.p) best = { over: part.steps, expected: spread.mean, lift: spread.mean > 0 ? count / spread.mean : 1, p };
  }
  return best;
}

/** The path with one item taken out, each once; under limits only where those who have the path surely have the part. */
export function partsOf({ steps, codes }: ReadPath, isLimited: boolean, leastSteps: number): Map<string, ReadPath> {
  const parts = new Map<string, ReadPath>();
  codes.forEach((step, j) => {
    step.forEach((_, i) => {
      const isGone = step.length === 1;
      if (isGone && (codes.length <= leastSteps || (isLimited && j > 0 && j < codes.length - 1))) return;
      const without = <Value>(all: readonly (readonly Value[])[]): Value[][] => all.map((some, at) => some.filter((__, k) => at !== j || k !== i)).filter((some) => some.length > 0);
      const part = { steps: without(steps), codes: without(codes) };
      if (part.codes.length >= leastSteps) parts.set(part.codes.join('>'), part);
    });
  });
  return parts;
}
