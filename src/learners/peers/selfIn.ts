import { cellOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { NearestPeersState } from './peersState.js';

/** Who rows are: a training row is no peer of a query of its own code. */
export interface Self {
  readonly queries: Int32Array;
  /** Null where the code of a training row is its place. */
  readonly training: Int32Array | null;
  /** Whether no two training rows have one code: then it is the place. */
  readonly isOneRow: boolean;
}

/** Who each query and each training row is: by customer where the finder knows customers, otherwise by place. */
export function selfIn(caller: string, { customer, rowCount }: NearestPeersState, view: TableView): Self {
  if (customer === null) {
    if (view.rowCount === rowCount) return { queries: Int32Array.from({ length: rowCount }, (_, row) => row), training: null, isOneRow: true };
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs the ${rowCount} training rows to leave each out of its own peers, found ${view.rowCount}; give fitNearestPeers a customer column to know rows by`, {
      expected: rowCount,
      found: view.rowCount,
    });
  }
  const codes = new Map<string, number>();
  const training = Int32Array.from(customer.values, (name) => {
    const code = codes.get(String(name)) ?? codes.size;
    codes.set(String(name), code);
    return code;
  });
  const source = view.source(customer.column);
  const queries = Int32Array.from({ length: view.rowCount }, (_, row) => codes.get(String(cellOf(source, row))) ?? -1);
  return { queries, training, isOneRow: codes.size === rowCount };
}
