import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitLinePotential } from '../../../src/potential/lines/fitLinePotential.js';
import { LinePotential } from '../../../src/potential/lines/linePotential.js';
import type { CustomerPotentials } from '../../../src/potential/customerPotentials.js';

const random = createRandom(8);
const customers = Array.from({ length: 240 }, (_, id) => {
  const size = 1 + random.integer(5);
  const spend = (level: number, buys: number): number => (random.uniform() < buys ? level * size * Math.exp(0.3 * random.normal() - Math.abs(0.7 * random.normal())) : 0);
  return { id, size, food: spend(100, 0.95), drinks: spend(40, 0.6), wine: spend(30, 0.5), wallet: null as number | null };
});
const lines = { food: 'food', drinks: 'drinks', wine: 'wine' } as const;
const options = { lines, features: ['size'], customer: 'id', estimators: ['halfNormal'] } as const;
const fitted = fitLinePotential(customers, options);
const found = fitted.predict(customers);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error.code;
    throw error;
  }
  return 'none';
}

function expectSound({ present, potential, headroom, potentialLower, potentialUpper, wallet, participation, share, shareLower, shareUpper, ownVariance, sharedLoadings, sharedCount }: CustomerPotentials): void {
  expect(sharedLoadings.length).toBe(present.length * sharedCount);
  for (let i = 0; i < present.length; i++) {
    expect(potential[i]).toBeGreaterThanOrEqual(present[i]!);
    expect(headroom[i]).toBe(potential[i]! - present[i]!);
    expect(present[i]! <= potentialLower[i]! && potentialLower[i]! <= potential[i]! && potential[i]! <= potentialUpper[i]!).toBe(true);
    expect(wallet[i]).toBeGreaterThanOrEqual(potential[i]! * (1 - 1e-12));
    expect(participation[i]! >= 0 && participation[i]! <= 1 && shareLower[i]! >= 0 && share[i]! >= 0 && shareUpper[i]! <= 1).toBe(true);
    expect(ownVariance[i]).toBeGreaterThanOrEqual(0);
  }
}

