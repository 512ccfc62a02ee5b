import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { isClientelaError } from '../../src/errors.js';
import { profileGroup, profiles } from '../../src/evaluation/index.js';
import { createRandom } from '../../src/numeric/random.js';

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return isClientelaError(error) ? error.code : error;
  }
  return 'no error';
};

// Customers with columns of every kind; `seed` also gives a score of pure noise.
const simulated = (seed: number, n: number) => {
  const random = createRandom(seed);
  const rows = Array.from({ length: n }, (_, i) => ({
    id: `c${i}`,
    age: Math.round(18 + 60 * random.uniform()),
    plan: ['basic', 'silver', 'gold', 'family'][random.integer(4)]!,
    mail: random.uniform() < 0.6,
    income: random.uniform() < 0.1 ? null : Math.round(1000 + 4000 * random.uniform()),
    since: new Date(Date.UTC(2020, 0, 1 + random.integer(2000))),
    visits: random.integer(4),
  }));
  return { rows, noise: rows.map(() => random.normal()), random };
};

describe('profiles', () => {
  it('finds what a score depends on, in words, at both ends', () => {
    const { rows, noise } = simulated(1, 2000);
    const scores = rows.map((row, i) => (row.plan === 'gold' ? 2 : 0) + (row.age - 48) / 15 + (row.income === null ? -2.5 : 0) + 0.5 * noise[i]!);
    const { most, least } = profiles(rows, scores, { features: ['age', 'plan', 'mail', 'income', 'visits'] });
    const over = most.filter((trait) => trait.direction === 'over').map((trait) => trait.value);
    expect(over[0]).toBe('plan = gold');
    expect(over.some((value) => value.startsWith('age from '))).toBe(true);
    expect(most.filter((trait) => trait.direction === 'under').map((trait) => trait.feature)).toContain('age');
    expect(least.some((trait) => trait.value === 'income is missing' && trait.direction === 'over')).toBe(true);
    expect(least.some((trait) => trait.value.startsWith('age up to ') && trait.direction === 'over')).toBe(true);
    expect([...most, ...least].every((trait) => trait.feature !== 'visits')).toBe(true);
    for (const trait of [...most, ...least]) {
      expect(trait.q).toBeLessThanOrEqual(0.05);
      expect(trait.q).toBeGreaterThanOrEqual(trait.p);
      expect(trait.index).toBeCloseTo((100 * trait.shareInGroup) / trait.shareOverall, 9);
      expect(Math.sign(trait.difference.estimate)).toBe(trait.direction === 'over' ? 1 : -1);
      expect(trait.difference.lower * trait.difference.upper).toBeGreaterThan(0);
    }
    const strength = most.map((trait) => Math.abs(trait.effectSize));
    expect(strength).toEqual([...strength].sort((a, b) => b - a));
  });

  it('finds nothing, nearly always, where the score is chance', () => {
    let with_traits = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { rows, noise } = simulated(seed, 300);
      const { most, least } = profiles(rows, noise);
      if (most.length + least.length > 0) with_traits++;
    }
    // Under pure chance the false discovery rate is the probability of any find at all.
    expect(with_traits / 200).toBeLessThan(0.08);
  });

  it('names dates by days, few values one by one, and negative bands without a dash', () => {
    const { rows, noise } = simulated(3, 1500);
    const table = rows.map((row) => ({ since: row.since, visits: row.visits, balance: row.age - 48 }));
    const scores = table.map((row, i) => row.since.getTime() / 6e10 + row.visits + row.balance / 10 + 0.1 * noise[i]!);
    const values = ['since', 'visits', 'balance'].map((feature) =>
      profiles(table, scores, { share: 0.2, top: 30, features: [feature as 'since'] }).most.map((trait) => trait.value),
    );
    expect(values[0]!.every((value) => /^since (up to |from )?\d{4}-\d\d-\d\d(-\d{4}-\d\d-\d\d)?$/.test(value))).toBe(true);
    expect(values[1]).toContain('visits = 3');
    expect(values[2]!.some((value) => /^balance up to -\d+$/.test(value) || /^balance from \d+$/.test(value))).toBe(true);
  });

  it('names the more frequent value of a pair only', () => {
    const rows = Array.from({ length: 200 }, (_, i) => ({ mail: i % 2 === 0 }));
    const { most, least } = profiles(rows, rows.map((row, i) => (row.mail ? 100 : 0) + (i % 50)));
    expect(most.map((trait) => [trait.value, trait.direction])).toEqual([['mail = true', 'over']]);
    expect(least.map((trait) => [trait.value, trait.direction])).toEqual([['mail = false', 'over']]);
  });

  it('keeps equal scores together: no end, no traits, where all or most are equal', () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({ half: i < 200 ? 'first' : 'second' }));
    expect(profiles(rows, new Float64Array(400))).toEqual({ most: [], least: [] });
    const flagged = rows.map((row, i) => (row.half === 'first' && i % 2 === 0 ? 1 : 0));
    const { most, least } = profiles(rows, flagged);
    expect(most[0]).toMatchObject({ value: 'half = first', shareInGroup: 1, shareOverall: 0.5, index: 200 });
    expect(least).toEqual([]);
  });

  it('takes the nearer end of the tie group that the share cuts', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ kind: i < 12 ? 'top' : 'rest' }));
    // 12 tied at the top, a tenth asked for: all 12.
    const tied = rows.map((_, i) => (i < 12 ? 1000 : -i));
    expect(profiles(rows, tied).most).toMatchObject([{ value: 'kind = top', shareInGroup: 1 }]);
    // 8 alone, then 40 tied: 8 is nearer to 10 than 48.
    const cut = rows.map((_, i) => (i < 8 ? 1000 - i : i < 48 ? 1 : -i));
    expect(profiles(rows, cut).most[0]!.difference.estimate).toBeCloseTo(1 - 4 / 92, 12);
  });

  it('does not depend on the form of the data, the order of the rows or the unit of the score', () => {
    const { rows, noise } = simulated(5, 400);
    const scores = rows.map((row, i) => row.age / 10 + noise[i]!);
    const found = profiles(rows, scores);
    expect(found.most.length).toBeGreaterThan(0);
    expect(profiles(Frame.fromRows(rows, { id: 'id' }), scores)).toEqual(profiles(rows.map(({ id: _, ...row }) => row), scores));
    expect(profiles([...rows].reverse(), [...scores].reverse())).toEqual(found);
    expect(profiles(rows, scores.map((score) => Math.exp(score)))).toEqual(found);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('gives at most top traits, and none of values with fewer than ten customers', () => {
    const { rows, noise } = simulated(6, 900);
    const scores = rows.map((row, i) => row.age + 0.1 * noise[i]!);
    expect(profiles(rows, scores, { top: 2 }).most.length).toBe(2);
    const rare = rows.map((_, i) => ({ flag: scores[i]! > 77.5 ? 'x' : 'y' })).map((row, i) => (i < 895 ? { flag: 'y' } : row));
    expect(profiles(rare, scores).most).toEqual([]);
  });
});

