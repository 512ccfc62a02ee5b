import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import type { BoostedTreesOptions } from '../../../src/learners/trees/boostingOptions.js';
import { fitBoostedTrees } from '../../../src/learners/trees/fitBoostedTrees.js';

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'none';
}

const x = [1, 2, 3, 4];
const y = [0, 1, 0, 1];
const refusalOf = (options: object, data: Readonly<Record<string, readonly unknown[]>> = { x, y }): string => refusal(() => fitBoostedTrees(data, { target: 'y', ...options } as BoostedTreesOptions));

describe('fitBoostedTrees refuses', () => {
  it.each([
    [{ tree: 5 }, 'INVALID_OPTION fitBoostedTrees knows no option "tree"; its options are target,'],
    [{ trees: 0 }, 'INVALID_OPTION fitBoostedTrees needs trees as a whole number of at least 1, found 0'],
    [{ trees: 2.5 }, 'INVALID_OPTION fitBoostedTrees needs trees as a whole number of at least 1, found 2.5'],
    [{ learningRate: -1 }, 'INVALID_OPTION fitBoostedTrees needs learningRate above 0, at most 1, found -1'],
    [{ learningRate: 5 }, 'INVALID_OPTION fitBoostedTrees needs learningRate above 0, at most 1, found 5'],
    [{ l2: NaN }, 'INVALID_OPTION fitBoostedTrees needs l2 of 0 or more, found NaN'],
    [{ rowShare: 1.5 }, 'INVALID_OPTION fitBoostedTrees needs rowShare above 0, at most 1, found 1.5'],
    [{ featureShare: '1' }, 'INVALID_OPTION fitBoostedTrees needs featureShare above 0, at most 1, found "1"'],
    [{ quantile: 1 }, 'INVALID_OPTION fitBoostedTrees needs quantile between 0 and 1, found 1'],
    [{ tweediePower: 2 }, 'INVALID_OPTION fitBoostedTrees needs tweediePower between 1 and 2, found 2'],
    [{ maxBins: 1 }, 'INVALID_OPTION fitBoostedTrees needs maxBins as a whole number from 2 to 255, found 1'],
    [{ maxBins: 256 }, 'INVALID_OPTION fitBoostedTrees needs maxBins as a whole number from 2 to 255, found 256'],
    [{ seed: 0.5 }, 'INVALID_OPTION fitBoostedTrees needs seed as a whole number, found 0.5'],
    [{ loss: 'hinge' }, 'INVALID_OPTION fitBoostedTrees needs loss as one of logistic, multinomial,'],
    [{ monotone: { x: 'up' } }, 'INVALID_OPTION fitBoostedTrees needs monotone.x as one of increasing, decreasing, found "up"'],
    [{ monotone: { z: 'increasing' } }, 'INVALID_OPTION fitBoostedTrees cannot hold "z" monotone: it is none of the features; name it there too'],
    [{ earlyStopping: { share: 1 } }, 'INVALID_OPTION fitBoostedTrees needs earlyStopping.share between 0 and 1, found 1'],
    [{ earlyStopping: { rounds: 0 } }, 'INVALID_OPTION fitBoostedTrees needs earlyStopping.rounds as a whole number of at least 1, found 0'],
    [{ earlyStopping: { patience: 3 } }, 'INVALID_OPTION fitBoostedTrees knows no option "patience"; its options are rounds, share, time, rows'],
    [{ earlyStopping: { rows: [0, 1, 2, 3] } }, 'EMPTY_INPUT fitBoostedTrees needs rows to learn from and rows held out by earlyStopping, found 0 and 4'],
    [{ earlyStopping: { rows: [0, 4] } }, 'INVALID_OPTION fitBoostedTrees needs earlyStopping.rows as positions from 0 to 3, found 4'],
    [{ earlyStopping: { rows: [0], share: 0.5 } }, 'INVALID_OPTION fitBoostedTrees takes earlyStopping.rows instead of share and time; leave out one or the other'],
    [{ earlyStopping: { rows: [1, 3] } }, 'TARGET_CLASSES fitBoostedTrees needs two classes of "y" among the rows that earlyStopping does not hold out, found one; hold out others'],
    [{ earlyStopping: { rows: [1, 3] }, loss: 'poisson' }, 'INVALID_VALUE fitBoostedTrees needs some above 0 of "y" among the rows that earlyStopping does not hold out, found none; hold out others'],
    [{ features: ['x', 'y'] }, 'INVALID_OPTION fitBoostedTrees needs features without the target, found "y"'],
    [{ features: 'x' }, 'INVALID_OPTION fitBoostedTrees needs features as an array of names, found "x"'],
    [{ features: ['x', 'x'] }, 'DUPLICATE_COLUMN fitBoostedTrees found "x" twice in features; name it once'],
    [{ features: [] }, 'EMPTY_INPUT fitBoostedTrees needs at least one feature, found none; name them in features'],
    [{ features: ['z'] }, 'UNKNOWN_COLUMN fitBoostedTrees found no column "z"'],
    [{ target: 'z' }, 'UNKNOWN_COLUMN fitBoostedTrees found no column "z"'],
    [{ positive: 2 }, 'TARGET_CLASSES fitBoostedTrees found no row where "y" is 2'],
    [{ positive: 1, loss: 'squared' }, 'INVALID_OPTION fitBoostedTrees takes positive for two classes only, and the loss is squared; leave it out'],
    [{ loss: 'gamma' }, 'INVALID_VALUE fitBoostedTrees with loss gamma needs a target above 0 (tweedie takes 0 too), found 0 in column "y", row 0'],
    [{ weights: [1, 1, 1] }, 'LENGTH_MISMATCH fitBoostedTrees needs weights as one number for each of the 4 rows, found 3'],
    [{ weights: [1, 0, 1, 0] }, 'TARGET_CLASSES fitBoostedTrees needs two classes of "y" or more among the rows of weight above 0, found 1', { x, y: ['a', 'b', 'a', 'b'] }],
  ] as const)('%j: %s', (options, expected, data?: object) => {
    expect(refusalOf(options, data as Record<string, readonly unknown[]> | undefined)).toContain(expected);
  });

  it.each([
    [{ x, y: [0, 1, null, 1] }, {}, 'MISSING_VALUE fitBoostedTrees needs a target in every row, found none in column "y", row 2; leave out rows that are not labelled'],
    [{ x, y: ['a', 'b', null, 'c'] }, {}, 'MISSING_VALUE fitBoostedTrees needs a target in every row, found none in column "y", row 2'],
    [{ x, y: [1, 5, 3, Infinity] }, {}, 'NON_FINITE_VALUE fitBoostedTrees needs finite numbers, found Infinity in column "y", row 3'],
    [{ x: [1, 2, -Infinity, 3], y }, {}, 'NON_FINITE_VALUE fitBoostedTrees needs finite numbers, found -Infinity in column "x", row 2'],
    [{ x, y: [0, -1, 2, 3] }, { loss: 'poisson' }, 'INVALID_VALUE fitBoostedTrees with loss poisson needs a target of 0 or more, and some above 0, found -1 in column "y", row 1'],
    [{ x, y: [0, 0, 0, 0] }, { loss: 'tweedie' }, 'INVALID_VALUE fitBoostedTrees with loss tweedie needs a target of 0 or more, and some above 0, found 0 in column "y", row 0'],
    [{ x, y: ['a', 'b', 'a', 'b'] }, { loss: 'squared' }, 'COLUMN_KIND fitBoostedTrees with loss squared cannot predict column "y" of kind category; choose another loss'],
    [{ x, y: ['a', 'a', 'a', 'a'] }, {}, 'TARGET_CLASSES fitBoostedTrees'],
    [{ x, y: ['a', 'a', 'a', 'a'] }, { loss: 'multinomial' }, 'TARGET_CLASSES fitBoostedTrees needs two classes of "y" or more among the rows of weight above 0, found 1'],
    [{ x, y: x.map((day) => new Date(day)) }, {}, 'COLUMN_KIND fitBoostedTrees needs a target of two classes, found column "y" of kind date'],
    [{ x: x.map((day) => new Date(day)), y }, {}, 'COLUMN_KIND fitBoostedTrees cannot use column "x" of kind date; turn it into days before a date, or leave it out of features'],
    [{ x: ['a', 'b', 'a', 'b'], y }, { monotone: { x: 'increasing' } }, 'COLUMN_KIND fitBoostedTrees cannot hold column "x" monotone: it is a category; leave it out of monotone'],
    [{ x, y, day: ['a', 'b', 'a', 'b'] }, { earlyStopping: { time: 'day' } }, 'COLUMN_KIND fitBoostedTrees needs dates or numbers as earlyStopping.time, found column "day" of kind category'],
    [{ x, y, day: [1, null, 2, 3] }, { earlyStopping: { time: 'day' } }, 'MISSING_VALUE fitBoostedTrees needs a time in every row, found none in column "day", row 1'],
    [{ x: [], y: [] }, {}, 'EMPTY_INPUT fitBoostedTrees needs at least one row, found none'],
  ] as const)('%j', (data, options, expected) => {
    expect(refusalOf(options, data)).toContain(expected);
  });

  it('an identifier named as a feature, and leaves others out by itself', async () => {
    const { Frame } = await import('../../../src/data/frame.js');
    const frame = Frame.fromColumns({ id: [7, 8, 9, 10], x, y }, { id: 'id' });
    expect(fitBoostedTrees(frame, { target: 'y' }).features).toEqual(['x']);
    expect(refusal(() => fitBoostedTrees(frame, { target: 'y', features: ['id'] }))).toContain('COLUMN_KIND fitBoostedTrees cannot use column "id" of kind id; an identifier is no feature');
  });

  it('nothing of a row of weight 0, whatever it holds', () => {
    const model = fitBoostedTrees({ x, y: ['a', 'b', 'a', null], weights: [1, 1, 2, 0] }, { target: 'y', weights: 'weights' });
    expect(model.report).toMatchObject({ rowCount: 3, weight: 4 });
    expect(model.features).toEqual(['x']);
  });
});
