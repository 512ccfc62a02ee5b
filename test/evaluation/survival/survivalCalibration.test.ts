import { describe, expect, it } from 'vitest';
import { distributionCalibration, gonenHeller, roystonD, survivalCalibration } from '../../../src/evaluation/index.js';
import { smallCox } from '../../../src/evaluation/survival/smallCox.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { forLifetimes } from './lifetimes.js';

/** Exponential lifetimes with the hazard exp(risk) / 10, observed for up to 20. */
function sample(count: number, seed: number): { durations: number[]; events: number[]; risks: number[] } {
  const random = createRandom(seed);
  const risks = Array.from({ length: count }, () => random.normal());
  const lives = risks.map((risk) => (-10 * Math.log(1 - random.uniform())) / Math.exp(risk));
  const ends = risks.map(() => 20 * random.uniform());
  return { durations: lives.map((life, i) => Math.min(life, ends[i]!)), events: lives.map((life, i) => Number(life <= ends[i]!)), risks };
}

const promise = (risks: readonly number[], time: number): number[] => risks.map((risk) => Math.exp((-time / 10) * Math.exp(risk)));

describe('survivalCalibration', () => {
  it('finds right predictions right', () => {
    const { durations, events, risks } = sample(4000, 1);
    const found = survivalCalibration(durations, events, promise(risks, 8), { time: 8 });
    expect(found.slope!.lower).toBeLessThan(1);
    expect(found.slope!.upper).toBeGreaterThan(1);
    expect(found.observedToExpected.lower).toBeLessThan(1);
    expect(found.observedToExpected.upper).toBeGreaterThan(1);
    expect(found.distances.mean).toBeLessThan(0.02);
    expect(found.groups.filter(({ expected, observed }) => observed.lower <= expected && expected <= observed.upper).length).toBeGreaterThanOrEqual(8);
    expect(found.groups.map((group) => group.customers)).toEqual(new Array(10).fill(400));
  });

  it('finds predictions that are too bold, and too low, and says by how much', () => {
    const { durations, events, risks } = sample(4000, 2);
    const bold = survivalCalibration(durations, events, promise(risks.map((risk) => 2 * risk), 8), { time: 8 });
    expect(bold.slope!.estimate).toBeGreaterThan(0.45);
    expect(bold.slope!.estimate).toBeLessThan(0.55);
    const truth = promise(risks, 8);
    const wrong = promise(risks.map((risk) => 2 * risk), 8);
    const gap = truth.reduce((sum, share, row) => sum + Math.abs(share - wrong[row]!), 0) / 4000;
    expect(bold.distances.mean).toBeGreaterThan(0.85 * gap);
    expect(bold.distances.mean).toBeLessThan(1.15 * gap);
    const low = survivalCalibration(durations, events, promise(risks, 8).map((share) => (1 + share) / 2), { time: 8 });
    expect(low.observedToExpected.estimate).toBeGreaterThan(1.85);
    expect(low.observedToExpected.estimate).toBeLessThan(2.15);
  });

  it('keeps equal promises together, and the curve in the order of the rows', () => {
    const { durations, events, risks } = sample(300, 3);
    const survival = promise(risks.map(Math.round), 5);
    const found = survivalCalibration(durations, events, survival, { time: 5, groups: 20 });
    const counts = [...new Set(survival)].sort((a, b) => b - a).map((share) => survival.filter((one) => one === share).length);
    // The first of twenty wants 15: the two lowest, and with one of the next all of them.
    expect(found.groups.map((group) => group.customers)).toEqual([counts[0]! + counts[1]!, ...counts.slice(2)]);
    const order = shuffle([...risks.keys()], createRandom(5));
    const moved = survivalCalibration(order.map((row) => durations[row]!), order.map((row) => events[row]!), order.map((row) => survival[row]!), { time: 5, groups: 20 });
    order.forEach((row, k) => expect(moved.smoothed[k]).toBeCloseTo(found.smoothed[row]!, 9));
    expect(moved.distances.mean).toBeCloseTo(found.distances.mean, 10);
    for (const share of found.smoothed) expect(share >= 0 && share <= 1).toBe(true);
    expect(found.distances.median).toBeLessThanOrEqual(found.distances.ninetieth);
    expect(found.distances.ninetieth).toBeLessThanOrEqual(found.distances.largest);
  });

  it('takes weights for repetition where no two events fall together, and weight 0 for absence', () => {
    const { durations, events, risks } = sample(80, 4);
    const weights = risks.map((_, row) => row % 3);
    const [ours, kept] = [promise(risks, 6), risks.map((_, row) => row).filter((row) => weights[row]! > 0)];
    const found = survivalCalibration(durations, events, ours, { time: 6, groups: 1, weights });
    const twice = kept.flatMap((row) => new Array<number>(weights[row]!).fill(row));
    const repeated = survivalCalibration(twice.map((row) => durations[row]!), twice.map((row) => events[row]!), twice.map((row) => ours[row]!), { time: 6, groups: 1 });
    expect(found.groups[0]!.customers).toBe(twice.length);
    expect(found.groups[0]!.expected).toBeCloseTo(repeated.groups[0]!.expected, 12);
    expect(found.groups[0]!.observed.estimate).toBeCloseTo(repeated.groups[0]!.observed.estimate, 12);
    expect(found.observedToExpected.estimate).toBeCloseTo(repeated.observedToExpected.estimate, 12);
    const absent = survivalCalibration(kept.map((row) => durations[row]!), kept.map((row) => events[row]!), kept.map((row) => ours[row]!), { time: 6, groups: 1, weights: kept.map((row) => weights[row]!) });
    expect(found.groups).toEqual(absent.groups);
    expect(found.slope!.estimate).toBeCloseTo(absent.slope!.estimate, 9);
  });

  it('has no slope where nothing tells customers apart, and no surprise at certainties', () => {
    const same = survivalCalibration([1, 2, 3, 4], [1, 1, 0, 0], [0.5, 0.5, 0.5, 0.5], { time: 3 });
    expect(same.slope).toBeNull();
    expect(same.distances.mean).toBeCloseTo(0, 12);
    expect(same.observedToExpected.estimate).toBeCloseTo(1, 12);
    const none = survivalCalibration([5, 6], [0, 0], [1, 1], { time: 4 });
    expect(none.observedToExpected).toEqual({ estimate: 1, lower: 1, upper: 1 });
    expect(none.groups.map((group) => group.observed.estimate)).toEqual([0]);
    const sure = survivalCalibration([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 1], [0, 1, 0.3, 0.4, 1, 0], { time: 5 });
    for (const share of sure.smoothed) expect(Number.isFinite(share)).toBe(true);
  });

  it.each<[string, unknown, unknown, string]>([
    ['no time', [0.5, 0.5], {}, 'INVALID_OPTION'],
    ['a time nobody reached', [0.5, 0.5], { time: 3 }, 'INVALID_OPTION'],
    ['no groups', [0.5, 0.5], { time: 1, groups: 0 }, 'INVALID_OPTION'],
    ['an unknown option', [0.5, 0.5], { time: 1, bins: 3 }, 'INVALID_OPTION'],
    ['percentages', [50, 50], { time: 1 }, 'INVALID_VALUE'],
    ['too few predictions', [0.5], { time: 1 }, 'LENGTH_MISMATCH'],
  ])('refuses %s', (_, survival, options, code) => {
    expect(errorCode(() => survivalCalibration([1, 2], [1, 0], survival as number[], options as { time: number }))).toBe(code);
  });
});

