import { requireMinimums } from '../../data/allocation/minimumVolumes.js';
import { readBudget, readCounts, readTolerance, type Offered } from '../../data/allocation/offered.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { createRandom } from '../../numeric/random.js';
import { readCosts, readExclusions, readPerCustomer } from './contactLimits.js';
import type { ContactOptions, ContactValues } from './contactTypes.js';
import { readContactValues } from './contactValues.js';

/** The options of a plan. */
export const CONTACT_OPTIONS: readonly string[] = [
  'actions', 'cost', 'budget', 'capacity', 'minimum', 'perCustomer', 'exclude', 'eligible', 'control', 'customers', 'tolerance', 'start', 'onProgress',
];

/** A checked problem and what the kernel does not need to know. */
export interface ContactProblem<Action extends string> {
  readonly offered: Offered<Action>;
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
  const offered: Offered<Action> = { caller, noun: 'action', names: actions };
  const tolerance = readTolerance(caller, options.tolerance);
  const control = drawControl(caller, options.control, count);
  const { width, widths } = readPerCustomer(offered, options.perCustomer, count, control);
  const conflicts = readExclusions(offered, options.exclude);
  const problem: AllocationProblem = {
    count,
    actionCount: actions.length,
    values: table.values,
    costs: readCosts(offered, count, options.cost),
    most: readCounts(offered, 'capacity', options.capacity, Infinity),
    least: readCounts(offered, 'minimum', options.minimum, 0),
    budget: readBudget(offered, options.budget, { option: 'cost', given: options.cost }),
    width,
    widths,
    conflicts: width > 1 ? conflicts : null,
  };
  requireMinimums(offered, problem);
  return { offered, problem, control, tolerance };
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
