import { describe, expect, it } from 'vitest';
import { scaleEfficiency } from '../../../src/potential/envelopment/scaleEfficiency.js';
import { errorCode } from '../../errorCode.js';

const ONE = { inputs: ['staff'], outputs: ['sales'] } as const;

describe('scaleEfficiency', () => {
  it('splits what is lost into size and use, and says which way the size is wrong', () => {
    const size = scaleEfficiency({ name: ['A', 'B', 'C', 'D'], staff: [2, 4, 8, 8], sales: [20, 60, 80, 40] }, { ...ONE, unit: 'name' });
    expect(size.units).toEqual(['A', 'B', 'C', 'D']);
    [2 / 3, 1, 2 / 3, 1 / 3].forEach((value, i) => expect(size.constant[i]).toBeCloseTo(value, 12));
    [1, 1, 1, 0.5].forEach((value, i) => expect(size.variable[i]).toBeCloseTo(value, 12));
    [2 / 3, 1, 2 / 3, 2 / 3].forEach((value, i) => expect(size.scale[i]).toBeCloseTo(value, 12));
    expect(size.regions).toEqual(['increasing', 'constant', 'decreasing', 'decreasing']);
  });

  it('says nothing of the size of who cannot be compared or brings nothing', () => {
    const size = scaleEfficiency({ staff: [1, 4], sales: [10, 0] }, { ...ONE, reference: { staff: [2, 4], sales: [20, 60] } });
    expect(size.regions).toEqual([null, null]);
    expect(size.variable[0]).toBeNaN();
  });

  it('refuses options that are no question of size, in its own name', () => {
    const call = (options: object) => () => scaleEfficiency({ staff: [1], sales: [1] }, { ...ONE, ...options });
    expect(errorCode(call({ returns: 'constant' }))).toBe('INVALID_OPTION');
    expect(call({ inputs: [] })).toThrow('scaleEfficiency needs inputs');
  });
});
