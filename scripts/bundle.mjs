/** Bundles one import as a web page would and tells its size and its modules. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './package.mjs';

/**
 * @param code an ES module, e.g. `export { rfm } from 'clientela/segmentation'`
 * @param options `resolveDir` where the packages are found; `source: true` reads clientela from src instead of dist
 * @returns `{ bytes, gzip, modules, code }`; fails on a Node built-in
 */
export async function bundle(code, { resolveDir = root, source = false, ...options } = {}) {
  const alias = source ? { alias: { clientela: `${root}src` } } : {};
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir, loader: 'js' },
    bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, metafile: true, logLevel: 'silent',
    logOverride: { 'import-is-undefined': 'error' },
    ...alias, ...options,
  });
  const [output] = Object.values(metafile.outputs);
  // Only modules that leave code behind count: a re-exporting index is read, then dropped.
  const modules = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const [{ text }] = outputFiles;
  return { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length, modules, code: text };
}

/** The one line of code a budget stands for. */
export const importOf = ({ from, names }) => `export { ${names.join(', ')} } from 'clientela${from}';`;

/** What a measured bundle has against its budget; empty when nothing. */
export function complaints({ maxGzip, never }, { gzip, modules }) {
  const unwanted = modules.filter((module) => never.some((part) => module.includes(part)));
  return [
    ...(gzip > maxGzip ? [`${gzip} B gzipped, allowed are ${maxGzip}`] : []),
    ...unwanted.map((module) => `${module} may not be in the bundle`),
  ];
}
