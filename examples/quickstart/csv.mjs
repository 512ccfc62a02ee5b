// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
import { readFile } from 'node:fs/promises';
import { DemoError } from './demoError.mjs';
import { parseCsv } from './parseCsv.mjs';

/**
 * Reads a CSV file, as parseCsv reads its text.
 *
 * @param {string} path
 * @param {{ delimiter?: string | undefined }} [options]
 * @returns {Promise<CsvTable>}
 */
export async function readCsv(path, { delimiter } = {}) {
  const text = await readFile(path, 'utf8').catch((/** @type {NodeJS.ErrnoException} */ error) => {
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' }[error.code ?? ''] ?? error.message;
    throw new DemoError(`Cannot read ${path}: ${reason}. Give the path of a CSV file, for example: npm run demo -- customers.csv`);
  });
  return parseCsv(text, { source: path, delimiter });
}
