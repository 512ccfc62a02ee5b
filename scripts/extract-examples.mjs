/**
 * Turns every TypeScript example of the documentation into a test: the ```ts fences of doc comments in src/,
 * of README.md and of docs/. `expression; // => value` becomes an assertion (numbers to 6 significant digits),
 * also after `const name = …;`; a long value may go on in the comment lines below.
 * A file's own exports are in scope in its examples. A fence marked `ts no-run` is left out; one marked `ts reads=<path>` (from the root
 * of the repository) is skipped, saying so, where that file is absent; one marked `ts continued` goes on where the fence before it ended.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const MARK = /\/\/ => ?/;
const root = fileURLToPath(new URL('..', import.meta.url));

/** The fences of one file: `[{ title: 'src/x.ts:12', code, reads, continued }]`, `reads` a file without which it cannot run. */
export function fencesOf(file, text) {
  const fence = file.endsWith('.ts')
    ? /^[ \t]*\* ```ts[ \t]*\n([\s\S]*?)^[ \t]*\* ```[ \t]*$/gm
    : /^[ \t]*```ts(?: reads=(?<reads>\S+)|(?<continued> continued))?[ \t]*\n(?<code>[\s\S]*?)^[ \t]*```[ \t]*$/gm;
  return [...text.matchAll(fence)].map((match) => ({
    title: `${file}:${text.slice(0, match.index).split('\n').length}`,
    code: file.endsWith('.ts') ? match[1].replace(/^[ \t]*\* ?/gm, '') : match.groups.code,
    reads: match.groups?.reads,
    continued: match.groups?.continued !== undefined,
  }));
}

/** One fence as the body of a test and the imports it needs: `{ body, imports: Map<local name, import clause> }`. */
export function translate(title, code, own = new Map()) {
  const [name, firstLine] = title.split(/:(?=\d+$)/);
  const fail = (position, problem) => {
    throw new SyntaxError(`${name}:${Number(firstLine) + code.slice(0, position).split('\n').length}: ${problem}`);
  };
  const tree = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  for (const { start, messageText } of tree.parseDiagnostics) fail(start, ts.flattenDiagnosticMessageText(messageText, ' '));

  const imports = new Map();
  const body = [];
  let asserted = 0;
  for (const statement of tree.statements) {
    if (ts.isImportDeclaration(statement)) {
      addImports(imports, statement);
      continue;
    }
    const expected = expectedAfter(statement.end, code, fail);
    const shownName = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0].name.getText() : undefined;
    if (expected === undefined) body.push(statement.getText());
    else if (ts.isExpressionStatement(statement)) body.push(`shown(expect, ${statement.expression.getText()}, ${expected});`);
    else if (shownName !== undefined) body.push(statement.getText(), `shown(expect, ${shownName}, ${expected});`);
    else fail(statement.getStart(), '"// =>" must follow an expression or a const');
    if (expected !== undefined) asserted++;
  }
  const marks = [...code.matchAll(new RegExp(MARK, 'g'))];
  if (marks.length !== asserted) {
    fail(marks[0].index, '"// =>" must stand on the line where a statement of the outermost level ends');
  }
  for (const used of namesUsed(tree)) if (own.has(used) && !imports.has(used)) imports.set(used, own.get(used));
  for (const declared of namesDeclared(tree)) if (own.get(declared) === imports.get(declared)) imports.delete(declared);
  return { body: body.join('\n'), imports };
}

/** The value in the `// =>` comment behind position `end`, or undefined; takes in following comment lines until it parses. */
function expectedAfter(end, code, fail) {
  const [comment] = ts.getTrailingCommentRanges(code, end) ?? [];
  if (comment === undefined || !MARK.test(code.slice(comment.pos, comment.pos + 6))) return undefined;
  let value = code.slice(comment.pos, comment.end).replace(MARK, '');
  let next = comment.end + 1;
  while (!isExpression(value)) {
    const line = /^[ \t]*\/\/(.*)$/m.exec(code.slice(next).split('\n', 1)[0]);
    if (line === null) fail(comment.pos, `"${value}" is not a JavaScript expression`);
    value += `\n${line[1]}`;
    next += code.slice(next).indexOf('\n') + 1 || code.length;
  }
  return value.trim();
}

