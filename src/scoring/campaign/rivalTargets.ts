import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { CampaignTerms } from './campaignTerms.js';
import { descending } from '../../numeric/selection/fillBudget.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';

/**
 * Another way to choose whom to contact: a hand-picked segment by positions, by identifiers (as in `customers` of the terms) or as one true or false (1 or 0) a
 * customer; those highest in some figure such as last year's revenue (customers without a figure come last, ties are drawn by lot); anybody at random; or everybody.
 */
export type RivalTarget =
  | 'random'
  | 'everybody'
  | { readonly selected: ArrayLike<number> }
  | { readonly customers: ArrayLike<string | number> }
  | { readonly mask: ArrayLike<number> | ArrayLike<boolean> }
  | { readonly rankBy: ArrayLike<number> };

/** What the rival may use up. */
export interface RivalLimits {
  readonly spend: number;
  readonly contacts: number;
}

/** The chance of each customer to be contacted where the rival names its customers itself; undefined where it only has an order. */
export function namedRival(caller: string, name: string, rival: RivalTarget, count: number, customers: CampaignTerms['customers']): Float64Array | undefined {
  if (rival === 'random') return undefined;
  if (rival === 'everybody') return new Float64Array(count).fill(1);
  const [way, ...others] = Object.keys(Object(rival) as object);
  if (typeof rival !== 'object' || way === undefined || others.length > 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the rival "${name}" as 'random', 'everybody' or an object of one of selected, customers, mask, rankBy, found ${describeValue(rival)}`, { rival: name });
  }
  requireKnownOptions(`${caller} rival "${name}"`, rival, ['selected', 'customers', 'mask', 'rankBy']);
  if ('customers' in rival) return chanceOfSelected(caller, name, positionsOf(caller, name, rival.customers, customers), count);
  if ('selected' in rival) return chanceOfSelected(caller, name, rival.selected, count);
  const values: ArrayLike<unknown> = 'mask' in rival ? rival.mask : rival.rankBy;
  if ((values as ArrayLike<unknown> | null)?.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${way} of the rival "${name}" as one for each of the ${count} scores, found ${(values as ArrayLike<unknown> | null)?.length ?? 'none'}`, { rival: name });
  }
  return 'mask' in rival ? chanceOfMask(caller, name, values, count) : undefined;
}

/** As many from the top of the order as the limits allow; of those equal at the cut everybody has the same chance. */
export function orderedRival(rival: RivalTarget, costs: Float64Array, limits: RivalLimits): Float64Array {
  const n = costs.length;
  const chance = new Float64Array(n);
  const figures = Float64Array.from({ length: n }, typeof rival === 'object' && 'rankBy' in rival ? (_, row) => figureOf(rival.rankBy[row]) : () => 0);
  const order = descending(figures);
  let [spendLeft, contactsLeft] = [limits.spend, limits.contacts];
  for (let start = 0; start < n; ) {
    let end = start;
    let spend = 0;
    while (end < n && figures[order[end]!] === figures[order[start]!]) spend += costs[order[end++]!]!;
    const size = end - start;
    const share = Math.min(1, size > contactsLeft ? contactsLeft / size : 1, spend > spendLeft * (1 + ROUNDING) ? spendLeft / spend : 1);
    if (share < 1 && size === 1) break;
    while (start < end) chance[order[start++]!] = share;
    if (share < 1) break;
    spendLeft -= spend;
    contactsLeft -= size;
  }
  return chance;
}

function figureOf(value: unknown): number {
  return typeof value === 'number' && !Number.isNaN(value) ? value : -Infinity;
}

function positionsOf(caller: string, name: string, wanted: ArrayLike<string | number>, customers: CampaignTerms['customers']): number[] {
  if (customers === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs customers in the terms to find those of the rival "${name}"; give one a score, or selected positions`, { rival: name });
  }
  const positions = new Map<string | number, number>();
  for (let row = 0; row < customers.length; row++) positions.set(customers[row]!, row);
  return Array.from(wanted, (customer, index) => {
    const row = positions.get(customer);
    if (row !== undefined) return row;
    throw new ClientelaError('UNKNOWN_ID', `${caller} found no customer ${describeValue(customer)} of the rival "${name}" among those of the terms; leave it out`, { rival: name, index, value: customer });
  });
}

function chanceOfSelected(caller: string, name: string, selected: ArrayLike<number>, count: number): Float64Array {
  const chance = new Float64Array(count);
  for (let i = 0; i < ((selected as ArrayLike<number> | null)?.length ?? 0); i++) {
    const row = selected[i]!;
    if (Number.isInteger(row) && row >= 0 && row < count && chance[row] === 0) chance[row] = 1;
    else throw new ClientelaError('INVALID_VALUE', `${caller} needs selected of the rival "${name}" as positions from 0 to ${count - 1}, each once, found ${describeValue(row)} at index ${i}`, { rival: name, index: i, value: row });
  }
  return chance;
}

function chanceOfMask(caller: string, name: string, mask: ArrayLike<unknown>, count: number): Float64Array {
  const chance = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const value = mask[row];
    if (value === true || value === 1) chance[row] = 1;
    else if (value !== false && value !== 0) throw new ClientelaError('INVALID_VALUE', `${caller} needs mask of the rival "${name}" as true or false, 1 or 0, found ${describeValue(value)} in row ${row}`, { rival: name, row, value });
  }
  return chance;
}
