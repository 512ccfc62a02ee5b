import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';
import { expect } from 'vitest';
import { fencesOf, translate } from '../../scripts/extract-examples.mjs';
import * as clientela from '../../src/index.js';
import { shown } from '../shown.js';

/** One call that an example of a doc comment makes. */
export interface Call {
  run: (...args: unknown[]) => unknown;
  args: readonly unknown[];
}

type Run = (...args: unknown[]) => unknown;
const api = clientela as unknown as Record<string, unknown>;
const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** The functions a folder of src exports, by name. */
export function functionsOf(exports: object): string[] {
  return Object.entries(exports).filter(([, value]) => typeof value === 'function' && !isClass(value)).map(([name]) => name).sort();
}

/** Runs the examples of a folder of src and keeps, for each function they call, the first call that gives a value. */
export async function recordCalls(folder: string): Promise<Map<string, Call>> {
  const calls = new Map<string, Call>();
  const inScope = new Map(Object.entries(api).map(([name, value]) => [name, recorded(name, value, calls)]));
  const own = new Map([...inScope.keys()].map((name) => [name, name]));
  const files = readdirSync(`src/${folder}`, { recursive: true }).map(String).filter((file) => file.endsWith('.ts')).sort();
  for (const file of files) {
    for (const { title, code } of fencesOf(file, readFileSync(`src/${folder}/${file}`, 'utf8'))) {
      const { body, imports } = translate(title, code, own);
      const used = [...imports.keys()].filter((name) => inScope.has(name));
      // What is internal to src is tested elsewhere.
      if ([...imports].some(([name, clause]) => !inScope.has(name) && !clause.includes('type '))) continue;
      const js = ts.transpileModule(`const example = async () => {${body}\n};`, { compilerOptions: { target: ts.ScriptTarget.ESNext } }).outputText;
      const scope = ['expect', 'shown', ...used];
      const example = new Function(...scope, `${js}\nreturn example;`)(expect, shown, ...used.map((name) => inScope.get(name))) as () => Promise<void>;
      await example();
    }
  }
  return calls;
}

function recorded(name: string, value: unknown, calls: Map<string, Call>): unknown {
  if (typeof value !== 'function' || isClass(value)) return value;
  const run = value as Run;
  return (...args: unknown[]): unknown => {
    const result = run(...args);
    if (!calls.has(name)) calls.set(name, { run, args });
    return result;
  };
}
