import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { binColumns } from '../../learners/trees/binColumns.js';
import type { BinTable } from '../../learners/trees/binTable.js';
import type { TreeFeature } from '../../learners/trees/treeNodes.js';
import { readTrial, type Trial } from '../trial/readTrial.js';
import type { UpliftGrowthOptions, UpliftRules } from './upliftTreeOptions.js';

/** A trial ready for trees: its columns in bins; rows by position in `trial.rows`. */
export interface UpliftSample {
  readonly trial: Trial;
  readonly features: readonly string[];
  readonly inputs: readonly TreeFeature[];
  /** The pairs of `memory.gradients` are weight * outcome and weight. */
  readonly table: BinTable;
  /** The outcomes: numbers taken from their mean, so that nothing cancels in sums and squares. */
  readonly outcomes: Float64Array;
  /** What was taken off; 0 of two classes. */
  readonly center: number;
  readonly armCount: number;
  /** The rows of each arm, control first. */
  readonly rowsByArm: readonly Int32Array[];
  /** A gain of less than this is none, but rounding. */
  readonly leastGain: number;
}

/** Reads the trial, bins its columns and lays out what trees are grown from. */
export function readUpliftSample<Data extends TableOf<Data>>(caller: string, data: Data, options: UpliftGrowthOptions<ColumnNameOf<Data>>, rules: Pick<UpliftRules, 'criterion' | 'honest' | 'maxBins' | 'seed'>): UpliftSample {
  const trial = readTrial(caller, data, options as UpliftGrowthOptions);
  const { rows, weights, arms, counts, isBinary, table: view } = trial;
  const { criterion, maxBins, seed } = rules;
  if (!isBinary && (criterion === 'KL' || criterion === 'chi')) {
    const message = `${caller} compares shares by criterion "${criterion}", found numbers in column "${options.target}"; use "squared difference" or "effect variance"`;
    throw new ClientelaError('INVALID_OPTION', message, { option: 'criterion', value: criterion });
  }
  const few = rules.honest ? counts.findIndex((count) => count < 4) : -1;
  if (few >= 0) {
    const message = `${caller} needs at least four rows of every arm, two in either half, found ${counts[few]!} of "${[trial.control, ...trial.treatments][few]!}"; leave it out of treatments, or set honest to false`;
    throw new ClientelaError('NOT_IDENTIFIED', message, { column: options.treatment, rows: counts[few] });
  }
  const features = featureNames(caller, view.names, (name) => view.source(name).kind === 'id', options);
  const all = new Int32Array(rows.length).map((_, i) => i);
  const table = binColumns(caller, view, features, { rows: new Int32Array(rows), learn: all, weights, y: trial.outcomes }, new Map(), { maxBins, seed });
  const { outcomes, center, meanSquare } = layOut(caller, trial, table, options.target);
  const rowsByArm = Array.from(counts, (_, arm) => all.filter((row) => arms[row] === arm));
  const inputs = table.features.map(({ column, levels, missingBin }): TreeFeature => (levels === null ? { column, missing: missingBin >= 0 } : { column, levels }));
  return { trial, features, inputs, table, outcomes, center, armCount: counts.length, rowsByArm, leastGain: 1e-12 * (criterion === 'KL' || criterion === 'chi' ? 1 : meanSquare) };
}

function featureNames(caller: string, names: readonly string[], isId: (name: string) => boolean, { target, treatment, features, weights }: UpliftGrowthOptions): readonly string[] {
  const known = [target, treatment, weights];
  const found: unknown = features ?? names.filter((name) => !known.includes(name) && !isId(name));
  const wrong = (needs: string, value: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${caller} needs features ${needs}, found ${describeValue(value)}`, { option: 'features', value });
  if (!Array.isArray(found)) throw wrong('as an array of names', found);
  const list = found as readonly string[];
  for (const [what, name] of [['target', target], ['treatment', treatment]] as const) if (list.includes(name)) throw wrong(`without the ${what}`, name);
  const column = list.find((name, i) => list.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
  if (list.length > 0) return list;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one feature, found none; name them in features`);
}

function layOut(caller: string, { outcomes: given, weights, isBinary }: Trial, { memory: { gradients } }: BinTable, target: string): { outcomes: Float64Array; center: number; meanSquare: number } {
  const outcomes = given.slice();
  let [sum, total, squares] = [0, 0, 0];
  for (let i = 0; i < outcomes.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * outcomes[i]!;
    total += weight;
  }
  const center = isBinary ? 0 : sum / total;
  for (let i = 0; i < outcomes.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const y = (outcomes[i] = outcomes[i]! - center);
    gradients[2 * i] = weight * y;
    gradients[2 * i + 1] = weight;
    squares += weight * y * y;
  }
  if (squares < Infinity) return { outcomes, center, meanSquare: squares / total };
  throw new ClientelaError('INVALID_VALUE', `${caller} cannot square the numbers of "${target}", they are so large; divide them by some number`, { column: target });
}
