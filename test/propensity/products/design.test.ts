import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { designLayout } from '../../../src/propensity/products/designState.js';
import { learnDesign } from '../../../src/propensity/products/learnDesign.js';
import { replayDesign } from '../../../src/propensity/products/replayDesign.js';
import { isClientelaError } from '../../../src/errors.js';
import { listOf, smallPortfolio, sparse } from './portfolio.js';

const day = (text: string): Date => new Date(`${text}T00:00Z`);
const customers = {
  id: ['a', 'b', 'c', 'd', 'e', 'f'],
  age: [20, 30, 40, 50, 60, 70],
  children: [0, 1, 2, 0, 1, 2],
  plan: ['gold', 'gold', 'basic', 'basic', 'silver', null],
  mobile: [true, false, null, true, false, true],
  since: ['2020-01-01', '2020-01-01', '2021-01-01', '2021-01-01', '2022-06-30', '2022-06-30'].map(day),
  balance: [1.25, NaN, 3.5, 7.75, 9.5, 11.25],
  same: [1, 1, 1, 1, 1, 1],
};
const held = sparse([[], [0], [0, 1], [2], [0, 1, 2], [1]], 3);
const products = ['card', 'loan', 'fund'];
const options = { bins: 3, minLevelRows: 2, exclude: ['id'] };
const design = learnDesign('test', customers, held, products, options);
const named = (rows: ReturnType<typeof replayDesign>, row: number): string[] => listOf(rows, row).map((column) => design.columnNames[column]!);

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return isClientelaError(error) ? error.code : error;
  }
  return 'none';
};

