import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { CertificateStatus } from '../stack/certificate.js';
import type { PropensityMethod } from './matrixOptions.js';

/** One customer: somebody new, or somebody known as they are today. */
export interface PropensityRow {
  /** What is known of them, by column; what is missing counts as not known. */
  readonly profile?: Readonly<Record<string, unknown>>;
  /** The products they hold, an empty list for none. Left out, it is not known what they hold. */
  readonly held?: readonly string[];
}

/** What one product promises with one customer. */
export interface ProductPropensity {
  /** The product. */
  readonly product: string;
  /** 0 to 1. */
  readonly probability: number;
  /** Its interval: how sure the model itself is; the probability twice where that is not known. */
  readonly interval: { readonly lower: number; readonly upper: number };
  /** What gives the probability. */
  readonly method: PropensityMethod;
  /** What the certificate of the product says. */
  readonly status: CertificateStatus;
}

/** A row as it is scored. */
export interface ReadRow {
  readonly held: SparseRows;
  readonly knowsHoldings: boolean;
  readonly profile: readonly object[];
  /** Columns that were learnt from and are not known of this customer. */
  readonly unknown: readonly string[];
  readonly names: readonly string[];
}

/** Reads one customer. */
export function readRow(caller: string, row: PropensityRow, products: readonly string[], features: readonly string[]): ReadRow {
  requireKnownOptions(caller, row, ['profile', 'held']);
  const { profile = {}, held } = row;
  if (typeof (profile as unknown) !== 'object' || (profile as unknown) === null) throw new ClientelaError('INVALID_INPUT', `${caller} needs profile as an object of columns, found ${describeValue(profile)}`, { function: caller });
  const list: unknown = held ?? [];
  if (!Array.isArray(list)) throw new ClientelaError('INVALID_INPUT', `${caller} needs held as an array of products, found ${describeValue(held)}`, { function: caller });
  const names = [...new Set(held ?? [])];
  const columns = names.map((name) => {
    const column = products.indexOf(name);
    if (column < 0) throw unknownColumn(caller, name, products);
    return column;
  });
  const unknown = features.filter((column) => profile[column] === undefined || profile[column] === null || Number.isNaN(profile[column]));
  return {
    held: { rowCount: 1, columnCount: products.length, offsets: Uint32Array.of(0, columns.length), columns: Int32Array.from(columns).sort(), values: null },
    knowsHoldings: held !== undefined,
    profile: [{ ...Object.fromEntries(features.map((column) => [column, null])), ...profile }],
    unknown,
    names,
  };
}
