/**
 * Who gets what under limits: give each of `count` customers some of `actionCount` actions so that the values add up to the most.
 * Nothing here is checked: the public doors do that.
 */
export interface AllocationProblem {
  readonly count: number;
  readonly actionCount: number;
  /** Row-major, customers x actions; NaN where the action is not possible for the customer. */
  readonly values: Float64Array;
  /** What an action uses of the budget, not negative: one number an action, or row-major customers x actions. */
  readonly costs: Float64Array;
  /** The most customers of each action, whole numbers or Infinity. */
  readonly most: Float64Array;
  /** The fewest customers of each action, whole numbers, 0 for none. */
  readonly least: Float64Array;
  /** The most that may be spent; Infinity where nothing limits it. */
  readonly budget: number;
  /** The most actions any customer may get. */
  readonly width: number;
  /** The most actions each customer may get, up to `width`; null where it is `width` for all. */
  readonly widths: Uint8Array | null;
  /** actionCount x actionCount, symmetric: 1 where a customer may not get both; null where all go together. */
  readonly conflicts: Uint8Array | null;
}

/** A choice of actions: slot s of customer i holds an action or -1. */
export interface Allocation {
  /** Row-major, customers x width. */
  readonly slots: Int16Array;
  /** How many customers each action has. */
  readonly usage: Float64Array;
  spend: number;
}

/**
 * The prices of the limits, none negative: of one more customer of each action at its most (0 to K-1), of one fewer at its least (K to 2K-1),
 * and of one more unit of budget (2K).
 */
export type AllocationPrices = Float64Array;

/** Whether costs differ from customer to customer. */
export function hasOwnCosts({ costs, actionCount }: AllocationProblem): boolean {
  return costs.length > actionCount;
}

/** What each limit adds to the dual function per unit of its price. */
export function limitsOf({ actionCount, most, least, budget }: AllocationProblem): Float64Array {
  const limits = new Float64Array(2 * actionCount + 1);
  for (let k = 0; k < actionCount; k++) {
    limits[k] = most[k]!;
    limits[actionCount + k] = -least[k]!;
  }
  limits[2 * actionCount] = budget;
  return limits;
}

/** What an action costs at these prices before its own cost in budget: the scarce places it takes less the required ones it fills. */
export function placePrices(prices: AllocationPrices, actionCount: number): Float64Array {
  const places = new Float64Array(actionCount);
  for (let k = 0; k < actionCount; k++) places[k] = prices[k]! - prices[actionCount + k]!;
  return places;
}
