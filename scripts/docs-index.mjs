/** docs/llms.txt: what the library has, in plain text for machines that read (https://llmstxt.org): pages, then every function and class in a line. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { manifest, root } from './package.mjs';

/** Where the documents are; each folder of docs is a section. */
const folders = [['Guides, one per question', 'docs/guides'], ['Coming from another library', 'docs/coming-from'], ['Reference pages', 'docs'], ['Decisions', 'docs/decisions']];

/** @param parts the public surface without the root, as publicApi gives it */
export function docsIndex(parts) {
  const documents = folders.flatMap(([title, folder]) => {
    const lines = pagesOf(folder).map((path) => `- [${titleOf(path)}](${path}): ${firstSentence(paragraphOf(path))}`);
    return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')];
  });
  const reference = parts.flatMap(({ specifier, exports }) => {
    const lines = exports.flatMap((each) => lineOf(each));
    return [`## ${specifier}`, lines.join('\n')];
  });
  const head = [`# ${manifest.name}`, `> ${manifest.description}`, 'Learning is a function (`fitX(data, options)`), what it gives is a small immutable model that predicts, explains and is saved as JSON (`JSON.stringify(model)`, `X.fromJSON(json)`). Data is a `Frame`, an array of row objects or a record of columns; what happened is an `EventLog`. Bad input raises `ClientelaError` with a stable `code`. Options come last; times are UTC; chance is a `seed`.'];
  return `${[...head, ...documents, ...reference].join('\n\n')}\n`;
}

function pagesOf(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).filter((file) => file.endsWith('.md') && file !== 'README.md').sort().map((file) => `${folder}/${file}`);
}

function titleOf(path) {
  return /^# (.+)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1] ?? path;
}

/** The first paragraph of prose below the title. */
function paragraphOf(path) {
  const [, ...blocks] = readFileSync(join(root, path), 'utf8').split(/\n\s*\n/);
  return blocks.find((block) => /^[\w*`"'([]/.test(block.trim()) && !/^Accepted/.test(block)) ?? '';
}

/** Functions and classes; types are found in the declarations of the package. */
function lineOf({ name, declarations }) {
  const [node] = declarations;
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) return [];
  const documented = declarations.find((each) => each.jsDoc !== undefined);
  const text = documented === undefined ? '' : (ts.getTextOfJSDocComment(documented.jsDoc.at(-1).comment) ?? '');
  const parameters = ts.isFunctionDeclaration(node) ? `(${node.parameters.map((parameter) => `${parameter.name.getText()}${parameter.questionToken === undefined ? '' : '?'}`).join(', ')})` : '';
  return [`- ${ts.isClassDeclaration(node) ? 'class ' : ''}${name}${parameters}: ${firstSentence(text)}`];
}

/** Up to the first full stop that ends a sentence, on one line, links as their text. */
function firstSentence(text) {
  const line = text.replaceAll(/\{@link (?:[^}|]*\|)?\s*([^}]+)\}/g, '$1').replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll(/\s+/g, ' ').trim();
  return /^.*?[.?!](?= [A-Z`]|$)/.exec(line)?.[0] ?? line;
}
