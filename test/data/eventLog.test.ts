import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import type { EventLogOptions, EventRoles } from '../../src/data/eventRoles.js';
import { Frame } from '../../src/data/frame.js';
import { isClientelaError, type ClientelaError } from '../../src/errors.js';

const SEED = { seed: 20261122, numRuns: 100 };
const ROLES = { customer: 'who', time: 'when', item: 'what', amount: 'paid', channel: 'where' } as const;
type Row = Record<'who' | 'when' | 'what' | 'paid' | 'where', unknown>;
const row = (who: unknown, when: unknown, what: unknown = null, paid: unknown = 1, where: unknown = null): Row => ({ who, when, what, paid, where });
const logOf = (rows: readonly Row[], options: EventLogOptions = {}): EventLog => EventLog.fromRows(rows, ROLES, options);
const day = (text: string): number => Date.parse(`${text}T00:00Z`);
const errorOf = (run: () => unknown): ClientelaError => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
/** What a log is, as plain values. */
const plain = (log: EventLog): unknown => ({
  customers: log.customers, offsets: [...log.offsets], times: [...log.times], items: log.items && [...log.items], itemLevels: log.itemLevels,
  amounts: log.amounts && [...log.amounts], channels: log.channels && [...log.channels], channelLevels: log.channelLevels, observedUntil: log.observedUntil,
});

/** Rows with many ties: few customers, moments, items, amounts. */
const someRow = fc.record({
  who: fc.constantFrom('ann', 'bob', 'cyd', 'Zed', 'ä'),
  when: fc.integer({ min: 0, max: 12 }).map((n) => day('2026-01-01') + n * 43_200_000),
  what: fc.constantFrom('card', 'loan', 'Card', null, 7),
  paid: fc.constantFrom(-5, 0, -0, 3, 10.5, null, NaN, '4'),
  where: fc.constantFrom('web', 'branch', undefined),
});
const someRows = fc.array(someRow, { minLength: 1, maxLength: 60 });

