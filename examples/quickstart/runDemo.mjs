// @ts-check
import { isClientelaError } from 'clientela';
import { simulateCompany } from '../company/index.mjs';
import { companyDemo } from './companyDemo.mjs';
import { readCsv } from './csv.mjs';
import { customersDemo } from './customersDemo.mjs';
import { DemoError } from './demoError.mjs';
import { guessColumns } from './guessColumns.mjs';
import { help, readOptions } from './options.mjs';
import { count, paragraph } from './text.mjs';
import { transactionsDemo } from './transactionsDemo.mjs';

/**
 * Runs the demo for a command line.
 *
 * @param {readonly string[]} argv - without the names of node and of the script
 * @param {{ print: (text: string) => void, complain: (text: string) => void }} output
 * @returns {Promise<number>} the exit code: 0, or 1 when something the user can put right stood in the way
 */
export async function runDemo(argv, { print, complain }) {
  try {
    const options = readOptions(argv);
    const sections = options.help ? [help.trim()] : options.file === undefined ? companyDemo(simulateCompany(options), options) : await fileDemo(options.file, options);
    for (const section of sections) print(section);
    return 0;
  } catch (error) {
    // What the user can put right is told in a sentence; anything else is a fault of ours, and keeps its stack.
    if (error instanceof DemoError) complain(paragraph(error.message));
    else if (isClientelaError(error)) complain(paragraph(`${error.message}.`));
    else throw error;
    return 1;
  }
}

/**
 * @param {string} path
 * @param {import('./options.mjs').DemoOptions} options
 * @returns {Promise<string[]>}
 */
async function fileDemo(path, options) {
  const file = await readCsv(path, options);
  const guess = guessColumns(file, options);
  const read = [
    paragraph(`${path}: ${count(file.rowCount)} rows, ${file.names.length} columns, cells separated by ${JSON.stringify(file.delimiter)}; taken as ${guess.kind === 'customers' ? 'one row per customer' : 'transactions'}.`),
    ...[...guess.notes, ...file.notes].map((note) => `  - ${note}`),
  ].join('\n');
  const { customer, time, target, positive } = guess;
  if (guess.kind === 'transactions' && customer !== undefined && time !== undefined) return [read, ...transactionsDemo(file, { ...guess, customer, time }, options)];
  return [read, ...customersDemo(file, { ...guess, target: target ?? '', positive: positive ?? '' }, options)];
}
