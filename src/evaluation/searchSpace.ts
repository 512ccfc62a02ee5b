import { describeValue } from '../data/instant.js';
import { requireChoice, requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import { createRandom } from '../numeric/random.js';

/** Numbers between two ends. */
export interface NumberRange {
  /** Lower end, included. */
  readonly from: number;
  /** Upper end, included. */
  readonly to: number;
  /** `'log'`: every doubling is tried equally often, for quantities such as a learning rate or a penalty. @defaultValue 'linear' */
  readonly scale?: 'linear' | 'log';
  /** Whether whole numbers only. @defaultValue false */
  readonly whole?: boolean;
}

/** What may be chosen: under each name a range of numbers, or the values to choose from. */
export type SearchSpace = Readonly<Record<string, NumberRange | readonly unknown[]>>;

/** One choice from a space. */
export type ParametersOf<Space> = { readonly [Name in keyof Space]: Space[Name] extends readonly (infer Value)[] ? Value : number };

/** How the space is searched. */
export type SearchStrategy = 'quasiRandom' | 'random';

/** Bases of the quasi-random sequence; further parameters are drawn at random, as higher bases fill the space badly. */
const BASES = [2, 3, 5, 7, 11, 13];

/**
 * Up to `budget` different choices. A space of lists that holds no more than that is tried completely; otherwise points of the Halton sequence, shifted at random
 * (Cranley and Patterson, 1976), or of pure chance.
 */
export function proposeParameters(caller: string, space: SearchSpace, budget: number, strategy: SearchStrategy, seed: number): Readonly<Record<string, unknown>>[] {
  const names = Object.keys(Object(space) as object);
  if (names.length === 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs a space of at least one parameter, found ${describeValue(space)}`, { option: 'space' });
  const readers = names.map((name) => readerOf(caller, name, space[name]));
  const size = readers.reduce((product, { size: values }) => product * values, 1);
  if (size <= budget) return wholeGrid(names, readers, size);
  const random = createRandom(seed);
  const shifts = names.map(() => random.uniform());
  const seen = new Set<string>();
  const found: Record<string, unknown>[] = [];
  for (let i = 1; found.length < budget && i <= 50 * budget; i++) {
    const positions = readers.map(({ at }, j) => at(strategy === 'random' || j >= BASES.length ? random.uniform() : (radicalInverse(i, BASES[j]!) + shifts[j]!) % 1));
    const key = positions.join();
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(Object.fromEntries(names.map((name, j) => [name, readers[j]!.value(positions[j]!)])));
  }
  return found;
}

/** A share of [0, 1) to a position, and a position to the value; `size` many positions. */
interface Reader {
  readonly size: number;
  readonly at: (share: number) => number;
  readonly value: (position: number) => unknown;
}

function readerOf(caller: string, name: string, given: NumberRange | readonly unknown[] | undefined): Reader {
  if (Array.isArray(given)) {
    const values = given as readonly unknown[];
    if (values.length > 0) return { size: values.length, at: (share) => Math.floor(share * values.length), value: (position) => values[position] };
    throw unusable(caller, name, 'at least one value', 'none');
  }
  requireKnownOptions(`${caller} ("${name}" of the space)`, Object(given), ['from', 'to', 'scale', 'whole']);
  const range = Object(given) as Partial<NumberRange>;
  const { from, to, scale = 'linear', whole = false } = range;
  if (!Number.isFinite(from) || !Number.isFinite(to) || from! > to!) throw unusable(caller, name, 'a list of values, or { from, to } of finite numbers, from not above to', typeof given === 'object' ? `from ${String(from)} to ${String(to)}` : describeValue(given));
  requireChoice(caller, `the scale of "${name}"`, scale, ['linear', 'log']);
  if (scale === 'log' && from! <= 0) throw unusable(caller, name, 'from above 0 on a log scale', String(from));
  const [low, high] = whole ? [Math.ceil(from!), Math.floor(to!) + 1] : [from!, to!];
  if (whole && high <= low) throw unusable(caller, name, 'a whole number between from and to', describeValue(given));
  const spread = (share: number): number => (scale === 'log' ? low * (high / low) ** share : low + (high - low) * share);
  const at = whole ? (share: number): number => Math.min(high - 1, Math.floor(spread(share))) : (share: number): number => Math.min(high, spread(share));
  return { size: whole ? high - low : low === high ? 1 : Infinity, at, value: (position) => position };
}

function unusable(caller: string, parameter: string, wanted: string, found: string): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${wanted} for "${parameter}" of the space, found ${found}`, { option: 'space', parameter });
}

function wholeGrid(names: readonly string[], readers: readonly Reader[], size: number): Record<string, unknown>[] {
  return Array.from({ length: size }, (_, i) => {
    let rest = i;
    const entries = names.map((name, j): [string, unknown] => {
      const { size: values, at, value } = readers[j]!;
      const position = rest % values;
      rest = Math.floor(rest / values);

      return [name, value(at(0) + position)];
    });
    return Object.fromEntries(entries);
  });
}

// The digits of i in this base, mirrored at the point.
function radicalInverse(i: number, base: number): number {
  let [result, scale, rest] = [0, 1 / base, i];
  for (; rest > 0; rest = Math.floor(rest / base), scale /= base) result += (rest % base) * scale;
  return result;
}
