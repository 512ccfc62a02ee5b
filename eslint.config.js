import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importArrows, noModuleLevelWork } from './scripts/lint-rules.mjs';

/** The stair: a folder imports from the floors before its own, never from a neighbour on the same floor. src/errors.ts is below all. */
const floors = [
  ['numeric'],
  ['data'],
  ['learners', 'evaluation'],
  // How a score is chosen, learnt, judged and kept: the target factory's, and churn's.
  ['scores'],
  ['segmentation', 'scoring', 'response', 'propensity', 'paths', 'potential', 'churn', 'lifetime'],
  ['portable'],
];

/** The packages src may import; date-fns by subpath only (its root costs half a second to load). */
const packages = ['simple-statistics', 'date-fns/*', '@date-fns/utc', '@date-fns/utc/*'];

const takeIt = 'src is pure: take it as an argument';
const impureGlobals = [
  'console', 'process', 'Buffer', 'require', 'global', 'globalThis', 'window', 'self', 'document', 'navigator', 'localStorage',
  'fetch', 'XMLHttpRequest', 'WebSocket', 'crypto', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask',
  'requestAnimationFrame', 'Intl',
];
const impureSyntax = [
  ["NewExpression[callee.name='Date'][arguments.length=0]", 'new Date() reads the clock: take the instant as an argument'],
  ["NewExpression[callee.name='Date'][arguments.length>1]", 'new Date(year, month, …) reads the zone of the machine: use Date.UTC'],
  ["CallExpression[callee.name='Date']", 'Date() reads the clock: take the instant as an argument'],
  ['MemberExpression[computed=false][property.name=/^[gs]et(FullYear|Year|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$/]', 'local time depends on the machine: use the UTC method'],
  ['MemberExpression[computed=false][property.name=/^(toLocale[A-Z].*|localeCompare|toDateString|toTimeString)$/]', 'the result depends on the machine: compare by code unit, format by hand'],
].map(([selector, message]) => ({ selector, message }));

export default defineConfig(
  globalIgnores(['dist', 'build', 'site', 'coverage', 'test/.examples']),
  js.configs.recommended,
  { rules: { 'no-loss-of-precision': 'off' } }, // published coefficients and reference values keep their digits
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { jsdoc, clientela: { rules: { 'import-arrows': importArrows, 'no-module-level-work': noModuleLevelWork } } },
    rules: {
      'clientela/import-arrows': ['error', { source: fileURLToPath(new URL('src', import.meta.url)), floors, packages }],
      'clientela/no-module-level-work': 'error',
      'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: takeIt }))],
      'no-restricted-properties': ['error',
        { object: 'Math', property: 'random', message: 'take a seed, use src/numeric/random.ts' },
        { object: 'Date', property: 'now', message: takeIt },
        { object: 'Date', property: 'parse', message: 'reads the zone of the machine: use instantMillis' }],
      'no-restricted-syntax': ['error', ...impureSyntax],
      'jsdoc/require-jsdoc': ['error', {
        publicOnly: true,
        require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
        contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ExportNamedDeclaration > VariableDeclaration'],
        checkConstructors: false,
      }],
      'jsdoc/check-param-names': ['error', { checkDestructured: false }],
      'jsdoc/check-tag-names': ['error', { definedTags: ['defaultValue', 'internal', 'typeParam'] }],
      'jsdoc/empty-tags': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess makes values[i]! the idiom of hot loops
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-invalid-void-type': 'off', // onProgress may return false or nothing
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['**/*.config.ts', 'test/**/*.ts', 'examples/**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'URL', 'Buffer', 'performance', 'setTimeout', 'TextDecoder', 'TextEncoder', 'structuredClone', 'document', 'window', 'fetch', 'Worker']
          .map((name) => [name, 'readonly']),
      ),
    },
  },
);
