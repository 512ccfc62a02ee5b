import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { describeWithShared, readCsv } from './shared.js';

const TELCO = 'data/churn/telco_customer_churn.csv';
const CDNOW = 'data/lifetime/cdnow_sample.csv';

describeWithShared('Frame on the files people have', [TELCO, CDNOW], () => {
  it('reads the Telco file, where TotalCharges is text with eleven blanks', () => {
    const frame = Frame.fromRows(readCsv(TELCO), { customerID: 'id' });
    expect(frame.rowCount).toBe(7043);
    const summary = new Map(frame.describe().map((column) => [column.name, column]));
    expect(summary.get('TotalCharges')).toMatchObject({ kind: 'number', missing: 11, min: 18.8, max: 8684.8 });
    expect(summary.get('tenure')).toMatchObject({ kind: 'number', missing: 0, min: 0, max: 72 });
    expect(summary.get('Churn')).toMatchObject({ kind: 'category', distinct: 2, top: [{ level: 'No', count: 5174 }, { level: 'Yes', count: 1869 }] });
    expect(summary.get('customerID')).toMatchObject({ kind: 'id', distinct: 7043 });
  });

  it('reads CDNOW days without dashes when the schema says they are dates, and leaves identifiers with leading zeros as they are', () => {
    const rows = readCsv(CDNOW);
    const frame = Frame.fromRows(rows, { date: 'date' });
    const [first, last] = [frame.describe().find(({ name }) => name === 'date')!.min!, frame.describe().find(({ name }) => name === 'date')!.max!];
    expect([new Date(first).toISOString(), new Date(last).toISOString()]).toEqual(['1997-01-01T00:00:00.000Z', '1998-06-30T00:00:00.000Z']);
    expect(frame.column('sample_id')).toMatchObject({ kind: 'category' });
    expect(frame.values('sample_id')[0]).toBe('0001');
  });
});