describe('profileGroup', () => {
  it('profiles any group against the others', () => {
    const { rows } = simulated(7, 600);
    const traits = profileGroup(rows, rows.map((row) => row.plan === 'family' && row.mail), { features: ['plan', 'mail'] });
    expect(traits.map((trait) => trait.value).sort()).toEqual(['mail = true', 'plan = basic', 'plan = family', 'plan = gold', 'plan = silver']);
    expect(traits[0]!.value).toBe('plan = family');
  });

  it('is empty for a group of nobody or everybody', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1), (member) => {
        const { rows } = simulated(8, 50);
        expect(profileGroup(rows, rows.map(() => member))).toEqual([]);
      }),
      { seed: 20261122, numRuns: 4 },
    );
  });

  it('is rejected with a clear code for bad input', () => {
    const rows = [{ a: 1 }, { a: 2 }];
    expect(codeOf(() => profileGroup(rows, [1]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => profileGroup(rows, [1, 2]))).toBe('INVALID_VALUE');
    expect(codeOf(() => profileGroup([], []))).toBe('EMPTY_INPUT');
    expect(codeOf(() => profileGroup(rows, null as never))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => profiles(rows, null as never))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => profiles(rows, [1, 2], null as never))).toBe('INVALID_OPTION');
    expect(codeOf(() => profileGroup(rows, [1, 0], { features: ['b' as 'a'] }))).toBe('UNKNOWN_COLUMN');
    expect(codeOf(() => profileGroup(rows, [1, 0], { share: 0.1 } as object))).toBe('INVALID_OPTION');
    expect(codeOf(() => profiles(rows, [1]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => profiles([], []))).toBe('EMPTY_INPUT');
    expect(codeOf(() => profiles(rows, [1, Number.NaN]))).toBe('NON_FINITE_VALUE');
    for (const option of [{ share: 0 }, { share: 0.6 }, { top: 0 }, { bands: 1 }, { falseDiscoveryRate: 1 }, { confidence: 0 }, { shares: 0.1 } as object]) {
      expect(codeOf(() => profiles(rows, [1, 2], option))).toBe('INVALID_OPTION');
    }
  });
});
