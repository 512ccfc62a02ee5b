/**
 * `npm run consumer`: packs the package, installs it in an empty folder and uses it as a stranger would, under Node 20, 22 and 24:
 * import and require of every subpath, both copies side by side, the main job compiled under node16 and bundler, in Chromium too, sizes.
 * Needs `npm run build`. The Nodes come from npm and stay in the temporary folder of the machine.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright';
import { budgets } from '../test/package/budgets.mjs';
import { bundle, complaints, importOf } from './bundle.mjs';
import { chromium } from './chromium.mjs';
import { root, subpaths } from './package.mjs';

const NODES = [20, 22, 24];
const fixtures = join(root, 'test/package/consumer');
const dir = mkdtempSync(join(tmpdir(), 'clientela-consumer-'));

const run = (command, args, cwd = dir) => {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } }).trim();
  } catch (error) {
    throw new Error(`${[command, ...args].join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`, { cause: error });
  }
};

try {
  install();
  const programs = compileMainJob();
  for (const major of NODES) {
    const node = nodeBinary(major);
    const found = run(node, ['probe.mjs', ...subpaths.map(({ specifier }) => specifier)]);
    const [esm, cjs] = programs.map((program) => run(node, [program]));
    if (esm !== cjs) throw new Error(`Node ${major}: the main job gives ${esm} as ESM and ${cjs} as CommonJS`);
    console.log(`  ${run(node, ['--version'])}: import = require on ${subpaths.length} subpaths, ${found}; main job runs in both formats`);
  }
  await runInBrowser(run(nodeBinary(NODES[0]), [programs[0]]));
  await checkSizes();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function install() {
  const [{ filename, size, entryCount }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], root));
  writeFileSync(join(dir, 'package.json'), '{"private":true,"type":"module"}');
  run('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`]);
  console.log(`  packed: ${(size / 1000).toFixed(0)} kB, ${entryCount} files`);
  cpSync(join(fixtures, 'probe.mjs'), join(dir, 'probe.mjs'));
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

/** The main job from the tarball, bundled as a page would have it, gives in Chromium what it gives in Node. */
async function runInBrowser(expected) {
  if (!existsSync(chromium)) {
    console.log(`  SKIPPED the browser: no Chromium at ${chromium}`);
    return;
  }
  const { code, gzip } = await bundle("import './out/mainJob.mjs';", { resolveDir: dir });
  const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  try {
    const page = await browser.newPage();
    const found = new Promise((resolve, reject) => {
      page.on('console', (message) => resolve(message.text()));
      page.on('pageerror', reject);
    });
    await page.addScriptTag({ type: 'module', content: code });
    if ((await found) !== expected) throw new Error(`the main job gives ${await found} in Chromium and ${expected} in Node`);
  } finally {
    await browser.close();
  }
  console.log(`  the main job runs in Chromium too, ${(gzip / 1000).toFixed(1)} kB gzip in all`);
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
