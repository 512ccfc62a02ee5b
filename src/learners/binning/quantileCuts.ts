import { cutEvenly } from '../trees/cutEvenly.js';
import type { DistinctValues } from './distinctValues.js';

/** Cuts into at most so many parts of about equal weight; a part for every value when there are few. */
export function quantileCuts({ values, rowsUpTo }: DistinctValues, parts: number): number[] {
  if (values.length <= parts) return Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => i + 1);
  const masses = new Float64Array(values.length).map((_, i) => rowsUpTo[i + 1]! - rowsUpTo[i]!);
  return cutEvenly(masses, rowsUpTo[values.length]!, parts).map((at) => at + 1);
}
