import { ClientelaError } from '../errors.js';
import type { Column } from './column.js';
import { describeValue } from './instant.js';

/** Refuses a column made by hand that no column can be: everything later trusts its kind, its arrays and its codes. */
export function requireColumn(caller: string, name: string, column: Column): void {
  const fault = faultOf(column);
  if (fault === undefined) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} cannot take column "${name}": ${fault}; give its cells as an array, or a column of a Frame`, { column: name });
}

function faultOf(column: Column): string | undefined {
  const { kind } = column;
  switch (kind) {
    case 'category': {
      const { codes, levels } = column;
      if (!(codes instanceof Int32Array) || !Array.isArray(levels)) return 'a category needs codes (Int32Array) and levels (an array)';
      if (new Set(levels).size < levels.length) return 'it names a level twice';
      const row = codes.findIndex((code) => code < -1 || code >= levels.length);
      return row < 0 ? undefined : `its code ${codes[row]} in row ${row} is none of its ${levels.length} levels, nor -1`;
    }
    case 'boolean': {
      if (!(column.values instanceof Int8Array)) return 'booleans need values as an Int8Array';
      const row = column.values.findIndex((value) => value < -1 || value > 1);
      return row < 0 ? undefined : `its value ${column.values[row]} in row ${row} is none of 1, 0 and -1`;
    }
    case 'number':
    case 'date':
      return column.values instanceof Float64Array ? undefined : `a column of kind ${kind} needs values as a Float64Array`;
    case 'id':
      return Array.isArray(column.values) ? undefined : 'a column of kind id needs values as an array';
    default:
      return `its kind ${describeValue(kind)} is none of number, category, boolean, date and id`;
  }
}
