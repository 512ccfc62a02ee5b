/** `npm run size`: what each import of the budget table costs, from dist; fails over budget. */
import { budgets } from '../test/package/budgets.mjs';
import { bundle, complaints, importOf } from './bundle.mjs';
import { subpaths } from './package.mjs';

const row = (name, { bytes, gzip }, limit = '') =>
  console.log(`  ${name.padEnd(44)} ${String(bytes).padStart(7)} B min ${String(gzip).padStart(7)} B gzip ${limit}`);

for (const budget of budgets) {
  const measured = await bundle(importOf(budget));
  row(budget.names.join(', '), measured, `of ${budget.maxGzip}`);
  for (const complaint of complaints(budget, measured)) {
    console.error(`${importOf(budget)}: ${complaint}`);
    process.exitCode = 1;
  }
}
for (const { specifier } of subpaths) row(`all of ${specifier}`, await bundle(`export * from '${specifier}';`));
