/** The public surface as TypeScript sees it: every exported name of every subpath, with its declaration and its doc comment. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root, subpaths } from './package.mjs';

const sourceRoot = join(root, 'src');

/** The declaration of every source file, from its text alone: isolatedDeclarations makes that possible, and quick. */
function declarationsOf(options) {
  const sources = readdirSync(sourceRoot, { recursive: true }).filter((path) => path.endsWith('.ts')).map((path) => join(sourceRoot, path));
  return new Map(sources.map((file) => {
    const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), { fileName: file, compilerOptions: options });
    return [file.replace(/\.ts$/, '.d.ts'), outputText];
  }));
}

/**
 * @returns `[{ specifier, exports: [{ name, text, module, doc }] }]` per subpath, and `forgotten`: types of ours that the
 * surface mentions and no subpath exports, as sentences
 */
export function publicApi() {
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
  // The declarations (no bodies, no private parts) are a program of their own.
  const files = declarationsOf(options);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || (!file.startsWith(sourceRoot) && fileExists(file));
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, target) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, target, true);
  };
  const entries = subpaths.map(({ source }) => join(root, source.replace(/\.ts$/, '.d.ts')));
  const program = ts.createProgram(entries, options, host);
  const checker = program.getTypeChecker();
  const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const printer = ts.createPrinter({ removeComments: true });

  const published = new Set();
  const surface = subpaths.map(({ specifier }, i) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entries[i]));
    const exported = module === undefined ? [] : checker.getExportsOfModule(module);
    return {
      specifier,
      exports: exported.map((symbol) => {
        const target = resolved(symbol);
        published.add(target);
        if (target.declarations === undefined) throw new Error(`${specifier} exports ${symbol.name}, which its module does not declare: npm run types says more`);
        const [first] = target.declarations;
        return {
          name: symbol.name,
          module: relative(sourceRoot, first.getSourceFile().fileName).replace(/\.d\.ts$/, '.ts'),
          text: target.declarations.map((node) => printed(printer, node)).join('\n'),
          declarations: target.declarations,
        };
      }).sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });
  return { surface, forgotten: forgottenTypes(surface, published, checker, resolved) };
}

function printed(printer, node) {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return printer.printNode(ts.EmitHint.Unspecified, statement, node.getSourceFile()).replaceAll(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 2));
}

function forgottenTypes(surface, published, checker, resolved) {
  const forgotten = new Set();
  for (const { exports } of surface) {
    for (const { name, declarations } of exports) {
      const visit = (node) => {
        const mention = ts.isTypeReferenceNode(node) ? node.typeName : ts.isExpressionWithTypeArguments(node) ? node.expression : undefined;
        const symbol = mention && checker.getSymbolAtLocation(mention);
        if (symbol !== undefined) {
          const target = resolved(symbol);
          const [first] = target.declarations ?? [];
          const ours = first !== undefined && first.getSourceFile().fileName.startsWith(sourceRoot) && !ts.isTypeParameterDeclaration(first);
          if (ours && !published.has(target)) forgotten.add(`${name} mentions ${target.name}, which no index.ts exports`);
        }
        ts.forEachChild(node, visit);
      };
      declarations.forEach(visit);
    }
  }
  return [...forgotten];
}