describe('smallCox', () => {
  it('solves its likelihood equations, ties by Efron, and its baseline makes events as many as expected', () => {
    forLifetimes(({ durations, events, risks, weights }) => {
      const order = [...durations.keys()].sort((a, b) => durations[a]! - durations[b]!);
      const by = (values: readonly number[]): Float64Array => Float64Array.from(order, (row) => values[row]!);
      const rows = { durations: by(durations), events: Uint8Array.from(by(events)), weights: by(weights) };
      const fit = smallCox(rows, [by(risks)]);
      if (fit === null) return;
      const logLikelihood = (b: number): number => {
        let sum = 0;
        for (const time of new Set(durations)) {
          const now = order.filter((row) => durations[row] === time && events[row] === 1);
          const hazard = (row: number): number => weights[row]! * Math.exp(b * risks[row]!);
          const [all, here] = [order.filter((row) => durations[row]! >= time), now].map((group) => group.reduce((total, row) => total + hazard(row), 0)) as [number, number];
          const mean = now.reduce((total, row) => total + weights[row]!, 0) / now.length;
          now.forEach((row, l) => (sum += weights[row]! * b * risks[row]! - mean * Math.log(all - (l / now.length) * here)));
        }
        return sum;
      };
      const [b] = fit.coefficients as unknown as [number];
      const step = 1e-4 / (1 + Math.abs(b));
      expect((logLikelihood(b + step) - logLikelihood(b - step)) / (2 * step)).toBeCloseTo(0, 5);
      const curvature = (logLikelihood(b + step) - 2 * logLikelihood(b) + logLikelihood(b - step)) / step ** 2;
      expect(-curvature * fit.covariance[0]!).toBeCloseTo(1, 1);
    }, 30);
  });

  it('has none where a column orders all events', () => {
    const rows = { durations: Float64Array.of(1, 2, 3, 4), events: Uint8Array.of(1, 1, 1, 1), weights: new Float64Array(4).fill(1) };
    expect(smallCox(rows, [Float64Array.of(4, 3, 2, 1)])).toBeNull();
    expect(smallCox(rows, [Float64Array.of(1, 1, 1, 1)])).toBeNull();
  });
});

