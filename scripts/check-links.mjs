/** Every internal link of the site in site/ leads to a page, and to an anchor, that exist. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './package.mjs';

const site = join(root, 'site');
const pages = readdirSync(site, { recursive: true }).filter((path) => path.endsWith('.html')).map((path) => join(site, path));
const html = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
const anchors = new Map([...html].map(([page, text]) => [page, new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map((match) => match[1]))]));

let links = 0;
const broken = [];
for (const [page, text] of html) {
  for (const [, raw] of text.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
    if (/^(?:[a-z]+:|\/\/)/i.test(raw)) continue;
    links++;
    const [path, anchor] = decodeURI(raw.replaceAll('&amp;', '&')).split('#');
    let target = path === '' ? page : resolve(dirname(page), path.replace(/\?.*$/, ''));
    if (existsSync(target) && statSync(target).isDirectory()) target = join(target, 'index.html');
    const missingAnchor = anchor && anchors.has(target) && !anchors.get(target).has(anchor);
    if (!existsSync(target) || missingAnchor) broken.push(`${relative(site, page)} links to ${raw}, which does not exist`);
  }
}
console.log(`  ${pages.length} pages, ${links} internal links`);
for (const line of new Set(broken)) console.error(line);
if (broken.length > 0) process.exitCode = 1;
