/** Values no caller should give, put one at a time in the place of an argument or of a part of one. */

/** An argument list with one part changed, and in words what was changed. */
export interface Attack {
  what: string;
  args: readonly unknown[];
}

const invalidDate = new Date(NaN);
const sparse: unknown[] = [];
sparse[3] = 1;
const bare = Object.assign(Object.create(null) as object, { a: 1 });
const proto: unknown = JSON.parse('{"__proto__":{"polluted":1}}');

/** By what they are called in a message. */
export const hostile: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["''", ''], ["'__proto__'", '__proto__'], ["'constructor'", 'constructor'], ['NUL', '\u0000'], ['a lone surrogate', '\ud800'],
  ['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity], ['-0', -0], ['5e-324', 5e-324],
  ['-1', -1], ['1.5', 1.5], ['null', null], ['undefined', undefined], ['true', true], ['a symbol', Symbol('s')], ['10n', 10n], ['a function', () => 1],
  ['an invalid date', invalidDate], ['a map', new Map()], ['[]', []], ['[undefined]', [undefined]], ['a sparse array', sparse],
  ['a null-prototype object', bare], ['an own __proto__', proto], ['{}', {}],
]);

type Step = string | number;
const isPlain = (value: unknown): value is object =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null));

/** The places of an argument list down to `depth`: of a long array the first, the middle and the last. */
export function placesOf(value: unknown, depth: number, path: readonly Step[] = []): (readonly Step[])[] {
  if (!isPlain(value) || path.length === depth) return [path];
  const keys: Step[] = Array.isArray(value) && path.length > 0 ? [...new Set([0, value.length >> 1, value.length - 1])].filter((key) => key in value) : Object.keys(value);
  return [...(path.length > 0 ? [path] : []), ...keys.flatMap((key) => placesOf((value as Record<Step, unknown>)[key], depth, [...path, key]))];
}

/** A copy of `whole` with another value at a place; only what leads there is copied. */
export function put(whole: unknown, path: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = (Array.isArray(whole) ? [...(whole as unknown[])] : { ...(whole as object) }) as Record<Step, unknown>;
  copy[step] = put(copy[step], rest, value);
  return copy;
}

const named = (path: readonly Step[]): string => path.map((step) => `[${step}]`).join('');

/** Every hostile value at every place. */
export function attacksOn(args: readonly unknown[], places: readonly (readonly Step[])[]): Attack[] {
  return places.filter((path) => path.length > 0).flatMap((path) =>
    [...hostile].map(([name, value]) => ({ what: `${named(path)} = ${name}`, args: put(args, path, value) as unknown[] })),
  );
}

/** Freezes arrays and plain objects to the ground; what has a class of its own is left alone. */
export function frozen<T>(value: T): T {
  if (!isPlain(value) || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
