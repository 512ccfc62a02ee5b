/** The two ways into a page, for `npm run consumer`: an app that Vite builds, and a page with `<script type="module">` and no bundler. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium as playwright } from 'playwright';
import { build } from 'vite';
import { chromium } from './chromium.mjs';
import { browserName, subpaths } from './package.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript' };
const page = (title, script) => `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n<script type="module" src="${script}"></script>\n</html>\n`;
const gzipped = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) / 1000;

/** A new app as `npm create vite` leaves it, in the folder where the package is installed. */
async function buildViteApp(dir, programs) {
  const app = join(dir, 'vite-app');
  mkdirSync(app);
  writeFileSync(join(app, 'index.html'), page('clientela with Vite', '/main.ts'));
  writeFileSync(join(app, 'main.ts'), programs.map((program) => `import '../${program}';`).join('\n'));
  await build({ root: app, configFile: false, logLevel: 'error' });
  const assets = join(app, 'dist/assets');
  return { address: '/vite-app/dist/', kilobytes: gzipped(readdirSync(assets).map((name) => join(assets, name))), base: '/vite-app/dist' };
}

/** The same programs with the address of a file instead of the name of a package; served as they are. */
function writePlainPage(dir, programs) {
  const plain = join(dir, 'plain');
  const addressOf = new Map(subpaths.map((subpath) => [subpath.specifier, `/node_modules/clientela/dist/browser/${browserName(subpath)}.js`]));
  mkdirSync(plain);
  for (const [index, program] of programs.entries()) {
    const code = readFileSync(join(dir, program), 'utf8').replace(/(from ')(clientela[^']*)(')/g, (_, before, name, after) => before + addressOf.get(name) + after);
    writeFileSync(join(plain, `${index}.js`), code);
  }
  writeFileSync(join(plain, 'main.js'), programs.map((_, index) => `import './${index}.js';`).join('\n'));
  writeFileSync(join(plain, 'index.html'), page('clientela without a bundler', './main.js'));
  return { address: '/plain/' };
}

/** Serves a folder and nothing above it; `base` stands for the root of an app that expects to be at `/`. */
function serve(dir, base = '') {
  const server = createServer(({ url }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const file = [join(dir, path), join(dir, base, path)].map((name) => (path.endsWith('/') ? join(name, 'index.html') : name)).find(existsSync);
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': types[extname(file ?? '.html')] ?? 'application/octet-stream' });
    response.end(file === undefined ? '' : readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` })));
}

/** What a page prints, one line a program; fails on the first error of the page. */
async function printed(browser, url, count) {
  const tab = await browser.newPage();
  const scripts = [];
  const lines = [];
  await new Promise((resolve, reject) => {
    tab.on('pageerror', reject);
    tab.on('requestfailed', (request) => reject(new Error(`${request.url()}: ${request.failure()?.errorText}`)));
    tab.on('response', (response) => (response.ok() || response.url().endsWith('favicon.ico') ? scripts.push(response.url()) : reject(new Error(`${response.status()} ${response.url()}`))));
    tab.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) reject(new Error(message.text()));
      if (message.type() === 'log' && lines.push(message.text()) === count) resolve();
    });
    tab.goto(url).catch(reject);
  });
  return { lines, scripts: scripts.filter((address) => address.endsWith('.js')).length };
}

/**
 * Runs programs, files of an installed package's folder that print one line each, in both pages.
 *
 * @returns what they printed and a word on the size, by way; null where there is no Chromium
 */
export async function runInPages(dir, programs) {
  if (!existsSync(chromium)) return null;
  const vite = await buildViteApp(dir, programs);
  const plain = writePlainPage(dir, programs);
  const { server, origin } = await serve(dir, vite.base);
  const browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  try {
    const built = await printed(browser, origin + vite.address, programs.length);
    const served = await printed(browser, origin + plain.address, programs.length);
    return [
      { way: `Chromium ${browser.version()}, built by Vite`, lines: built.lines, told: `${vite.kilobytes.toFixed(0)} kB gzip` },
      { way: 'a plain page', lines: served.lines, told: `${served.scripts} modules` },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}
