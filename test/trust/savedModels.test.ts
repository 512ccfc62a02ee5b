import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as clientela from '../../src/index.js';
import { isClientelaError } from '../../src/errors.js';
import { mutationsAt, placesOf, strangeKeys } from './mutations.js';

/** Whatever a stranger puts into a stored model, reading it ends, and ends in a model of the class or in an error that says what cannot be read. */

interface SavedClass {
  new (...args: never[]): object;
  fromJSON(json: unknown, ...reader: unknown[]): object;
}
const classes = new Map(Object.entries(clientela as unknown as Record<string, SavedClass>).filter(([, value]) => typeof value === 'function' && 'fromJSON' in value));

interface StoredFile {
  format?: string;
  model?: { format: string };
}
const folder = 'test/formats';
const stored = new Map(
  readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.json')).sort().map((file) => {
    const raw = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as StoredFile;
    return [file, JSON.stringify(raw.format === undefined ? raw.model : raw)];
  }),
);
/** A calibrated model asks how the model inside is read. */
const read = (Class: SavedClass, json: unknown): object => (Class.name === 'CalibratedModel' ? Class.fromJSON(json, (inner: unknown) => clientela.LogisticRegression.fromJSON(inner)) : Class.fromJSON(json));
const formatOf = (text: string): string => (JSON.parse(text) as { format: string }).format;

// Curves, which no file of their own holds; and the smaller twins of classes that have one.
const curve = clientela.kaplanMeier({ days: [1, 2, 3, 5], left: [true, false, true, true] }, { duration: 'days', event: 'left' });
const hazard = clientela.nelsonAalen({ days: [1, 2, 3, 5], left: [true, false, true, true] }, { duration: 'days', event: 'left' });
const incidence = clientela.aalenJohansen({ days: [1, 2, 3, 5], why: ['a', 'b', 'a', 'none'] }, { duration: 'days', cause: 'why', censored: 'none' });
const hierarchy = clientela.fitHierarchy([{ x: 1 }, { x: 2 }, { x: 9 }], { features: ['x'] });
const calibrator = clientela.fitPlattCalibration([true, false, true, false, true, false], [0.9, 0.2, 0.6, 0.5, 0.7, 0.4]);
for (const model of [curve, hazard, incidence, hierarchy, calibrator]) {
  const text = JSON.stringify(model);
  stored.set(`${formatOf(text)} made here`, text);
}
const twins = new Map([['BoostedTreesScorer', 'BoostedTrees'], ['KMeansAssigner', 'KMeans']]);

describe('a stored model from a stranger', () => {
  it('is tried for every class that reads one', () => {
    const tried = new Set([...stored.values()].map(formatOf));
    expect([...classes.keys()].filter((name) => !tried.has(twins.get(name) ?? name))).toEqual([]);
  });

  it.each([...stored].filter(([, text]) => classes.has(formatOf(text))))('%s', (_, text) => {
    const format = formatOf(text);
    const Class = classes.get(format)!;
    const all = placesOf(JSON.parse(text));
    // Up to forty places, evenly over the document; fewer of a long one, whose copies take their time.
    const step = Math.ceil(all.length / Math.max(6, Math.min(40, Math.floor(6e5 / text.length))));
    for (const { what, json } of [...strangeKeys(text), ...all.filter((_place, i) => i % step === 0).flatMap((path) => mutationsAt(text, path))]) {
      try {
        expect(read(Class, json), what).toBeInstanceOf(Class);
      } catch (error) {
        if (!isClientelaError(error)) throw new Error(`${format}.fromJSON with ${what}`, { cause: error });
        expect(error.message.length, what).toBeGreaterThan(20);
      }
      expect(Object.keys(Object.prototype), what).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted, what).toBeUndefined();
    }
  });

  it.each([...stored].filter(([, text]) => classes.has(formatOf(text))))('%s is a copy: changing the document or what toJSON gave changes nothing', (_, text) => {
    const Class = classes.get(formatOf(text))!;
    const json = JSON.parse(text) as object;
    const model = read(Class, json) as { toJSON(): object };
    const before = JSON.stringify(model);
    scramble(json);
    expect(JSON.stringify(model)).toBe(before);
    scramble(model.toJSON());
    expect(JSON.stringify(model)).toBe(before);
  });
});

/** Overwrites every number and text there is, where it can be overwritten. */
function scramble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const at = value as Record<string, unknown>;
    if (typeof at[key] === 'object') scramble(at[key]);
    else if (!Object.isFrozen(value)) at[key] = typeof at[key] === 'number' ? -12345 : 'scrambled';
  }
}
