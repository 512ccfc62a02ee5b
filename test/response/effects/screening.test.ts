import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { netWeightOfEvidence, screenUpliftFeatures } from '../../../src/response/index.js';
import { errorOf, forTrials, repeated } from './trial.js';

describe('netWeightOfEvidence', () => {
  // The definition, with every share counted by itself.
  const naive = (y: number[], t: number[], values: readonly unknown[], a: number): number => {
    const levels = [...new Set(values)];
    const share = (arm: number, event: number, level: unknown): number => {
      const count = (of: unknown): number => values.filter((value, i) => value === of && t[i] === arm && y[i] === event).length + a;
      return count(level) / levels.reduce<number>((sum, other) => sum + count(other), 0);
    };
    return levels.reduce<number>((sum, level) => {
      const [t1, t0, c1, c0] = [share(1, 1, level), share(1, 0, level), share(0, 1, level), share(0, 0, level)];
      return sum + (t1 * c0 - t0 * c1) * (Math.log(t1 / t0) - Math.log(c1 / c0));
    }, 0);
  };

  it('is the definition, for numbers, texts, booleans and missing values', () => {
    forTrials(({ outcomes, treated, scores }) => {
      const lists: readonly (readonly (number | string | boolean | null)[])[] = [
        scores.map((s) => (s > 0.5 ? 'high' : 'low')), scores.map((s) => s > 0.3), scores.map((s) => (s > 0.6 ? null : s > 0.3 ? 'b' : 'a')), scores.map((s) => Math.round(3 * s)),
      ];
      for (const values of lists) {
        const found = netWeightOfEvidence(outcomes, treated, values as string[]);
        expect(found.niv).toBeCloseTo(naive(outcomes, treated, values, 0.5), 10);
        expect(found.niv).toBeCloseTo(found.bins.reduce((sum, bin) => sum + bin.contribution, 0), 12);
        expect(found.p >= 0 && found.p <= 1).toBe(true);
      }
    });
  });

  it('by hand, without smoothing: 40 and 20 of 100 treated, 20 and 20 of 100 control', () => {
    const of = (counts: readonly (readonly [string, number, number, number])[]): { y: number[]; t: number[]; x: string[] } => {
      const rows = counts.flatMap(([x, t, y, n]) => new Array<readonly [string, number, number]>(n).fill([x, t, y]));
      return { x: rows.map(([x]) => x), t: rows.map(([, t]) => t), y: rows.map(([, , y]) => y) };
    };
    const { y, t, x } = of([['a', 1, 1, 40], ['a', 1, 0, 60], ['b', 1, 1, 20], ['b', 1, 0, 80], ['a', 0, 1, 20], ['a', 0, 0, 80], ['b', 0, 1, 20], ['b', 0, 0, 80]]);
    const found = netWeightOfEvidence(y, t, x, { smoothing: 0 });
    const [a, b] = [Math.log(40 / 60 / (60 / 140)), Math.log(20 / 60 / (80 / 140))];
    expect(found.bins.map(({ netWoe }) => netWoe)).toEqual([a, b].map((value) => expect.closeTo(value, 12)));
    expect(found.niv).toBeCloseTo((2 / 3 / 2 - 60 / 140 / 2) * a + (1 / 3 / 2 - 80 / 140 / 2) * b, 12);
    expect(found.bins[0]).toMatchObject({ label: 'a', treated: 100, control: 100, treatedEvents: 40, controlEvents: 20, uplift: { estimate: expect.closeTo(0.2, 12) } });
    expect(found.p).toBeLessThan(0.05);
  });

  it('cuts numbers into bins of about equal size, never through equal values, missing ones last', () => {
    const n = 103;
    const values = Array.from({ length: n }, (_, i) => (i < 3 ? NaN : i < 60 ? 7 : i));
    const y = values.map((_, i) => Number(i % 3 === 0));
    const t = values.map((_, i) => i % 2);
    const { bins } = netWeightOfEvidence(y, t, values, { bins: 4 });
    expect(bins.map(({ label, treated, control }) => [label, treated + control])).toEqual([['7', 57], ['60 to 74', 15], ['75 to 88', 14], ['89 to 102', 14], ['missing', 3]]);
  });

  it('weights count customers', () => {
    forTrials((trial) => {
      const often = repeated(trial);
      const weighted = netWeightOfEvidence(trial.outcomes, trial.treated, trial.scores, { weights: trial.weights, bins: 3 });
      const plain = netWeightOfEvidence(often.outcomes, often.treated, often.scores, { bins: 3 });
      expect(weighted.niv).toBeCloseTo(plain.niv, 10);
      expect(weighted.p).toBeCloseTo(plain.p, 10);
    });
  });
});

describe('screenUpliftFeatures', () => {
  const random = createRandom(5);
  const n = 2000;
  const mover = Array.from({ length: n }, () => random.uniform());
  const responder = Array.from({ length: n }, () => (random.uniform() < 0.5 ? 'yes' : 'no'));
  const noise = Array.from({ length: n }, () => random.uniform() < 0.5);
  const treated = Array.from({ length: n }, (_, i) => i % 2);
  const outcomes = treated.map((w, i) => Number(random.uniform() < sigmoid(-1.5 + 2 * Number(responder[i] === 'yes') + w * (4 * mover[i]! - 2))));
  const id = mover.map((_, i) => `c${i}`);

  it('puts first what moves the effect, not what moves the outcome, and leaves identifiers out', () => {
    const frame = Frame.fromColumns({ id, responder, mover, noise }, { id: 'id' });
    const found = screenUpliftFeatures(outcomes, treated, frame);
    expect(found.map(({ feature }) => feature).sort()).toEqual(['mover', 'noise', 'responder']);
    expect(found[0]!.feature).toBe('mover');
    expect(found[0]!.q).toBeLessThan(0.001);
    expect(found.find(({ feature }) => feature === 'noise')!.q).toBeGreaterThan(0.05);
    for (const { p, q } of found) expect(q).toBeGreaterThanOrEqual(p);
    // The same as one by one, from any form of table.
    const one = netWeightOfEvidence(outcomes, treated, mover);
    expect(screenUpliftFeatures(outcomes, treated, { mover }, { features: ['mover'] })[0]).toEqual({ feature: 'mover', q: one.p, ...one });
  });

  it('refuses an identifier by name, no feature at all, and rows that do not match', () => {
    const frame = Frame.fromColumns({ id, mover }, { id: 'id' });
    expect(errorOf(() => screenUpliftFeatures(outcomes, treated, frame, { features: ['id'] }))).toMatchObject({ code: 'COLUMN_KIND' });
    expect(errorOf(() => screenUpliftFeatures(outcomes, treated, frame, { features: [] }))).toMatchObject({ code: 'EMPTY_INPUT' });
    expect(errorOf(() => screenUpliftFeatures(outcomes, treated, frame, { features: 'mover' as unknown as ['mover'] }))).toMatchObject({ code: 'INVALID_OPTION' });
    expect(errorOf(() => screenUpliftFeatures([1, 0, 1, 0], [1, 1, 0, 0], frame))).toMatchObject({ code: 'LENGTH_MISMATCH' });
  });
});
