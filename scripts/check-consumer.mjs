/**
 * `npm run consumer`: packs the package, installs it in an empty folder and uses it as a stranger would, under Node 20, 22 and 24 and in Chromium
 * (built by Vite, and as a page without a bundler): import and require of every subpath, both copies side by side, the main job compiled under
 * node16 and bundler, figures of every pillar within one tolerance everywhere, sizes.
 * Needs `npm run build`. The Nodes come from npm and stay in the temporary folder of the machine.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { budgets } from '../test/package/budgets.mjs';
import { compareFigures, RELATIVE_TOLERANCE } from '../test/package/consumer/sameFigures.mjs';
import { bundle, complaints, importOf } from './bundle.mjs';
import { runInPages } from './consumer-browser.mjs';
import { root, subpaths } from './package.mjs';

const NODES = [20, 22, 24];
const fixtures = join(root, 'test/package/consumer');
const dir = mkdtempSync(join(tmpdir(), 'clientela-consumer-'));

const inFolder = (cwd) => ({ cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
const failed = (command, args, error) => new Error(`${[command, ...args].join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`, { cause: error });
const run = (command, args, cwd = dir) => {
  try {
    return execFileSync(command, args, { ...inFolder(cwd), stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    throw failed(command, args, error);
  }
};
/** The same beside others: the Nodes share the cores. */
const start = (command, args) => promisify(execFile)(command, args, inFolder(dir)).then(({ stdout }) => stdout.trim(), (error) => { throw failed(command, args, error); });

try {
  install();
  const [esm, cjs] = compileMainJob();
  const nodes = await Promise.all(NODES.map((major) => runInNode(major, esm, cjs)));
  const pages = await runInPages(dir, [esm, 'figures.mjs']);
  if (pages === null) console.log('  SKIPPED the browser: no Chromium');
  compareAll([...nodes, ...(pages ?? [])]);
  await checkSizes();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Every subpath by import and require, the main job in both formats, the figures: `{ way, lines, told }`, the lines being what the programs print. */
async function runInNode(major, esm, cjs) {
  const node = nodeBinary(major);
  const names = await start(node, ['probe.mjs', ...subpaths.map(({ specifier }) => specifier)]);
  const lines = [await start(node, [esm]), await start(node, ['figures.mjs'])];
  const required = await start(node, [cjs]);
  if (required !== lines[0]) throw new Error(`Node ${major}: the main job gives ${lines[0]} as ESM and ${required} as CommonJS`);
  return { way: `Node ${await start(node, ['--version'])}`, lines, told: `import = require on ${subpaths.length} subpaths, ${names}` };
}

/** The main job decides the same everywhere, the figures agree within the tolerance. */
function compareAll(runs) {
  const [{ way, lines: [decision, figures] }] = runs;
  for (const other of runs) {
    if (other.lines[0] !== decision) throw new Error(`the main job gives ${other.lines[0]} in ${other.way} and ${decision} in ${way}`);
    const { complaints: differences, largest } = compareFigures(JSON.parse(figures), JSON.parse(other.lines[1]));
    if (differences.length > 0) throw new Error(`${other.way} differs from ${way} by more than ${RELATIVE_TOLERANCE}:\n${differences.join('\n')}`);
    console.log(`  ${other.way}: ${other.told}; same decision, figures within ${largest.toExponential(0)}`);
  }
}

function install() {
  const [{ filename, size, entryCount }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], root));
  writeFileSync(join(dir, 'package.json'), '{"private":true,"type":"module"}');
  run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`]);
  console.log(`  packed: ${(size / 1000).toFixed(0)} kB, ${entryCount} files`);
  for (const program of ['probe.mjs', 'figures.mjs']) cpSync(join(fixtures, program), join(dir, program));
}

/** The types hold for both module systems of Node and for bundlers, library declarations checked too. */
function compileMainJob() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const common = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, target: 'es2022', lib: ['es2022'], types: [], rootDir: '.', outDir: 'out' };
  const settings = {
    node16: { compilerOptions: { ...common, module: 'node16' }, files: ['mainJob.mts', 'mainJob.cts'] },
    bundler: { compilerOptions: { ...common, module: 'esnext', moduleResolution: 'bundler', noEmit: true }, files: ['mainJob.ts'] },
  };
  for (const [name, setting] of Object.entries(settings)) {
    for (const file of setting.files) cpSync(join(fixtures, 'mainJob.ts'), join(dir, file));
    writeFileSync(join(dir, `tsconfig.${name}.json`), JSON.stringify(setting));
    run(process.execPath, [tsc, '-p', `tsconfig.${name}.json`]);
  }
  console.log('  types: node16 (ESM and CommonJS) and bundler');
  return ['out/mainJob.mjs', 'out/mainJob.cjs'];
}

/** The newest Node of that major from npm, kept in the machine's temporary folder; fails when it cannot be had. */
function nodeBinary(major) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const cache = join(tmpdir(), 'clientela-nodes', String(major));
  const binary = join(cache, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{"private":true}');
    run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`], cache);
  }
  if (!run(binary, ['--version'], cache).startsWith(`v${major}.`)) throw new Error(`${binary} is not Node ${major}`);
  return binary;
}

async function checkSizes() {
  const failures = [];
  for (const budget of budgets) {
    const measured = await bundle(importOf(budget), { resolveDir: dir });
    failures.push(...complaints(budget, measured).map((complaint) => `${importOf(budget)}: ${complaint}`));
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  console.log(`  sizes: ${budgets.length} imports within budget`);
}
