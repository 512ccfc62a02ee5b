import type { Frame } from '../../src/data/frame.js';
import { cellOf } from '../../src/data/replayColumn.js';
import { readTable, type TableInput } from '../../src/data/table.js';
import type { Customer } from './customers.js';

/** The contract's portfolio, in whichever form, with a column `amount` of whole numbers of 0 or more: for models whose target is a number. */
export function withAmount(data: TableInput<keyof Customer>): TableInput<keyof Customer | 'amount'> {
  const view = readTable('withAmount', data);
  const cell = (name: keyof Customer, row: number): unknown => cellOf(view.source(name), row);
  const amounts = Float64Array.from({ length: view.rowCount }, (_, row) => (cell('bought', row) === 'yes' ? 3 : 1) + (Number(cell('visits', row)) % 3) - (cell('active', row) === false ? 1 : 0));
  if (Array.isArray(data)) return (data as readonly Customer[]).map((row, i) => ({ ...row, amount: amounts[i]! }));
  if (typeof (data as { column?: unknown }).column === 'function') return (data as Frame<keyof Customer>).withColumn('amount', amounts);
  return { ...(data as Record<keyof Customer, ArrayLike<unknown> & object>), amount: amounts };
}
