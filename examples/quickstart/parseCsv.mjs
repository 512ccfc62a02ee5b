// @ts-check
/// <reference path="./papaparse.d.ts" />
import Papa from 'papaparse';
import { DemoError } from './demoError.mjs';

/**
 * @typedef {object} CsvTable - a file as text columns
 * @property {string} source - its name
 * @property {string} delimiter - found or named
 * @property {number} rowCount
 * @property {readonly string[]} names
 * @property {Readonly<Record<string, string[]>>} columns
 * @property {string[]} notes - what was odd in the file
 */

/**
 * A CSV text as columns: the delimiter is detected unless named, the first line names the columns, blank lines are skipped.
 *
 * @param {string} text
 * @param {{ source?: string, delimiter?: string | undefined }} [options]
 * @returns {CsvTable}
 */
export function parseCsv(text, { source = 'the text', delimiter = '' } = {}) {
  const parsed = /** @type {{ data: string[][], errors: { type: string, row?: number, message: string }[], meta: { delimiter: string } }} */ (
    Papa.parse(text.replace(/^\uFEFF/, ''), { delimiter, skipEmptyLines: 'greedy' })
  );
  const [header = [], ...rows] = parsed.data;
  if (header.length === 0) throw new DemoError(`${source} is empty. It needs a first line with the names of the columns, and a line per row below it.`);
  const names = header.map((name, i) => name.trim() || `column ${i + 1}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new DemoError(`${source} has two columns named "${twice}". Rename one of them.`);
  if (rows.length === 0) throw new DemoError(`${source} has a line of column names (${list(names)}) and no rows below it.`);
  const notes = header.flatMap((name, i) => (name.trim() === '' ? [`Column ${i + 1} has no name; it is called "column ${i + 1}" here.`] : []));
  const ragged = rows.findIndex((row) => row.length !== names.length);
  if (ragged >= 0) {
    const found = rows.filter((row) => row.length !== names.length).length;
    notes.push(`${found} of ${rows.length} rows do not have ${names.length} cells (the first is row ${ragged + 1}); missing cells are taken as blank, surplus ones are ignored.`);
  }
  const quotes = parsed.errors.find((error) => error.type === 'Quotes');
  if (quotes) notes.push(`Quotes do not match near row ${quotes.row ?? '?'}: ${quotes.message}.`);
  const columns = Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i] ?? '')]));
  return { source, delimiter: parsed.meta.delimiter, rowCount: rows.length, names, columns, notes };
}

/**
 * Names for a message, the first dozen.
 *
 * @param {readonly string[]} names
 * @returns {string}
 */
export function list(names) {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
}
