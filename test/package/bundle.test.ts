import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { build as viteBuild, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { bundle, complaints, importOf } from '../../scripts/bundle.mjs';
import { subpaths } from '../../scripts/package.mjs';
import { budgets } from './budgets.mjs';

// From src, so that these run on a fresh clone; `npm run size` measures dist, the consumer test the packed tarball.
const root = join(import.meta.dirname, '../..');

/** The same bundle by Vite (rolldown). */
async function viteBundle(code: string): Promise<{ gzip: number; modules: string[] }> {
  const entry = 'virtual:entry';
  const result = await viteBuild({
    root, configFile: false, logLevel: 'silent',
    plugins: [{ name: 'entry', resolveId: (id) => (id === entry ? `\0${entry}` : null), load: (id) => (id === `\0${entry}` ? code : null) }],
    resolve: { alias: [{ find: /^clientela$/, replacement: `${root}/src/index.ts` }, { find: /^clientela\/(.*)$/, replacement: `${root}/src/$1/index.ts` }] },
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' } },
  });
  const [chunk] = (result as Rolldown.RolldownOutput).output;
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id);
  return { gzip: gzipSync(chunk.code, { level: 9 }).length, modules };
}

const labelled = budgets.map((budget) => ({ ...budget, label: budget.names.join(', ') }));
/** What Vite keeps differs by the form of a module, not by who imports it: of each subpath the smallest import, where a stray module shows, and the largest, which has nearly all. */
const extremes = subpaths.flatMap(({ specifier }) => {
  const here = labelled.filter(({ from }) => `clientela${from}` === specifier).sort((a, b) => a.maxGzip - b.maxGzip);
  return here.slice(0, 1).concat(here.slice(1).slice(-1));
});

describe.each(labelled)('$label', (budget) => {
  it(`costs a page at most ${budget.maxGzip} B gzipped and brings nothing it does not need (esbuild)`, async () => {
    expect(complaints(budget, await bundle(importOf(budget), { source: true }))).toEqual([]);
  });
});

describe.each(extremes)('$label', (budget) => {
  it('brings no more with Vite', async () => {
    expect(complaints(budget, await viteBundle(importOf(budget)))).toEqual([]);
  });
});

describe('every module', () => {
  it.each(subpaths)('$specifier bundles for the browser without a Node built-in', async ({ specifier }) => {
    await expect(bundle(`export * from '${specifier}';`, { source: true })).resolves.toBeDefined();
  });

  it('does nothing when loaded: a bundler that knows no sideEffects promise keeps none of our code', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import '/entry';", resolveDir: root },
      plugins: [{
        name: 'no promise',
        setup: ({ onResolve }) => onResolve({ filter: /^\/entry$|^\./ }, ({ path, resolveDir }) => ({
          path: path === '/entry' ? join(root, 'src/index.ts') : join(resolveDir, path.replace(/\.js$/, '.ts')),
          sideEffects: true,
        })),
      }],
      bundle: true, minify: true, format: 'esm', write: false, packages: 'external',
    });
    expect(outputFiles[0]!.text.replace(/import[^;]*;/g, '').trim()).toBe('');
  });
});