function isExpression(text) {
  const tree = ts.createSourceFile('value.ts', `(${text}\n)`, ts.ScriptTarget.Latest);
  return text.trim() !== '' && tree.parseDiagnostics.length === 0 && tree.statements.length === 1;
}

function addImports(imports, { importClause, moduleSpecifier }) {
  const from = ` from ${moduleSpecifier.getText()};`;
  if (importClause === undefined) return;
  const type = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
  if (importClause.name !== undefined) imports.set(importClause.name.text, `import ${type}${importClause.name.text}${from}`);
  const bindings = importClause.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, `import ${type}${bindings.getText()}${from}`);
  else for (const element of bindings.elements) imports.set(element.name.text, `import ${type}{ ${element.getText()} }${from}`);
}

function namesUsed(tree) {
  const names = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function namesDeclared(tree) {
  return tree.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
    return ts.isImportDeclaration(statement) || statement.name === undefined ? [] : [statement.name.text];
  });
}

/** What a source file exports by itself, as import clauses. */
function ownExports(file, text) {
  const own = new Map();
  const from = ` } from '../../${file.replace(/\.ts$/, '.js')}';`;
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements) {
    if (!(statement.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    const type = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ? 'type ' : '';
    const names = ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ name }) => name.text) : [statement.name?.text];
    for (const name of names) own.set(name, `import { ${type}${name}${from}`);
  }
  return own;
}

/**
 * The tests of one file's fences: usually one module; a fence whose imports clash with an earlier one goes to the next module.
 * A fence that continues joins the test before it.
 */
export function testModules(file, text) {
  const own = file.endsWith('.ts') ? ownExports(file, text) : new Map();
  const modules = [];
  let last;
  for (const { title, code, reads, continued } of fencesOf(file, text)) {
    const { body, imports } = translate(title, code, own);
    const agrees = (module) => [...imports].every(([name, clause]) => (module.imports.get(name) ?? clause) === clause);
    if (continued) {
      if (last === undefined) throw new SyntaxError(`${title}: "continued" follows no other fence`);
      if (!agrees(last.module)) throw new SyntaxError(`${title}: an import is another than that of the same name before it`);
      last.test.body.push(body);
    } else {
      let module = modules.find(agrees);
      if (module === undefined) modules.push((module = { imports: new Map(), tests: [] }));
      const absent = reads !== undefined && !existsSync(join(root, reads));
      const run = absent ? `test.skip(${JSON.stringify(`${title} (skipped: there is no ${reads})`)}` : `test(${JSON.stringify(title)}`;
      last = { module, test: { run, body: [body] } };
      module.tests.push(last.test);
    }
    for (const [name, clause] of imports) last.module.imports.set(name, clause);
  }
  return modules.map(({ imports, tests }) =>
    [
      "import { expect, test } from 'vitest';", "import { shown } from '../shown.js';", ...imports.values(), '',
      ...tests.map(({ run, body }) => `${run}, async () => {\n${body.join('\n')}\n});`), '',
    ].join('\n'),
  );
}

function documentedFiles(root) {
  const inside = (folder, ending) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true }).filter((path) => path.endsWith(ending)).map((path) => join(folder, path)).sort()
      : [];
  return [...inside('src', '.ts'), ...inside('docs', '.md'), 'README.md'].filter((file) => existsSync(join(root, file)));
}

function main() {
  const out = join(root, 'test/.examples');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  let count = 0;
  for (const file of documentedFiles(root)) {
    const modules = testModules(file, readFileSync(join(root, file), 'utf8'));
    modules.forEach((module, i) => {
      count += module.match(/^test[.(]/gm).length;
      writeFileSync(join(out, `${file.replaceAll('/', '.')}${i === 0 ? '' : `.${i}`}.test.ts`), module);
    });
  }
  console.log(`${count} examples extracted to ${relative(process.cwd(), out)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
