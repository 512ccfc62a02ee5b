/** Ways to damage a JSON document, one at a time and always the same. */

export interface Mutation {
  /** Where, and what was put there: `terms[3].mean = null`. */
  what: string;
  json: unknown;
}

/** A value that JSON can hold and no model expects; `__proto__` as an own key is what JSON.parse makes of it. */
const values: readonly unknown[] = [null, true, -1, 0, 1.5, 1e308, 2 ** 53, 1e9, '', '__proto__', 'NaN', [], {}, [[[]]], JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"length":1000000000}')];

type Step = string | number;

/** Every place in a document: objects and arrays with all their keys, of long arrays the first, the middle and the last. */
export function placesOf(json: unknown, path: readonly Step[] = []): (readonly Step[])[] {
  if (typeof json !== 'object' || json === null) return path.length > 0 ? [path] : [];
  const keys: Step[] = Array.isArray(json) ? [...new Set([0, json.length >> 1, json.length - 1])].filter((key) => key >= 0 && key < json.length) : Object.keys(json);
  return [...(path.length > 0 ? [path] : []), ...keys.flatMap((key) => placesOf((json as Record<Step, unknown>)[key], [...path, key]))];
}

const named = (path: readonly Step[]): string => path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');

function changed(text: string, path: readonly Step[], change: (parent: Record<Step, unknown>, key: Step) => void): unknown {
  const json = JSON.parse(text) as Record<Step, unknown>;
  const parent = path.slice(0, -1).reduce<Record<Step, unknown>>((at, step) => at[step] as Record<Step, unknown>, json);
  change(parent, path.at(-1)!);
  return json;
}

/** All mutations of a place: every odd value, nothing at all, arrays cut and stretched, numbers turned and grown, keys that reach for the prototype. */
export function mutationsAt(text: string, path: readonly Step[]): Mutation[] {
  const name = named(path);
  const made = (what: string, change: (parent: Record<Step, unknown>, key: Step) => void): Mutation => ({ what: `${name} ${what}`, json: changed(text, path, change) });
  const found = path.reduce<unknown>((at, step) => (at as Record<Step, unknown>)[step], JSON.parse(text));
  const put = values.map((value) => made(`= ${JSON.stringify(value)}`, (parent, key) => void (parent[key] = value)));
  const gone = made('removed', (parent, key) => void (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]));
  const shaped = Array.isArray(found)
    ? [
        made('without its last', (parent, key) => void (parent[key] as unknown[]).pop()),
        made('one longer', (parent, key) => void (parent[key] as unknown[]).push((parent[key] as unknown[])[0] ?? 0)),
      ]
    : [];
  const numbers = typeof found === 'number' ? [made('negated', (parent, key) => void (parent[key] = -found - 1)), made('+ 1', (parent, key) => void (parent[key] = found + 1)), made('+ 0.5', (parent, key) => void (parent[key] = found + 0.5))] : [];
  return [...put, gone, ...shaped, ...numbers];
}

/** Keys that a stranger may add to any object of a document. */
export function strangeKeys(text: string): Mutation[] {
  return ['{"__proto__":{"predict":1,"polluted":1},', '{"constructor":{"prototype":{"polluted":1}},', '{"toJSON":"x","predict":"x","then":"x",'].map((start) => ({
    what: `${start} …`,
    json: JSON.parse(text.replace(/^\s*\{/, start)) as unknown,
  }));
}
