import { defineConfig } from 'tsup';
import { browserName, manifest, subpaths } from './scripts/package.mjs';

/** The public subpaths are the lines of `exports` in package.json. */
const entry = Object.fromEntries(subpaths.map(({ name, source }) => [name, source]));
// No source maps: the code is not minified and reads as written; maps were 16 of 27 MB.
const shared = { target: 'es2022', platform: 'neutral', outDir: 'dist' } as const;

/** ESM: one file per module, so that a bundler can drop whole modules together with what they import. */
const esm = { ...shared, entry: ['src/**/*.ts'], format: 'esm', bundle: false, dts: false } as const;
/** CommonJS: one bundle per subpath; the common parts live in shared chunks, so that `instanceof` holds across subpaths. */
const cjs = { ...shared, entry, format: 'cjs', splitting: true, dts: false } as const;
/** For a page without a bundler: one minified module per subpath, packages inside, common parts in shared chunks (docs/decisions/0020). */
const browser = {
  ...shared, entry: Object.fromEntries(subpaths.map((subpath) => [browserName(subpath), subpath.source])), outDir: 'dist/browser',
  format: 'esm', platform: 'browser', splitting: true, minify: true, dts: false, noExternal: [/./],
  banner: { js: `/* ${manifest.name} ${manifest.version}, ${manifest.license}; packages inside: THIRD-PARTY-NOTICES.md */` },
} as const;
/** Declarations for both. tsup sets `baseUrl`, which TypeScript 6 calls deprecated. */
const types = { ...shared, entry, format: ['esm', 'cjs'], dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } } } as const;

// `tsup --format esm` is the quick build the demo runs on.
export default defineConfig(({ format }) => (format === undefined ? [esm, cjs, browser, types] : [esm]) as never);
