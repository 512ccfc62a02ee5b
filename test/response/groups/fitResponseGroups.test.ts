import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitResponseGroups } from '../../../src/response/groups/fitResponseGroups.js';
import type { ResponseGroups } from '../../../src/response/groups/responseGroups.js';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { customersWithTruth, FEATURES } from './customersWithTruth.js';

const rows = customersWithTruth(2400, 3);
const trees = ['gini tree', 'chaid'] as const;
const failure = (run: () => unknown): { readonly code: string; readonly message: string } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error;
    throw error;
  }
  return { code: 'none', message: '' };
};

describe('response groups, checked by hand', () => {
  // 400 customers, 4 in 10 of the 100 with a card answer, and 1 in 10 of the others.
  const customers = Array.from({ length: 400 }, (_, i) => ({ card: i % 4 === 0 ? 'yes' : 'no', answered: i % 4 === 0 ? i % 40 < 16 : i % 40 < 4 }));
  const all = fitResponseGroups(customers, { target: 'answered', shares: [1, 0, 0], minGroupSize: 20, complexity: 0 });

  it('counts sizes, shares, responses and rates', () => {
    expect(all.groups.map(({ name, size, share, responses, grown }) => [name, size, share, responses, grown.rate])).toEqual([
      ['card is yes', 100, 0.25, 40, 0.4],
      ['card is no', 300, 0.75, 30, 0.1],
    ]);
  });

  it('adds the customers of the prior at the overall rate, and gives the exact interval', () => {
    const [best] = all.groups;
    const overall = 70 / 400;
    expect(best!.posterior).toEqual([40 + overall, 60 + 1 - overall]);
    expect(best!.rate.estimate).toBeCloseTo((40 + overall) / 101, 12);
    // Clopper and Pearson for 40 of 100 is 0.303295 to 0.502791 (R: binom.test(40, 100)).
    const bare = fitResponseGroups(customers, { target: 'answered', shares: [1, 0, 0], minGroupSize: 20, complexity: 0, prior: 1e-12 });
    expect(bare.groups[0]!.rate.lower).toBeCloseTo(0.3032948, 6);
    expect(bare.groups[0]!.rate.upper).toBeCloseTo(0.5027908, 6);
    expect(bare.groups[0]!.lift.estimate).toBeCloseTo(0.4 / overall, 9);
    const strong = fitResponseGroups(customers, { target: 'answered', shares: [1, 0, 0], minGroupSize: 20, complexity: 0, prior: 1e9 });
    for (const { rate } of strong.groups) expect(rate.estimate).toBeCloseTo(overall, 6);
  });

  it('says that rates of the rows grown on flatter, and that nothing was tested', () => {
    expect(all.report).toMatchObject({ honest: false, evidence: null, trend: null, grownGroups: 2 });
    expect(all.report.warnings).toHaveLength(2);
    expect(all.groups[0]!.change).toBeNull();
  });

  it('splits the rows in three by the shares, with the same rate in each', () => {
    const { report, groups } = fitResponseGroups(customers, { target: 'answered', shares: [2, 1, 1], minGroupSize: 20 });
    expect([report.grown.rows, report.estimated.rows, report.tested.rows]).toEqual([200, 100, 100]);
    expect([report.grown.responses, report.estimated.responses, report.tested.responses]).toEqual([35, 17, 18]);
    for (const part of ['grown', 'estimated', 'tested'] as const) expect(groups.reduce((sum, group) => sum + group[part].rows, 0)).toBe(report[part].rows);
  });
});

