import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import { rowsByCustomer } from '../cells/requireCells.js';

/** A product for a customer. */
export interface CellChoice {
  /** One of the customers of the cells. */
  readonly customer: string | number;
  /** One of their products. */
  readonly product: string;
}

/** What a plan serves: the parts of a `BasketPlan` that say it. */
export interface ChosenProducts {
  /** Those of the cells, in their order. */
  readonly customers: readonly (string | number)[];
  /** Those of the cells, in their order. */
  readonly products: readonly string[];
  /** Row-major, customers × `width`: columns of products, -1 for none. */
  readonly chosen: Int32Array;
  /** Places of each customer. */
  readonly width: number;
}

/** The probabilities of the cells that a plan serves, `NaN` elsewhere. */
export function chosenCells(caller: string, plan: ChosenProducts | readonly CellChoice[], cells: PropensityCells): Float64Array {
  const chance = new Float64Array(cells.probability.length).fill(NaN);
  if (isPlan(plan)) takePlan(caller, plan, cells, chance);
  else if (Array.isArray(plan)) takeRows(caller, plan, cells, chance);
  else throw new ClientelaError('INVALID_INPUT', `${caller} needs plan as idealBasket makes it, or as rows of customer and product, found ${describeValue(plan)}`, { option: 'plan' });
  return chance;
}

function isPlan(plan: ChosenProducts | readonly CellChoice[]): plan is ChosenProducts {
  return typeof plan === 'object' && (plan as unknown) !== null && 'chosen' in plan;
}

function takePlan(caller: string, { customers, products, chosen, width }: ChosenProducts, cells: PropensityCells, chance: Float64Array): void {
  const count = cells.products.length;
  const same = customers.length === cells.customers.length && products.length === count && products.every((product, j) => product === cells.products[j]);
  if (!same || (customers !== cells.customers && customers.some((customer, row) => customer !== cells.customers[row]))) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a plan of the same customers and products as the cells, in the same order; plan on these cells`, { option: 'plan' });
  }
  for (let slot = 0; slot < chosen.length; slot++) {
    if (chosen[slot]! < 0) continue;
    take(caller, cells, Math.floor(slot / width), chosen[slot]!, chance);
  }
}

function takeRows(caller: string, rows: readonly CellChoice[], cells: PropensityCells, chance: Float64Array): void {
  const rowOf = rowsByCustomer(caller, cells.customers);
  const columnOf = new Map(cells.products.map((product, column) => [product, column]));
  rows.forEach((choice, at) => {
    const { customer, product } = Object(choice) as CellChoice;
    const row = rowOf.get(String(customer));
    const column = columnOf.get(product);
    if (row === undefined || column === undefined) {
      const what = row === undefined ? `customer ${describeValue(customer)}` : `product ${describeValue(product)}`;
      throw new ClientelaError('UNKNOWN_ID', `${caller} found no ${what} of plan (row ${at}) in the cells; plan on these cells`, { option: 'plan', row: at });
    }
    take(caller, cells, row, column, chance);
  });
}

/** Counts a cell; one without probability would be missing from every figure unsaid. */
function take(caller: string, { customers, products, probability }: PropensityCells, row: number, column: number, chance: Float64Array): void {
  const cell = row * products.length + column;
  const p = probability[cell]!;
  if (Number.isNaN(p)) {
    const [customer, product] = [customers[row]!, products[column]!];
    throw new ClientelaError('INVALID_VALUE', `${caller} needs a probability of every cell of plan, found none of "${product}" for customer ${describeValue(customer)}; leave it out of plan, or plan on these cells`, { option: 'plan', customer, product });
  }
  chance[cell] = p;
}
