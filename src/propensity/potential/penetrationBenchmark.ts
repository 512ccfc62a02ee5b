import { quantileOfSorted } from '../../numeric/quantile.js';

/** What a group may be expected to reach, judged by the others. */
export interface PenetrationBenchmark {
  /** The penetration of the upper quartile, or of the best group. */
  readonly level: number;
  /** The penetration of each group, drawn towards that of all as far as its differences are chance. */
  readonly settled: Float64Array;
}

/**
 * The penetration that the better groups show, chance taken out: the best of many noisy rates is too good. Each rate is drawn towards the common one by as many
 * customers as the spread of the groups asks for (beta-binomial, the intraclass correlation by analysis of variance); where groups differ by no more
 * than chance, all have the common rate. Groups with fewer than `minCustomers` are no benchmark.
 */
export function penetrationBenchmark(held: ArrayLike<number>, sizes: ArrayLike<number>, minCustomers: number, best: boolean): PenetrationBenchmark {
  const all = sumOf(sizes);
  const common = all > 0 ? sumOf(held) / all : 0;
  const prior = priorCustomers(held, sizes, common, all);
  const settled = new Float64Array(sizes.length);
  for (let g = 0; g < sizes.length; g++) settled[g] = prior === Infinity ? common : (held[g]! + prior * common) / (sizes[g]! + prior);
  const comparable = settled.filter((_, g) => sizes[g]! >= minCustomers).sort();
  return { level: comparable.length === 0 ? common : quantileOfSorted(comparable, best ? 1 : 0.75), settled };
}

/** The strength of the common rate, in customers: (1 - r) / r of the intraclass correlation r. */
function priorCustomers(held: ArrayLike<number>, sizes: ArrayLike<number>, common: number, all: number): number {
  const groups = sizes.length;
  if (groups < 2 || all <= groups) return Infinity;
  let between = 0;
  let within = 0;
  let squares = 0;
  for (let g = 0; g < groups; g++) {
    const rate = held[g]! / sizes[g]!;
    between += sizes[g]! * (rate - common) ** 2;
    within += held[g]! * (1 - rate);
    squares += sizes[g]! ** 2;
  }
  between /= groups - 1;
  within /= all - groups;
  const typicalSize = (all - squares / all) / (groups - 1);
  const correlation = (between - within) / (between + (typicalSize - 1) * within);
  return correlation > 0 ? (1 - correlation) / correlation : Infinity;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
