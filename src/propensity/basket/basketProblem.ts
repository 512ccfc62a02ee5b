import { requireMinimums } from '../../data/allocation/minimumVolumes.js';
import { codeOf, readBudget, readCounts, readTolerance, readWidths, requireByName, type Offered } from '../../data/allocation/offered.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { readCellAmounts } from '../cells/cellAmounts.js';
import type { Eligibility } from '../cells/eligibility.js';
import { eligibility } from '../cells/eligibilityRules.js';
import { moneyOf, possible, requireSameCells } from '../cells/expectedMargin.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import { requireCells } from '../cells/requireCells.js';
import type { IdealBasketOptions } from './basketTypes.js';

const OPTIONS: readonly string[] = [
  'margin', 'price', 'contactCost', 'maxPerCustomer', 'capacity', 'minimum', 'budget', 'exclusive', 'eligibility', 'holdings', 'requires', 'minProbability', 'tolerance', 'start', 'onProgress',
];

/** A checked problem, and what telling of its solution needs. */
export interface BasketProblem {
  readonly offered: Offered;
  readonly problem: AllocationProblem;
  /** Which products may not meet, kept also where baskets of one make it no limit of the problem: one more product is asked for too. */
  readonly conflicts: Uint8Array | null;
  /** One a product, or one a cell. */
  readonly margin: Float64Array;
  readonly price: Float64Array | null;
  /** Asked in this order. */
  readonly eligibilities: readonly Eligibility[];
  /** One a product. */
  readonly minProbability: Float64Array;
  readonly tolerance: number;
}

/** Checks cells and options and brings them to the kernel's form. */
export function readBasketProblem(cells: PropensityCells, options: IdealBasketOptions): BasketProblem {
  const caller = 'idealBasket';
  requireCells(caller, cells);
  requireKnownOptions(caller, options, OPTIONS);
  const offered: Offered = { caller, noun: 'product', names: cells.products };
  const count = cells.customers.length;
  const actionCount = cells.products.length;
  if (count * actionCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer and one product, found ${count} and ${actionCount}`);
  if (actionCount > 32_767) throw new ClientelaError('INVALID_INPUT', `${caller} needs at most 32767 products, found ${actionCount}; leave out those nobody may get`, { products: actionCount });
  const margin = readCellAmounts(caller, options.margin, cells, { option: 'margin', negative: true });
  const price = options.price === undefined ? null : readCellAmounts(caller, options.price, cells, { option: 'price', negative: false });
  const costs = readCellAmounts(caller, options.contactCost ?? 0, cells, { option: 'contactCost', other: 0, negative: false });
  const eligibilities = readEligibilities(caller, cells, options);
  const minProbability = readMinProbability(offered, options.minProbability);
  const values = moneyOf(eligibilities.reduce((chance, who) => possible({ ...cells, probability: chance }, who), cells.probability), margin, costs, actionCount);
  if (minProbability.some((least) => least > 0)) for (let at = 0; at < values.length; at++) if (cells.probability[at]! < minProbability[at % actionCount]!) values[at] = NaN;
  const { width, widths } = readWidths(offered, 'maxPerCustomer', options.maxPerCustomer ?? Infinity, count);
  const conflicts = readExclusive(offered, options.exclusive);
  const least = readCounts(offered, 'minimum', options.minimum, 0);
  const widest = widths === null ? Math.min(width, mostWorthwhile(values, least)) : width;
  const problem: AllocationProblem = {
    count,
    actionCount,
    values,
    costs,
    most: readCounts(offered, 'capacity', options.capacity, Infinity),
    least,
    budget: readBudget(offered, options.budget, { option: 'contactCost', given: options.contactCost }),
    width: widest,
    widths,
    conflicts: widest > 1 ? conflicts : null,
  };
  requireMinimums(offered, problem);
  return { offered, problem, conflicts, margin, price, eligibilities, minProbability, tolerance: readTolerance(caller, options.tolerance) };
}

/** The most products that could be of use in one basket, at least 1: room for more is wasted. */
function mostWorthwhile(values: Float64Array, least: Float64Array): number {
  let most = 1;
  for (let row = 0; row < values.length; row += least.length) {
    let found = 0;
    for (let j = 0; j < least.length; j++) if (values[row + j]! > 0 || (least[j]! > 0 && values[row + j]! <= 0)) found++;
    if (found > most) most = found;
  }
  return most;
}

function readEligibilities(caller: string, cells: PropensityCells, { eligibility: given, holdings, requires }: IdealBasketOptions): Eligibility[] {
  requireSameCells(caller, cells, given);
  const own = holdings === undefined && requires === undefined ? [] : [eligibility(cells, { ...(holdings === undefined ? {} : { holdings }), ...(requires === undefined ? {} : { requires }) })];
  return given === undefined ? own : [given, ...own];
}

function readMinProbability(offered: Offered, given: unknown): Float64Array {
  const { caller, names } = offered;
  const least = new Float64Array(names.length);
  const read = (value: unknown, of: string): number => {
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs minProbability${of} between 0 and 1, found ${describeValue(value)}`, { option: 'minProbability', value });
  };
  if (given === undefined) return least;
  if (typeof given === 'number') return least.fill(read(given, ''));
  for (const [name, value] of Object.entries(requireByName(offered, 'minProbability', given))) least[codeOf(offered, 'minProbability', name)] = read(value, ` of "${name}"`);
  return least;
}

/** Which products may not meet in a basket; null where all may. */
function readExclusive(offered: Offered, given: unknown): Uint8Array | null {
  if (given === undefined) return null;
  const { caller, names } = offered;
  const unfit = (found: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs exclusive as groups of two or more different products, found ${Array.isArray(found) ? `[${found.join(', ')}]` : describeValue(found)}`, { option: 'exclusive' });
  if (!Array.isArray(given)) throw unfit(given);
  const conflicts = new Uint8Array(names.length ** 2);
  for (const group of given as unknown[]) {
    if (!Array.isArray(group)) throw unfit(group);
    const codes = group.map((name) => codeOf(offered, 'exclusive', name));
    if (codes.length < 2 || new Set(codes).size < codes.length) throw unfit(group);
    for (const a of codes) for (const b of codes) if (a !== b) conflicts[a * names.length + b] = 1;
  }
  return given.length === 0 ? null : conflicts;
}
