import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared');

/** Path of a file of reference figures or real data beside the repository. */
export function sharedPath(...parts: string[]): string {
  return resolve(ROOT, ...parts);
}

/** A block of tests that needs these files beside the repository; skipped, and saying so, where they are absent. */
export function describeWithShared(title: string, files: readonly string[], run: () => void): void {
  const absent = files.filter((file) => !existsSync(sharedPath(file)));
  if (absent.length === 0) describe(title, run);
  else describe.skip(`${title} (skipped: ../shared has no ${absent.join(', ')})`, run);
}

/** A file of reference figures. */
export function readGolden<Shape>(...parts: string[]): Shape {
  return JSON.parse(readFileSync(sharedPath(...parts), 'utf8')) as Shape;
}

/** A CSV file with a header as row objects of text; quoted fields may hold delimiters and doubled quotes, not line breaks. */
export function readCsv(path: string, delimiter = ','): Record<string, string>[] {
  const lines = readFileSync(sharedPath(path), 'utf8').split(/\r?\n/).filter((line) => line !== '');
  const header = splitLine(lines[0]!, delimiter);
  return lines.slice(1).map((line) => {
    const cells = splitLine(line, delimiter);
    return Object.fromEntries(header.map((name, j) => [name, cells[j]!]));
  });
}

function splitLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells = [''];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '"' && quoted && line[i + 1] === '"') cells[cells.length - 1] += line[++i]!;
    else if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}

/** The design behind the names of golden/scoring/logistic.json, row-major: '(Intercept)' is 1, 'column=level' a dummy, anything else a number. */
export function designOf(rows: readonly Readonly<Record<string, string>>[], names: readonly string[]): Float64Array {
  const columns = Object.keys(rows[0]!);
  const cells = names.map((name): ((row: Readonly<Record<string, string>>) => number) => {
    if (name === '(Intercept)') return () => 1;
    if (columns.includes(name)) return (row) => Number(row[name]);
    const column = columns.find((candidate) => name.startsWith(`${candidate}=`));
    if (column === undefined) throw new Error(`no column for ${name}`);
    return (row) => (row[column] === name.slice(column.length + 1) ? 1 : 0);
  });
  const values = new Float64Array(rows.length * names.length);
  rows.forEach((row, i) => {
    cells.forEach((cell, j) => (values[i * names.length + j] = cell(row)));
  });
  return values;
}
