import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifest, root, subpaths } from '../../scripts/package.mjs';

const { dependencies, devDependencies, overrides } = manifest as Record<string, Record<string, string>>;

describe('package.json', () => {
  it('promises no side effects, and an honest Node', () => {
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.engines.node).toBe('>=20.19.0');
    expect(manifest.license).toBe('MIT');
  });

  it('exports the root and every folder with an index.ts, no more', () => {
    const folders = readdirSync(join(root, 'src')).filter((folder) => existsSync(join(root, 'src', folder, 'index.ts')));
    expect(subpaths.map(({ source }) => source).sort()).toEqual(['src/index.ts', ...folders.map((folder) => `src/${folder}/index.ts`)].sort());
  });

  it('gives every subpath the same four files', () => {
    for (const { name, specifier } of subpaths) {
      const key = specifier.replace(manifest.name, '.');
      expect(manifest.exports[key]).toEqual({
        import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
        require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
      });
    }
  });

  it('pins every package exactly: a patch of a numeric package has changed results before', () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies, ...overrides })) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has the root re-export every subpath', () => {
    const index = readFileSync(join(root, 'src/index.ts'), 'utf8');
    for (const { name } of subpaths.slice(1)) expect(index).toContain(`export * from './${name}.js';`);
  });
});
