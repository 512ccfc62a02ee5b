import { describe, expect, it } from 'vitest';
import { readCsv } from '../../examples/quickstart/csv.mjs';
import { parseCsv } from '../../examples/quickstart/parseCsv.mjs';
import { guessColumns, type Guess } from '../../examples/quickstart/guessColumns.mjs';
import { readOptions } from '../../examples/quickstart/options.mjs';
import { count, decimal, interval, paragraph, percent, table } from '../../examples/quickstart/text.mjs';

const guess = (text: string, ...flags: string[]): Guess => guessColumns(parseCsv(text, { source: 'file.csv' }), readOptions(['file.csv', ...flags]));
const lines = (header: string, line: (i: number) => string, n = 60): string => [header, ...Array.from({ length: n }, (_, i) => line(i))].join('\n');

describe('the command line', () => {
  it('reads names, lists and numbers, and leaves the rest to be guessed', () => {
    const options = readOptions(['a.csv', '--target', 'y', '--features', 'a, b', '--exclude=c', '--value', 'paid', '--id', 'who', '--benefit', '30', '--delimiter', 'tab']);
    expect(options).toMatchObject({ file: 'a.csv', target: 'y', features: ['a', 'b'], exclude: ['c'], amount: 'paid', customer: 'who', benefit: 30, delimiter: '\t' });
    expect(options).toMatchObject({ help: false, time: undefined, contactCost: undefined, customers: 5000, seed: 7 });
  });

  it.each([
    [['--benefit', 'much'], /--benefit needs a number above 0, found "much"/],
    [['--budget=-1'], /--budget needs a number of at least 0, found "-1"/],
    [['--horizon', '2.5'], /--horizon needs a whole number above 0, found "2.5"/],
    [['--wrong', 'x'], /Unknown option '--wrong'.*--help/],
    [['a.csv', 'b.csv'], /One file at a time: found a\.csv and b\.csv/],
  ])('teaches on %j', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});

describe('reading a CSV file', () => {
  it('detects the delimiter, unquotes, keeps blanks, and forgets a byte order mark', () => {
    const read = parseCsv('\uFEFF"a";"b; c"\n1;" "\n\n2;"x;""y"""\n');
    expect(read).toMatchObject({ delimiter: ';', names: ['a', 'b; c'], rowCount: 2, notes: [] });
    expect(read.columns).toEqual({ a: ['1', '2'], 'b; c': [' ', 'x;"y"'] });
  });

  it('names a column that has no name, such as the index that pandas writes', () => {
    expect(parseCsv(',a\n0,1')).toMatchObject({ names: ['column 1', 'a'], notes: ['Column 1 has no name; it is called "column 1" here.'] });
  });

  it('says which rows are too short or too long', () => {
    const read = parseCsv('a,b\n1,2\n3\n4,5,6');
    expect(read.columns['b']).toEqual(['2', '', '5']);
    expect(read.notes[0]).toMatch(/^2 of 3 rows do not have 2 cells \(the first is row 2\)/);
  });

  it.each([
    ['', /file\.csv is empty\. It needs a first line/],
    ['\n \n', /file\.csv is empty/],
    ['a,b\n', /a line of column names \(a, b\) and no rows/],
    ['a,a\n1,2', /two columns named "a"/],
  ])('teaches on %j', (text, message) => {
    expect(() => parseCsv(text, { source: 'file.csv' })).toThrow(message);
  });

  it('teaches when there is no such file, or it is a folder', async () => {
    await expect(readCsv('no/such.csv')).rejects.toThrow(/Cannot read no\/such\.csv: there is no such file/);
    await expect(readCsv('test')).rejects.toThrow(/Cannot read test: it is a folder/);
  });
});

describe('guessing the columns', () => {
  it('finds the target by its name, the positive by its word, and knows the customer', () => {
    const found = guess(lines('ref,name,age,empty,churned,spend', (i) => `${1000 + i},person ${i},${20 + (i % 40)},,${i % 3 === 0 ? 'Yes' : 'No'},${i}`));
    expect(found).toMatchObject({ kind: 'customers', target: 'churned', positive: 'Yes', customer: undefined, exclude: [] });
    const padded = guess(lines('customer_id,age,churned', (i) => `${String(i).padStart(5, '0')},${20 + (i % 40)},${i % 3 === 0 ? 'Yes' : 'No'}`));
    expect(padded).toMatchObject({ customer: 'customer_id', exclude: ['customer_id'] });
  });

  it('leaves out what follows the outcome, where one of several outcomes is the target', () => {
    const campaign = lines('history,visit,conversion,spend', (i) => `${20 + (i % 40)},${i % 3 === 0 ? 1 : 0},${i % 6 === 0 ? 1 : 0},${i}`);
    const found = guess(campaign);
    expect(found).toMatchObject({ target: 'visit', exclude: ['conversion', 'spend'] });
    expect(found.notes.join('\n')).toMatch(/left out conversion and spend: known only after|left out conversion, spend: known only after/);
    expect(guess(campaign, '--target', 'conversion').exclude).toEqual(['visit', 'spend']);
    // What customers spend is a feature, often the best one, when the target is another matter.
    expect(guess(lines('age,spend,churn', (i) => `${20 + (i % 40)},${i},${i % 3 === 0 ? 1 : 0}`)).exclude).toEqual([]);
  });

  it('takes customer numbers with leading zeros as such', () => {
    const orders = lines('id,date,amount', (i) => `${String(i % 25).padStart(5, '0')},2026-0${1 + (i % 6)}-${10 + (i % 18)},${5 + i}`, 120);
    expect(guess(orders)).toMatchObject({ kind: 'transactions', customer: 'id', time: 'date', amount: 'amount' });
  });

  it('takes the last column as target when no name says so, and then the rarer value', () => {
    const text = lines('a,b', (i) => `${i % 7},${i % 4 === 0 ? 'gone' : 'here'}`);
    expect(guess(text)).toMatchObject({ target: 'b', positive: 'gone', exclude: [] });
    expect(guess(text, '--positive', 'here')).toMatchObject({ positive: 'here' });
    expect(guess(text, '--target', 'a', '--positive', '3')).toMatchObject({ target: 'a', positive: '3' });
    expect(guess(lines('x,y', (i) => `${i},${i % 2}.0`))).toMatchObject({ target: 'y', positive: '1' });
  });

  it('takes dates with returning customers as transactions', () => {
    const text = lines('order_id,customer_id,day,total,product', (i) => `${i}.5,${i % 30},202601${String((i % 28) + 1).padStart(2, '0')},${i}.25,p${i % 3}`);
    expect(guess(text)).toMatchObject({ kind: 'transactions', customer: 'customer_id', time: 'day', amount: 'total', item: 'product' });
    expect(guess(text, '--item', 'day').notes).toContain('item: day');
    expect(guess(text, '--exclude', 'total').notes.join()).toMatch(/no column of amounts found/);
  });

  it.each([
    [['--target', 'Y'], /--target names the column "Y", which file\.csv does not have; did you mean "y"\. Its columns are a, y/],
    [['--target', 'a'], /must have two values.*"a" has 5 \(0, 1, 2, 3, 4\)/],
    [['--target', 'y', '--positive', 'maybe'], /--positive maybe is no value of "y", which has no, yes/],
    [['--time', 'a'], /no column that looks like a customer number/],
  ])('teaches on %j', (flags, message) => {
    expect(() => guess(lines('a,y', (i) => `${i % 5},${i % 2 === 0 ? 'no' : 'yes'}`), ...flags)).toThrow(message);
  });

  it('says which column holds dates in a form it does not understand', () => {
    expect(() => guess(lines('customer_id,sold,amount', (i) => `${i % 20},${(i % 28) + 1}/3/2026,${i}`))).toThrow(/"sold" may hold dates, but "1\/3\/2026" is not understood: write days as 2026-06-30/);
  });

  it('takes a number for a product by its exact name only', () => {
    const text = (item: string): string => lines(`customer_id,day,${item}`, (i) => `${i % 30},2026-01-${String((i % 28) + 1).padStart(2, '0')},${i % 5}`);
    expect([guess(text('product')).item, guess(text('products')).item]).toEqual(['product', undefined]);
  });

  it('teaches when there is nothing to predict', () => {
    expect(() => guess(lines('a,b', (i) => `${i},${i * 2}`))).toThrow(/neither dates with customer numbers \(transactions\) nor a column of two values/);
  });
});

describe('text', () => {
  it('sets numbers to the right and words to the left', () => {
    expect(table(['name', 'n', 'share'], [['ann', 5, '3.1 %'], ['bo', 12, null]])).toBe(['  name   n  share', '  ----  --  -----', '  ann    5  3.1 %', '  bo    12'].join('\n'));
  });

  it('writes numbers as people read them', () => {
    expect([count(1234567.4), decimal(-1234.567), decimal(0.001), decimal(-0.001), decimal(NaN), decimal(Infinity), percent(0.1234)]).toEqual(['1,234,567', '-1,234.57', '0.00', '0.00', '–', 'no limit', '12.3 %']);
    expect(interval({ estimate: 0.8, lower: 0.75, upper: 0.85 })).toBe('0.800 (0.750 to 0.850)');
    expect(interval({ estimate: 0.8, lower: NaN, upper: NaN })).toBe('0.800');
  });

  it('breaks paragraphs at 110 characters', () => {
    expect(paragraph('word '.repeat(50).trim()).split('\n').every((line) => line.length <= 110)).toBe(true);
  });
});
