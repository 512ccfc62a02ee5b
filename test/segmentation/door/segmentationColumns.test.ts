import { describe, expect, it } from 'vitest';
import { parseTable } from '../../../src/data/takeRows.js';
import { segmentationColumns, type SegmentationColumns } from '../../../src/segmentation/door/segmentationColumns.js';

const rows = Array.from({ length: 60 }, (_, i) => ({
  customer_id: 1000 + 7 * i, line: i + 1, code: `K${i}`, joined: new Date(1e12 + i), country: 'x', town: `t${i % 55}`, age: 20 + ((i * 7) % 50), spend: 3 * i + 2, plan: i % 3 ? 'basic' : 'gold', member: i % 2 === 0, gone: null,
}));
const choose = (features?: readonly string[], except: readonly string[] = []): SegmentationColumns => segmentationColumns('fit', parseTable('fit', rows), features, except);

describe('segmentationColumns', () => {
  it('takes what can tell customers apart, and says what it left out and why', () => {
    expect(choose()).toEqual({
      numbers: ['age', 'spend', 'member'],
      categories: ['plan'],
      notes: [
        'left out customer_id: it names rows',
        'left out line: it names rows',
        'left out code: it names rows',
        'left out joined: it is a date; turn it into days before a moment to use it',
        'left out country: it has one value',
        'left out town: it has 55 levels; group them, or name it in features',
        'left out gone: it has no value',
      ],
    });
  });

  it('takes what is named, in that order, but for dates', () => {
    expect(choose(['plan', 'country', 'line'])).toEqual({ numbers: ['line'], categories: ['plan', 'country'], notes: [] });
    expect(() => choose(['age', 'joined'])).toThrow('fit cannot use column "joined": it is a date');
    expect(() => choose(['age', 'age'])).toThrow('fit found "age" twice');
    expect(() => choose(['spnd'])).toThrow('did you mean "spend"');
  });

  it('leaves out the columns that are something else', () => {
    expect(choose(undefined, ['spend', 'plan'])).toMatchObject({ numbers: ['age', 'member'], categories: [] });
  });

  it('takes columns of one value where there are no others: equal customers are one segment', () => {
    const equal = parseTable('fit', [{ a: 1, at: new Date(5), plan: 'x' }, { a: 1, at: new Date(6), plan: 'x' }]);
    expect(segmentationColumns('fit', equal, undefined, [])).toEqual({ numbers: ['a'], categories: ['plan'], notes: ['left out at: it is a date; turn it into days before a moment to use it'] });
  });

  it('says why there is nothing to go by', () => {
    expect(() => segmentationColumns('fit', parseTable('fit', [{ a: null }, { a: null }]), undefined, [])).toThrow('fit found no column that tells customers apart; left out a: it has no value; name columns in features');
    expect(() => segmentationColumns('fit', parseTable('fit', []), undefined, [])).toThrow('fit needs at least one row, found none');
  });
});
