import { ClientelaError } from '../../errors.js';
import type { Holdings } from '../../data/holdings.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import type { TableInput } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { readCellAmounts, type CellAmounts } from '../cells/cellAmounts.js';
import type { Eligibility } from '../cells/eligibility.js';
import { possible, requireSameCells } from '../cells/expectedMargin.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import { requireCells } from '../cells/requireCells.js';
import { readDimensions } from '../../data/readDimensions.js';
import type { WhiteSpaceCells } from './whiteSpaceCounts.js';
import { whiteSpaceRows, type WhiteSpaceRow } from './whiteSpaceRows.js';

/** Along which dimensions, and what is known beside the holdings. */
export interface WhiteSpaceOptions {
  /** A table with one row a customer, in the order of `cells.customers`, or of `holdings.customers` without cells: its columns are the dimensions. */
  readonly by: TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** Probabilities of newly taking: what the space is worth within their horizon. Their customers and products are those looked at. @defaultValue none */
  readonly cells?: PropensityCells;
  /** Who may be offered what, of the same customers and products. @defaultValue everybody what they do not hold */
  readonly eligibility?: Eligibility;
  /** What one unit earns: by product; with `cells` also by cell or a function. @defaultValue no money */
  readonly margin?: CellAmounts;
  /** What a group is compared with: the penetration of the upper quartile of the groups, or of the best. @defaultValue `'upperQuartile'` */
  readonly benchmark?: 'upperQuartile' | 'best';
  /** Groups with fewer customers are no benchmark. @defaultValue 30 */
  readonly minCustomers?: number;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

const OPTIONS = ['by', 'dimensions', 'cells', 'eligibility', 'margin', 'benchmark', 'minCustomers', 'confidence'] as const;

/**
 * Where a product is not yet held and could be: one row for each product and group of customers, the most money first.
 *
 * Two views of the space beside what is held. `takers` is how many of those who do not hold the product are expected to take it, by their own probabilities.
 * `gap` is how many more would hold it if the group had the penetration of the better groups of its dimension, chance taken out of the rates first (beta-binomial
 * shrinkage), so that noise alone makes no gap. `potential` is the first where there are probabilities, otherwise the second.
 *
 * Lifts compare the group with all customers and carry the interval of Koopman (1984); `q` keeps the share of false finds over all rows (exact test of Fisher,
 * Benjamini and Hochberg, 1995). O(customers × products × dimensions).
 *
 * @param holdings - who holds what
 * @param options - the dimensions; probabilities, eligibility, margins
 * @returns one row for each product and group, by money, then potential, then product
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const rows = Array.from({ length: 400 }, (_, i) => ({ who: i, what: i % 2 === 0 || i % 10 === 1 ? 'card' : 'account' }));
 * const holdings = Holdings.fromRows(rows, { customer: 'who', product: 'what' });
 * const region = rows.map((_, i) => (i % 2 === 0 ? 'north' : 'south'));
 * const [first] = whiteSpace(holdings, { by: { region }, benchmark: 'best', margin: { card: 10, account: 1 } });
 * [first?.product, first?.group, first?.held, first?.open]; // => ['card', 'south', 40, 160]
 * Math.round(first?.gap ?? 0); // => 160
 * ```
 */
export function whiteSpace(holdings: Holdings, options: WhiteSpaceOptions): WhiteSpaceRow[] {
  const caller = 'whiteSpace';
  requireHoldings(caller, holdings);
  requireKnownOptions(caller, options, OPTIONS);
  const { by, dimensions, cells, benchmark = 'upperQuartile', minCustomers = 30, confidence = 0.95 } = options;
  if ((by as unknown) === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs by: a table with one row a customer, such as { segment: [...] }`, { option: 'by' });
  if (cells !== undefined) requireCells(caller, cells);
  const { customers, products } = cells ?? holdings;
  const terms = {
    products,
    best: requireChoice(caller, 'benchmark', benchmark, ['upperQuartile', 'best']) === 'best',
    minCustomers: requireWhole(caller, 'minCustomers', minCustomers, 1),
    z: normalMultiplier(caller, confidence),
  };
  return whiteSpaceRows(readDimensions(caller, by, dimensions, customers.length), readSpace(caller, holdings, options), terms);
}

function readSpace(caller: string, holdings: Holdings, { cells, eligibility, margin }: WhiteSpaceOptions): WhiteSpaceCells {
  const { customers, products } = cells ?? holdings;
  const all: PropensityCells = cells ?? { customers, products, probability: new Float64Array(eligibility === undefined ? 0 : customers.length * products.length) };
  requireSameCells(caller, all, eligibility);
  if (cells === undefined && (typeof margin === 'function' || Array.isArray(margin) || ArrayBuffer.isView(margin))) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs margin as one number or by product where there are no cells, found ${describeValue(margin)}`, { option: 'margin' });
  }
  return {
    held: (cells === undefined ? holdings : holdings.forCustomers(customers).forProducts(products)).sparse,
    eligible: eligibility === undefined ? null : possible({ customers, products, probability: new Float64Array(customers.length * products.length) }, eligibility),
    probability: cells?.probability ?? null,
    margin: margin === undefined ? null : readCellAmounts(caller, margin, all, { option: 'margin', negative: true }),
  };
}
