/** The two rules of our own: imports point down the stair of floors, and modules do nothing when loaded. */
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Imports in `src/` point one way: from a folder to the floors under it, never to a neighbour, up, or to an index.ts.
 * Options: `{ source: '<path of src>', floors: [['numeric'], ['data'], …], packages: ['date-fns/*', …] }`.
 */
export const importArrows = {
  meta: { type: 'problem', schema: [{ type: 'object' }], messages: { arrow: '{{problem}}' } },
  create(context) {
    const { source, floors, packages } = context.options[0];
    const floorOf = (folder) => (folder === '' ? -1 : floors.findIndex((floor) => floor.includes(folder)));
    const place = (file) => {
      const path = relative(source, file).split(sep);
      return { folder: path.length === 1 ? '' : path[0], file: path.join('/') };
    };
    const from = place(context.filename);
    const isRoot = from.file === 'index.ts';
    const isIndex = from.file.endsWith('/index.ts');

    const problemWith = (specifier) => {
      if (!specifier.startsWith('.')) {
        const known = packages.some((name) => (name.endsWith('/*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name));
        return known ? undefined : `src may import ${packages.join(', ')}, not "${specifier}"`;
      }
      if (!specifier.endsWith('.js')) return `the relative import "${specifier}" must end in .js`;
      const to = place(resolve(dirname(context.filename), specifier.replace(/\.js$/, '.ts')));
      if (to.file.startsWith('..')) return `"${specifier}" is outside src`;
      if (to.file.endsWith('index.ts')) return isRoot ? undefined : `import the file that holds the name, not "${specifier}"`;
      for (const { folder } of [from, to]) {
        if (folder !== '' && floorOf(folder) < 0) return `the folder src/${folder} has no floor yet: add it to the table in eslint.config.js`;
      }
      if (isRoot) return 'src/index.ts re-exports the index.ts of folders only';
      if (from.folder === to.folder || floorOf(to.folder) < floorOf(from.folder)) return undefined;
      if (isIndex && to.folder === '') return undefined;
      const relation = floorOf(to.folder) === floorOf(from.folder) ? 'its neighbour' : 'the higher floor';
      return `src/${from.folder} may not import from ${relation} src/${to.folder}: push what both need down a floor`;
    };
    const check = (node) => {
      if (node.source == null) return;
      const problem = problemWith(String(node.source.value));
      if (problem !== undefined) context.report({ node: node.source, messageId: 'arrow', data: { problem } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

const HARMLESS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'Symbol.for']);

/** No calls, statements or static blocks that run when a module is loaded: bundlers keep what they cannot prove idle. */
export const noModuleLevelWork = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      call: 'a call at module level keeps this module in every bundle; write /*#__PURE__*/ before it, or compute inside a function',
      statement: 'a module may only declare: this statement runs when the module is loaded',
    },
  },
  create(context) {
    const code = context.sourceCode;
    const isPure = (node) => code.getCommentsBefore(node).some(({ value }) => /[#@]__PURE__/.test(value));
    const visit = (node) => {
      if (node === null || typeof node !== 'object') return;
      if (Array.isArray(node)) return node.forEach(visit);
      if (/Function/.test(node.type ?? '') || /^TS(Interface|Type)/.test(node.type ?? '')) return;
      if (node.type === 'StaticBlock') return context.report({ node, messageId: 'statement' });
      if (node.type === 'PropertyDefinition' && !node.static) return visit(node.computed ? node.key : null);
      const isCall = node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression';
      if (isCall && !isPure(node) && !(node.callee !== undefined && HARMLESS.has(code.getText(node.callee)))) {
        return context.report({ node, messageId: 'call' });
      }
      for (const key of code.visitorKeys[node.type] ?? []) visit(node[key]);
    };
    return {
      Program({ body }) {
        for (const statement of body) {
          if (/^(Import|TS)/.test(statement.type)) continue;
          if (/^(Export|.*Declaration$)/.test(statement.type)) visit(statement);
          else context.report({ node: statement, messageId: 'statement' });
        }
      },
    };
  },
};
