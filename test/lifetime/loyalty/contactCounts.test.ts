import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';
import { contactCounts, type ContactCountsOptions } from '../../../src/lifetime/loyalty/contactCounts.js';
import { ContactModel } from '../../../src/lifetime/loyalty/contactModel.js';
import { fitContactCounts, type FitContactCountsOptions } from '../../../src/lifetime/loyalty/fitContactCounts.js';
import { errorCode } from '../../errorCode.js';

const log = EventLog.fromRows([
  { who: 'ann', day: '2026-01-05', what: 'order', paid: 20, by: 'web' },
  { who: 'ann', day: '2026-02-15', what: 'call', paid: null, by: 'phone' },
  { who: 'ann', day: '2026-03-05', what: 'chat', paid: 0, by: 'web' },
  { who: 'ann', day: '2026-03-06', what: 'call', paid: null, by: 'phone' },
  { who: 'bob', day: '2026-01-01', what: 'call', paid: null, by: 'phone' },
  { who: 'bob', day: '2026-01-15', what: 'order', paid: 10, by: 'phone' },
  { who: 'cid', day: '2026-01-01', what: 'call', paid: null, by: 'phone' },
], { customer: 'who', time: 'day', item: 'what', amount: 'paid', channel: 'by' });

describe('contactCounts', () => {
  it('counts contacts from the first purchase on, each over its own exposure', () => {
    const found = contactCounts(log, { contacts: ['call', 'chat'], asOf: '2026-03-06', unit: 'day' });
    expect(found).toEqual({ customers: ['ann', 'bob'], contacts: Float64Array.of(2, 0), exposure: Float64Array.of(60, 50), unit: 'day', asOf: Date.UTC(2026, 2, 6) });
    expect([...contactCounts(log, { contacts: { channel: 'phone' }, asOf: '2026-03-06' }).contacts]).toEqual([1, 1]);
  });

  it('in a log without amounts what is no contact is a purchase', () => {
    const bare = EventLog.fromRows([{ who: 1, day: '2026-01-01', what: 'call' }, { who: 1, day: '2026-01-02', what: 'order' }, { who: 1, day: '2026-01-03', what: 'call' }], { customer: 'who', time: 'day', item: 'what' });
    expect(contactCounts(bare, { contacts: 'call', unit: 'day' })).toMatchObject({ contacts: Float64Array.of(1), exposure: Float64Array.of(2) });
  });

  it('refuses what cannot be meant', () => {
    const code = (options: unknown): string => errorCode(() => contactCounts(log, options as ContactCountsOptions));
    expect(code({})).toBe('INVALID_OPTION');
    expect(code({ contacts: 'letter' })).toBe('UNKNOWN_ID');
    expect(code({ contacts: 'call', asOf: '2026-01-02' })).toBe('EMPTY_INPUT');
    expect(code({ contacts: 'call', unit: 'days' })).toBe('INVALID_OPTION');
  });
});

