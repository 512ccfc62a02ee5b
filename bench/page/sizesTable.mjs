/** What imports cost a page. */
import { count, table } from './format.mjs';

const bytes = (value) => count(value);

/** Whole modules, then single imports by module. */
export function sizesTables({ sizes, date }) {
  const whole = sizes.filter(({ names }) => names.length === 0);
  const single = sizes.filter(({ names }) => names.length > 0);
  const rows = single.map(({ from, names, bytes: minified, gzip }) => [`\`${names.join(', ')}\``, `\`${from}\``, bytes(minified), bytes(gzip)]);
  return [
    `Bytes of an ES module with this import and all it needs, minified by esbuild for a browser, and gzipped; measured ${date} from \`dist\`. The budgets that \`npm run size\` holds them to are in \`test/package/budgets.mjs\`.`,
    table(['import', 'from', 'minified', 'gzipped'], 'llrr', rows),
    'Everything a module exports:',
    table(['module', 'minified', 'gzipped'], 'lrr', whole.map(({ from, bytes: minified, gzip }) => [`\`${from}\``, bytes(minified), bytes(gzip)])),
  ].join('\n\n');
}
