import { hasOwnCosts, placePrices, type Allocation, type AllocationPrices, type AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { costOf, fits } from '../../numeric/allocation/plan.js';

/**
 * Settles ties by order, for the same value and the same use of every limit: among customers who are alike the first get the better baskets, and a
 * product that several would take as gladly goes to the first. `window` is how far from the edge of its limits a cell can be and still be tied.
 */
export function settleTies(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, window: number): void {
  preferFirst(problem, plan);
  // Without a price nobody keeps anything from another.
  if (prices.every((price) => price === 0)) return;
  orderAlike(problem, plan);
  nearPrice(problem, prices, window).forEach((rows, k) => {
    giveToFirst(problem, plan, k, Int32Array.from(rows.filter((i) => hasOrTakes(problem, plan, i, k))));
  });
}

/** What a customer would take as gladly, and what is left, goes before what stands behind it. */
function preferFirst(problem: AllocationProblem, { slots, usage }: Allocation): void {
  const { actionCount, width, values, most, least } = problem;
  for (let at = 0; at < slots.length; at++) {
    const k = slots[at]!;
    if (k <= 0 || usage[k]! <= least[k]!) continue;
    const i = Math.floor(at / width);
    const row = i * actionCount;
    const value = values[row + k]!;
    for (let j = 0; j < k; j++) {
      if (values[row + j] !== value || usage[j]! >= most[j]! || costOf(problem, i, j) !== costOf(problem, i, k) || !fits(problem, slots, i, at - i * width, j)) continue;
      slots[at] = j;
      usage[k]!--;
      usage[j]!++;
      break;
    }
  }
}

/** For each action the customers to whom it is worth about what it costs at the prices. */
function nearPrice(problem: AllocationProblem, prices: AllocationPrices, window: number): number[][] {
  const { count, actionCount, values, costs } = problem;
  const places = placePrices(prices, actionCount);
  const money = prices[2 * actionCount]!;
  const own = hasOwnCosts(problem);
  const near = Array.from(places, (): number[] => []);
  for (let i = 0, row = 0; i < count; i++, row += actionCount) {
    for (let k = 0; k < actionCount; k++) {
      if (Math.abs(values[row + k]! - places[k]! - money * costs[own ? row + k : k]!) <= window) near[k]!.push(i);
    }
  }
  return near;
}

function hasOrTakes(problem: AllocationProblem, { slots }: Allocation, i: number, k: number): boolean {
  const { width, widths } = problem;
  if (slotOf(slots, i, width, k) >= 0) return true;
  const free = slotOf(slots, i, width, -1);
  return free >= 0 && (widths === null || free < widths[i]!) && fits(problem, slots, i, free, k);
}

function giveToFirst(problem: AllocationProblem, { slots }: Allocation, k: number, rows: Int32Array): void {
  const { actionCount, width, values } = problem;
  const valueOf = (i: number): number => values[i * actionCount + k]!;
  rows.sort((a, b) => valueOf(a) - valueOf(b) || costOf(problem, a, k) - costOf(problem, b, k) || a - b);
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && valueOf(rows[to]!) === valueOf(rows[from]!) && costOf(problem, rows[to]!, k) === costOf(problem, rows[from]!, k)) to++;
    let holders = 0;
    for (let at = from; at < to; at++) if (slotOf(slots, rows[at]!, width, k) >= 0) holders++;
    for (let at = from; at < to && to - from > 1; at++) {
      const i = rows[at]!;
      const slot = slotOf(slots, i, width, k);
      if (slot < 0 && holders > 0) slots[i * width + slotOf(slots, i, width, -1)] = k;
      else if (slot >= 0 && holders <= 0) removeSlot(slots, i, width, slot);
      holders--;
    }
    from = to;
  }
}

/** Where action k (or nothing, -1) stands in the basket of customer i; -1 where it does not. */
function slotOf(slots: Int16Array, i: number, width: number, k: number): number {
  for (let s = 0; s < width; s++) if (slots[i * width + s] === k) return s;
  return -1;
}

/** Empty slots stay behind the full ones. */
function removeSlot(slots: Int16Array, i: number, width: number, slot: number): void {
  for (let s = slot; s < width - 1; s++) slots[i * width + s] = slots[i * width + s + 1]!;
  slots[i * width + width - 1] = -1;
}

/** Customers to whom everything is worth and costs the same: the better baskets go to the first of them. */
function orderAlike(problem: AllocationProblem, { slots }: Allocation): void {
  const { actionCount, width, values } = problem;
  for (const rows of alikeRows(problem)) {
    const baskets = rows.map((i) => slots.slice(i * width, (i + 1) * width).sort((a, b) => (a < 0 ? 1 : 0) - (b < 0 ? 1 : 0) || a - b));
    const row = rows[0]! * actionCount;
    const worth = (basket: Int16Array): number => basket.reduce((sum, k) => (k < 0 ? sum : sum + values[row + k]!), 0);
    baskets.sort((a, b) => worth(b) - worth(a) || compare(a, b));
    rows.forEach((i, at) => {
      slots.set(baskets[at]!, i * width);
    });
  }
}

function compare(a: Int16Array, b: Int16Array): number {
  for (let s = 0; s < a.length; s++) if (a[s] !== b[s]) return a[s]! < 0 ? 1 : b[s]! < 0 ? -1 : a[s]! - b[s]!;
  return 0;
}

/** Groups of two or more customers who are alike in everything, each ascending; found by a table of hashes. */
function alikeRows(problem: AllocationProblem): number[][] {
  const { count, actionCount, values } = problem;
  const mask = 2 ** Math.ceil(Math.log2(2 * count)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const groups = new Map<number, number[]>();
  const sum = new Float64Array(1);
  const bits = new Uint32Array(sum.buffer);
  for (let i = 0, at = 0; i < count; i++) {
    let mixed = 0;
    for (let k = 1; k <= actionCount; k++, at++) mixed += Number.isNaN(values[at]) ? k : values[at]! * (k + 0.1);
    sum[0] = mixed;
    let place = Math.imul(bits[0]! ^ Math.imul(bits[1]!, 0x9e3779b1), 0x85ebca6b);
    place = (place ^ (place >>> 15)) & mask;
    while (table[place]! >= 0 && !alike(problem, table[place]!, i)) place = (place + 1) & mask;
    const first = table[place]!;
    if (first < 0) {
      table[place] = i;
      continue;
    }
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [first, i]);
    else group.push(i);
  }
  return [...groups.values()];
}

function alike(problem: AllocationProblem, a: number, b: number): boolean {
  const { actionCount, values, widths } = problem;
  if (widths !== null && widths[a] !== widths[b]) return false;
  const own = hasOwnCosts(problem);
  for (let k = 0; k < actionCount; k++) {
    const [x, y] = [values[a * actionCount + k]!, values[b * actionCount + k]!];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false;
    if (own && costOf(problem, a, k) !== costOf(problem, b, k)) return false;
  }
  return true;
}