describe.each(trees)('response groups by %s', (method) => {
  const found = fitResponseGroups(rows, { target: 'answered', method, features: FEATURES });

  it('find what the response depends on, best first, and agree on rows nothing was learnt from', () => {
    expect(found.groups.length).toBeGreaterThan(1);
    expect(found.groups[0]!.name).toContain('plan is a');
    const rates = found.groups.map(({ rate }) => rate.estimate);
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
    expect(found.report).toMatchObject({ honest: true, confirmed: true });
    expect(found.report.trend!.p).toBeLessThan(1e-6);
    for (const { estimated } of found.groups) expect(estimated.rate).not.toBeNull();
    const estimated = found.groups.map((group) => group.estimated.rate!);
    expect(estimated).toEqual([...estimated].sort((a, b) => b - a));
  });

  it('place every row in the group whose rule it meets, and say why', () => {
    const groups = found.assign(rows);
    const counts = found.groups.map(() => 0);
    rows.slice(0, 200).forEach((row, i) => {
      const { group, conditions, name } = found.explain(row);
      expect(group).toBe(groups[i]);
      expect(name).toBe(found.groups[group]!.name);
      for (const condition of conditions) {
        const value = row[condition.feature as 'age'];
        expect(condition.value).toBe(value);
        if ('levels' in condition) expect(condition.levels).toContain(value === null ? '(missing)' : String(value));
        else if (value === null) expect(condition.missing).not.toBe(false);
        else {
          expect(value > (condition.above ?? -Infinity)).toBe(true);
          expect(value <= (condition.atMost ?? Infinity)).toBe(true);
        }
      }
    });
    groups.forEach((group) => counts[group]!++);
    expect(counts).toEqual(found.groups.map(({ size }) => size));
    expect(found.predictProbabilityRow(rows[0]!)).toBe(found.groups[groups[0]!]!.rate.estimate);
  });

  it('meet exactly one rule each', () => {
    const meets = (row: object, group: ResponseGroups['groups'][number]): number =>
      group.rules.filter(({ conditions }) =>
        conditions.every((condition) => {
          const value = (row as Record<string, unknown>)[condition.feature] as number | string | boolean | null;
          if ('levels' in condition) return condition.levels.includes(value === null ? '(missing)' : String(value));
          if (value === null) return condition.missing === true;
          return (value as number) > (condition.above ?? -Infinity) && (value as number) <= (condition.atMost ?? (condition.above === null && condition.missing === true ? -Infinity : Infinity));
        }),
      ).length;
    for (const row of rows.slice(0, 300)) expect(found.groups.reduce((sum, group) => sum + meets(row, group), 0)).toBe(1);
  });

  it('send what training never showed with the larger side, and take missing values', () => {
    const odd = [{ age: null, plan: 'platinum', member: null, noise: null }, { age: 30, plan: null, member: true, noise: 0.5 }];
    for (const group of found.assign(odd)) expect(group).toBeGreaterThanOrEqual(0);
    // Three in four have another plan than a.
    expect(found.assignRow({ age: 30, plan: 'platinum', member: true, noise: 0.5 })).toBe(found.assignRow({ age: 30, plan: 'c', member: true, noise: 0.5 }));
  });

  it('do not depend on the order of the rows where time divides them', () => {
    const options = { target: 'answered', method, features: FEATURES, time: 'day', ...(method === 'gini tree' && { complexity: 0.005 }) } as const;
    const once = fitResponseGroups(rows, options);
    const again = fitResponseGroups(shuffle([...rows], createRandom(9)), options);
    expect(again.groups.map(({ name, rate }) => [name, rate.estimate])).toEqual(once.groups.map(({ name, rate }) => [name, rate.estimate]));
    const { grown, estimated, tested } = once.report;
    expect(grown.to! < estimated.from! && estimated.to! < tested.from!).toBe(true);
    expect([grown.from, tested.to]).toEqual([0, 89]);
  });

  it('take a weight of 2 for the row twice and of 0 for no row', () => {
    const weights = rows.map((_, i) => i % 3);
    const options = { target: 'answered', method, features: FEATURES, time: 'day', ...(method === 'gini tree' && { complexity: 0.005 }) } as const;
    const weighted = fitResponseGroups(rows, { ...options, weights });
    const repeated = fitResponseGroups(rows.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row)), options);
    expect(weighted.groups).toEqual(repeated.groups);
    expect(weighted.report.rowCount).toBeLessThan(repeated.report.rowCount);
  });

  it('keep to the sizes and numbers asked for', () => {
    const { groups, report } = fitResponseGroups(rows, { target: 'answered', method, features: FEATURES, maxGroups: 3, minGroupSize: 300 });
    expect(report.grownGroups).toBeGreaterThan(1);
    expect(report.grownGroups).toBeLessThanOrEqual(3);
    for (const { grown } of groups) expect(grown.rows).toBeGreaterThanOrEqual(150);
    expect(fitResponseGroups(rows, { target: 'answered', method, features: FEATURES, maxDepth: 1 }).groups.every(({ rules }) => rules.every(({ conditions }) => conditions.length <= 1))).toBe(true);
    expect(fitResponseGroups(rows, { target: 'answered', method, features: FEATURES, maxGroups: 1 }).groups.map(({ name, lift }) => [name, lift.lower, lift.upper])).toEqual([['every customer', 1, 1]]);
  });
});

