import { describeValue } from '../../data/instant.js';
import { requireFinite, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { createRandom } from '../../numeric/random.js';
import { ROUNDING } from '../campaign/campaignCosts.js';
import { readCosts, readCounts, readExclusions, readWidths } from './contactLimits.js';
import type { ContactOptions, ContactValues } from './contactTypes.js';
import { readContactValues } from './contactValues.js';
import { requireMinimums } from './minimumVolumes.js';

/** The options of a plan. */
export const CONTACT_OPTIONS: readonly string[] = [
  'actions', 'cost', 'budget', 'capacity', 'minimum', 'perCustomer', 'exclude', 'eligible', 'control', 'customers', 'tolerance', 'start', 'onProgress',
];

/** A checked problem and what the kernel does not need to know. */
export interface ContactProblem<Action extends string> {
  readonly actions: readonly Action[];
  readonly problem: AllocationProblem;
  readonly control: Uint32Array;
  readonly tolerance: number;
}

/** Checks values and options and brings them to the kernel's form. */
export function readContactProblem<Action extends string>(caller: string, values: ContactValues<Action>, options: ContactOptions<Action>, known: readonly string[]): ContactProblem<Action> {
  requireKnownOptions(caller, options, known);
  const table = readContactValues(caller, values, options);
  const { actions, count } = table;
  requireCustomers(caller, options.customers, count);
  const tolerance = requireFinite(caller, 'tolerance', options.tolerance ?? 1e-4);
  if (tolerance < 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs a tolerance that is not negative, found ${tolerance}`, { option: 'tolerance', value: tolerance });
  const control = drawControl(caller, options.control, count);
  const { width, widths } = readWidths(caller, options.perCustomer, count, actions.length, control);
  const problem: AllocationProblem = {
    count,
    actionCount: actions.length,
    values: table.values,
    costs: readCosts(caller, actions, count, options.cost),
    most: readCounts(caller, 'capacity', actions, options.capacity, Infinity),
    least: readCounts(caller, 'minimum', actions, options.minimum, 0),
    budget: readBudget(caller, options),
    width,
    widths,
    conflicts: width > 1 ? readExclusions(caller, options.exclude, actions) : (readExclusions(caller, options.exclude, actions), null),
  };
  requireMinimums(caller, actions, problem);
  return { actions, problem, control, tolerance };
}

/** The budget, a rounding wider: sums of costs are not exact. */
export function readBudget(caller: string, { budget, cost }: { readonly budget?: unknown; readonly cost?: unknown }): number {
  if (budget === undefined) return Infinity;
  if (!(typeof budget === 'number' && budget >= 0)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a budget that is not negative, found ${describeValue(budget)}`, { option: 'budget', value: budget });
  }
  if (cost === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs the cost of a contact where there is a budget; give cost, one amount or one for each action`, { option: 'cost' });
  return budget * (1 + ROUNDING);
}

function requireCustomers(caller: string, customers: ArrayLike<string | number> | undefined, count: number): void {
  if (customers === undefined) return;
  if (customers.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one identifier for each of the ${count} customers, found ${customers.length}`, { option: 'customers', found: customers.length, expected: count });
  }
  const seen = new Map<string | number, number>();
  for (let i = 0; i < count; i++) {
    const first = seen.get(customers[i]!);
    if (first !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs every customer once, found ${describeValue(customers[i])} in rows ${first} and ${i}; a customer who may get several actions has one row`, {
        value: customers[i],
        row: i,
      });
    }
    seen.set(customers[i]!, i);
  }
}

/** As many customers as the share says, each equally likely; drawn in one look (Knuth's selection sampling). */
function drawControl(caller: string, control: ContactOptions['control'], count: number): Uint32Array {
  if (control === undefined) return new Uint32Array(0);
  requireKnownOptions(`${caller}'s control`, control, ['share', 'seed']);
  const share: unknown = control.share;
  if (!(typeof share === 'number' && share >= 0 && share <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the share of the control between 0 and 1, found ${describeValue(share)}`, { option: 'control', value: share });
  }
  const random = createRandom(control.seed ?? 1);
  const positions = new Uint32Array(Math.round(share * count));
  let drawn = 0;
  for (let i = 0; i < count && drawn < positions.length; i++) {
    if (random.uniform() * (count - i) < positions.length - drawn) positions[drawn++] = i;
  }
  return positions;
}
