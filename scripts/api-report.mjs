/** `npm run api` writes api/<subpath>.api.md, the public surface as a reviewable text, and docs/llms.txt, the index for machines; `--check` compares instead. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsIndex } from './docs-index.mjs';
import { publicApi } from './public-api.mjs';
import { manifest, root } from './package.mjs';

const check = process.argv.includes('--check');
const folder = join(root, 'api');
const { surface, forgotten } = publicApi();
const [main, ...parts] = surface;

/** The root repeats the subpaths, so its report is the list of names. */
function rootReport() {
  const lines = main.exports.map(({ name }) => {
    const homes = parts.filter(({ exports }) => exports.some((other) => other.name === name)).map(({ specifier }) => `\`${specifier}\``);
    return `- \`${name}\` (${homes.join(', ') || 'root only'})`;
  });
  return `# API of \`${main.specifier}\`\n\n${lines.join('\n')}\n`;
}

function partReport({ specifier, exports }) {
  const blocks = exports.map(({ module, text }) => `// ${module}\n${text}\n`);
  return `# API of \`${specifier}\`\n\n\`\`\`ts\n${blocks.join('\n')}\`\`\`\n`;
}

const index = 'docs/llms.txt';
const reports = new Map([['api/index.api.md', rootReport()], [index, docsIndex(parts)]]);
for (const part of parts) reports.set(`api/${part.specifier.slice(manifest.name.length + 1).replaceAll('/', '.')}.api.md`, partReport(part));

const problems = [...forgotten];
for (const { specifier, exports } of parts) {
  for (const { name } of exports) {
    if (!main.exports.some((other) => other.name === name)) problems.push(`${specifier} exports ${name}, the root does not`);
  }
}

mkdirSync(folder, { recursive: true });
const stale = readdirSync(folder).filter((file) => file.endsWith('.api.md') && !reports.has(`api/${file}`));
if (check) {
  problems.push(...stale.map((file) => `api/${file} belongs to no subpath`));
  for (const [file, text] of reports) problems.push(...differences(file, text));
  if (problems.length > 0) problems.push(`if the change is meant: npm run api, and commit api/ and ${index}`);
} else {
  for (const file of stale) rmSync(join(folder, file));
  for (const [file, text] of reports) writeFileSync(join(root, file), text);
}
console.log(`  ${main.exports.length} public names, ${reports.size - 1} reports, ${index}`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

function differences(file, text) {
  const path = join(root, file);
  const committed = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const now = text.split('\n');
  if (committed.join('\n') === text) return [];
  const gone = committed.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !committed.includes(line)).map((line) => `+ ${line}`);
  return [`${file} is not what src says:`, ...gone.slice(0, 20), ...come.slice(0, 20)];
}
