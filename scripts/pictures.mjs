/**
 * `npm run pictures` draws examples/plots/gallery.mjs into docs/pictures/ and writes docs/pictures.md around it. In Node, where there is no page:
 * linkedom gives the document. Needs `npm run build:esm`.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { gallery } from '../examples/plots/gallery.mjs';
import { galleryData } from '../examples/plots/galleryData.mjs';
import { root } from './package.mjs';

const folder = join(root, 'docs/pictures');
const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** A picture as a file that stands by itself, readable on a light and on a dark page; figures to a tenth of a pixel. */
export function pictureFile(picture, title) {
  const svgs = picture.matches('svg') ? [picture] : [...picture.querySelectorAll('svg')];
  const drawn = svgs.at(-1);
  const [, , width, height] = drawn.getAttribute('viewBox').split(' ').map(Number);
  const legend = [...picture.querySelectorAll('span')].filter((span) => span.querySelector('svg') !== null).map((span) => [span.textContent.trim(), span.querySelector('svg').getAttribute('fill')]);
  const top = legend.length > 0 ? 22 : 0;
  let across = 8;
  const key = legend.map(([name, fill]) => {
    const text = `<rect x="${across}" y="4" width="12" height="12" fill="${fill}"/><text x="${across + 17}" y="14">${name}</text>`;
    across += 35 + 7 * name.length;
    return text;
  });
  const inner = drawn.innerHTML.replaceAll(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10));
  const style = 'svg{color:#1b1f24;background:#fff}@media(prefers-color-scheme:dark){svg{color:#e8eaed;background:#15181c}}';
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height + top}" viewBox="0 0 ${width} ${height + top}" fill="currentColor" font-family="system-ui, sans-serif" font-size="11" text-anchor="start"><title>${title}</title><style>${style}</style>${key.join('')}<g text-anchor="middle" transform="translate(0,${top})">${inner}</g></svg>\n`;
}

/** The lines of a picture in the gallery's source, as one writes them in a page. */
function codeOf(source, name) {
  const [, body] = new RegExp(`name: '${name}',[^]*?draw\\(.*\\{\\n([^]*?)\\n {4}\\},`).exec(source);
  return body.replaceAll(/^ {6}/gm, '').replace(/^return (.*);$/m, 'document.body.append($1);').replaceAll(', page)', ')').replaceAll('...page, ', '');
}

function sectionOf(source, { name, title, says }) {
  return `## ${title}\n\n${says}\n\n![${title}: ${says}](pictures/${name}.svg)\n\n\`\`\`js\nimport { ${name}Plot } from '../examples/plots/${name}.mjs';\n\n${codeOf(source, name)}\n\`\`\`\n`;
}

/** The page, as the gallery says. */
export function picturesPage() {
  const head = `# Pictures

The library draws nothing: its results are plain figures, and any tool draws them. These are the field's usual pictures with [Observable Plot](https://observablehq.com/plot), each a function of a result in
\`examples/plots\`, to be copied and changed. The data are those of the simulated company (\`examples/plots/galleryData.mjs\`). The playground (\`npm run playground\`) shows them with data of yours.

Made by \`npm run pictures\`; do not edit.
`;
  const source = readFileSync(join(root, 'examples/plots/gallery.mjs'), 'utf8');
  return [head, ...gallery.map((entry) => sectionOf(source, entry))].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const data = galleryData();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const { name, title, draw } of gallery) {
    const picture = draw(data, { document, width: 560 });
    writeFileSync(join(folder, `${name}.svg`), pictureFile(picture, title));
    console.log(`docs/pictures/${name}.svg`);
  }
  writeFileSync(join(root, 'docs/pictures.md'), picturesPage());
}
