import { describe, expect, it } from 'vitest';
import { responseBySegment } from '../../../src/segmentation/actions/responseBySegment.js';
import { valueActions } from '../../../src/segmentation/actions/valueActions.js';
import { errorCode } from '../../errorCode.js';

describe('responseBySegment', () => {
  it('counts by hand, from numbers or from names, and leaves out who is in no segment or was not contacted', () => {
    const actions = ['mail', 'call', 'mail', null, 'mail', 'mail', undefined];
    const answers = [1, 0, true, null, 0, 1, null];
    const expected = { mail: [{ segment: 'a', contacts: 2, responses: 2 }, { segment: 'b', contacts: 1, responses: 0 }], call: [{ segment: 'b', contacts: 1, responses: 0 }] };
    expect(responseBySegment(Int32Array.of(0, 1, 0, 1, 1, -1, 0), actions, answers, { names: ['a', 'b'] })).toEqual(expected);
    expect(responseBySegment(['a', 'b', 'a', 'b', 'b', '', 'a'], actions, answers)).toEqual(expected);
  });

  it('names segments by their numbers where no names are given, and takes one action for all rows', () => {
    expect(responseBySegment([1, 1, 0], 'mail', [1, 1, 0])).toEqual({ mail: [{ segment: '0', contacts: 1, responses: 0 }, { segment: '1', contacts: 2, responses: 2 }] });
  });

  it('is what valueActions takes', () => {
    const { mail } = responseBySegment(['a', 'b', 'a'], 'mail', [1, 0, 1]);
    expect(valueActions([{ name: 'a', customers: 2 }, { name: 'b', customers: 1 }], [{ name: 'mail', contactCost: 1, benefit: 4, history: mail! }]).segments[0]!.actions[0]).toMatchObject({ contacts: 2, responses: 2 });
  });

  it('refuses what cannot be', () => {
    expect(errorCode(() => responseBySegment([], 'mail', []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => responseBySegment([0, 1], ['mail'], [0, 1]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => responseBySegment([0, 1], 'mail', [0]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => responseBySegment([0, 1.5], 'mail', [0, 1]))).toBe('INVALID_VALUE');
    expect(errorCode(() => responseBySegment([0, 1], 'mail', [0, 1], { names: ['a'] }))).toBe('INVALID_VALUE');
    for (const answer of [2, NaN, null, 'yes']) expect(errorCode(() => responseBySegment([0], 'mail', [answer as number]))).toBe('INVALID_VALUE');
    expect(errorCode(() => responseBySegment([0], 'mail', [0], { name: [] } as object))).toBe('INVALID_OPTION');
  });
});
