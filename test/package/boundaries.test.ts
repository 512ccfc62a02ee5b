import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let eslint: ESLint;

beforeAll(() => {
  // Typed rules need files of the project; these snippets are not on disk, and the rules under test need no types.
  eslint = new ESLint({
    cwd: root,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
    ruleFilter: ({ ruleId }) => /^(clientela\/|no-restricted-)/.test(ruleId),
  });
});

/** The complaints of our import and purity rules about `code` as if it stood in `file`. */
async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  return result!.messages.map(({ ruleId, message }) => (ruleId === null ? `not linted: ${message}` : ruleId));
}

describe('imports in src point one way', () => {
  it.each([
    ['a pillar uses the floors', 'src/scoring/a.ts', "import { b } from '../evaluation/b.js'; export { b };"],
    ['a floor uses the one below', 'src/data/a.ts', "import { b } from '../numeric/b.js'; export { b };"],
    ['anything uses errors.ts', 'src/numeric/a.ts', "import { b } from '../errors.js'; export { b };"],
    ['a neighbour in the same folder', 'src/scoring/a.ts', "import { b } from './b.js'; export { b };"],
    ['the root index gathers the folders', 'src/index.ts', "export * from './data/index.js';"],
    ['a subpath of date-fns', 'src/data/a.ts', "import { addMonths } from 'date-fns/addMonths'; export { addMonths };"],
  ])('%s', async (_, file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });

  it.each([
    ['pillar to pillar', 'src/scoring/a.ts', "import { b } from '../segmentation/b.js'; export { b };"],
    ['learners to evaluation', 'src/learners/a.ts', "import { b } from '../evaluation/b.js'; export { b };"],
    ['upwards', 'src/numeric/a.ts', "import { b } from '../data/b.js'; export { b };"],
    ['a type upwards', 'src/data/a.ts', "import type { B } from '../scoring/b.js'; export type { B };"],
    ['errors.ts to anything', 'src/errors.ts', "import { b } from './numeric/b.js'; export { b };"],
    ['an index.ts', 'src/scoring/a.ts', "import { b } from '../data/index.js'; export { b };"],
    ['the root index', 'src/scoring/a.ts', "export { b } from '../index.js';"],
    ['a folder without a floor', 'src/nowhere/a.ts', "import { b } from '../numeric/b.js'; export { b };"],
    ['at run time', 'src/data/a.ts', "export const b = () => import('../scoring/b.js');"],
    ['without its extension', 'src/data/a.ts', "import { b } from './b'; export { b };"],
    ['the root of date-fns', 'src/data/a.ts', "import { addMonths } from 'date-fns'; export { addMonths };"],
    ['a Node built-in', 'src/data/a.ts', "import { readFileSync } from 'node:fs'; export { readFileSync };"],
  ])('refuses: %s', async (_, file, code) => {
    expect(await complaints(file, code)).toEqual(['clientela/import-arrows']);
  });
});

describe('src is pure', () => {
  it.each([
    ['Math.random', 'export const f = () => Math.random();', 'no-restricted-properties'],
    ['Date.now', 'export const f = () => Date.now();', 'no-restricted-properties'],
    ['the clock', 'export const f = () => new Date();', 'no-restricted-syntax'],
    ['the zone of the machine', 'export const f = (d: Date) => d.getHours();', 'no-restricted-syntax'],
    ['the locale of the machine', 'export const f = (a: string, b: string) => a.localeCompare(b);', 'no-restricted-syntax'],
    ['the console', "export const f = () => console.log('x');", 'no-restricted-globals'],
    ['the process', "export const f = () => process.env['TZ'];", 'no-restricted-globals'],
    ['the network', "export const f = () => fetch('/');", 'no-restricted-globals'],
    ['a timer', 'export const f = () => setTimeout(() => 1, 1);', 'no-restricted-globals'],
    ['a call at module level', 'export const table = new Float64Array([1, 2]);', 'clientela/no-module-level-work'],
    ['a call in a static field', 'export class A { static readonly b = Object.freeze({}); }', 'clientela/no-module-level-work'],
    ['a statement at module level', "Array.prototype.at = () => undefined;", 'clientela/no-module-level-work'],
  ])('refuses %s', async (_, code, rule) => {
    expect(await complaints('src/data/a.ts', code)).toEqual([rule]);
  });

  it.each([
    ['an instant that is given', 'export const f = (millis: number) => new Date(millis).getUTCHours();'],
    ['a table of numbers', 'export const table = [1, 2];'],
    ['a call marked pure', 'export const table = /*#__PURE__*/ new Float64Array([1, 2]);'],
    ['a class with instance fields', 'export class A { readonly b = new Float64Array(1); }'],
  ])('takes %s', async (_, code) => {
    expect(await complaints('src/data/a.ts', code)).toEqual([]);
  });
});
