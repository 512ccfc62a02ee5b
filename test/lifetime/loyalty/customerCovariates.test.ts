import { describe, expect, it } from 'vitest';
import { Encoding } from '../../../src/data/encoding.js';
import { Frame } from '../../../src/data/frame.js';
import { customerCovariates } from '../../../src/lifetime/loyalty/customerCovariates.js';
import { errorCode } from '../../errorCode.js';

const rows = [{ id: 1, plan: 'basic', age: 30, club: true }, { id: 2, plan: 'gold', age: null, club: false }, { id: 3, plan: 'plus', age: 50, club: true }];

describe('customerCovariates', () => {
  it('gives numbers as they are, levels as 0 and 1, and says what was missing', () => {
    const { covariates, names } = customerCovariates(Frame.fromRows(rows, { id: 'id' }));
    expect(names).toEqual(['plan=gold', 'plan=plus', 'age', 'age is missing', 'club']);
    expect(Object.fromEntries(names.map((name) => [name, [...covariates[name]!]]))).toEqual({ 'plan=gold': [0, 1, 0], 'plan=plus': [0, 0, 1], age: [30, 40, 50], 'age is missing': [0, 1, 0], club: [1, 0, 1] });
  });

  it('is replayed on new customers, also from JSON', () => {
    const { encoding } = customerCovariates(rows, { features: ['plan', 'club'] });
    const like = Encoding.fromJSON(JSON.parse(JSON.stringify(encoding)));
    const { covariates, names } = customerCovariates([{ plan: 'plus', club: false }, { plan: 'new', club: true }], { like });
    expect(names).toEqual(['plan=gold', 'plan=plus', 'club']);
    expect([...covariates['plan=plus']!]).toEqual([1, 1 / 3]);
  });

  it('pools rare levels', () => {
    const plans = ['a', 'a', 'b', 'c'].map((plan) => ({ plan }));
    expect(customerCovariates(plans, { minLevelCount: 2 }).names).toEqual(['plan=(other)']);
  });

  it('refuses options that contradict each other, and what is no encoding', () => {
    const { encoding } = customerCovariates(rows, { features: ['plan'] });
    expect(errorCode(() => customerCovariates(rows, { like: encoding, features: ['plan'] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => customerCovariates(rows, { like: {} as Encoding }))).toBe('INVALID_OPTION');
    expect(errorCode(() => customerCovariates([]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => customerCovariates([{ age: Infinity }, { age: 1 }]))).toBe('NON_FINITE_VALUE');
  });
});
