import type { Holdings } from '../../data/holdings.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import type { ColumnNameOf, TableInput, TableLike } from '../../data/table.js';
import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { takeSparseRows, type SparseRows } from '../../numeric/sparseRows.js';
import { customersOf, identifierColumn } from './identifiers.js';

/** Customers to foretell: known or new ones. */
export interface PropensityAudience<Data = readonly object[]> {
  /** What is known of them, one row each, with the columns learnt from. Needed where a profile was learnt from. */
  readonly customers?: Data;
  /** The column that names the customer. @defaultValue the one that named them when the matrix was learnt, or as then; without holdings, the number of the row will do */
  readonly customer?: ColumnNameOf<Data>;
  /** What they hold now: `holdings.heldAt(today)` where some have ended. Who is not there holds nothing; products not learnt about are passed over. Left out, it is taken as not known: the profile alone decides, or the rate of each product. */
  readonly holdings?: Holdings;
}

/** An audience as it is scored: block by block. */
export interface Audience {
  readonly ids: readonly (string | number)[];
  readonly knowsHoldings: boolean;
  readonly held: SparseRows;
  profile(from: number, to: number): TableLike | null;
  /** What they hold in the rows `from` to `to`. */
  heldIn(from: number, to: number): SparseRows;
}

/** Reads whom to foretell, and refuses them where something is missing that was learnt from. */
export function readAudience(caller: string, given: PropensityAudience<TableInput>, products: readonly string[], needsProfile: boolean, learntAs: string | null): Audience {
  requireKnownOptions(caller, given, ['customers', 'customer', 'holdings']);
  const { customers, holdings } = given;
  if (holdings !== undefined) requireHoldings(caller, holdings);
  if (customers === undefined && holdings === undefined) throw new ClientelaError('INVALID_INPUT', `${caller} needs customers, holdings or both, found neither`, { function: caller });
  if (customers === undefined && needsProfile) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs customers too: the matrix was learnt with their profile; give a row with what is known of each`, { function: caller });
  }
  const table = customers === undefined ? null : parseTable(caller, customers);
  const ids = table === null ? holdings!.customers : idsOf(caller, given, table, learntAs);
  const held = holdings === undefined ? nothingHeld(ids.length, products.length) : (table === null ? holdings : holdings.forCustomers(ids)).forProducts(products).sparse;
  const span = (from: number, to: number): Uint32Array => new Uint32Array(to - from).map((_, i) => from + i);
  return {
    ids,
    knowsHoldings: holdings !== undefined,
    held,
    profile: (from, to) => (table === null || !needsProfile ? null : takeRows(table, span(from, to))),
    heldIn: (from, to) => (from === 0 && to === ids.length ? held : takeSparseRows(held, span(from, to))),
  };
}

function idsOf(caller: string, { customer, holdings }: PropensityAudience<TableInput>, table: ParsedTable, learntAs: string | null): (string | number)[] {
  const said = customer ?? (learntAs !== null && table.names.includes(learntAs) ? learntAs : undefined);
  if (holdings === undefined && said === undefined) return Array.from({ length: table.rowCount }, (_, row) => row);
  const name = identifierColumn(caller, table, said);
  return customersOf(caller, name, table.source(name), false);
}

function nothingHeld(rowCount: number, columnCount: number): SparseRows {
  return { rowCount, columnCount, offsets: new Uint32Array(rowCount + 1), columns: new Int32Array(0), values: null };
}
