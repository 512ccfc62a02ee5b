import { placePrices, type AllocationPrices } from '../../numeric/allocation/allocationProblem.js';
import { clashes } from '../../numeric/allocation/bestSet.js';
import { costOf } from '../../numeric/allocation/plan.js';
import { NO_PROBABILITY } from '../cells/expectedMargin.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import type { BasketProblem } from './basketProblem.js';

/** The solved problem, as far as reasons need it. */
export interface SolvedBasket {
  readonly cells: PropensityCells;
  readonly read: BasketProblem;
  readonly chosen: Int32Array;
  readonly prices: AllocationPrices;
  readonly usage: Float64Array;
  readonly spend: number;
  /** What is a price, and what is a rounding of nothing. */
  readonly least: number;
}

/** Why a product is not in a basket; null where it is. */
export function whyNot(solved: SolvedBasket, row: number, column: number): string | null {
  const { cells, read, chosen } = solved;
  const { problem, eligibilities } = read;
  const { width, widths, actionCount } = problem;
  const basket = chosen.subarray(row * width, (row + 1) * width);
  if (basket.includes(column)) return null;
  for (const eligibility of eligibilities) {
    const reason = eligibility.reason(row, column);
    if (reason !== null) return `not eligible: ${reason}`;
  }
  const at = row * actionCount + column;
  const p = cells.probability[at]!;
  if (Number.isNaN(p)) return `not eligible: ${NO_PROBABILITY}`;
  if (p < read.minProbability[column]!) return `probability ${shown(p)} is below minProbability ${shown(read.minProbability[column]!)}`;
  const value = problem.values[at]!;
  if (!(value > 0)) return value === 0 ? 'worth nothing' : `worth less than nothing (${shown(value)})`;
  const allowed = widths === null ? width : widths[row]!;
  if (allowed === 0) return 'basket is full: it may hold nothing';
  return outbid(solved, row, column, value) ?? inTheBasket(solved, basket, column, allowed) ?? usedUp(solved, row, column) ?? 'left out within the gap of the plan';
}

/** Not worth its prices. */
function outbid({ cells, read, prices, least }: SolvedBasket, row: number, column: number, value: number): string | null {
  const { problem } = read;
  const place = placePrices(prices, problem.actionCount)[column]!;
  const unit = prices[2 * problem.actionCount]!;
  const paid = unit * costOf(problem, row, column);
  if (value - place - paid > least) return null;
  return place >= paid ? capacityUsed(cells.products[column]!, place) : budgetUsed(unit);
}

function inTheBasket({ cells, read }: SolvedBasket, basket: Int32Array, column: number, allowed: number): string | null {
  const { conflicts } = read;
  const { actionCount } = read.problem;
  const held = [...basket].filter((code) => code >= 0);
  const rival = conflicts === null ? undefined : held.find((code) => clashes(Int16Array.of(code), 1, column, conflicts, actionCount));
  if (rival !== undefined) return `goes not together with ${cells.products[rival]!}, which is in the basket`;
  return held.length === allowed ? 'basket is full' : null;
}

function usedUp({ cells, read, prices, usage, spend }: SolvedBasket, row: number, column: number): string | null {
  const { problem } = read;
  if (usage[column]! >= problem.most[column]!) return capacityUsed(cells.products[column]!, prices[column]!);
  return spend + costOf(problem, row, column) > problem.budget ? budgetUsed(prices[2 * problem.actionCount]!) : null;
}

function capacityUsed(product: string, price: number): string {
  return `capacity of ${product} is used by better cases (price ${shown(price)})`;
}

function budgetUsed(price: number): string {
  return `the budget is used by better cases (price ${shown(price)} for each unit spent)`;
}

/** Three digits, more only before the point; never as a power of ten where rounding makes a thousand. */
function shown(x: number): string {
  return Math.abs(Number(x.toPrecision(3))) >= 1000 ? x.toFixed(0) : x.toPrecision(3);
}
