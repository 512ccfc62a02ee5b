import type { Convergence } from '../../numeric/convergence.js';

/** What each action is worth for each customer: an array row-major (customers x actions, names in `actions`), or a column for each action. */
export type ContactValues<Action extends string = string> = ArrayLike<number> | Readonly<Record<Action, ArrayLike<number>>>;

/** A number for each action that has one. */
export type PerAction<Action extends string = string> = Readonly<Partial<Record<Action, number>>>;

/** What one more unit of each limit would add to the value: 0 where there is enough, absent where there is no limit. */
export interface ContactPrices<Action extends string = string> {
  /** Of one more unit of budget. */
  readonly budget: number;
  /** Of one more customer of an action at its capacity. */
  readonly capacity: PerAction<Action>;
  /** Of one customer fewer that a minimum asks for. */
  readonly minimum: PerAction<Action>;
}

/** The limits a plan of contacts keeps; money is in one currency, the caller's. */
export interface ContactOptions<Action extends string = string> {
  /** Names of the actions, when the values are one array. */
  readonly actions?: readonly Action[];
  /**
   * What a contact takes of the budget: one amount, or for each action one amount or one a customer. The values are net of it
   * already: it counts against the budget only. @defaultValue 0
   */
  readonly cost?: number | Readonly<Partial<Record<Action, number | ArrayLike<number>>>>;
  /** The most that may be spent. @defaultValue no limit */
  readonly budget?: number;
  /** The most customers for an action: whole numbers. @defaultValue no limit */
  readonly capacity?: PerAction<Action>;
  /** The fewest customers for an action (a volume that is promised): whole numbers. @defaultValue 0 */
  readonly minimum?: PerAction<Action>;
  /** The most actions for a customer: one number, or one a customer, 0 for who is to be left alone. @defaultValue 1 */
  readonly perCustomer?: number | ArrayLike<number>;
  /** Pairs of actions that may not go to the same customer. @defaultValue none */
  readonly exclude?: readonly (readonly [Action, Action])[];
  /** Whether the customer at a position may get an action. @defaultValue whoever has a value for it */
  readonly eligible?: (position: number, action: Action) => boolean;
  /** A share of all customers, drawn at random, who get nothing, so that the effect can be measured. `seed` is 1 by default. @defaultValue nobody */
  readonly control?: { readonly share: number; readonly seed?: number };
  /** Who the rows are, to have the chosen ones by name: each once. */
  readonly customers?: ArrayLike<string | number>;
  /** The gap that is small enough: the search ends there. @defaultValue 0.0001 */
  readonly tolerance?: number;
  /** Prices of an earlier plan for about the same customers: solving again is faster from there. */
  readonly start?: ContactPrices<Action>;
  /** Called after every look at the customers with the bound reached; returning false ends the search, the plan is the best so far. */
  readonly onProgress?: (progress: ContactProgress) => boolean | undefined | void;
}

/** How far the search has come. */
export interface ContactProgress {
  /** Looks at the customers so far. */
  readonly done: number;
  /** Looks allowed. */
  readonly total: number;
  /** The bound: it falls. */
  readonly objective: number;
}

/** What a plan gives one action. */
export interface PlannedAction<Action extends string = string> {
  /** Its name. */
  readonly action: Action;
  /** How many customers. */
  readonly contacts: number;
  /** What they are worth together. */
  readonly value: number;
  /** What they take of the budget. */
  readonly spend: number;
}

/** Which customer gets which action. */
export interface ContactPlan<Action extends string = string> {
  /** Names of the actions, in the order of the codes in `chosen`. */
  readonly actions: readonly Action[];
  /** Row-major, customers x `width`: codes of the actions of each customer, the most valuable first, -1 for none. */
  readonly chosen: Int32Array;
  /** The most actions any customer may get. */
  readonly width: number;
  /** Positions of the customers of each action, ascending. */
  readonly selected: Readonly<Record<Action, Uint32Array>>;
  /** Their identifiers, when `customers` were given. */
  readonly customers?: Readonly<Record<Action, readonly (string | number)[]>>;
  /** Positions of the customers set aside as control, ascending. */
  readonly control: Uint32Array;
  /** Contacts, value and spend of each action. */
  readonly perAction: readonly PlannedAction<Action>[];
  /** Contacts in all. */
  readonly contacts: number;
  /** Value of the plan. */
  readonly value: number;
  /** What it takes of the budget. */
  readonly spend: number;
  /** No plan within the limits is worth more: proven, not estimated. */
  readonly bound: number;
  /** The share of the bound that the plan is at most below the best possible one; 0 where it is proven best. */
  readonly gap: number;
  /** What one more unit of each limit would add. */
  readonly prices: ContactPrices<Action>;
  /** The limits that hold the value down, the words of `prices`: `'budget'`, `'capacity of call'`, `'minimum of mail'`. */
  readonly binding: readonly string[];
  /** How the search ended. */
  readonly convergence: Convergence;
}