describe('EventLog', () => {
  const log = logOf([row('bob', '2026-02-11', 'loan', 90, 'web'), row('ann', '2026-03-01T12:00', 'card', 30, 'branch'), row('ann', new Date('2026-01-05'), 'loan', -50)]);

  it('stands sorted by customer and time, in compressed form', () => {
    expect(plain(log)).toEqual({
      customers: ['ann', 'bob'], offsets: [0, 2, 3], times: [day('2026-01-05'), day('2026-03-01') + 43_200_000, day('2026-02-11')],
      items: [1, 0, 1], itemLevels: ['card', 'loan'], amounts: [-50, 30, 90], channels: [-1, 0, 1], channelLevels: ['branch', 'web'], observedUntil: day('2026-03-01') + 43_200_000,
    });
    expect([log.customerCount, log.eventCount, log.firstTime, log.lastTime]).toEqual([2, 3, day('2026-01-05'), day('2026-03-01') + 43_200_000]);
  });

  it('has no arrays for roles it was not given', () => {
    const bare = EventLog.fromRows([{ a: 1, b: 2 }], { customer: 'a', time: 'b' });
    expect([bare.items, bare.amounts, bare.channels, bare.itemLevels]).toEqual([undefined, undefined, undefined, []]);
    expect(bare.toRows()).toEqual([{ customer: 1, time: new Date(2) }]);
    expect(bare.quality.purchases).toBe(1);
    expect(bare.between({ from: 2 })).toMatchObject({ customers: [1], items: undefined, amounts: undefined, channels: undefined });
    expect(bare.where({ purchases: true }).eventCount).toBe(1);
    expect(bare.between({ from: 3 }).describe().observedUntil).toEqual(new Date(2));
  });

  it('reads numbers written as bigint', () => {
    expect([...EventLog.fromColumns({ c: ['a'], t: [0n], p: BigInt64Array.of(12n) }, { customer: 'c', time: 't', amount: 'p' }).amounts!]).toEqual([12]);
  });

  it('gives the events of a customer as objects', () => {
    expect(log.eventsOf('ann')).toEqual([
      { customer: 'ann', time: new Date('2026-01-05'), item: 'loan', amount: -50, channel: null },
      { customer: 'ann', time: new Date('2026-03-01T12:00Z'), item: 'card', amount: 30, channel: 'branch' },
    ]);
    expect(errorOf(() => log.eventsOf('eve'))).toMatchObject({ code: 'UNKNOWN_ID', message: 'EventLog.eventsOf found no event of customer "eve"; ask indexOf first' });
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(fc.property(shuffled, ([rows, others]) => { expect(plain(logOf(others))).toEqual(plain(logOf(rows))); }), SEED);
  });

  it('equals a sort of the rows, key by key', () => {
    const text = (cell: unknown): string => (cell === null || cell === undefined ? '' : String(cell));
    const amount = (cell: unknown): number => (cell === null || Number.isNaN(cell) ? Infinity : Number(cell));
    const order = (a: Row, b: Row): number => {
      const keys: [unknown, unknown][] = [[text(a.who), text(b.who)], [a.when, b.when], [text(a.what), text(b.what)], [text(a.where), text(b.where)], [amount(a.paid), amount(b.paid)]];
      for (const [x, y] of keys as [number, number][]) if (x !== y) return x < y ? -1 : 1;
      return 0;
    };
    fc.assert(
      fc.property(someRows, (rows) => {
        const expected = [...rows].sort(order).map(({ who, when, what, paid, where }) => ({
          customer: who, time: new Date(when), item: what === null ? null : String(what), amount: amount(paid) === Infinity ? null : Number(paid) + 0, channel: where ?? null,
        }));
        expect(logOf(rows).toRows()).toEqual(expected);
      }),
      SEED,
    );
  });

  it('sorts a customer with many events as one with few, ties included', () => {
    const rows = Array.from({ length: 500 }, (_, i) => row('a', ((i * 7919) % 211) >> 2, `item${(i * 31) % 7}`, (i * 17) % 5));
    const key = (event: { time: Date; item?: string | null; amount?: number | null }): string => [String(event.time.getTime()).padStart(3, '0'), event.item, event.amount].join();
    const keys = logOf(rows).eventsOf('a').map(key);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys)).toEqual(new Set(rows.map(({ when, what, paid }) => key({ time: new Date(when as number), item: what as string, amount: paid as number }))));
  });

  it('makes an equal log from its own rows', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const first = logOf(rows);
        const again = EventLog.fromRows(first.toRows(), { customer: 'customer', time: 'time', item: 'item', amount: 'amount', channel: 'channel' });
        expect(plain(again)).toEqual(plain(first));
      }),
      SEED,
    );
  });

  it('is the same from rows, columns, typed columns and a frame', () => {
    const rows = [row(7, 86_400_000, 'b', 2, 'web'), row(3, 0, 'a', 1.5, 'web'), row(7, 5, null, NaN, 'till')];
    const columns = { who: [7, 3, 7], when: [86_400_000, 0, 5], what: ['b', 'a', null], paid: [2, 1.5, NaN], where: ['web', 'web', 'till'] };
    const typed = { ...columns, who: Int32Array.of(7, 3, 7), when: Float64Array.of(86_400_000, 0, 5), paid: Float64Array.of(2, 1.5, NaN) };
    const expected = plain(logOf(rows));
    expect(plain(EventLog.fromColumns(columns, ROLES))).toEqual(expected);
    expect(plain(EventLog.fromColumns(typed, ROLES))).toEqual(expected);
    expect(plain(EventLog.fromColumns({ ...typed, when: BigInt64Array.of(86_400_000n, 0n, 5n) }, ROLES))).toEqual(expected);
    expect(plain(EventLog.fromColumns(Frame.fromColumns(typed), ROLES))).toEqual(expected);
    expect(plain(EventLog.fromColumns(Frame.fromRows(rows, { who: 'id', when: 'date' }), ROLES))).toEqual(expected);
    const flags = Frame.fromColumns({ c: ['x', 'x'], t: ['2026-01-02', '2026-01-01'], vip: [true, null] }, { t: 'date' });
    expect(EventLog.fromColumns(flags, { customer: 'c', time: 't', item: 'vip' }).toRows().map((event) => event.item)).toEqual([null, 'true']);
  });

  it('leaves its input alone', () => {
    const rows = Object.freeze([Object.freeze(row('b', 2)), Object.freeze(row('a', 1))]);
    const typed = { c: Float64Array.of(2, 1), t: Float64Array.of(5, 4) };
    logOf(rows);
    EventLog.fromColumns(typed, { customer: 'c', time: 't' });
    expect(typed).toEqual({ c: Float64Array.of(2, 1), t: Float64Array.of(5, 4) });
  });
});

