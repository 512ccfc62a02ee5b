import { describe, expect, it } from 'vitest';
import type { BinRules } from '../../../src/learners/binning/binRules.js';
import type { BinTrend } from '../../../src/learners/binning/binningState.js';
import { optimalCuts } from '../../../src/learners/binning/optimalCuts.js';
import { createRandom } from '../../../src/numeric/random.js';

interface Table {
  readonly events: readonly number[];
  readonly nonEvents: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const free: BinRules = { minBins: 1, maxBins: Infinity, minRows: 0, maxRows: Infinity, minRateDifference: 0, minZ: 0, criterion: 'iv' };
const asCounts = ({ events, nonEvents }: Table): { events: Float64Array; nonEvents: Float64Array } => ({ events: new Float64Array(events), nonEvents: new Float64Array(nonEvents) });
const totalsOf = ({ events, nonEvents }: Table): { events: number; nonEvents: number } => ({ events: sum(events), nonEvents: sum(nonEvents) });

/** Events and non-events of each bin between the cuts. */
function binsOf({ events, nonEvents }: Table, cuts: readonly number[]): [events: number, nonEvents: number][] {
  const ends = [0, ...cuts, events.length];
  return ends.slice(1).map((end, i) => [sum(events.slice(ends[i], end)), sum(nonEvents.slice(ends[i], end))]);
}

function valueOf(table: Table, cuts: readonly number[], criterion: 'iv' | 'js'): number {
  const totals = totalsOf(table);
  return sum(
    binsOf(table, cuts).map(([e, n]) => {
      const [p, q] = [e / totals.events, n / totals.nonEvents];
      return criterion === 'iv' ? (p - q) * Math.log(p / q) : (p * Math.log((2 * p) / (p + q)) + q * Math.log((2 * q) / (p + q))) / 2;
    }),
  );
}

/** Written from the rules as they are told, not as the search goes about them. */
function isAllowed(table: Table, cuts: readonly number[], trend: BinTrend, rules: BinRules, periods: readonly Table[]): boolean {
  const bins = binsOf(table, cuts);
  if (bins.some(([e, n]) => e === 0 || n === 0 || e + n < rules.minRows || e + n > rules.maxRows)) return false;
  const steps = bins.slice(1).map(([e2, n2], i) => {
    const [e1, n1] = bins[i]!;
    const [r1, r2, pooled] = [e1 / (e1 + n1), e2 / (e2 + n2), (e1 + e2) / (e1 + e2 + n1 + n2)];
    const isApart = Math.abs(r1 - r2) >= rules.minRateDifference && Math.abs(r1 - r2) / Math.sqrt(pooled * (1 - pooled) * (1 / (e1 + n1) + 1 / (e2 + n2))) >= rules.minZ;
    return isApart ? Math.sign(e2 * n1 - e1 * n2) : 0;
  });
  if (steps.includes(0)) return false;
  for (const period of periods) {
    const within = binsOf(period, cuts);
    if (steps.some((step, i) => Math.sign(within[i + 1]![0] * within[i]![1] - within[i]![0] * within[i + 1]![1]) === -step)) return false;
  }
  const turns = steps.slice(1).filter((step, i) => step !== steps[i]);
  if (trend === 'ascending') return steps.every((step) => step === 1);
  if (trend === 'descending') return steps.every((step) => step === -1);
  if (trend === 'peak') return turns.length === 0 || (turns.length === 1 && turns[0] === -1);
  if (trend === 'valley') return turns.length === 0 || (turns.length === 1 && turns[0] === 1);
  return true;
}

/** Every way to cut, one after another. */
function bruteForce(table: Table, trend: BinTrend, rules: BinRules, periods: readonly Table[]): number {
  const size = table.events.length;
  const best = new Map<number, number>();
  for (let mask = 0; mask < 1 << (size - 1); mask++) {
    const cuts = Array.from({ length: size - 1 }, (_, i) => i + 1).filter((at) => (mask >> (at - 1)) & 1);
    if (cuts.length + 1 > rules.maxBins || !isAllowed(table, cuts, trend, rules, periods)) continue;
    best.set(cuts.length, Math.max(best.get(cuts.length) ?? 0, valueOf(table, cuts, rules.criterion)));
  }
  const counts = [...best.keys()];
  const enough = counts.filter((count) => count + 1 >= rules.minBins);
  return Math.max(0, ...(enough.length > 0 ? enough : [Math.max(...counts)]).map((count) => best.get(count) ?? 0));
}

describe('optimalCuts', () => {
  const trends: readonly BinTrend[] = ['ascending', 'descending', 'peak', 'valley', 'none'];

  it('is as good as the best of all ways to cut, on 500 random tables, trends and rules', () => {
    const random = createRandom(17);
    const counts = (size: number, most: number): number[] => Array.from({ length: size }, () => random.integer(most));
    let [several, none] = [0, 0];
    for (let round = 0; round < 500; round++) {
      const size = 1 + random.integer(round % 25 === 0 ? 10 : 8);
      const parts = Array.from({ length: 2 }, (): Table => ({ events: counts(size, 25), nonEvents: counts(size, 40) }));
      const table: Table = { events: parts[0]!.events.map((count, i) => count + parts[1]!.events[i]!), nonEvents: parts[0]!.nonEvents.map((count, i) => count + parts[1]!.nonEvents[i]!) };
      const rows = sum(table.events) + sum(table.nonEvents);
      const trend = trends[round % 5]!;
      const maybe = (value: number, otherwise: number): number => (random.uniform() < 0.3 ? value : otherwise);
      const rules: BinRules = {
        minBins: maybe(3, 1),
        maxBins: maybe(4, Infinity),
        minRows: maybe(0.12 * rows, 0),
        maxRows: maybe(0.5 * rows, Infinity),
        minRateDifference: maybe(0.05, 0),
        minZ: maybe(1.2, 0),
        criterion: random.uniform() < 0.5 ? 'iv' : 'js',
      };
      const periods = random.uniform() < 0.3 ? parts : [];
      const cuts = optimalCuts(asCounts(table), totalsOf(table), trend, rules, periods.map(asCounts));
      const best = bruteForce(table, trend, rules, periods);
      if (cuts.length > 0) {
        several++;
        expect(isAllowed(table, cuts, trend, rules, periods)).toBe(true);
        expect(cuts.length + 1).toBeLessThanOrEqual(rules.maxBins);
        expect(valueOf(table, cuts, rules.criterion)).toBeCloseTo(best, 11);
      } else {
        none++;
        // One bin, or nothing that keeps to the rules.
        expect(best).toBeCloseTo(0, 11);
      }
    }
    expect(several).toBeGreaterThan(200);
    expect(none).toBeGreaterThan(50);
  });

  it('takes the fewer bins of equally good ones: neighbours of one rate are joined', () => {
    const table = { events: [5, 10, 20, 30], nonEvents: [20, 40, 20, 30] };
    expect(optimalCuts(asCounts(table), totalsOf(table), 'none', free)).toEqual([2]);
  });

  it('gives as many bins as can be where minBins are too many, and none where nothing keeps to the rules', () => {
    const table = { events: [5, 10, 20], nonEvents: [20, 10, 5] };
    expect(optimalCuts(asCounts(table), totalsOf(table), 'ascending', { ...free, minBins: 9 })).toEqual([1, 2]);
    expect(optimalCuts(asCounts(table), totalsOf(table), 'ascending', { ...free, minBins: 3, minRows: 100 })).toEqual([]);
    expect(optimalCuts(asCounts(table), totalsOf(table), 'descending', free)).toEqual([]);
  });
});
