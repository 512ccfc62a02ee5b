/** What package.json says, for the scripts: the root folder, the manifest and the public subpaths. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** One entry per line of `exports`: `{ name: 'data/index', specifier: 'clientela/data', source: 'src/data/index.ts' }`. */
export const subpaths = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target !== 'string')
  .map(([subpath, target]) => {
    const name = target.import.default.replace(/^\.\/dist\/(.+)\.js$/, '$1');
    return { name, specifier: manifest.name + subpath.slice(1), source: `src/${name}.ts` };
  });

/** What the module of a subpath is called in `dist/browser`: `lifetime` for `clientela/lifetime`, `clientela` for the root. */
export const browserName = ({ specifier }) => specifier.slice(specifier.lastIndexOf('/') + 1);
