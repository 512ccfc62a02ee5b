import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';

/**
 * What adding up reads of customers: two columns, and the others where there are any. What `MarketPotential` predicts is one; so is what a survey, another
 * program or an expert says. A place in each column per customer; headroom is potential - present.
 */
export interface PotentialColumns {
  /** Who the rows are, or null where nobody named them. */
  readonly customers?: readonly (string | number)[] | null;
  /** What each spends now, 0 or more. */
  readonly present: ArrayLike<number>;
  /** What each could bring; `present` or more. */
  readonly potential: ArrayLike<number>;
  /** What each spends in all, if in the market at all. @defaultValue the potential */
  readonly wallet?: ArrayLike<number>;
  /** Probability of being in the market. @defaultValue 1 */
  readonly participation?: ArrayLike<number>;
  /** Share of the wallet spent here. @defaultValue present / potential, 0 where that is 0 / 0 */
  readonly share?: ArrayLike<number>;
  /** Lower ends of the interval of the potential. @defaultValue by the variances */
  readonly potentialLower?: ArrayLike<number>;
  /** Upper ends of the interval of the potential. @defaultValue by the variances */
  readonly potentialUpper?: ArrayLike<number>;
  /** Lower ends of the interval of the share. @defaultValue present / potentialUpper */
  readonly shareLower?: ArrayLike<number>;
  /** Upper ends of the interval of the share. @defaultValue present / potentialLower */
  readonly shareUpper?: ArrayLike<number>;
  /** Variance of the potential by what is the customer's own, 0 or more. @defaultValue 0: sums then tell less uncertainty than there is */
  readonly ownVariance?: ArrayLike<number>;
  /** How the potential moves with one standard deviation of each unknown that customers share; row-major, customers * sharedCount. @defaultValue none */
  readonly sharedLoadings?: ArrayLike<number>;
  /** How many shared unknowns there are. @defaultValue loadings per customer */
  readonly sharedCount?: number;
  /** Coverage of the intervals of customers. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** The columns checked, as typed arrays; null where there are none. */
export interface PotentialValues {
  readonly rowCount: number;
  readonly present: Float64Array;
  readonly potential: Float64Array;
  readonly headroom: Float64Array;
  readonly wallet: Float64Array;
  readonly own: Float64Array | null;
  /** Null where there are no unknowns. */
  readonly shared: Float64Array | null;
  readonly sharedCount: number;
}

/** What rounding may take off a potential that is the present spend. */
const ROUNDING = 1e-9;

/** Reads and checks what every sum needs. */
export function readPotentials(caller: string, potentials: PotentialColumns): PotentialValues {
  const given = Object(potentials) as Partial<PotentialColumns>;
  if (given !== potentials || !given.present || !given.potential) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs potentials with the columns present and potential, found ${describeValue(potentials)}; take what a MarketPotential predicts, or columns of your own`);
  }
  const rowCount = given.present.length;
  const present = readAmounts(caller, 'present', given.present, rowCount, 0);
  if (rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none`);
  const potential = readAmounts(caller, 'potential', given.potential, rowCount, 0);
  const headroom = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const spent = present[row]!;
    const room = potential[row]! - spent;
    if (room < -ROUNDING * spent) {
      throw new ClientelaError('INVALID_VALUE', `${caller} needs a potential of at least the present spend, found ${potential[row]!} where ${spent} is spent in row ${row}; take the greater of the two`, { row, present: spent, potential: potential[row]! });
    }
    headroom[row] = Math.max(0, room);
  }
  const wallet = given.wallet === undefined ? potential : readAmounts(caller, 'wallet', given.wallet, rowCount, 0);
  const own = given.ownVariance === undefined ? null : readAmounts(caller, 'ownVariance', given.ownVariance, rowCount, 0);
  return { rowCount, present, potential, headroom, wallet, own, ...readShared(caller, given, rowCount) };
}

function readShared(caller: string, { sharedLoadings, sharedCount }: Partial<PotentialColumns>, rowCount: number): Pick<PotentialValues, 'shared' | 'sharedCount'> {
  if (sharedLoadings === undefined || sharedLoadings.length === 0) return { shared: null, sharedCount: 0 };
  const count = sharedCount ?? sharedLoadings.length / rowCount;
  if (!Number.isInteger(count) || count * rowCount !== sharedLoadings.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs sharedLoadings as sharedCount numbers for each of the ${rowCount} customers, found ${sharedLoadings.length} with a sharedCount of ${count}`, { expected: count * rowCount, found: sharedLoadings.length });
  }
  return { shared: readAmounts(caller, 'sharedLoadings', sharedLoadings, sharedLoadings.length, -Infinity), sharedCount: count };
}

/** A column of so many finite numbers between two ends, `width` of them a customer. */
export function readAmounts(caller: string, name: string, given: ArrayLike<number>, length: number, least: number, most: number = Infinity, width: number = 1): Float64Array {
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs ${name} as an array of numbers, one for each customer, found ${describeValue(given)}`, { column: name });
  }
  const values = given instanceof Float64Array ? given : Float64Array.from(given as ArrayLike<unknown>, (value) => (typeof value === 'number' ? value : NaN));
  if (values.length !== length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${name} as ${width === 1 ? 'one number' : `${width} numbers`} for each of the ${length / width} customers, in their order, found ${values.length}`, { column: name, expected: length, found: values.length });
  }
  for (let row = 0; row < length; row++) {
    const value = values[row]!;
    // Infinity - Infinity and NaN - NaN are no 0.
    if (value - value === 0 && value >= least && value <= most) continue;
    const finite = Number.isFinite(value);
    const range = most < Infinity ? `between ${least} and ${most}` : least === 0 ? 'finite and not negative' : 'finite';
    throw new ClientelaError(finite ? 'INVALID_VALUE' : 'NON_FINITE_VALUE', `${caller} needs ${name} ${range}, found ${describeValue(given[row])} in row ${Math.floor(row / width)}`, { column: name, row: Math.floor(row / width), value });
  }
  return values;
}

/** One number for all customers, or one each. */
export function readPerCustomer(caller: string, name: string, given: number | ArrayLike<number>, rowCount: number, least: number, most?: number): Float64Array {
  return readAmounts(caller, name, typeof given === 'number' ? new Float64Array(rowCount).fill(given) : given, rowCount, least, most);
}

/** How many customers each row stands for: not negative, and some above 0; null where each is one. */
export function readCustomerWeights(caller: string, given: ArrayLike<number> | undefined, rowCount: number): Float64Array | null {
  if (given === undefined) return null;
  const weights = readAmounts(caller, 'weights', given, rowCount, 0);
  if (weights.some((weight) => weight > 0)) return weights;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs some weight above 0, found none`);
}