describe('groups that the estimating part does not confirm', () => {
  it('are merged where the order of their rates flips, and named as what they were', () => {
    const base = Array.from({ length: 1200 }, (_, i) => ({ region: ['n', 's', 'w'][i % 3]!, day: Math.floor(i / 300) }));
    // Grown on days 0 and 1, estimated on 2, tested on 3: south is ahead of west at first, and behind it later.
    const rate = ({ region, day }: { region: string; day: number }): number => (region === 'n' ? 0.05 : (region === 's') === day < 2 ? 0.5 : 0.3);
    const seen = new Map<string, number>();
    const table = base.map((row) => {
      const key = `${row.region}${row.day}`;
      const at = seen.get(key) ?? 0;
      seen.set(key, at + 1);
      return { ...row, answered: Math.floor((at + 1) * rate(row)) > Math.floor(at * rate(row)) };
    });
    const { groups, report } = fitResponseGroups(table, { target: 'answered', method: 'chaid', time: 'day', minGroupSize: 50 });
    expect(report.grownGroups).toBe(3);
    expect(groups.map(({ name, mergedFrom }) => [name, mergedFrom])).toEqual([
      ['region is not n', ['region is w', 'region is s']],
      ['region is n', []],
    ]);
    expect(report.warnings.some((text) => text.includes('flipped'))).toBe(true);
  });

  it('are given up where there is no trend, and the warning says so', () => {
    const table = Array.from({ length: 1200 }, (_, i) => ({ region: i % 2 ? 'n' : 's', day: Math.floor(i / 300), answered: Math.floor(i / 2) % 5 === 0 && (i % 2 === 1) === Math.floor(i / 300) < 2 }));
    const { groups, report } = fitResponseGroups(table, { target: 'answered', method: 'chaid', time: 'day', minGroupSize: 50 });
    expect(groups.map(({ name, mergedFrom }) => [name, mergedFrom.length])).toEqual([['every customer', 2]]);
    expect(report).toMatchObject({ confirmed: false, grownGroups: 2, trend: null });
    expect(report.warnings[0]).toContain('given up');
  });

  it('warns where the tested part contradicts the estimates', () => {
    const table = customersWithTruth(2000, 8).map((row) => ({ ...row, answered: row.day >= 68 ? Number(row.noise < 0.8) : row.answered }));
    const { groups, report } = fitResponseGroups(table, { target: 'answered', features: ['plan', 'member'], time: 'day' });
    expect(groups[0]!.change!.p).toBeLessThan(1e-6);
    expect(report.warnings.some((text) => text.includes('contradicts'))).toBe(true);
  });
});

describe('crossed attributes', () => {
  const crossed = fitResponseGroups(rows, { target: 'answered', attributes: ['plan', 'member', 'age'], bins: 2 });

  it('make a group of every combination with customers enough, and one of the rest', () => {
    expect(crossed.report).toMatchObject({ method: 'crossed attributes', honest: true, confirmed: true, grown: { rows: 0 }, estimated: { rows: 1800 } });
    const rest = crossed.groups.filter(({ rules }) => rules.length === 0);
    expect(rest.map(({ name }) => name)).toEqual(['every other combination of plan, member, age']);
    expect(crossed.groups.some(({ name }) => /^plan is a and member is true and age > \d+\.5/u.test(name))).toBe(true);
    expect(crossed.groups.reduce((sum, { size }) => sum + size, 0)).toBe(2400);
    for (const { estimated, rules } of crossed.groups) if (rules.length > 0) expect(estimated.rows).toBeGreaterThanOrEqual(75);
    // One of the sixteen has too few.
    expect(crossed.groups).toHaveLength(16);
    const row = rows.find(({ plan, age }) => plan === null && age !== null)!;
    expect(crossed.explain(row)).toMatchObject({ name: rest[0]!.name, conditions: [] });
  });

  it('stay as asked for where they do not differ, with a warning', () => {
    const { groups, report } = fitResponseGroups(rows, { target: 'answered', attributes: ['noise'] });
    expect(groups).toHaveLength(4);
    expect(report.confirmed).toBe(false);
    expect(report.warnings[0]).toContain('no difference beyond chance');
  });
});

describe('JSON', () => {
  it('carries groups, report and terms', async () => {
    const { ResponseGroups: Model } = await import('../../../src/response/groups/responseGroups.js');
    const found = fitResponseGroups(rows, { target: 'answered', features: FEATURES, contactCost: 1, benefit: 5 });
    const back = Model.fromJSON(JSON.parse(JSON.stringify(found)));
    expect(back.groups).toEqual(found.groups);
    expect(back.report).toEqual(found.report);
    expect(back.include()).toEqual(found.include());
    expect(back.explain(rows[5]!)).toEqual(found.explain(rows[5]!));
  });
});

