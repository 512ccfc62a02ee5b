import { describe, expect, it } from 'vitest';
import { readBinaryTarget, type TargetValue } from '../../src/data/binaryTarget.js';
import { Frame } from '../../src/data/frame.js';
import { readRowNumbers, readWeights } from '../../src/data/rowNumbers.js';
import { readTable } from '../../src/data/table.js';

const read = (cells: readonly unknown[], positive?: TargetValue): [number[], TargetValue] => {
  const target = readBinaryTarget('test', readTable('test', { y: cells }), 'y', positive);
  return [[...target.labels], target.positive];
};

describe('readBinaryTarget', () => {
  it('takes 1, true, or the later level by code unit', () => {
    expect(read([0, 1, null, 1])).toEqual([[0, 1, -1, 1], 1]);
    expect(read([true, false, null])).toEqual([[1, 0, -1], true]);
    expect(read(['yes', 'no', ''])).toEqual([[1, 0, -1], 'yes']);
    expect(read(['0', '1'])).toEqual([[0, 1], 1]);
  });

  it('takes the value asked for, and every other as 0', () => {
    expect(read(['good', 'bad'], 'bad')).toEqual([[0, 1], 'bad']);
    expect(read(['a', 'b', 'c', null], 'b')).toEqual([[0, 1, 0, -1], 'b']);
    expect(read([1, 2, 3], '2')).toEqual([[0, 1, 0], 2]);
    expect(read([true, false], 'false')).toEqual([[0, 1], false]);
  });

  it.each([
    [[1, 1], undefined, 'needs a target of two classes, found 1 in column "y"; add rows of the other class'],
    [[null, null], undefined, 'found no known value in column "y"; give labels, whose horizon ends before the log'],
    [['a', 'a'], 'a', 'found "a" in column "y"; add rows of the other class'],
    [['a', 'b', 'c'], undefined, 'found "a", "b", "c" in column "y"; say with positive which value counts as 1'],
    [[1, 2], undefined, 'found 1, 2 in column "y"; say with positive'],
    [[1, 2, 3, 4, 5, 6, 7], undefined, 'found 1, 2, 3, 4, 5, …'],
    [['a', 'b'], 'c', 'found no row where "y" is "c"; its values are "a", "b"'],
  ])('refuses %j with positive %j', (cells, positive, message) => {
    expect(() => read(cells, positive)).toThrow(message);
  });

  it('refuses dates and identifiers', () => {
    const frame = Frame.fromRows([{ at: new Date(0), id: 'a' }], { id: 'id' });
    expect(() => readBinaryTarget('test', readTable('test', frame), 'at')).toThrow('found column "at" of kind date');
    expect(() => readBinaryTarget('test', readTable('test', frame), 'id')).toThrow('of kind id');
  });
});

describe('readRowNumbers and readWeights', () => {
  const view = readTable('test', { w: [1, 2, 0], text: ['a', 'b', 'c'] });

  it('take a column or an array', () => {
    expect(readWeights('test', view, 'w')).toEqual(new Float64Array([1, 2, 0]));
    expect(readWeights('test', view, [1, 2, 3])).toEqual(new Float64Array([1, 2, 3]));
    expect(readRowNumbers('test', 'offset', view, new Int8Array([1, -2, 3]))).toEqual(new Float64Array([1, -2, 3]));
  });

  it.each([
    [[1, 2], 'needs weights as one number for each of the 3 rows, found 2'],
    [[1, NaN, 2], 'needs weights finite in every row, found NaN in row 1'],
    [[1, -1, 2], 'needs weights that are not negative, found -1 in row 1'],
    [[0, 0, 0], 'needs some weight above 0'],
    ['x', 'found no column "x"'],
    ['text', 'reads column "text" as numbers, found "a" in row 0'],
    [5, 'needs weights as the name of a column or an array of numbers, found 5'],
  ])('refuse %j', (given, message) => {
    expect(() => readWeights('test', view, given as string)).toThrow(message);
  });
});
