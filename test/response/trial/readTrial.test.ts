import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { readTrial } from '../../../src/response/trial/readTrial.js';
import type { TrialOptions } from '../../../src/response/trial/trialOptions.js';

const mailing = {
  mail: ['none', 'mens', 'womens', 'none', 'mens', 'womens', 'none', 'mens'],
  bought: ['no', 'yes', 'no', 'yes', 'no', 'no', 'no', 'yes'],
  spend: [0, 20, 0, 5, 0, 0, 0, 12.5],
  size: [1, 2, 1, 1, 2, 1, 1, 0],
};
const read = (options: Partial<TrialOptions>, data: object = mailing): ReturnType<typeof readTrial> =>
  readTrial('fitUplift', data as typeof mailing, { target: 'bought', treatment: 'mail', control: 'none', ...options });
const failure = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('readTrial', () => {
  it('reads two classes and names the arms by code unit, control first', () => {
    const trial = read({});
    expect(trial).toMatchObject({ treatments: ['mens', 'womens'], control: 'none', positive: 'yes', isBinary: true, weights: null, propensityStride: 0 });
    expect([...trial.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...trial.outcomes]).toEqual([0, 1, 0, 1, 0, 0, 0, 1]);
    expect([...trial.arms]).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
    expect([...trial.counts]).toEqual([3, 3, 2]);
    expect([...trial.propensities]).toEqual([3 / 8, 3 / 8, 2 / 8]);
  });

  it('leaves out rows of arms that are not asked for, in the order of the data', () => {
    const trial = read({ treatments: ['womens'] });
    expect([...trial.rows]).toEqual([0, 2, 3, 5, 6]);
    expect([...trial.arms]).toEqual([0, 1, 0, 1, 0]);
    expect([...trial.shares]).toEqual([3 / 5, 2 / 5]);
  });

  it('keeps the order of treatments asked for', () => {
    expect(read({ treatments: ['womens', 'mens'] }).treatments).toEqual(['womens', 'mens']);
  });

  it('takes a row of weight 0 for no row, even without outcome or arm', () => {
    const data = { ...mailing, mail: [...mailing.mail, null, 'mens'], bought: [...mailing.bought, 'yes', null], size: [1, 2, 1, 1, 2, 1, 1, 1, 0, 0], spend: [...mailing.spend, 1, 1] };
    const trial = read({ weights: 'size' }, data);
    expect([...trial.rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...trial.weights!]).toEqual([1, 2, 1, 1, 2, 1, 1, 1]);
    expect([...trial.shares]).toEqual([3 / 10, 5 / 10, 2 / 10]);
  });

  it('reads numbers as they are', () => {
    const trial = read({ target: 'spend' });
    expect(trial).toMatchObject({ isBinary: false, positive: null });
    expect([...trial.outcomes]).toEqual(mailing.spend);
  });

  it('reads a treatment of booleans or of numbers, and control as people write it', () => {
    const flags = { bought: [0, 1, 0, 1], mail: [true, false, false, true] };
    for (const control of [false, 0, 'false']) expect(read({ control }, flags)).toMatchObject({ treatments: ['true'], control: 'false' });
    const numbers = { bought: [0, 1, 0, 1, 1, 1], mail: [1, 0, 0, 1, 10, 10] };
    for (const control of [false, 0, '0']) expect(read({ control }, numbers)).toMatchObject({ treatments: ['1', '10'], control: '0' });
    expect([...read({ control: 0, treatments: [10] }, numbers).arms]).toEqual([0, 0, 1, 1]);
  });

  it('takes known propensities as a number, by arm, and by row', () => {
    expect([...read({ treatments: ['mens'], propensity: 0.7 }).propensities].map((p) => Number(p.toFixed(12)))).toEqual([0.3, 0.7]);
    expect([...read({ propensity: { mens: 0.5, womens: 0.25 } }).propensities]).toEqual([0.25, 0.5, 0.25]);
    expect([...read({ propensity: { mens: 0.25, womens: 0.25, none: 0.25 } }).propensities]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const chance = [0.5, 0.25, 0.5, 0.5, 0.75, 0.5, 0.5, 0.25];
    const trial = read({ treatments: ['mens'], propensity: chance });
    expect(trial.propensityStride).toBe(2);
    expect([...trial.rows].map((row, i) => [row, trial.propensities[i * 2], trial.propensities[i * 2 + 1]])).toEqual(
      [...trial.rows].map((row) => [row, 1 - chance[row]!, chance[row]]),
    );
    expect(read({ treatments: ['mens'], propensity: 'chance' }, { ...mailing, chance }).propensities).toEqual(trial.propensities);
  });

  it('teaches what the data lack', () => {
    expect(failure(() => read({ control: 'nothing' }))).toBe(
      'INVALID_OPTION: fitUplift found no row where "mail" is "nothing", which control names; its values are "mens", "none", "womens"',
    );
    expect(failure(() => read({ treatments: ['email'] }))).toMatch(/^INVALID_OPTION: .* is "email", which treatments names/);
    expect(failure(() => read({ treatments: ['none'] }))).toMatch(/^INVALID_OPTION: .*it is the control/);
    expect(failure(() => read({ treatments: ['mens', 'mens'] }))).toMatch(/^INVALID_OPTION: .*it is there twice/);
    expect(failure(() => read({ treatments: [] }))).toMatch(/^INVALID_OPTION: .*leave it out for all/);
    expect(failure(() => read({}, { ...mailing, mail: mailing.mail.map((mail, i) => (i === 0 ? 'one' : mail)), bought: mailing.bought, size: mailing.size }))).toMatch(
      /^NOT_IDENTIFIED: fitUplift needs at least two rows of every arm, found 1 of treatment "one"/,
    );
    expect(failure(() => read({}, { mail: ['none', 'mens', 'mens'], bought: [0, 1, 1] }))).toMatch(/^NOT_IDENTIFIED: .*found 1 of control "none".*left alone$/);
    expect(failure(() => read({}, { mail: ['none', 'none'], bought: [0, 1] }))).toMatch(/^NOT_IDENTIFIED: .*needs a treatment beside control/);
    expect(failure(() => read({}, { mail: ['none', null, 'mens'], bought: [0, 1, 1] }))).toMatch(/^MISSING_VALUE: .*column "mail", row 1/);
    expect(failure(() => read({}, { mail: ['none', 'none', 'mens', 'mens'], bought: [0, 1, null, 1] }))).toMatch(/^MISSING_VALUE: .*column "bought", row 2/);
    expect(failure(() => read({}, { mail: ['none', 'none', 'mens', 'mens'], bought: [0, 1, Infinity, 2] }))).toMatch(/^(NON_FINITE_VALUE|INVALID_VALUE): .*"bought".*row 2/);
    expect(failure(() => read({ treatments: ['womens'], target: 'y' }, { ...mailing, y: [0, 1, 0, 0, 1, 0, 0, 1] }))).toMatch(/^TARGET_CLASSES: .*needs both classes of "y"/);
    expect(failure(() => read({}, []))).toMatch(/^EMPTY_INPUT/);
    expect(failure(() => read({ treatment: 'mial' }))).toMatch(/^UNKNOWN_COLUMN/);
  });

  it('takes up to 100 arms', () => {
    const many = (count: number): object => ({ mail: Array.from({ length: 2 * count }, (_, i) => (i >> 1 ? `m${i >> 1}` : 'none')), bought: Array.from({ length: 2 * count }, (_, i) => (i % 2 ? 'yes' : 'no')) });
    expect(read({}, many(100)).treatments).toHaveLength(99);
    expect(failure(() => read({}, many(101)))).toMatch(/^COLUMN_KIND: .*found more than 100 in column "mail"/);
  });

  it('refuses propensities that are none', () => {
    expect(failure(() => read({ treatments: ['mens'], propensity: null as unknown as number }))).toMatch(/^INVALID_OPTION: .*propensity/);
    expect(failure(() => read({ propensity: 0.5 }))).toMatch(/^INVALID_OPTION: .*a probability for each of "mens", "womens"/);
    expect(failure(() => read({ propensity: { mens: 0.5 } }))).toMatch(/^INVALID_OPTION: .*of treatment "womens"/);
    expect(failure(() => read({ propensity: { mens: 0.5, womens: 0.5 } }))).toMatch(/^INVALID_OPTION: .*leaves something for control/);
    expect(failure(() => read({ propensity: { mens: 0.5, womens: 0.3, none: 0.4 } }))).toMatch(/^INVALID_OPTION: .*leaves nothing over 1/);
    expect(failure(() => read({ propensity: { mens: 0.5, womens: 0.3, email: 0.1 } }))).toMatch(/^INVALID_OPTION: .*"email", which is no arm here/);
    expect(failure(() => read({ treatments: ['mens'], propensity: 1 }))).toMatch(/^INVALID_OPTION: .*between 0 and 1/);
    expect(failure(() => read({ treatments: ['mens'], propensity: mailing.bought.map((_, i) => (i === 4 ? 0 : 0.5)) }))).toMatch(/^INVALID_OPTION: .*in row 4, found 0/);
  });
});