describe('an identifier is its text', () => {
  const ids = (...cells: unknown[]): readonly (string | number)[] => logOf(cells.map((cell) => row(cell, 0))).customers;

  it('numbers stay numbers, ascending by value, when all are', () => {
    expect(ids(10, 9, 2.5, 10)).toEqual([2.5, 9, 10]);
    expect(ids(10, 9n, -1)).toEqual([-1, 9, 10]);
    expect(ids(3, 1, 2_000_000_000)).toEqual([1, 3, 2_000_000_000]);
    expect(ids(-0, 0)).toEqual([0]);
  });

  it('otherwise all are text, ascending by code unit', () => {
    expect(ids('10', '9', 'a', 'B')).toEqual(['10', '9', 'B', 'a']);
    expect(ids(7, '7', 7n, '07')).toEqual(['07', '7']);
    expect(ids(1, 9007199254740993n)).toEqual(['1', '9007199254740993']);
    expect(ids(7.5, 'x')).toEqual(['7.5', 'x']);
  });

  it('is found as text or number', () => {
    const numeric = logOf([row(7, 0), row(12, 0), row(3, 0)]);
    expect([numeric.indexOf(7), numeric.indexOf('7'), numeric.indexOf(12n), numeric.indexOf('07'), numeric.indexOf(8), numeric.indexOf('x')]).toEqual([1, 1, 2, -1, -1, -1]);
    const text = logOf([row('7', 0), row('a', 0)]);
    expect([text.indexOf(7), text.indexOf('7'), text.indexOf('a'), text.indexOf('b')]).toEqual([0, 0, 1, -1]);
  });
});

describe('doubtful rows', () => {
  it.each([
    ['who', row(null, 0), 'MISSING_VALUE', 'EventLog.fromRows needs a customer identifier (text, a finite number or a bigint) in column "who", found null in row 1; correct the value, or leave such rows out with invalid: \'skip\''],
    ['who', row(' ', 0), 'MISSING_VALUE', 'found " " in row 1'],
    ['who', row(Infinity, 0), 'INVALID_VALUE', 'found Infinity in row 1'],
    ['who', row(true, 0), 'INVALID_VALUE', 'found true in row 1'],
    ['when', row('b', null), 'MISSING_VALUE', 'in column "when", found null in row 1'],
    ['when', row('b', '03/04/2026'), 'INVALID_DATE', 'needs a time (a Date, epoch milliseconds or ISO text such as "2026-06-30T18:00Z") in column "when", found "03/04/2026" in row 1'],
    ['when', row('b', '2026-02-30'), 'INVALID_DATE', 'found "2026-02-30" in row 1'],
    ['when', row('b', new Date(NaN)), 'INVALID_DATE', 'found an invalid Date in row 1'],
    ['when', row('b', 20260630), 'INVALID_DATE', 'found the number 20260630; give text "20260630" or epoch milliseconds in row 1'],
    ['paid', row('b', 0, 'x', Infinity), 'NON_FINITE_VALUE', 'needs a finite amount (a number or text such as "1234.50"), or nothing where it is not known in column "paid", found Infinity in row 1'],
    ['paid', row('b', 0, 'x', '1e999'), 'NON_FINITE_VALUE', 'found "1e999" in row 1'],
    ['paid', row('b', 0, 'x', '12 EUR'), 'INVALID_VALUE', 'found "12 EUR" in row 1'],
    ['paid', row('b', 0, 'x', true), 'INVALID_VALUE', 'found true in row 1'],
  ])('%s: %j is refused by name, or skipped and counted', (column, bad, code, message) => {
    const rows = [row('a', 1), bad, row('c', 2)];
    const error = errorOf(() => logOf(rows));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.details).toMatchObject({ column, row: 1 });
    const skipping = logOf(rows, { invalid: 'skip' });
    expect(skipping.customers).toEqual(['a', 'c']);
    expect(skipping.quality).toMatchObject({ rows: 3, events: 2, skippedCustomers: +(column === 'who'), skippedTimes: +(column === 'when'), skippedAmounts: +(column === 'paid') });
  });

  it('counts a row once, by its first fault, and forgets levels that only such rows have', () => {
    const log = logOf([row('a', 1, 'x'), row(null, 'never', 'y', Infinity, 'z'), row('b', 'never', 'y', Infinity)], { invalid: 'skip' });
    expect(log.quality).toMatchObject({ skippedCustomers: 1, skippedTimes: 1, skippedAmounts: 0 });
    expect([log.itemLevels, log.channelLevels]).toEqual([['x'], []]);
  });

  it('refuses an item that is no value, whatever is skipped', () => {
    expect(errorOf(() => logOf([row('a', 1, {})], { invalid: 'skip' })).code).toBe('INVALID_VALUE');
  });

  it('counts returns, zero and missing amounts, and keeps them', () => {
    const log = logOf([row('a', 1, 'x', -3), row('a', 2, 'x', 0), row('a', 3, 'x', null), row('a', 4, 'x', ' '), row('a', 5, 'x', '2.5')]);
    expect(log.amounts).toEqual(Float64Array.of(-3, 0, NaN, NaN, 2.5));
    expect(log.quality).toMatchObject({ purchases: 1, returns: 1, zeroAmounts: 1, missingAmounts: 2 });
  });

  it('keeps or drops events equal in every role, and counts them', () => {
    const rows = [row('a', 1, 'x', NaN), row('b', 1, 'x', 2), row('a', 1, 'x', null), row('a', 1, 'x', NaN), row('b', 1, 'x', 2, 'web'), row('b', 1, 'y', 2), row('b', 1, 'x', 3)];
    expect(logOf(rows).quality).toMatchObject({ duplicates: 2, events: 7 });
    const dropped = logOf(rows, { duplicates: 'drop' });
    expect(dropped.quality).toMatchObject({ duplicates: 2, events: 5, rows: 7 });
    expect([...dropped.offsets]).toEqual([0, 1, 5]);
    expect(dropped.toRows()).toHaveLength(5);
  });

  it('dropping duplicates keeps one of each distinct event', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const all = logOf(rows);
        const distinct = new Set(all.toRows().map((event) => JSON.stringify(event)));
        const dropped = logOf(rows, { duplicates: 'drop' });
        expect(dropped.toRows().map((event) => JSON.stringify(event))).toEqual([...distinct]);
        expect(dropped.quality.duplicates).toBe(all.quality.duplicates);
        expect(all.quality.duplicates).toBe(rows.length - distinct.size);
      }),
      SEED,
    );
  });
});

