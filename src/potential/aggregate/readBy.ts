import { ClientelaError } from '../../errors.js';
import { groupRows, readDimensions, type Dimension } from '../../data/readDimensions.js';
import type { ColumnValues, TableInput } from '../../data/table.js';

/** The dimensions of `by`: a column of values, which has the name `group`, or a table. */
export function readBy(caller: string, by: ColumnValues | TableInput, dimensions: readonly string[] | undefined, rowCount: number): readonly Dimension[] {
  return isColumn(by) ? readDimensions(caller, { group: by }, dimensions, rowCount) : readDimensions(caller, by, dimensions, rowCount);
}

/** One column, which has a name of its own or is one of the dimensions. */
export function readPeers(caller: string, peers: string | ColumnValues, dimensions: readonly Dimension[], rowCount: number): Dimension {
  if (typeof peers === 'string') return dimensionOf(caller, 'peers', peers, dimensions);
  if (isColumn(peers) && peers.length === rowCount) return groupRows(caller, 'peers', peers);
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs peers as the name of a dimension, or one value for each of the ${rowCount} customers`, { option: 'peers', expected: rowCount });
}

/** The dimension of that name. */
export function dimensionOf(caller: string, option: string, name: string, dimensions: readonly Dimension[]): Dimension {
  const found = dimensions.find((dimension) => dimension.name === name);
  if (found !== undefined) return found;
  throw new ClientelaError('UNKNOWN_COLUMN', `${caller} needs ${option} to name dimensions of by, found "${name}"; there ${dimensions.length === 0 ? 'are none' : `is ${dimensions.map((dimension) => dimension.name).join(', ')}`}`, { option, column: name });
}

// Rows of a table are objects; cells are not.
function isColumn(by: ColumnValues | TableInput): by is ColumnValues {
  return ArrayBuffer.isView(by) || (Array.isArray(by) && !by.some((cell) => typeof cell === 'object' && cell !== null));
}