describe('the design', () => {
  it('names its columns in the words of the customer', () => {
    expect(design.columnNames).toEqual([
      'age below 40', 'age 40 to 59', 'age 60 or more',
      'children = 0', 'children = 1', 'children = 2',
      'plan = basic', 'plan = gold', 'other plan', 'plan unknown',
      'mobile = false', 'mobile = true', 'mobile unknown',
      'since = 2020-01-01', 'since = 2021-01-01', 'since = 2022-06-30',
      'balance below 6', 'balance 6 to below 10', 'balance 10 or more', 'balance unknown',
      'holds card', 'holds loan', 'holds fund', 'holds no other product', 'holds 1 other product', 'holds 2 other products',
    ]);
    expect(design.leftOut).toEqual([{ column: 'same', reason: 'constant' }]);
    expect(designLayout(design)).toMatchObject({ holdsFrom: 20, levelsFrom: 23, columnCount: 26 });
  });

  it('gives each customer one column a trait, the products held and how many they are', () => {
    const rows = replayDesign('test', design, customers, held);
    expect(named(rows, 0)).toEqual(['age below 40', 'children = 0', 'plan = gold', 'mobile = true', 'since = 2020-01-01', 'balance below 6', 'holds no other product']);
    expect(named(rows, 4)).toEqual([
      'age 60 or more', 'children = 1', 'other plan', 'mobile = false', 'since = 2022-06-30', 'balance 6 to below 10',
      'holds card', 'holds loan', 'holds fund', 'holds 2 other products',
    ]);
    expect(named(rows, 5)).toContain('plan unknown');
    expect(named(rows, 1)).toContain('balance unknown');
  });

  it('is replayed by name on other customers, frames, text and values never seen', () => {
    const one = { since: ['2020-02-28'], balance: [99], age: [-4], plan: ['diamond'], mobile: [null], children: [null], extra: ['x'] };
    const rows = replayDesign('test', JSON.parse(JSON.stringify(design)), one, sparse([[1]], 3));
    // No customer of the training had an unknown number of children: no column stands for that.
    expect(named(rows, 0)).toEqual(['age below 40', 'other plan', 'mobile unknown', 'since = 2020-01-01', 'balance 10 or more', 'holds loan', 'holds 1 other product']);
    expect(replayDesign('test', design, Frame.fromColumns(customers), held)).toEqual(replayDesign('test', design, customers, held));
  });

  it('has the traits alone, or the holdings alone', () => {
    const profile = learnDesign('test', customers, held, products, { ...options, variant: 'profile' });
    expect(profile.columnNames).toEqual(design.columnNames.slice(0, 20));
    expect(listOf(replayDesign('test', profile, customers, held), 4)).toEqual([2, 4, 8, 10, 15, 17]);
    const holdings = learnDesign('test', customers, held, products, { variant: 'holdings' });
    expect(holdings).toEqual(learnDesign('test', null, held, products));
    expect(listOf(replayDesign('test', holdings, null, held), 4)).toEqual([0, 1, 2, 5]);
  });

  it('counts four other products and more as one', () => {
    const many = sparse([[0, 1, 2, 3, 4, 5], [], [1, 2, 3, 4]], 6);
    const state = learnDesign('test', null, many, ['a', 'b', 'c', 'd', 'e', 'f']);
    expect(state.columnNames.slice(6)).toEqual(['holds no other product', 'holds 1 other product', 'holds 2 other products', 'holds 3 other products', 'holds 4 or more other products']);
    expect(listOf(replayDesign('test', state, null, many), 2)).toEqual([1, 2, 3, 4, 10]);
    expect(listOf(replayDesign('test', state, null, many), 0)).toEqual([0, 1, 2, 3, 4, 5, 10]);
  });

  it('cuts numbers into about equal parts, at round numbers', () => {
    const wide = { income: Array.from({ length: 500 }, (_, i) => 1000 + i * 37.5) };
    const state = learnDesign('test', wide, sparse(wide.income.map(() => []), 1), ['p']);
    const rows = replayDesign('test', state, wide, sparse(wide.income.map(() => []), 1));
    const counts = new Float64Array(10);
    for (let row = 0; row < 500; row++) counts[listOf(rows, row)[0]!]!++;
    expect([...counts]).toEqual(new Array(10).fill(50));
    expect(state.columnNames[1]).toMatch(/^income [\d.]{4,6} to below [\d.]{4,6}$/);
  });

  it('cuts dates at midnight', () => {
    const joined = { joined: Array.from({ length: 300 }, (_, i) => new Date(Date.UTC(2020, 0, 1) + i * 5e6)) };
    const state = learnDesign('test', joined, sparse(joined.joined.map(() => []), 1), ['p'], { bins: 3 });
    expect(state.columnNames.slice(0, 3)).toEqual(['joined before 2020-01-07', 'joined 2020-01-07 to before 2020-01-13', 'joined 2020-01-13 or later']);
    const hours = { at: Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(2020, 0, 1, i))) };
    expect(learnDesign('test', hours, sparse(hours.at.map(() => []), 1), ['p'], { bins: 2 }).columnNames.slice(0, 2)).toEqual(['at before 2020-01-01T11:30', 'at 2020-01-01T11:30 or later']);
    const daily = { joined: Array.from({ length: 9 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i))) };
    const days = learnDesign('test', daily, sparse(daily.joined.map(() => []), 1), ['p'], { bins: 3 });
    expect(days.columnNames.slice(0, 3)).toEqual(['joined before 2020-01-04', 'joined 2020-01-04 to before 2020-01-07', 'joined 2020-01-07 or later']);
  });

  it('leaves out what names a customer', () => {
    const many = { key: Array.from({ length: 60 }, (_, i) => `k${i % 45}`), city: Array.from({ length: 60 }, (_, i) => `c${i % 3}`) };
    const state = learnDesign('test', many, sparse(many.key.map(() => []), 2), ['p', 'q']);
    expect(state.leftOut).toEqual([{ column: 'key', reason: 'identifier' }]);
    const frame = Frame.fromColumns({ id: [1, 2, 3], age: [1, 2, 3] }, { id: 'id' });
    expect(learnDesign('test', frame, sparse([[], [], []], 1), ['p'])).toMatchObject({ leftOut: [{ column: 'id' }], terms: [{ column: 'age' }] });
  });

  it('refuses what it cannot use', () => {
    const { customers: other, held: rows } = smallPortfolio();
    expect(codeOf(() => learnDesign('test', null, held, products, { variant: 'profile' }))).toBe('INVALID_INPUT');
    expect(codeOf(() => learnDesign('test', { same: customers.same }, held, products, { variant: 'profile' }))).toBe('EMPTY_INPUT');
    expect(codeOf(() => learnDesign('test', other, held, products))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => learnDesign('test', null, sparse([], 3), products))).toBe('EMPTY_INPUT');
    expect(codeOf(() => learnDesign('test', { a: [1, Infinity, 2, 3, 4, 5] }, held, products))).toBe('NON_FINITE_VALUE');
    expect(codeOf(() => learnDesign('test', customers, held, products, { variant: 'all' as 'both' }))).toBe('INVALID_OPTION');
    expect(codeOf(() => learnDesign('test', customers, held, products, { bins: 0 }))).toBe('INVALID_OPTION');
    expect(() => replayDesign('test', design, null, held)).toThrow('test needs the customers with "age", "children"');
    expect(codeOf(() => replayDesign('test', design, { age: customers.age }, held))).toBe('UNKNOWN_COLUMN');
    expect(codeOf(() => replayDesign('test', design, customers, rows))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => replayDesign('test', design, customers, sparse([[]], 2)))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => replayDesign('test', design, { ...customers, since: ['soon', ...customers.since.slice(1)] }, held))).toBe('INVALID_DATE');
  });
});