describe('fitContactCounts', () => {
  const even = [1, 3, 2, 6, 5, 7].map((contacts, i) => ({ plan: i < 3 ? 'basic' : 'gold', contacts, exposure: i === 4 ? 6 : 12 }));
  const uneven = [0, 1, 0, 8, 0, 1, 0, 6].map((contacts) => ({ contacts, exposure: 12 }));

  it('Poisson counts: the rate of each plan is contacts over exposure', () => {
    const model = fitContactCounts(even, { unit: 'month' });
    expect([model.family, model.overdispersion, model.unit]).toEqual(['poisson', 0, 'month']);
    const [basic, gold] = model.expected([{ plan: 'basic' }, { plan: 'gold' }], { months: 6 });
    expect(basic).toBeCloseTo(1, 10);
    expect(gold).toBeCloseTo((18 / 30) * 6, 10);
    expect([...model.expectedGivenHistory(even, { months: 6 })]).toEqual([...model.expected(even, { months: 6 })]);
    expect([...model.expected(even, { days: 0 })]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('overdispersed counts: what is expected of a customer lies between all and the own rate, and adds up', () => {
    const model = fitContactCounts(uneven, { unit: 'month' });
    expect(model.family).toBe('negative-binomial');
    const own = model.expectedGivenHistory(uneven, { months: 12 });
    expect(own[0]!).toBeGreaterThan(0);
    expect(own[0]!).toBeLessThan(own[1]!);
    expect(own[3]!).toBeLessThan(8);
    // Where exposures are alike the score equation makes the total that of the counts.
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(16, 6);
  });

  it('finds a known rate and heterogeneity again', () => {
    const random = createRandom(4);
    const [contacts, exposure] = [new Float64Array(4000), new Float64Array(4000)];
    for (let i = 0; i < 4000; i++) {
      // A gamma law of shape 2: the sum of two exponentials.
      const rate = 0.25 * -Math.log((1 - random.uniform()) * (1 - random.uniform()));
      exposure[i] = 1 + random.integer(24);
      for (let at = -Math.log(1 - random.uniform()) / rate; at < exposure[i]!; at -= Math.log(1 - random.uniform()) / rate) contacts[i]!++;
    }
    const model = fitContactCounts({ contacts, exposure }, { unit: 'month' });
    expect(Math.abs(model.expected({ contacts: [0] }, { months: 1 })[0]! - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(model.overdispersion - 0.5)).toBeLessThan(0.06);
  });

  it('takes the names of columns, a Frame, and a family that is said', () => {
    const frame = Frame.fromColumns({ id: ['a', 'b', 'c', 'd'], calls: [1, 0, 2, 3], months: [5, 5, 5, 5] }, { id: 'id' });
    const model = fitContactCounts(frame, { unit: 'month', target: 'calls', exposure: 'months', family: 'poisson' });
    expect(model.expected(frame, { months: 5 })[0]).toBeCloseTo(1.5, 9);
    expect(fitContactCounts(even, { unit: 'month', family: 'negative-binomial' }).family).toBe('negative-binomial');
  });

  it('travels as JSON, also of version 1', () => {
    for (const model of [fitContactCounts(even, { unit: 'month' }), fitContactCounts(uneven, { unit: 'month' })]) {
      const read = ContactModel.fromJSON(JSON.parse(JSON.stringify(model)));
      expect([...read.expectedGivenHistory(even, { weeks: 3 })]).toEqual([...model.expectedGivenHistory(even, { weeks: 3 })]);
    }
    const stored = ContactModel.fromJSON(JSON.parse(readFileSync('test/formats/lifetime/ContactModel.v1.json', 'utf8')));
    expect(stored.expected([{ plan: 'gold' }], { months: 6 })[0]).toBeCloseTo(3.6, 10);
    expect(errorCode(() => ContactModel.fromJSON({}))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ContactModel.fromJSON({ ...stored.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
  });

  it('refuses what is no count, no exposure, no option', () => {
    const code = (rows: readonly object[], options: unknown = { unit: 'month' }): string => errorCode(() => fitContactCounts(rows, options as FitContactCountsOptions));
    expect(code([{ contacts: -1, exposure: 1 }])).toBe('INVALID_VALUE');
    expect(code([{ contacts: 1, exposure: 0 }])).toBe('INVALID_VALUE');
    expect(code([{ contacts: 0, exposure: 1 }])).toBe('NOT_IDENTIFIED');
    expect(code([{ contacts: 1 }])).toBe('UNKNOWN_COLUMN');
    expect(code([])).toBe('EMPTY_INPUT');
    expect(code(even, {})).toBe('INVALID_OPTION');
    expect(code(even, { unit: 'month', family: 'gamma' })).toBe('INVALID_OPTION');
    const model = fitContactCounts(uneven, { unit: 'month' });
    expect(errorCode(() => model.expectedGivenHistory([{ contacts: -1, exposure: 1 }], { months: 1 }))).toBe('INVALID_VALUE');
    expect(errorCode(() => model.expected(uneven, { months: -1 }))).toBe('INVALID_OPTION');
  });
});
