/** Runs in an empty folder where only the packed tarball is installed, under each Node: both copies of the package, side by side. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const specifiers = process.argv.slice(2);

for (const specifier of specifiers) {
  assert.deepEqual(Object.keys(require(specifier)).sort(), Object.keys(await import(specifier)).sort(), `${specifier}: import and require differ`);
}

const esm = await import('clientela');
const cjs = require('clientela');
assert.notEqual(esm.ClientelaError, cjs.ClientelaError, 'two formats are two copies');
for (const copy of [esm, cjs]) {
  const data = copy === esm ? await import('clientela/data') : require('clientela/data');
  assert.equal(data.ClientelaError, copy.ClientelaError, 'one class across the subpaths of a format');
  let caught;
  try {
    data.Frame.fromRows(42);
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof copy.ClientelaError);
  assert.ok(esm.isClientelaError(caught) && cjs.isClientelaError(caught), 'recognised by either copy');
}
console.log(`${Object.keys(esm).length} names`);