describe('EventLog refuses', () => {
  const rows = [row('a', 1)];
  it.each([
    ['no rows', () => logOf([]), 'EMPTY_INPUT', 'needs at least one event, found none'],
    ['nothing usable', () => logOf([row(null, 1)], { invalid: 'skip' }), 'EMPTY_INPUT', 'found no usable event in 1 rows: all were left out (1 for the customer); read'],
    ['what is no array', () => EventLog.fromRows({} as never, ROLES), 'INVALID_INPUT', 'needs an array of row objects, found an object'],
    ['text that was not parsed', () => EventLog.fromRows('who,when\na,2026-01-01' as never, ROLES), 'INVALID_INPUT', 'found "who,when\\na,2026-01-01"; parse the text first'],
    ['to be made by new', () => new (EventLog as never as new (rows: unknown) => EventLog)(rows), 'INVALID_INPUT', 'EventLog is made by EventLog.fromRows or EventLog.fromColumns, not by new'],
    ['a misspelt column', () => EventLog.fromRows(rows, { customer: 'whom', time: 'when' } as never), 'UNKNOWN_COLUMN', 'found no column "whom"; did you mean "who"?'],
    ['an unknown role', () => EventLog.fromRows(rows, { customer: 'who', time: 'when', product: 'what' } as never), 'INVALID_OPTION', 'knows no option "product"'],
    ['no time', () => EventLog.fromRows(rows, { customer: 'who' } as never), 'INVALID_OPTION', 'needs the name of a column for time, found undefined'],
    ['a role that is no name', () => EventLog.fromRows(rows, { customer: 'who', time: 'when', item: 3 } as never), 'INVALID_OPTION', 'needs the name of a column for item, found 3'],
    ['no roles', () => EventLog.fromRows(rows, undefined as never), 'INVALID_OPTION', 'needs the roles of the columns'],
    ['an unknown option', () => logOf(rows, { onInvalid: 'skip' } as never), 'INVALID_OPTION', 'knows no option "onInvalid"'],
    ['an unknown choice', () => logOf(rows, { invalid: 'ignore' } as never), 'INVALID_OPTION', 'needs invalid as one of throw, skip, found "ignore"'],
    ['observation that ends too early', () => logOf([row('a', '2026-01-02')], { observedUntil: '2026-01-01' }), 'INVALID_OPTION', 'needs observedUntil not before the last event at 2026-01-02T00:00:00.000Z, found 2026-01-01T00:00:00.000Z; cut the log with between({ to })'],
    ['an unreadable end of observation', () => logOf(rows, { observedUntil: 'soon' }), 'INVALID_DATE', 'needs observedUntil'],
    ['columns of unequal length', () => EventLog.fromColumns({ c: [1, 2], t: [1] }, { customer: 'c', time: 't' }), 'LENGTH_MISMATCH', 'found 2 values in "c" and 1 in "t"'],
    ['a date as customer', () => EventLog.fromColumns(Frame.fromColumns({ c: [new Date(0)], t: [1] }), { customer: 'c', time: 't' }), 'COLUMN_KIND', 'cannot use column "c" of kind date except as time'],
  ] as [string, () => unknown, string, string][])('%s', (_, run, code, message) => {
    const error = errorOf(run);
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });

  it.each([
    ['rows', () => EventLog.fromRows([{ c: 1, t: 1782777600 }, { c: 2, t: 1751241600 }], { customer: 'c', time: 't' })],
    ['a typed column', () => EventLog.fromColumns({ c: [1, 2], t: Float64Array.of(1782777600, 852076800) }, { customer: 'c', time: 't' })],
    ['a column beside blanks', () => EventLog.fromColumns({ c: [1, 2], t: [null, 1782777600] }, { customer: 'c', time: 't' }, { invalid: 'skip' })],
  ])('epoch seconds in %s', (_, run) => {
    expect(errorOf(run)).toMatchObject({ code: 'INVALID_DATE' });
    expect(errorOf(run).message).toContain('such as');
    expect(errorOf(run).message).toContain('multiply by 1000 if they are seconds, or give Dates');
  });

  it('but takes numbers of another size beside them, and Dates of the first weeks of 1970', () => {
    expect(EventLog.fromRows([{ c: 1, t: 0 }, { c: 2, t: 1782777600 }], { customer: 'c', time: 't' }).eventCount).toBe(2);
    expect(EventLog.fromRows([{ c: 1, t: new Date(1782777600) }], { customer: 'c', time: 't' }).firstTime).toBe(1782777600);
    const early = Frame.fromColumns({ c: [1, 2], t: [new Date(20260630), new Date(1782777600)] });
    expect(EventLog.fromColumns(early, { customer: 'c', time: 't' }).firstTime).toBe(20260630);
  });

  it('what is no object of options', () => {
    const log = logOf(rows);
    expect(errorOf(() => log.between(undefined as never))).toMatchObject({ code: 'INVALID_OPTION', message: 'EventLog.between needs an object of from, to, found undefined' });
    expect(errorOf(() => log.where(null as never)).code).toBe('INVALID_OPTION');
    expect(errorOf(() => logOf(rows, null as never)).code).toBe('INVALID_OPTION');
  });

  it('a misspelt column at compile time', () => {
    // @ts-expect-error 'whom' is no property of the rows
    expect(() => EventLog.fromRows([{ who: 1, when: 2 }], { customer: 'whom', time: 'when' })).toThrow();
    // @ts-expect-error 'wen' is no column
    expect(() => EventLog.fromColumns({ who: [1], when: [2] }, { customer: 'who', time: 'wen' } satisfies EventRoles<'who' | 'when'>)).toThrow();
  });
});

