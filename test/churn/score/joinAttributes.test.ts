import { describe, expect, it } from 'vitest';
import { joinAttributes } from '../../../src/churn/score/joinAttributes.js';
import { Frame } from '../../../src/data/frame.js';
import { errorCode as code } from '../../errorCode.js';

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const rows = Frame.fromRows([{ customer: 'ann' }, { customer: 'ann' }, { customer: 'bob' }, { customer: 'eve' }], { customer: 'id' }) as unknown as Frame;
const moments = [at('2026-01-01'), at('2026-06-01'), at('2026-06-01'), at('2026-06-01')];
const momentOf = (row: number): number => moments[row]!;

describe('joinAttributes', () => {
  const history = Frame.fromRows(
    [
      { client: 'ann', since: '2026-03-01', plan: 'gold', premium: true, seats: 4, signed: '2026-02-20' },
      { client: 'ann', since: '2025-06-01', plan: 'basic', premium: false, seats: 2, signed: '2025-12-22' },
      { client: 'bob', since: '2026-06-01', plan: 'plus', premium: true, seats: 9, signed: '2026-05-01' },
      { client: 'bob', since: '2026-01-01', plan: 'basic', premium: null, seats: null, signed: '2026-07-01' },
    ],
    { client: 'id', since: 'date', signed: 'date' },
  );

  it('takes the row known last before each moment', () => {
    const joined = joinAttributes('test', rows, momentOf, { table: history, id: 'client', knownAt: 'since' });
    expect(joined.names).toEqual(['customer', 'plan', 'premium', 'seats', 'daysSince=signed']);
    expect(joined.values('plan')).toEqual(['basic', 'gold', 'basic', null]);
    expect(joined.values('premium')).toEqual([false, true, null, null]);
    expect(joined.values('seats')).toEqual([2, 4, null, null]);
  });

  it('counts the days from a date to the moment; a date still to come is not known', () => {
    const joined = joinAttributes('test', rows, momentOf, { table: history, id: 'client', knownAt: 'since', columns: ['signed'] });
    expect(joined.values('daysSince=signed')).toEqual([10, 101, null, null]);
  });

  it('takes one row a customer to have always been so, where nothing says since when', () => {
    const plain = [{ client: 'bob', plan: 'plus' }, { client: 'ann', plan: 'gold' }];
    expect(joinAttributes('test', rows, momentOf, { table: plain, id: 'client' }).values('plan')).toEqual(['gold', 'gold', 'plus', null]);
  });

  it('refuses twice the same customer without a date, nobody in common, and a name that is taken', () => {
    const join = (attributes: object): string => code(() => joinAttributes('test', rows, momentOf, attributes as never));
    expect(join({ table: [{ client: 'ann', plan: 'a' }, { client: 'ann', plan: 'b' }], id: 'client' })).toBe('DUPLICATE_ID');
    expect(join({ table: [{ client: 'zoe', plan: 'a' }], id: 'client' })).toBe('UNKNOWN_ID');
    expect(join({ table: [{ client: 'ann', customer: 'a' }], id: 'client' })).toBe('DUPLICATE_COLUMN');
    expect(join({ table: [{ client: 'ann', plan: 'a' }], id: 'name' })).toBe('UNKNOWN_COLUMN');
    expect(join({ table: [{ client: 'ann', plan: 'a' }], id: 'client', since: 'x' })).toBe('INVALID_OPTION');
  });
});
