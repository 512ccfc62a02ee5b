import type { JourneyColumns } from '../journeys/journeys.js';
import type { StepNodes } from './stepNodes.js';

/** One way through: all journeys with exactly these steps. */
export interface JourneyVariant {
  /** The names of its steps, in order. */
  readonly steps: readonly string[];
  /** Customers who went it: the sum of their weights. */
  readonly count: number;
  /** `count` as a share of the customers with a step. */
  readonly share: number;
  /** The shares of this variant and of all more frequent ones. */
  readonly cumulativeShare: number;
}

/** Distinct journeys and how many went each, the most frequent first; ties by their steps. */
export function journeyVariants({ offsets, weights }: JourneyColumns, { codes, names }: StepNodes, most: number): { readonly variants: JourneyVariant[]; readonly variantCount: number; readonly caseCount: number } {
  const { firsts, counts } = groupJourneys(offsets, codes, weights);
  let caseCount = 0;
  for (const count of counts) caseCount += count;
  const compare = (a: number, b: number): number => compareSteps(codes, offsets, firsts[a]!, firsts[b]!);
  const ranked = [...counts].sort((a, b) => b - a);
  const least = ranked[Math.min(most, ranked.length) - 1] ?? Infinity;
  const kept: number[] = [];
  counts.forEach((count, v) => {
    if (count >= least) kept.push(v);
  });
  kept.sort((a, b) => counts[b]! - counts[a]! || compare(a, b));
  let covered = 0;
  const variants = kept.slice(0, most).map((v) => {
    const steps = Array.from(codes.subarray(offsets[firsts[v]!], offsets[firsts[v]! + 1]), (code) => names[code]!);
    covered += counts[v]!;
    return { steps, count: counts[v]!, share: counts[v]! / caseCount, cumulativeShare: covered / caseCount };
  });
  return { variants, variantCount: counts.length, caseCount };
}

/** One customer of each variant, and the weight of all of them. */
function groupJourneys(offsets: Uint32Array, codes: Int32Array, weights: Float64Array | null): { readonly firsts: number[]; readonly counts: number[] } {
  const customers = offsets.length - 1;
  let size = 16;
  while (size < 2 * customers) size *= 2;
  const slots = new Int32Array(size);
  const [firsts, counts]: [number[], number[]] = [[], []];
  for (let c = 0; c < customers; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    const [begin, end] = [offsets[c]!, offsets[c + 1]!];
    if (begin === end || weight === 0) continue;
    let hash = 0x811c9dc5;
    for (let s = begin; s < end; s++) hash = Math.imul(hash ^ codes[s]!, 0x01000193) ^ (hash >>> 13);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    while (slots[slot] !== 0 && compareSteps(codes, offsets, firsts[slots[slot]! - 1]!, c) !== 0) slot = (slot + 1) & (size - 1);
    if (slots[slot] === 0) {
      slots[slot] = firsts.push(c);
      counts.push(0);
    }
    counts[slots[slot]! - 1]! += weight;
  }
  return { firsts, counts };
}

/** By steps, then the shorter first; 0 where two customers went the same way. */
function compareSteps(codes: Int32Array, offsets: Uint32Array, a: number, b: number): number {
  const [i, j] = [offsets[a]!, offsets[b]!];
  const [lengthA, lengthB] = [offsets[a + 1]! - i, offsets[b + 1]! - j];
  for (let k = 0; k < lengthA && k < lengthB; k++) if (codes[i + k] !== codes[j + k]) return codes[i + k]! - codes[j + k]!;
  return lengthA - lengthB;
}
