import { addDuration, durationLabel } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import { columnAs } from '../../data/columnAs.js';
import type { Holdings } from '../../data/holdings.js';
import { describeValue, requireInstant } from '../../data/instant.js';
import { requireWhole } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import type { TableInput, TableLike } from '../../data/table.js';
import { everyRow, parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import { stackSparseRows, takeSparseRows, type SparseRows } from '../../numeric/sparseRows.js';
import { customersOf, identifierColumn } from './identifiers.js';
import type { PropensityMatrixOptions } from './matrixOptions.js';

/** What is to be learnt, one row a customer and window. */
export interface PropensityTask {
  readonly question: 'takes' | 'holds';
  /** The column that names the customer; null without a table. */
  readonly customer: string | null;
  readonly products: readonly string[];
  readonly customerCount: number;
  /** The customer of each row, by number. */
  readonly customerOf: Int32Array;
  readonly held: SparseRows;
  /** Who cannot take a product newly: holders, and those who held it once, of whom it is not known whether they took it again. */
  readonly barred: SparseRows;
  /** What was newly taken; null where the label of a product is whether it is held. */
  readonly taken: SparseRows | null;
  /** What is known of the customer of each row. */
  readonly profile: TableLike | null;
  /** The columns of the profile to learn from. */
  readonly features: readonly string[];
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  readonly horizon: string | null;
  readonly warnings: readonly string[];
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly barred: Holdings;
  readonly held: Holdings;
  readonly taken: Holdings | null;
}

/** Reads holdings, windows and profiles into rows to learn from. */
export function readTask(caller: string, options: PropensityMatrixOptions<TableInput>): PropensityTask {
  requireHoldings(caller, options.holdings);
  if (options.taken !== undefined) requireHoldings(caller, options.taken);
  const horizon = options.horizon === undefined ? undefined : requireDuration(caller, 'horizon', options.horizon);
  const windows = readWindows(caller, options, horizon);
  const products = productsOf(options);
  const table = options.customers === undefined ? null : parseTable(caller, options.customers);
  const people = readPeople(caller, table, options);
  const rowsOf = windows.map(({ from }) => people.rowsAt(from));
  const rows = Int32Array.from(rowsOf.flatMap((part) => [...part]));
  const gather = (of: (window: Window) => Holdings): SparseRows =>
    stackSparseRows(windows.map((window, w) => takeSparseRows(of(window).forCustomers(people.ids).forProducts(products).sparse, rowsOf[w]!)));
  if (rows.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer at the beginning of a window, found none`, { function: caller });
  return {
    question: windows[0]!.taken === null ? 'holds' : 'takes',
    customer: people.name,
    products,
    customerCount: people.ids.length,
    customerOf: rows,
    held: gather(({ held }) => held),
    barred: gather(({ barred }) => barred),
    taken: windows[0]!.taken === null ? null : gather(({ taken }) => taken!),
    profile: table === null || people.features.length === 0 ? null : windows.length === 1 && rows.length === table.rowCount ? everyRow(table) : takeRows(table, rows),
    features: people.features,
    windows: windows.flatMap(({ from, to }) => (Number.isNaN(from) ? [] : [{ from: new Date(from).toISOString(), to: new Date(to).toISOString() }])),
    horizon: horizon === undefined ? null : durationLabel(horizon),
    warnings: warningsOf(options.holdings, people.ids, table, people.features, windows.at(-1)!.from, windows[0]!.taken !== null && !Number.isNaN(windows[0]!.from)),
  };
}

function productsOf({ holdings, taken }: PropensityMatrixOptions<TableInput>): string[] {
  return [...new Set([...holdings.products, ...(taken?.products ?? [])])].sort((a, b) => (a < b ? -1 : 1));
}

/** The windows, the last one first. */
function readWindows(caller: string, { holdings, taken, observedUntil, windows = 1 }: PropensityMatrixOptions<TableInput>, horizon: Duration | undefined): Window[] {
  requireWhole(caller, 'windows', windows, 1);
  if (taken !== undefined || horizon === undefined) {
    for (const [option, value, least] of [['observedUntil', observedUntil, undefined], ['windows', windows, 1]] as const) {
      if (value === least) continue;
      throw new ClientelaError('INVALID_OPTION', `${caller} uses ${option} only with a horizon and dates in holdings, without taken`, { function: caller, option });
    }
    return [{ from: NaN, to: NaN, held: holdings, barred: holdings, taken: taken ?? null }];
  }
  if (holdings.since === undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs to know since when products are held to find what was taken within the horizon, found no dates; name their column as since when the holdings are made, or give taken`, { function: caller });
  }
  const { since } = holdings;
  const end = observedUntil === undefined ? lastDate(caller, since) : requireInstant(caller, 'observedUntil', observedUntil);
  return Array.from({ length: windows }, (_, w) => {
    const from = addDuration(end, times(horizon, w + 1), -1);
    const to = w === 0 ? end : addDuration(end, times(horizon, w), -1);
    return { from, to, held: holdings.heldAt(from), barred: holdings.filter((h) => !(since[h]! >= from)), taken: holdings.takenBetween(from, to) };
  });
}