describe('parts of a log', () => {
  it('between includes from and not to, and is the log of those rows, observed until to', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: -1, max: 13 }), fc.nat(13), (rows, first, length) => {
        const from = day('2026-01-01') + first * 43_200_000;
        const to = from + length * 43_200_000;
        const kept = rows.filter(({ when }) => when >= from && when < to);
        const part = logOf(rows).between({ from, to });
        expect(part.eventCount).toBe(kept.length);
        if (kept.length > 0) expect({ ...(plain(part) as object), observedUntil: 0 }).toEqual({ ...(plain(logOf(kept)) as object), observedUntil: 0 });
        expect(part.observedUntil).toBe(Math.min(to, logOf(rows).observedUntil));
      }),
      SEED,
    );
  });

  it('where keeps items, channels, purchases', () => {
    const log = logOf([row('a', 1, 'x', 5, 'web'), row('a', 2, 'y', -1, 'web'), row('b', 3, 'x', 0, 'till'), row('b', 4, null, 2)], { observedUntil: 9 });
    const times = (part: EventLog): number[] => [...part.times];
    expect(times(log.where({ items: ['x'] }))).toEqual([1, 3]);
    expect(times(log.where({ channels: ['web'], items: ['x', 'y'] }))).toEqual([1, 2]);
    expect(times(log.where({ purchases: true }))).toEqual([1, 4]);
    expect(times(log.where({ purchases: false }))).toEqual([2, 3]);
    expect(times(log.where({}))).toEqual([1, 2, 3, 4]);
    expect(log.where({ purchases: true }).itemLevels).toEqual(['x']);
    expect(log.where({ items: ['y'] })).toMatchObject({ customers: ['a'], observedUntil: 9, quality: { rows: 1, events: 1, returns: 1 } });
  });

  it('an empty part is a log without events', () => {
    const empty = logOf([row('a', 5)]).between({ to: 5 });
    expect(empty).toMatchObject({ customers: [], customerCount: 0, eventCount: 0, firstTime: NaN, lastTime: NaN, observedUntil: 5 });
    expect(empty.toRows()).toEqual([]);
    expect(empty.indexOf('a')).toBe(-1);
    expect(empty.describe()).toMatchObject({ customers: 0, events: 0, from: null, to: null, eventsPerCustomer: null, amountTotal: 0 });
  });

  it.each([
    [{ items: ['z'] }, 'UNKNOWN_ID', 'EventLog.where found no item "z" in the log; it has "x"'],
    [{ channels: ['web'] }, 'UNKNOWN_ID', 'found no channel "web"'],
    [{ item: ['x'] }, 'INVALID_OPTION', 'knows no option "item"'],
    [{ items: 'z' }, 'UNKNOWN_ID', 'EventLog.where found no item "z" in the log'],
    [{ items: [3] }, 'INVALID_OPTION', 'EventLog.where needs items by their names (text), found an array of 1'],
    [{ items: null }, 'INVALID_OPTION', 'found null'],
  ])('where refuses %j', (filter, code, message) => {
    const error = errorOf(() => logOf([row('a', 1, 'x')]).where(filter as never));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('where takes a single name as well', () => {
    const log = logOf([row('a', 1, 'xy'), row('a', 2, 'x')]);
    expect(log.where({ items: 'xy' }).toRows()).toEqual(log.where({ items: ['xy'] }).toRows());
    expect(log.where({ items: 'xy' }).eventCount).toBe(1);
  });

  it('where needs the role it chooses by, between needs dates', () => {
    const bare = EventLog.fromRows([{ a: 1, b: 2 }], { customer: 'a', time: 'b' });
    expect(errorOf(() => bare.where({ items: ['x'] }))).toMatchObject({ code: 'INVALID_OPTION', message: 'EventLog.where cannot choose by item: the log has none; name its column when the log is made' });
    expect(errorOf(() => bare.between({ from: 'then' })).code).toBe('INVALID_DATE');
    expect(errorOf(() => bare.between({ until: 3 } as never)).code).toBe('INVALID_OPTION');
  });

  it('lists twelve of many items in a message', () => {
    const many = logOf(Array.from({ length: 15 }, (_, i) => row('a', i, `item${i}`)));
    expect(errorOf(() => many.where({ items: ['none'] })).message).toMatch(/"item6" and 3 more$/);
  });

  it('describes itself', () => {
    const log = logOf([row('a', '2026-01-01', 'x', 5), row('a', '2026-01-03', 'y', -1), row('a', '2026-01-04', 'y', null, 'web'), row('b', '2026-01-02', 'x', 2)], { observedUntil: '2026-02-01' });
    expect(log.describe()).toEqual({
      customers: 2, events: 4, purchases: 2, returns: 1, from: new Date('2026-01-01'), to: new Date('2026-01-04'), observedUntil: new Date('2026-02-01'),
      amountTotal: 6, items: 2, channels: 1, eventsPerCustomer: { min: 1, median: 2, mean: 2, max: 3 },
    });
    expect(EventLog.fromRows([{ a: 1, b: 2 }], { customer: 'a', time: 'b' }).describe().amountTotal).toBeNull();
  });
});
