import { describe, expect, it } from 'vitest';
import { fencesOf, testModules, translate } from '../../scripts/extract-examples.mjs';
import { shown } from '../shown.js';

const body = (code: string): string => translate('docs/a.md:1', code).body;

describe('an example becomes a test', () => {
  it('an expression with "// =>" is asserted', () => {
    expect(body('1 + 1; // => 2')).toBe('shown(expect, 1 + 1, 2);');
  });

  it('an expression over several lines is asserted', () => {
    expect(body('f(\n  1,\n); // => 2')).toBe('shown(expect, f(\n  1,\n), 2);');
  });

  it('a value may go on in the comment lines below', () => {
    expect(body('f(); // => { a: 1,\n     //  b: 2 }\ng();')).toBe('shown(expect, f(), { a: 1,\n  b: 2 });\ng();');
  });

  it('a const is declared, then asserted', () => {
    expect(body('const x = f(); // => [1]')).toBe('const x = f();\nshown(expect, x, [1]);');
  });

  it('other comments are left alone', () => {
    expect(body('f(); // gives 2')).toBe('f();');
  });

  it.each([
    ['a mark that belongs to no statement', 'f();\n// => 2', 'docs/a.md:3: "// =>" must stand on the line'],
    ['a mark inside a block', 'for (const x of y) {\n  x; // => 2\n}', 'docs/a.md:3: "// =>" must stand on the line'],
    ['a value that is no expression', 'f(); // => about 2', 'docs/a.md:2: "about 2" is not a JavaScript expression'],
    ['code that does not parse', 'const = 1;', 'docs/a.md:2: Variable declaration expected'],
  ])('refuses %s, with the line', (_, code, message) => {
    expect(() => body(code)).toThrow(message);
  });

  it('finds the fences of a page, but for those marked no-run', () => {
    const page = 'text\n```ts\na;\n```\n```ts no-run\nb;\n```\n```sh\nc\n```\n';
    expect(fencesOf('docs/a.md', page)).toMatchObject([{ title: 'docs/a.md:2', code: 'a;\n' }]);
  });

  it('skips a fence that reads a file where that is absent, and says so', () => {
    const page = (path: string): string => `\`\`\`ts reads=${path}\n1 + 1; // => 2\n\`\`\`\n`;
    expect(testModules('docs/a.md', page('nowhere.csv'))[0]).toContain('test.skip("docs/a.md:1 (skipped: there is no nowhere.csv)"');
    expect(testModules('docs/a.md', page('package.json'))[0]).toContain('test("docs/a.md:1"');
  });

  it('lets a fence go on where the one before it ended', () => {
    const fence = (mark: string, code: string): string => `\`\`\`ts${mark}\n${code}\n\`\`\`\n`;
    const [module, ...others] = testModules('docs/a.md', `${fence('', "import { a } from 'x';\nconst b = a();")}text\n${fence(' continued', 'b + 1; // => 2')}${fence('', 'const b = 3;')}`);
    expect(others).toEqual([]);
    expect(module).toContain('test("docs/a.md:1", async () => {\nconst b = a();\nshown(expect, b + 1, 2);\n});\ntest("docs/a.md:');
    expect(() => testModules('docs/a.md', fence(' continued', 'b;'))).toThrow('docs/a.md:1: "continued" follows no other fence');
    expect(() => testModules('docs/a.md', fence('', "import { a } from 'x';\na;") + fence(' continued', "import { a } from 'y';\na;"))).toThrow('an import is another');
  });

  it('has the exports of its own file in scope, types as types, unless it imports or declares the name', () => {
    const source = '/**\n * ```ts\n * const b: B = a();\n * ```\n */\nexport function a() {}\nexport interface B {}\nexport const c = 1, d = 2;\n';
    const [module, ...others] = testModules('src/x/a.ts', source);
    expect(others).toEqual([]);
    expect(module).toContain("import { a } from '../../src/x/a.js';\n");
    expect(module).toContain("import { type B } from '../../src/x/a.js';\n");
    expect(module).not.toMatch(/import \{ [cd] \}/);
    expect(translate('a.ts:1', "import { a } from 'clientela'; a();", new Map([['a', 'own']])).imports.get('a')).toBe("import { a } from 'clientela';");
    expect(translate('a.ts:1', 'const a = 1; a;', new Map([['a', 'own']])).imports.size).toBe(0);
  });

  it('gives examples whose imports clash a module each', () => {
    const fence = (from: string): string => `\`\`\`ts\nimport { a } from '${from}';\na;\n\`\`\`\n`;
    expect(testModules('docs/a.md', fence('clientela') + fence('clientela') + fence('clientela/data'))).toHaveLength(2);
  });

  it('compares numbers to six significant digits, wherever they are', () => {
    const actual = { a: [1.00000001], b: new Map([['x', new Float64Array([2 / 3])]]) };
    shown(expect, actual, { a: [1], b: new Map([['x', [0.6666667]]]) });
    expect(() => shown(expect, 1.00001, 1)).toThrow();
    expect(() => shown(expect, [1], [1, 2])).toThrow();
  });
});
