// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
import { describeCells } from './cells.mjs';
import { list } from './parseCsv.mjs';
import { DemoError } from './demoError.mjs';

/** Names of what companies predict, the surer ones first. */
const targets = [/^(y|target|label|outcome|class)$/i, /churn|exited|attrition|^left$/i, /respon/i, /subscri|accepted/i, /^(visit|visited|bought|buys|purchased|converted|conversion|clicked|opened)$/i];

/** Values that mean yes. */
const yes = /^(yes|y|true|t|1|1\.0|positive|churned|left|bought|responded)$/i;

/**
 * The column to predict: of two values, with a name that says so, or the last one.
 *
 * @param {CsvTable} table
 * @returns {string | undefined}
 */
export function guessTarget(table) {
  const two = table.names.filter((name) => describeCells(table, name).distinct === 2);
  for (const pattern of targets) {
    const found = two.find((name) => pattern.test(name));
    if (found !== undefined) return found;
  }
  const last = table.names[table.names.length - 1];
  return last !== undefined && two.includes(last) ? last : undefined;
}

/**
 * The value of the target to find: as named, otherwise the one that means yes, otherwise the rarer.
 *
 * @param {CsvTable} table
 * @param {string} target
 * @param {string | undefined} named - then the target may have more than two values
 * @returns {string}
 */
export function guessPositive(table, target, named) {
  const { counts, numbers } = describeCells(table, target);
  const levels = [...counts.keys()];
  if (levels.length < 2 || (levels.length > 2 && named === undefined)) {
    throw new DemoError(
      `The target must have two values, such as yes and no; "${target}" has ${levels.length} (${list(levels.slice(0, 13))}). ` +
        `Name another with --target${levels.length > 2 ? ', or one value to find with --positive' : ''}.`,
    );
  }
  if (named !== undefined && !levels.includes(named)) throw new DemoError(`--positive ${named} is no value of "${target}", which has ${list(levels.slice(0, 13))}.`);
  const rarer = levels.reduce((rare, level) => ((counts.get(level) ?? 0) < (counts.get(rare) ?? 0) ? level : rare));
  const positive = named ?? levels.find((level) => yes.test(level)) ?? rarer;
  // A column of numbers holds 1, however the file writes it.
  return numbers === 1 ? String(Number(positive)) : positive;
}