describe('bad input', () => {
  const fit = (options: object, data: readonly object[] = rows): { readonly code: string; readonly message: string } =>
    failure(() => fitResponseGroups(data as readonly Record<string, unknown>[], { target: 'answered', features: ['age', 'plan'], ...options }));

  it.each([
    [{ method: 'cart' }, 'INVALID_OPTION', 'method as one of gini tree, chaid, crossed attributes'],
    [{ attributes: ['plan'], method: 'chaid' }, 'INVALID_OPTION', 'takes no attributes with method "chaid"'],
    [{ features: ['age'], attributes: ['plan'] }, 'INVALID_OPTION', 'takes no features with method "crossed attributes"'],
    [{ bins: 4 }, 'INVALID_OPTION', 'takes no bins'],
    [{ complexity: 0.1, method: 'chaid' }, 'INVALID_OPTION', 'takes no complexity'],
    [{ features: undefined, method: 'crossed attributes' }, 'EMPTY_INPUT', 'name them in attributes'],
    [{ features: ['age', 'age'] }, 'DUPLICATE_COLUMN', '"age" twice'],
    [{ features: ['age', 'answered'] }, 'INVALID_OPTION', 'without the target'],
    [{ features: 'age' }, 'INVALID_OPTION', 'as an array of names'],
    [{ features: ['agee'] }, 'UNKNOWN_COLUMN', 'did you mean "age"'],
    [{ shares: [0, 1, 1] }, 'INVALID_OPTION', 'shares as three numbers'],
    [{ shares: [1, 1] }, 'INVALID_OPTION', 'shares as three numbers'],
    [{ maxGroups: 0 }, 'INVALID_OPTION', 'maxGroups'],
    [{ maxDepth: 1.5 }, 'INVALID_OPTION', 'maxDepth'],
    [{ minGroupSize: 0 }, 'INVALID_OPTION', 'minGroupSize as a number of 1 or more'],
    [{ alphaMerge: 2 }, 'INVALID_OPTION', 'alphaMerge as a number from 0 to 1'],
    [{ prior: 0 }, 'INVALID_OPTION', 'prior as a number above 0'],
    [{ confidence: 1 }, 'INVALID_OPTION', 'confidence between 0 and 1'],
    [{ contactCost: 1 }, 'INVALID_OPTION', 'needs benefit'],
    [{ time: 'plan' }, 'COLUMN_KIND', 'dates or numbers as time'],
    [{ time: 'age' }, 'MISSING_VALUE', 'needs a time in every row'],
    [{ minLeaf: 3 }, 'INVALID_OPTION', 'knows no option "minLeaf"'],
  ])('%j is refused', (options, code, message) => {
    const found = fit(options);
    expect(found.code).toBe(code);
    expect(found.message).toContain(message);
    expect(found.message).toMatch(/^fitResponseGroups .*[^.]$/su);
  });

  it('refuses a target that is missing, of one class, or lacks a class in a part', () => {
    expect(fit({}, rows.map((row, i) => (i === 7 ? { ...row, answered: null } : row)))).toMatchObject({ code: 'MISSING_VALUE', message: expect.stringContaining('row 7') as string });
    expect(fit({}, rows.slice(0, 1)).code).toBe('TARGET_CLASSES');
    const late = fit({ time: 'day' }, rows.map((row) => ({ ...row, answered: row.day > 80 ? 1 : 0 })));
    expect(late).toMatchObject({ code: 'TARGET_CLASSES', message: expect.stringContaining('growing part, found one') as string });
    expect(fit({ shares: [0.5, 0.25, 0.25], time: 'one' }, rows.map((row) => ({ ...row, one: 1 })))).toMatchObject({ code: 'TARGET_CLASSES', message: expect.stringContaining('found no rows') as string });
  });

  it('refuses dates and identifiers as features', () => {
    expect(fit({ features: ['when'] }, rows.map((row) => ({ ...row, when: new Date(0) })))).toMatchObject({ code: 'COLUMN_KIND' });
    expect(fit({ features: ['name'] }, rows.map((row, i) => ({ ...row, name: `c${i}` }))).message).toContain('looks like an identifier');
  });
});

describe('properties', () => {
  it('groups share out the rows, whatever the data', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...trees), (seed, method) => {
        const some = customersWithTruth(400, seed, [0.5, 0.2]);
        const found = fitResponseGroups(some, { target: 'answered', method, features: FEATURES, minGroupSize: 40, seed });
        expect(found.groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        const { estimated } = found.report;
        expect(found.groups.reduce((sum, group) => sum + group.estimated.responses, 0)).toBe(estimated.responses);
        for (const { rate, lift } of found.groups) {
          expect(rate.lower <= rate.estimate && rate.estimate <= rate.upper && rate.lower >= 0 && rate.upper <= 1).toBe(true);
          expect(lift.lower <= lift.estimate && lift.estimate <= lift.upper).toBe(true);
          expect(rate.estimate / lift.estimate).toBeCloseTo(found.report.rate, 12);
        }
      }),
      { seed: 20261122, numRuns: 20 },
    );
  });
});

describe('onProgress', () => {
  it('sees every tree and stops the folds', () => {
    const seen: number[] = [];
    fitResponseGroups(rows, { target: 'answered', features: FEATURES, onProgress: ({ done, total }) => void seen.push(done / total) });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((done) => done / 6));
    let calls = 0;
    fitResponseGroups(rows, { target: 'answered', features: FEATURES, onProgress: () => ++calls < 1 });
    expect(calls).toBe(1);
  });
});
