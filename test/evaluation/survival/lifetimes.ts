import fc from 'fast-check';

/** Some customers with many ties in time and in risk. */
export interface Lifetimes {
  readonly durations: number[];
  readonly events: number[];
  readonly risks: number[];
  readonly weights: number[];
  readonly entries: number[];
  readonly strata: string[];
}

/** At least one event that another outlasts; durations 1 to 9, risks 0 to 6, weights 1 to 3, entries before the end, two strata. */
export const someLifetimes: fc.Arbitrary<Lifetimes> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.nat(8), fc.nat(1)), { minLength: 1, maxLength: 40 })
  .map((cells) => {
    const all = [[2, 1, 1, 1, 0, 0], [8, 0, 3, 2, 0, 0], [9, 1, 0, 1, 1, 0], ...cells];
    return {
      durations: all.map(([time]) => time!),
      events: all.map(([, event]) => event!),
      risks: all.map(([, , risk]) => risk! / 2),
      weights: all.map(([, , , weight]) => weight!),
      entries: all.map(([time, , , , entry]) => Math.min(entry!, time! - 1)),
      strata: all.map(([, , , , , stratum]) => (stratum === 0 ? 'a' : 'b')),
    };
  });

/** Runs a property over such customers with the seed of this suite. */
export function forLifetimes(check: (rows: Lifetimes) => void, numRuns = 50): void {
  fc.assert(fc.property(someLifetimes, check), { seed: 20261123, numRuns });
}

/** The share not yet censored just before a time, or just after it, straight from its definition. */
export function naiveUncensored(durations: readonly number[], events: readonly number[], weights: readonly number[], time: number, after = false): number {
  let share = 1;
  for (const end of [...new Set(durations)].sort((a, b) => a - b)) {
    if (end > time || (end === time && !after)) break;
    const sum = (test: (row: number) => boolean): number => weights.reduce((total, weight, row) => (test(row) ? total + weight : total), 0);
    const censored = sum((row) => durations[row] === end && events[row] === 0);
    const atRisk = sum((row) => durations[row]! > end || (durations[row] === end && events[row] === 0));
    if (censored > 0) share *= 1 - censored / atRisk;
  }
  return share;
}

/** A figure's error by moving the weight of each row a little and adding the squares of what that does: the infinitesimal jackknife, naively. */
export function naiveJackknife(weights: readonly number[], figure: (weights: readonly number[]) => number): number {
  const step = 1e-5;
  const at = (row: number, by: number): number => figure(weights.map((weight, i) => (i === row ? weight * (1 + by) : weight)));
  return Math.sqrt(weights.reduce((sum, _, row) => sum + ((at(row, step) - at(row, -step)) / (2 * step)) ** 2, 0));
}