function times(duration: Duration, count: number): Duration {
  return Object.fromEntries(Object.entries(duration as Record<string, number>).map(([unit, length]) => [unit, length * count]));
}

/** The end of what the beginnings show: of the last day where all are midnights. Ends may lie in the future. */
function lastDate(caller: string, since: Float64Array): number {
  let last = -Infinity;
  let midnights = true;
  for (let h = 0; h < since.length; h++) {
    if (Number.isNaN(since[h]!)) continue;
    last = Math.max(last, since[h]!);
    midnights &&= since[h]! % DAY_MILLIS === 0;
  }
  if (last === -Infinity) throw new ClientelaError('INVALID_INPUT', `${caller} needs to know since when products are held to find what was taken within the horizon, found no date in any row; give taken`, { function: caller });
  return midnights ? last + DAY_MILLIS : last + 1;
}

interface People {
  readonly name: string | null;
  readonly ids: readonly (string | number)[];
  readonly features: readonly string[];
  /** Who was there at a moment. */
  rowsAt(moment: number): Uint32Array;
}

function readPeople(caller: string, table: ParsedTable | null, options: PropensityMatrixOptions<TableInput>): People {
  const { holdings, taken, joined, left } = options;
  if (table === null) {
    for (const option of ['customer', 'features', 'exclude', 'joined', 'left'] as const) {
      if (options[option] !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} uses ${option} only with customers, found none`, { function: caller, option });
    }
    const ids = taken === undefined ? holdings.customers : [...new Map([...holdings.customers, ...taken.customers].map((id) => [String(id), id])).values()];
    return { name: null, ids, features: [], rowsAt: (moment) => new Uint32Array(ids.length).map((_, row) => row).filter((row) => wasThere(holdings, row, moment)) };
  }
  const name = identifierColumn(caller, table, options.customer);
  const ids = customersOf(caller, name, table.source(name), true);
  const dates = (column: string | undefined): Float64Array | undefined => (column === undefined ? undefined : (columnAs(caller, column, table.source(column), 'date') as { values: Float64Array }).values);
  const [from, to] = [dates(joined), dates(left)];
  return {
    name,
    ids,
    features: chooseFeatures(caller, table, options, [name, joined, left]),
    rowsAt: (moment) => new Uint32Array(ids.length).map((_, row) => row).filter((row) => Number.isNaN(moment) || (!(from !== undefined && from[row]! >= moment) && !(to !== undefined && to[row]! < moment))),
  };
}

/** Of whom nothing is known but what they hold: whoever held something before, or never did. */
function wasThere({ sparse: { offsets }, since }: Holdings, row: number, moment: number): boolean {
  if (Number.isNaN(moment) || row + 1 >= offsets.length || offsets[row] === offsets[row + 1]) return true;
  for (let h = offsets[row]!; h < offsets[row + 1]!; h++) if (!(since![h]! >= moment)) return true;
  return false;
}

function chooseFeatures(caller: string, table: ParsedTable, { features, exclude = [] }: PropensityMatrixOptions<TableInput>, taken: readonly (string | undefined)[]): string[] {
  for (const [option, names] of [['features', features], ['exclude', exclude]] as const) {
    if (names === undefined) continue;
    if (!Array.isArray(names)) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an array of column names, found ${describeValue(names)}`, { function: caller, option });
    for (const name of names as readonly string[]) if (!table.names.includes(name)) throw unknownColumn(caller, name, table.names);
  }
  return [...(features ?? table.names.filter((name) => !taken.includes(name)))].filter((name) => !(exclude).includes(name));
}

function warningsOf(holdings: Holdings, ids: readonly (string | number)[], table: ParsedTable | null, features: readonly string[], from: number, isDated: boolean): string[] {
  const warnings: string[] = [];
  if (!isDated && holdings.until?.some((end) => !Number.isNaN(end)) === true) warnings.push('some holdings have ended and count as held: pass holdings.heldAt(moment)');
  if (table === null) return warnings;
  const known = new Set(ids.map(String));
  const strangers = holdings.customers.filter((id, row) => !known.has(String(id)) && holdings.sparse.offsets[row + 1]! > holdings.sparse.offsets[row]!).length;
  if (strangers > 0) warnings.push(`${strangers} customers with holdings are not among customers: they were left out`);
  for (const name of features) {
    const column = table.source(name);
    if (column.kind === 'date' && column.values.some((date) => date >= from)) warnings.push(`column "${name}" has dates after the window began: if they were not known then, exclude it`);
  }
  return warnings;
}