describe('fitLinePotential', () => {
  it('gives lines that add up to the total for every customer, none below what is spent', () => {
    found.total.potential.forEach((total, i) => {
      const sum = found.perLine.reduce((so, { potential }) => so + potential[i]!, 0);
      expect(Math.abs(total - sum)).toBeLessThan(1e-9 * (1 + total));
    });
    [...found.perLine, found.total].forEach(expectSound);
    found.perLine.forEach(({ present, customers: names }, line) => {
      expect([...present]).toEqual(customers.map((customer) => customer[fitted.lines[line] as 'food']));
      expect(names?.[5]).toBe(5);
    });
    expect([...found.total.present]).toEqual(customers.map(({ food, drinks, wine }) => food + drinks + wine));
  });

  it('says what the reconciliation moved', () => {
    expect(found.adjustments.map(({ name }) => name)).toEqual(['food', 'drinks', 'wine', 'total']);
    const [food, , , total] = found.adjustments;
    expect(food!.before).toBeCloseTo(fitted.models[0]!.predict(customers).potential.reduce((a, b) => a + b, 0), 6);
    expect(total!.after).toBeCloseTo(found.adjustments.slice(0, 3).reduce((sum, { after }) => sum + after, 0), 6);
    // Between what the lines add up to and what the total by itself says.
    const sum = found.adjustments.slice(0, 3).reduce((so, { before }) => so + before, 0);
    expect(total!.after).toBeGreaterThan(Math.min(sum, total!.before) * 0.999);
    expect(total!.after).toBeLessThan(Math.max(sum, total!.before) * 1.001);
  });

  it('counts lines that share one wallet once', () => {
    const model = fitLinePotential(customers, { ...options, substitutes: [['drinks', 'wine']] });
    const { perLine, total, adjustments } = model.predict(customers);
    total.potential.forEach((amount, i) => expect(Math.abs(amount - perLine.reduce((sum, { potential }) => sum + potential[i]!, 0))).toBeLessThan(1e-9 * (1 + amount)));
    perLine.forEach(expectSound);
    expect(adjustments.map(({ name }) => name)).toEqual(['food', 'drinks', 'wine', 'drinks + wine', 'total']);
    const group = adjustments[3]!;
    expect(group.after).toBeCloseTo(adjustments[1]!.after + adjustments[2]!.after, 6);
    expect(group.present).toBeCloseTo(adjustments[1]!.present + adjustments[2]!.present, 6);
    const back = LinePotential.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back.predict(customers)).toEqual(model.predict(customers));
  });

  it('without a total of its own adds up the lines as they are', () => {
    const model = fitLinePotential(customers, { ...options, total: false });
    expect(model.totalModel).toBeNull();
    const { perLine, total } = model.predict(customers);
    perLine.forEach(({ potential }, line) => expect(potential).toEqual(model.models[line]!.predict(customers).potential));
    expectSound(total);
    expect(total.sharedCount).toBe(perLine.reduce((sum, { sharedCount }) => sum + sharedCount, 0));
    expect(total.ownVariance[3]).toBeCloseTo(perLine.reduce((sum, { ownVariance }) => sum + ownVariance[3]!, 0), 6);
  });

  it('does not use the spends of other lines, unless features say so; takes prospects, blanks and any form of data', () => {
    const open = fitLinePotential(customers.map(({ id: _, wallet: __, ...rest }) => rest), { lines, estimators: ['halfNormal'] });
    open.models.forEach(({ features }) => expect(features).toEqual(['size']));
    const prospects = fitted.predict([{ size: 2 }, { size: 5 }], { prospects: true });
    [...prospects.perLine, prospects.total].forEach(expectSound);
    expect(prospects.total.potential[0]! < prospects.total.potential[1]!).toBe(true);
    const blank = fitted.predict([{ id: 1, size: 2, food: 50, drinks: null, wine: null }, { id: 2, size: 2, food: null, drinks: null, wine: null }]);
    expect([...blank.total.present]).toEqual([50, 0]);
    const few = customers.slice(0, 6);
    const rows = fitted.predict(few);
    expect(fitted.predict(Frame.fromRows(few))).toEqual(rows);
    expect(fitted.predict({ id: few.map(({ id }) => id), size: few.map(({ size }) => size), food: few.map(({ food }) => food), drinks: few.map(({ drinks }) => drinks), wine: Float64Array.from(few, ({ wine }) => wine) })).toEqual(rows);
    expect(rows.total.potential).toEqual(found.total.potential.slice(0, 6));
  });

  it('learns the total from known wallets where a sample has them', () => {
    const asked = customers.map((customer, i) => ({ ...customer, wallet: i % 3 === 0 ? 2 * (customer.food + customer.drinks + customer.wine) + 1 : null }));
    const model = fitLinePotential(asked, { ...options, estimators: ['halfNormal', 'known'], knownWallets: 'wallet', lines: { food: 'food', drinks: 'drinks' } });
    expect(model.totalModel!.report.known).not.toBeNull();
    expect(model.models[0]!.report.known).toBeNull();
    expect(codeOf(() => fitLinePotential(asked, { ...options, estimators: ['known'] }))).toBe('INVALID_OPTION');
  });

  it('refuses columns given twice, spends as features, and options it does not know', () => {
    const wrong = (changes: object): string => codeOf(() => fitLinePotential(customers, { ...options, ...changes }));
    expect(wrong({ lines: { food: 'food', more: 'food' } })).toBe('DUPLICATE_COLUMN');
    expect(wrong({ lines: {} })).toBe('INVALID_OPTION');
    expect(wrong({ lines: { food: 3 } })).toBe('INVALID_OPTION');
    expect(wrong({ lines: { food: 'fod' } })).toBe('UNKNOWN_COLUMN');
    expect(wrong({ features: ['size', 'wine'] })).toBe('INVALID_OPTION');
    expect(wrong({ total: 1 })).toBe('INVALID_OPTION');
    expect(wrong({ total: false, knownWallets: 'wallet' })).toBe('INVALID_OPTION');
    expect(wrong({ substitutes: [['food', 'cheese']] })).toBe('INVALID_OPTION');
    expect(wrong({ spend: 'food' })).toBe('INVALID_OPTION');
    expect(codeOf(() => fitLinePotential(customers.map((customer, i) => (i === 4 ? { ...customer, wine: -1 } : customer)), options))).toBe('INVALID_VALUE');
    expect(codeOf(() => LinePotential.fromJSON({ format: 'LinePotential', formatVersion: 2 }))).toBe('MODEL_VERSION');
  });
});
