import { ClientelaError } from '../../errors.js';
import { describeValue } from '../instant.js';

/** Who plans, and what it gives out: for reading options by name, and for the words of what is wrong with them. */
export interface Offered<Name extends string = string> {
  readonly caller: string;
  readonly noun: 'action' | 'product';
  readonly names: readonly Name[];
}

/** Refuses a name that is none of those given out. */
export function codeOf({ caller, noun, names }: Offered, option: string, name: unknown): number {
  const code = names.indexOf(name as string);
  if (code >= 0) return code;
  throw new ClientelaError('INVALID_OPTION', `${caller} knows no ${noun} ${describeValue(name)}, named in ${option}; the ${noun}s are ${names.join(', ')}`, { option, [noun]: name });
}

/** Refuses anything but an object by name. */
export function requireByName({ caller, noun, names }: Offered, option: string, given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given)) return given as Readonly<Record<string, unknown>>;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} by ${noun}, such as { ${names[0] ?? noun}: 100 }, found ${describeValue(given)}`, { option, value: given });
}

/** Whole numbers by name; `other` where a name has none. */
export function readCounts(offered: Offered, option: 'capacity' | 'minimum', given: unknown, other: number): Float64Array {
  const { caller, noun, names } = offered;
  const counts = new Float64Array(names.length).fill(other);
  if (given === undefined) return counts;
  for (const [name, value] of Object.entries(requireByName(offered, option, given))) {
    const k = codeOf(offered, option, name);
    if (value === undefined) continue;
    if (!(typeof value === 'number' && value >= 0 && (Number.isInteger(value) || (value === Infinity && other === Infinity)))) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs the ${option} of "${name}" as a whole number of customers, found ${describeValue(value)}`, { option, [noun]: name, value });
    }
    counts[k] = value;
  }
  return counts;
}

/** The most each customer gets; null where all get up to `width`. */
export function readWidths({ caller, noun, names }: Offered, option: string, given: unknown, count: number): { width: number; widths: Uint8Array | null } {
  const most = Math.min(names.length, 255);
  const read = (value: unknown, row?: number): number => {
    if (typeof value === 'number' && value >= 0 && (Number.isInteger(value) || value === Infinity)) return Math.min(value, most);
    const where = row === undefined ? '' : ` in row ${row}`;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a whole number of ${noun}s, found ${describeValue(value)}${where}`, { option, value, ...(row === undefined ? {} : { row }) });
  };
  if (typeof given !== 'object' || given === null || !('length' in given)) {
    const all = read(given);
    return { width: Math.max(1, all), widths: all > 0 ? null : new Uint8Array(count) };
  }
  const each = given as ArrayLike<unknown>;
  if (each.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as one number or one for each of the ${count} customers, found ${each.length}`, { option, found: each.length, expected: count });
  }
  const widths = new Uint8Array(count);
  for (let i = 0; i < count; i++) widths[i] = read(each[i], i);
  return trimWidths(widths);
}

/** The largest of the widths, and them where they differ. */
export function trimWidths(widths: Uint8Array): { width: number; widths: Uint8Array | null } {
  const width = Math.max(1, widths.reduce((largest, w) => Math.max(largest, w), 0));
  return { width, widths: widths.every((w) => w === width) ? null : widths };
}

/** Sums of costs are not exact: so much may the spend pass the budget, as a share of it. */
const ROUNDING = 1e-12;

/** The budget, a rounding wider; Infinity where there is none. `cost` is the option that says what is spent. */
export function readBudget({ caller, noun }: Pick<Offered, 'caller' | 'noun'>, budget: unknown, cost: { readonly option: string; readonly given: unknown }): number {
  if (budget === undefined) return Infinity;
  if (!(typeof budget === 'number' && budget >= 0)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a budget that is not negative, found ${describeValue(budget)}`, { option: 'budget', value: budget });
  }
  if (cost.given !== undefined) return budget * (1 + ROUNDING);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs the cost of a contact where there is a budget; give ${cost.option}, one amount or one for each ${noun}`, { option: cost.option });
}

/** The gap that is small enough. */
export function readTolerance(caller: string, tolerance: unknown): number {
  if (tolerance === undefined) return 1e-4;
  if (typeof tolerance === 'number' && tolerance >= 0 && tolerance < Infinity) return tolerance;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a finite tolerance that is not negative, found ${describeValue(tolerance)}`, { option: 'tolerance', value: tolerance });
}
