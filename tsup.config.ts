import { defineConfig } from 'tsup';
import { subpaths } from './scripts/package.mjs';

/** The public subpaths are the lines of `exports` in package.json. */
const entry = Object.fromEntries(subpaths.map(({ name, source }) => [name, source]));
const shared = { sourcemap: true, target: 'es2022', platform: 'neutral', outDir: 'dist' } as const;

/** ESM: one file per module, so that a bundler can drop whole modules together with what they import. */
const esm = { ...shared, entry: ['src/**/*.ts'], format: 'esm', bundle: false, dts: false } as const;
/** CommonJS: one bundle per subpath; the common parts live in shared chunks, so that `instanceof` holds across subpaths. */
const cjs = { ...shared, entry, format: 'cjs', splitting: true, dts: false } as const;
/** Declarations for both. tsup sets `baseUrl`, which TypeScript 6 calls deprecated. */
const types = { ...shared, entry, format: ['esm', 'cjs'], dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } } } as const;

// `tsup --format esm` is the quick build the demo runs on.
export default defineConfig(({ format }) => (format === undefined ? [esm, cjs, types] : [esm]) as never);
