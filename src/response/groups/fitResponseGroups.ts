import { readBinaryTarget } from '../../data/binaryTarget.js';
import { readWeights } from '../../data/rowNumbers.js';
import { everyRow, parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { binInputs, weightOf } from './binInputs.js';
import { crossAttributes } from './crossAttributes.js';
import { growChaid } from './growChaid.js';
import { growGiniGroups } from './growGiniGroups.js';
import { groupFeatures, readGroupInputs, type GroupInputs } from './groupInputs.js';
import { requireGroupSettings, type GroupSettings, type ResponseGroupsOptions } from './groupOptions.js';
import { divideInTwos, type GrownGroups } from './multiTree.js';
import { ResponseGroups } from './responseGroups.js';
import { settleGroups } from './settleGroups.js';
import { ESTIMATED, GROWN, readTimes, rowsWhere, splitParts } from './splitParts.js';

const CALLER = 'fitResponseGroups';

/**
 * Groups of customers with the probability that they respond, found on one part of the rows, estimated on a second and tested on a third.
 *
 * A group is what some questions single out: those of a tree by Gini's impurity (Breiman and others, 1984), of a tree by chi-square tests (CHAID; Kass,
 * 1980), or all combinations of a few attributes. Trees are tried twice. Groups whose rates the estimating part has in another order than the growing
 * part are merged; and where the estimating part shows no trend along the rates of the growing part at all, the tree is given up and one group is left,
 * which is the answer for a response that depends on nothing known. Crossed attributes do not look at the response: they stay as asked for, both first
 * parts estimate them, and combinations with too few customers are one group together.
 *
 * A missing value and, in training, the rows that have it are a branch of their own or go with the side they resemble; what training never showed goes with
 * the larger side. CHAID takes a column of numbers in `bins` quantile bins, merges what does not differ (a missing value floats), adjusts p by
 * Bonferroni's factor for the ways to merge, and does not divide again what it merged. Weights count as customers. Without `time` the parts are drawn by
 * chance, which deals the rows in their order: shuffled rows give other parts. O(features * rows * (log rows + depth)).
 *
 * @param data - raw rows, each with a known target
 * @param options - `target` at least
 * @returns the groups, the best first, with rates, intervals and what the three parts say of each
 * @throws a {@link ClientelaError} `TARGET_CLASSES` (also where a part has one class only), `MISSING_VALUE` (a row without target or time), `EMPTY_INPUT`,
 * `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and categories that look like an identifier), `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH`,
 * `DUPLICATE_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * // One in two of those who bought before answers, otherwise one in fifteen, at any age.
 * const customers = Array.from({ length: 2000 }, (_, i) => ({ before: i % 4 === 0 ? 'yes' : 'no', age: 20 + Math.floor(i / 40), answered: i % 4 === 0 ? i % 8 === 0 : i % 40 < 3 }));
 * const found = fitResponseGroups(customers, { target: 'answered' });
 * found.groups.map(({ name, share, responses }) => [name, share, responses]); // => [['before is yes', 0.25, 250], ['before is no', 0.75, 100]]
 * found.include({ contactCost: 1, benefit: 5 }).customers.estimate; // => 500
 * ```
 */
export function fitResponseGroups<Data extends TableOf<Data>>(data: Data, options: ResponseGroupsOptions<ColumnNameOf<Data>>): ResponseGroups {
  const settings = requireGroupSettings(CALLER, options);
  const table = parseTable(CALLER, data);
  if (table.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const { target, time } = options;
  const given = options.weights === undefined ? null : readWeights(CALLER, table, options.weights);
  // A row of weight 0 is no row: it is left out here, and never heard of again.
  const every = new Int32Array(table.rowCount).map((_, row) => row);
  const rows = given === null ? every : every.filter((row) => given[row]! > 0);
  const weights = new Float64Array(rows.length).map((_, i) => (given === null ? 1 : given[rows[i]!]!));
  const { labels, positive } = readLabels(table, target, options.positive, rows);
  const times = time === undefined ? null : readTimes(CALLER, table, time, rows);
  const isCrossed = settings.method === 'crossed attributes';
  const features = groupFeatures(CALLER, table, isCrossed ? 'attributes' : 'features', isCrossed ? options.attributes : options.features, target, [options.weights, time]);
  const part = rows.length === table.rowCount ? everyRow(table) : takeRows(table, rows);
  const read = readGroupInputs(CALLER, part, features);
  const parts = splitParts(labels, weights, times, settings.shares, settings.seed);
  // Crossing asks nothing of the target: both first parts may estimate.
  if (isCrossed) for (let i = 0; i < parts.length; i++) if (parts[i] === GROWN) parts[i] = ESTIMATED;
  requireBothClasses(target, labels, parts, isCrossed ? ESTIMATED : GROWN);
  if (settings.shares[1] > 0) requireBothClasses(target, labels, parts, ESTIMATED);
  const grown = growGroups(read, parts, weights, labels, settings, options.onProgress);
  return new ResponseGroups(settleGroups(read, grown, { parts, weights, labels, times }, { target, positive, features }, settings));
}

function readLabels(table: ParsedTable, target: string, positive: ResponseGroupsOptions['positive'], rows: Int32Array): { labels: Uint8Array; positive: NonNullable<ResponseGroupsOptions['positive']> } {
  const found = readBinaryTarget(CALLER, table, target, positive);
  const labels = new Uint8Array(rows.length);
  for (let i = 0; i < labels.length; i++) {
    const label = found.labels[rows[i]!]!;
    if (label < 0) throw new ClientelaError('MISSING_VALUE', `${CALLER} needs a target in every row, found none in column "${target}", row ${rows[i]!}; leave out rows that are not labelled`, { column: target, row: rows[i] });
    labels[i] = label;
  }
  return { labels, positive: found.positive };
}

function requireBothClasses(target: string, labels: Uint8Array, parts: Uint8Array, part: number): void {
  const [rows, responses] = [rowsWhere(parts, part), rowsWhere(labels, 1).filter((row) => parts[row] === part)];
  if (responses.length > 0 && responses.length < rows.length) return;
  const name = part === GROWN ? 'growing' : 'estimating';
  throw new ClientelaError('TARGET_CLASSES', `${CALLER} needs both classes of "${target}" in the ${name} part, found ${rows.length > 0 ? 'one' : 'no rows'}; add rows, or give that part a larger share`, { column: target, part: name });
}

function growGroups(read: GroupInputs, parts: Uint8Array, weights: Float64Array, labels: Uint8Array, settings: GroupSettings, onProgress: ResponseGroupsOptions['onProgress']): GrownGroups {
  const isCrossed = settings.method === 'crossed attributes';
  const from = isCrossed ? ESTIMATED : GROWN;
  const rows = rowsWhere(parts, from);
  const own = weightOf(rows, weights);
  let total = 0;
  for (const weight of weights) total += weight;
  const least = ((settings.minGroupSize ?? Math.max(100, 0.01 * total)) * own) / total;
  if (settings.method === 'gini tree') return growGiniGroups(read, rows, weights, labels, least, settings, onProgress);
  const binned = binInputs(read, rows, weights, settings.bins, settings.seed);
  const root = isCrossed ? crossAttributes(binned, rows, weights, least) : growChaid(binned, rows, weights, labels, least, settings);
  return divideInTwos(root, read.inputs, binned.edges);
}
