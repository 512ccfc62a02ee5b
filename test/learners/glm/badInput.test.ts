import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { fitGlm } from '../../../src/learners/glm/fitGlm.js';
import type { GlmOptions } from '../../../src/learners/glm/glmOptions.js';

const data = [
  { x: 1, y: 1, w: 1 },
  { x: 2, y: 3, w: 1 },
  { x: 3, y: 2, w: 1 },
];

function refusal(options: object, rows: readonly object[] = data): [code: string, message: string] {
  try {
    fitGlm(rows, { target: 'y', family: 'poisson', ...options } as unknown as GlmOptions);
  } catch (error) {
    if (isClientelaError(error)) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
}
const withTarget = (y: unknown): readonly object[] => [...data.slice(0, 2), { x: 3, y, w: 1 }];

describe('fitGlm refuses, and says why', () => {
  it.each([
    ['a negative count', {}, -1, 'INVALID_VALUE', 'fitGlm needs a target of 0 or more for family "poisson", found -1 in column "y", row 2; net out returns beforehand, or use family \'gaussian\''],
    ['a gamma target of 0', { family: 'gamma' }, 0, 'INVALID_VALUE', 'fitGlm needs a target above 0 for family "gamma", found 0 in column "y", row 2; use family \'tweedie\', or model whether there is an amount apart'],
    ['a broken count', { family: 'negative-binomial' }, 1.5, 'INVALID_VALUE', 'fitGlm needs whole counts for family "negative-binomial", found 1.5 in column "y", row 2; use family \'poisson\' with standardErrors: \'robust\', or \'tweedie\''],
    ['a row without target', {}, null, 'MISSING_VALUE', 'fitGlm needs a target in every row, found none in column "y", row 2; leave out rows where it is not known'],
    ['an infinite target', {}, Infinity, 'NON_FINITE_VALUE', 'fitGlm needs finite numbers, found Infinity in column "y", row 2; leave out rows where it is not known'],
  ])('%s', (_, options, y, code, message) => {
    expect(refusal(options, withTarget(y))).toEqual([code, message]);
  });

  it.each([
    [{ family: 'binomial' }, 'family as one of poisson, negative-binomial, gamma, tweedie, gaussian, found "binomial"'],
    [{ target: undefined }, 'target as the name of a column, found undefined'],
    [{ tweediePower: 1.5 }, "tweediePower with family 'tweedie' only, found 1.5"],
    [{ family: 'tweedie', tweediePower: 2 }, "tweediePower between 1 and 2 (or 'estimate'); 1 is family 'poisson', 2 is family 'gamma', found 2"],
    [{ overdispersion: 1 }, "overdispersion with family 'negative-binomial' only, found 1"],
    [{ family: 'negative-binomial', overdispersion: -1 }, 'overdispersion of 0 or more, found -1'],
    [{ confidence: 1 }, 'confidence between 0 and 1, found 1'],
    [{ tolerance: 0 }, 'tolerance above 0, found 0'],
    [{ maxIterations: 0 }, 'maxIterations of 1 or more, found 0'],
    [{ standardErrors: 'HC3' }, "standardErrors as 'model', 'quasi', 'robust' or { cluster }, found \"HC3\""],
    [{ offset: 'w', exposure: 'w' }, 'exposure or offset, not both (add the logarithm of the exposure to the offset), found "w"'],
    [{ family: 'gaussian', exposure: 'w' }, "exposure with a family whose mean is never negative, not 'gaussian', found \"w\""],
  ])('the option %j', (options, message) => {
    expect(refusal(options)).toEqual(['INVALID_OPTION', `fitGlm needs ${message}`]);
  });

  it('the rest', () => {
    expect(refusal({ link: 'log' })[1]).toContain('fitGlm knows no option "link"');
    expect(refusal({ features: ['y'] })[1]).toContain('cannot use "y" as a feature');
    expect(refusal({}, data.map((row) => ({ ...row, y: 0 })))).toEqual(['NOT_IDENTIFIED', 'fitGlm needs some "y" above 0, found only 0: the mean has no finite logarithm']);
    expect(refusal({ weights: [1, 1] })[0]).toBe('LENGTH_MISMATCH');
    expect(refusal({ weights: [0, 0, 0] })[0]).toBe('EMPTY_INPUT');
    expect(refusal({ weights: [1, -1, 1] })[0]).toBe('INVALID_VALUE');
    expect(refusal({ offset: [1, NaN, 1] })[0]).toBe('NON_FINITE_VALUE');
    expect(refusal({ exposure: [1, 0, 1] })).toEqual(['INVALID_VALUE', 'fitGlm needs an exposure above 0 in every row, found 0 in row 1; leave out rows that were not exposed']);
    expect(refusal({ features: ['z'] })[0]).toBe('UNKNOWN_COLUMN');
    expect(refusal({ target: 'z' })[0]).toBe('UNKNOWN_COLUMN');
    expect(refusal({}, [])[0]).toBe('EMPTY_INPUT');
    expect(refusal({}, withTarget('many'))[0]).toBe('INVALID_VALUE');
    expect(refusal({ standardErrors: { cluster: ['a'] } })[0]).toBe('LENGTH_MISMATCH');
  });

  it('nothing of what a row of weight 0 holds', () => {
    const model = fitGlm([...data, { x: 9, y: -5, w: 0 }, { x: 1, y: NaN, w: 0 }], { target: 'y', family: 'poisson', weights: 'w', exposure: [1, 1, 1, -1, 0] });
    expect(model.coefficients.map(({ estimate }) => estimate)).toEqual(fitGlm(data, { target: 'y', family: 'poisson', features: ['x'] }).coefficients.map(({ estimate }) => expect.closeTo(estimate, 12) as number));
  });
});
