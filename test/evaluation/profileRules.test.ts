import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileRules } from '../../src/evaluation/profileRules.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode as code } from '../errorCode.js';

interface Customer {
  readonly plan: string;
  readonly age: number;
  readonly city: string;
  readonly visits: number | null;
}

function customers(count: number, seed = 3): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({
    plan: ['basic', 'gold', 'silver'][random.integer(3)]!,
    age: 20 + random.integer(60),
    city: 'abcdefgh'[random.integer(8)]!,
    visits: random.uniform() < 0.1 ? null : random.integer(12),
  }));
}
const rows = customers(3000);
const random = createRandom(8);
/** Gold members from 60 answer four times as often as the others. */
const answered = rows.map(({ plan, age }) => Number(random.uniform() < (plan === 'gold' && age >= 60 ? 0.6 : 0.15)));

describe('profileRules', () => {
  it('finds the rule behind the data, and measures it on rows it was not found on', () => {
    const [rule] = profileRules(rows, answered);
    expect(rule!.conditions.map(({ feature }) => feature)).toEqual(['plan', 'age']);
    expect(rule!.text).toMatch(/^plan = gold and age from \d+$/);
    const [, from] = /from (\d+)/.exec(rule!.text)!;
    const meets = rows.map(({ plan, age }) => plan === 'gold' && age >= Number(from));
    expect(rule!.customers).toBe(meets.filter(Boolean).length);
    expect(rule!.support).toBeCloseTo(rule!.customers / rows.length, 12);
    // The truth of exactly those customers lies in the interval.
    const truth = rows.reduce((sum, { age }, i) => sum + (meets[i] ? (age >= 60 ? 0.6 : 0.15) : 0), 0) / rule!.customers;
    expect(rule!.rate.lower).toBeLessThan(truth);
    expect(rule!.rate.upper).toBeGreaterThan(truth);
    expect(rule!.lift).toBeGreaterThan(2);
    expect(rule!.q).toBeLessThan(1e-6);
  });

  it('finds where the event is rare', () => {
    const rare = profileRules(rows, answered.map((label) => 1 - label), { direction: 'less', top: 1 });
    expect(rare[0]!.text).toMatch(/^plan = gold and age from/);
    expect(rare[0]!.lift).toBeLessThan(0.7);
  });

  it('names no rule where there is nothing to find, in at least 19 of 20 tables', () => {
    let named = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const chance = createRandom(seed);
      named += profileRules(customers(400, seed), Array.from({ length: 400 }, () => Number(chance.uniform() < 0.2)), { seed }).length > 0 ? 1 : 0;
    }
    expect(named).toBeLessThanOrEqual(3);
  });

  it('keeps its bounds, and every rule its smallest support', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.01, max: 0.2, noNaN: true }), fc.integer({ min: 1, max: 3 }), (seed, minSupport, maxConditions) => {
        const found = profileRules(rows, answered, { seed, minSupport, maxConditions, falseDiscoveryRate: 0.5 });
        for (const { support, rate, lift, coverage, conditions, p, q } of found) {
          expect(support).toBeGreaterThan(0.5 * minSupport);
          expect(rate.lower).toBeLessThanOrEqual(rate.estimate);
          expect(rate.upper).toBeGreaterThanOrEqual(rate.estimate);
          expect(lift).toBeGreaterThan(1);
          expect(coverage).toBeGreaterThan(0);
          expect(coverage).toBeLessThanOrEqual(1);
          expect(new Set(conditions.map(({ feature }) => feature)).size).toBe(conditions.length);
          expect(conditions.length).toBeLessThanOrEqual(maxConditions);
          expect(p).toBeLessThanOrEqual(q);
        }
        expect(profileRules(rows, answered, { seed, minSupport, maxConditions, falseDiscoveryRate: 0.5 })).toEqual(found);
      }),
      { seed: 20261122, numRuns: 8 },
    );
  });

  it('says that a value is missing, and reads booleans for members', () => {
    const [rule] = profileRules(rows, rows.map(({ visits }) => visits === null), { features: ['visits', 'age'] });
    expect(rule!.text).toBe('visits is missing');
    expect(rule!.rate.estimate).toBe(1);
  });

  it('gives none of one row, of a constant column, of an event that always happens', () => {
    expect(profileRules([{ a: 1 }], [1])).toEqual([]);
    expect(profileRules({ a: new Float64Array(100) }, Array.from({ length: 100 }, (_, i) => i % 2))).toEqual([]);
    expect(profileRules(rows, rows.map(() => 1))).toEqual([]);
  });

  it('refuses what cannot be', () => {
    expect(code(() => profileRules([], []))).toBe('EMPTY_INPUT');
    expect(code(() => profileRules(rows, [1, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => profileRules([{ a: 1 }], [2]))).toBe('INVALID_VALUE');
    expect(code(() => profileRules(rows, answered, { minSupport: 0.6 }))).toBe('INVALID_OPTION');
    expect(code(() => profileRules(rows, answered, { direction: 'most' as never }))).toBe('INVALID_OPTION');
    expect(code(() => profileRules(rows, answered, { features: ['agee' as never] }))).toBe('UNKNOWN_COLUMN');
  });
});
