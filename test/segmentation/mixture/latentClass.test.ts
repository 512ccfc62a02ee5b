import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitLatentClass } from '../../../src/segmentation/mixture/fitLatentClass.js';
import { LatentClass } from '../../../src/segmentation/mixture/latentClass.js';
import { adjustedRandIndex } from '../../../src/segmentation/quality/adjustedRandIndex.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly channel: string | null;
  readonly plan: string | null;
  readonly pays: string | null;
  readonly visits: number;
  readonly active: boolean;
}

/** Two kinds of customer, told apart by five features none of which decides alone. */
function twoKinds(count = 300, seed = 4): { rows: Row[]; truth: number[] } {
  const random = createRandom(seed);
  const truth: number[] = [];
  const rows = Array.from({ length: count }, () => {
    const kind = random.uniform() < 0.65 ? 0 : 1;
    truth.push(kind);
    const likely = kind === 0 ? 0.9 : 0.1;
    return {
      channel: random.uniform() < likely ? 'web' : 'shop',
      plan: random.uniform() < likely ? 'basic' : ['gold', 'silver'][random.integer(2)]!,
      pays: random.uniform() < likely ? 'card' : 'cash',
      visits: random.uniform() < likely ? random.integer(2) : 2 + random.integer(2),
      active: random.uniform() < likely,
    };
  });
  return { rows, truth };
}
const ALL = ['channel', 'plan', 'pays', 'visits', 'active'] as const;

