/** What each import of the budget table and each module costs a page, from dist, as `npm run size` measures it. */
import { bundle, importOf } from '../scripts/bundle.mjs';
import { subpaths } from '../scripts/package.mjs';
import { budgets } from '../test/package/budgets.mjs';

/** `[{ from, names, bytes, gzip }]`, in bytes, minified and gzipped; whole modules have no names. */
export async function measureSizes() {
  const imports = budgets.map((budget) => ({ from: `clientela${budget.from}`, names: budget.names, code: importOf(budget) }));
  const modules = subpaths.map(({ specifier }) => ({ from: specifier, names: [], code: `export * from '${specifier}';` }));
  const sizes = [];
  for (const { code, ...what } of [...imports, ...modules]) {
    const { bytes, gzip } = await bundle(code);
    sizes.push({ ...what, bytes, gzip });
  }
  return sizes;
}