describe('distributionCalibration', () => {
  it('finds right curves right and wrong ones wrong', () => {
    const { durations, events, risks } = sample(2000, 6);
    const own = (factor: number): number[] => durations.map((end, row) => Math.exp((-end / 10) * factor * Math.exp(risks[row]!)));
    expect(distributionCalibration(events, own(1)).p).toBeGreaterThan(0.05);
    expect(distributionCalibration(events, own(1.5)).p).toBeLessThan(1e-6);
  });

  it('puts events into the bin of their probability, ends to the bin below, and shares the censored', () => {
    const { bins, statistic, degreesOfFreedom } = distributionCalibration([1, 1, 1, 0, 0], [0, 0.5, 1, 1, 0.1], { bins: 2 });
    // Both zeros and the half are in the first; of the censored one is spread over both, the other in the first.
    expect(bins.map((bin) => bin.observed)).toEqual([3.5, 1.5]);
    expect(bins.map((bin) => [bin.lower, bin.upper, bin.expected])).toEqual([[0, 0.5, 2.5], [0.5, 1, 2.5]]);
    expect(statistic).toBeCloseTo(0.8, 12);
    expect(degreesOfFreedom).toBe(1);
  });

  it('refuses what is no probability, and one bin', () => {
    expect(errorCode(() => distributionCalibration([1], [1.2]))).toBe('INVALID_VALUE');
    expect(errorCode(() => distributionCalibration([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => distributionCalibration([1, 0], [0.5]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => distributionCalibration([1], [0.2], { bins: 1 }))).toBe('INVALID_OPTION');
  });
});

describe('roystonD', () => {
  it('takes the order of risks only, and turns its sign with them', () => {
    const { durations, events, risks } = sample(200, 7);
    const found = roystonD(durations, events, risks);
    expect(roystonD(durations, events, risks.map(Math.exp))).toEqual(found);
    expect(roystonD(durations, events, risks.map((risk) => -risk)).estimate).toBeCloseTo(-found.estimate, 10);
    // Normal risks of standard deviation 1: D is the root of 8 / pi, R² 1 / (1 + pi² / 6).
    const large = roystonD(...(Object.values(sample(5000, 8)) as [number[], number[], number[]]));
    expect(large.lower).toBeLessThan(Math.sqrt(8 / Math.PI));
    expect(large.upper).toBeGreaterThan(Math.sqrt(8 / Math.PI));
    expect(large.explained).toBeCloseTo(1 / (1 + Math.PI ** 2 / 6), 1);
  });

  it('refuses risks that say nothing or everything', () => {
    expect(errorCode(() => roystonD([1, 2, 3], [1, 1, 0], [1, 1, 1]))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => roystonD([1, 2, 3], [1, 1, 1], [3, 2, 1]))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => roystonD([1, 2, 3], [0, 0, 0], [3, 1, 2]))).toBe('NOT_IDENTIFIED');
  });
});

describe('gonenHeller', () => {
  it('is the mean over pairs', () => {
    // Differences of 0, log 3, log 3.
    expect(gonenHeller([0, Math.log(3), 0])).toBeCloseTo((0.5 + 0.75 + 0.75) / 3, 12);
    expect(gonenHeller([-1e9, 1e9])).toBe(1);
    expect(errorCode(() => gonenHeller([1]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => gonenHeller([1, NaN]))).toBe('NON_FINITE_VALUE');
  });
});