describe('fitLatentClass', () => {
  const { rows, truth } = twoKinds();

  it('of one segment is the shares of the levels: likelihood by hand', () => {
    const four = [{ a: 'x', b: 'u' }, { a: 'x', b: 'v' }, { a: 'y', b: 'u' }, { a: 'x', b: null }];
    const one = fitLatentClass(four, { segments: 1 });
    expect(one.profiles).toEqual([{ a: { x: 0.75, y: 0.25 }, b: { u: 2 / 3, v: 1 / 3 } }]);
    expect(one.logLikelihood).toBeCloseTo(3 * Math.log(0.75) + Math.log(0.25) + 2 * Math.log(2 / 3) + Math.log(1 / 3), 12);
    expect(one.parameterCount).toBe(2);
    expect(one.bic).toBeCloseTo(2 * Math.log(4) - 2 * one.logLikelihood, 12);
    expect(one.entropyR2).toBe(1);
  });

  it('finds planted kinds of customer, numbers of few values among the features', () => {
    const classes = fitLatentClass(rows, { segments: 2, features: ALL });
    expect(adjustedRandIndex(classes.labels, truth)).toBeGreaterThan(0.85);
    expect(classes.weights[0]).toBeCloseTo(0.65, 1);
    expect(classes.profiles[0]!['channel']!['web']).toBeCloseTo(0.9, 1);
    expect(Object.keys(classes.profiles[0]!['visits']!)).toEqual(['0', '1', '2', '3']);
    expect(classes.parameterCount).toBe(1 + 2 * (1 + 2 + 1 + 3 + 1));
    expect(classes.entropyR2).toBeGreaterThan(0.7);
    expect(classes.bic).toBeLessThan(fitLatentClass(rows, { segments: 1, features: ALL }).bic);
    expect(classes.bic).toBeLessThan(fitLatentClass(rows, { segments: 3, features: ALL, starts: 8 }).bic);
  });

  it('takes categories and booleans by default, not numbers', () => {
    expect(fitLatentClass(rows, { segments: 2, starts: 2 }).features).toEqual(['channel', 'plan', 'pays', 'active']);
  });

  it('does not depend on the order of the rows, nor on how weights are written', () => {
    const options = { segments: 2, features: ALL, starts: 6 } as const;
    const classes = fitLatentClass(rows, options);
    expect(JSON.stringify(fitLatentClass(shuffle([...rows], createRandom(2)), options))).toBe(JSON.stringify(classes));
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    expect(JSON.stringify(fitLatentClass(rows, { ...options, weights }))).toBe(JSON.stringify(fitLatentClass(repeated, options)));
  });

  it('places rows with values missing by the others, levels never seen as missing, in fit and assign', () => {
    const holes = rows.map((row, i) => (i % 5 === 0 ? { ...row, plan: null } : i % 7 === 0 ? { ...row, channel: null } : row));
    const classes = fitLatentClass(holes, { segments: 2, features: ALL });
    expect(adjustedRandIndex(classes.assign(rows), truth)).toBeGreaterThan(0.8);
    const unseen = { channel: 'fax', plan: null, pays: 'cash', visits: 9, active: false };
    const known = { channel: null, plan: null, pays: 'cash', visits: null, active: false };
    expect(Array.from(classes.memberships([unseen]))).toEqual(Array.from(classes.memberships([known])));
    expect(classes.assignRow({ channel: null, plan: null, pays: null, visits: null, active: null })).toMatchObject({ segment: 0, distance: 0, missing: [...ALL], drivers: [] });
  });

  it('gives fewer segments than asked for where rows do not differ, and warns of too many parameters', () => {
    const same = fitLatentClass([{ a: 'x' }, { a: 'x' }], { segments: 3 });
    expect(same.segmentCount).toBe(1);
    expect(same.warnings).toEqual(['3 segments were asked for, 1 can be told apart']);
    expect(fitLatentClass([{ a: 'x', b: 'u' }, { a: 'y', b: 'v' }, { a: 'y', b: 'u' }], { segments: 2 }).warnings.join()).toContain('5 parameters cannot be told from a table of 4 cells');
    expect(fitLatentClass([{ a: 'x', empty: null }, { a: 'y', empty: null }], { segments: 1, features: ['a', 'empty'] }).parameterCount).toBe(1);
  });

  it('stops when told to, and says so', () => {
    const classes = fitLatentClass(rows, { segments: 2, onProgress: () => false });
    expect(classes.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
  });

  it('refuses what it cannot use, with code and remedy', () => {
    expect(errorCode(() => fitLatentClass([] as { a: string }[], { segments: 2 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitLatentClass([{ a: 1 }], { segments: 2 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitLatentClass([{ a: null }], { segments: 2, features: ['a'] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitLatentClass(rows, { segments: 2, features: ['plan', 'plan'] }))).toBe('DUPLICATE_COLUMN');
    expect(errorCode(() => fitLatentClass(rows, { segments: 2, features: 'plan' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitLatentClass(rows, { segments: 1.5 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitLatentClass([{ day: new Date(0) }], { segments: 1, features: ['day'] }))).toBe('COLUMN_KIND');
    expect(errorCode(() => fitLatentClass(Array.from({ length: 200 }, (_, i) => ({ name: `c${i}` })), { segments: 2 }))).toBe('COLUMN_KIND');
    expect(errorCode(() => fitLatentClass([{ a: Infinity }, { a: 1 }], { segments: 1, features: ['a'] }))).toBe('NON_FINITE_VALUE');
  });
});

describe('LatentClass', () => {
  const { rows } = twoKinds();
  const classes = fitLatentClass(rows, { segments: 2, features: ALL });

  it('assigns the rows learnt from as it labelled them, and after JSON to the bit', () => {
    expect(Array.from(classes.assign(rows))).toEqual(Array.from(classes.labels));
    const back = LatentClass.fromJSON(JSON.parse(JSON.stringify(classes)));
    expect(Array.from(back.memberships(rows))).toEqual(Array.from(classes.memberships(rows)));
    expect(back.labels.length).toBe(0);
  });

  it('explains a row: drivers and the log of the shares add up to the log-odds', () => {
    const row = rows[3]!;
    const { segment, second, confidence, margin, drivers, distance } = classes.assignRow(row);
    const of = classes.memberships([row]);
    const logOdds = Math.log(classes.weights[segment]! / classes.weights[second]!) + drivers.reduce((sum, { contribution }) => sum + contribution, 0);
    expect(logOdds).toBeCloseTo(Math.log(of[segment]! / of[second]!), 9);
    expect(confidence).toBe(of[segment]);
    expect(margin).toBeCloseTo(1 - of[second]! / of[segment]!, 12);
    expect(distance).toBeGreaterThanOrEqual(0);
    expect(drivers.map(({ feature }) => feature).sort()).toEqual([...ALL].sort());
  });

  it('measures distance from the most typical member, which is at 0 and no outlier', () => {
    const typical = Object.fromEntries(Object.entries(classes.profiles[0]!).map(([column, levels]) => [column, Object.entries(levels).sort((a, b) => b[1] - a[1])[0]![0]]));
    const { segment, distance, outlier } = classes.assignRow(typical);
    expect({ segment, distance, outlier }).toEqual({ segment: 0, distance: 0, outlier: false });
    expect(rows.filter((row) => classes.assignRow(row).outlier).length).toBeLessThanOrEqual(6);
  });

  it('of one segment has no second', () => {
    const one = fitLatentClass(rows, { segments: 1 });
    expect(one.assignRow(rows[0]!)).toMatchObject({ segment: 0, second: -1, margin: 1, confidence: 1 });
  });
});
