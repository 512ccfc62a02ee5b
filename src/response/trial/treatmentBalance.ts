import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { readTrial, type Trial } from './readTrial.js';
import type { TrialOptions } from './trialOptions.js';

/** Whether the arms of a trial differ in one column. */
export interface BalanceLine {
  /** The column. */
  readonly feature: string;
  /** F of an analysis of variance for numbers, chi-square for categories. */
  readonly test: 'F' | 'chi-square';
  /** Its value. */
  readonly statistic: number;
  /** Of the test; that of the denominator last. */
  readonly degreesOfFreedom: readonly number[];
  /** The chance of so large a statistic if the arms were dealt at random. */
  readonly p: number;
  /** The same, corrected for the number of columns looked at (Holm, 1979): below 0.05 anywhere is a reason to doubt that the trial was random. */
  readonly adjustedP: number;
  /** The largest difference of an arm to control, in standard deviations (of a category: over its levels); above 0.1 it is large enough to matter. */
  readonly largestDifference: number;
}

/** Options of {@link treatmentBalance}. */
export interface TreatmentBalanceOptions<Names extends string = string> extends Omit<TrialOptions<Names>, 'propensity' | 'positive'> {
  /** The columns to compare: what was known before the treatment. @defaultValue every column but target, treatment, weights and those of kind `id` or `date` */
  readonly features?: readonly Names[];
}

/**
 * Whether the arms of a trial are alike in what was known before, as they are if customers were dealt at random: one line for each column.
 *
 * Numbers are compared by an analysis of variance, categories (missing is one of their levels) by Pearson's chi-square. Weights count as repeated rows. O(cells).
 *
 * @param data - the trial, one row a customer
 * @param options - `target`, `treatment` and `control` at least
 * @returns a line for each column, the least probable first
 * @throws a {@link ClientelaError} as `fitUplift`
 * @example
 * ```ts
 * const trial = Array.from({ length: 80 }, (_, i) => ({ age: 20 + (i % 40), city: i % 8 < 4 ? 'Rome' : 'Oslo', mail: i % 4 < 2 ? 'yes' : 'no', bought: i % 3 ? 0 : 1 }));
 * const lines = treatmentBalance(trial, { target: 'bought', treatment: 'mail', control: 'no' });
 * lines.map(({ feature, test }) => [feature, test]); // => [['age', 'F'], ['city', 'chi-square']]
 * lines[1]?.p; // => 1
 * ```
 */
export function treatmentBalance<Data extends TableOf<Data>>(data: Data, options: TreatmentBalanceOptions<ColumnNameOf<Data>>): BalanceLine[] {
  requireKnownOptions('treatmentBalance', options, ['target', 'treatment', 'control', 'treatments', 'weights', 'features']);
  const { features, ...rest } = options;
  if (features !== undefined && !(features instanceof Array)) {
    throw new ClientelaError('INVALID_OPTION', `treatmentBalance needs features as an array of names, found ${describeValue(features)}`, { option: 'features', value: features });
  }
  const trial = readTrial('treatmentBalance', data, rest as TrialOptions);
  return balanceOf(trial, features ?? usualFeatures(trial, [options.target, options.treatment, options.weights]));
}

/** Every column that is a number, a category or true and false, but these. */
export function usualFeatures({ table }: Trial, except: readonly unknown[]): string[] {
  return table.names.filter((name) => !except.includes(name) && !['id', 'date'].includes(table.source(name).kind));
}

/** A line for each feature, the least probable first. */
export function balanceOf(trial: Trial, features: readonly string[]): BalanceLine[] {
  const lines = features.map((feature) => ({ ...compare(trial, feature), feature })).sort((a, b) => a.p - b.p);
  let floor = 0;
  return lines.map((line, i) => ({ ...line, adjustedP: (floor = Math.max(floor, Math.min(1, line.p * (lines.length - i)))) }));
}

type Comparison = Omit<BalanceLine, 'feature' | 'adjustedP'>;

function compare(trial: Trial, feature: string): Comparison {
  const column = trial.table.source(feature);
  if (column.kind === 'number') return compareMeans(trial, column.values);
  if (column.kind === 'category') return compareShares(trial, column.codes, column.levels.length);
  if (column.kind === 'boolean') return compareShares(trial, column.values, 2);
  throw new ClientelaError('COLUMN_KIND', `treatmentBalance compares numbers and categories, found column "${feature}" of kind ${column.kind}; leave it out of features`, { column: feature });
}

/** One-way analysis of variance of the known values. */
function compareMeans({ rows, arms, weights, counts }: Trial, values: Float64Array): Comparison {
  const [sums, totals] = [new Float64Array(counts.length), new Float64Array(counts.length)];
  eachRow((row, i, weight) => {
    if (!Number.isFinite(values[row])) return;
    sums[arms[i]!]! += weight * values[row]!;
    totals[arms[i]!]! += weight;
  });
  const means = sums.map((sum, arm) => (totals[arm]! > 0 ? sum / totals[arm]! : 0));
  const total = totals.reduce((a, b) => a + b, 0);
  const mean = sums.reduce((a, b) => a + b, 0) / (total || 1);
  let within = 0;
  eachRow((row, i, weight) => {
    if (Number.isFinite(values[row])) within += weight * (values[row]! - means[arms[i]!]!) ** 2;
  });
  const between = means.reduce((sum, own, arm) => sum + totals[arm]! * (own - mean) ** 2, 0);
  const known = totals.filter((size) => size > 0).length;
  const [above, below] = [known - 1, total - known];
  const spread = Math.sqrt((within + between) / (total || 1));
  const differs = known > 1 && below > 0 && between > 1e-24 * total * mean * mean;
  // Where nothing varies within arms, what varies between them is certain; JSON has no infinity.
  const statistic = !differs ? 0 : within > 0 ? Math.min(Number.MAX_VALUE, between / above / (within / below)) : Number.MAX_VALUE;
  return {
    test: 'F',
    statistic,
    degreesOfFreedom: [above, below],
    p: differs ? incompleteBeta(1 / (1 + (above * statistic) / below), below / 2, above / 2) : 1,
    largestDifference: spread > 0 ? means.reduce((most, own, arm) => (totals[arm]! > 0 && totals[0]! > 0 ? Math.max(most, Math.abs(own - means[0]!) / spread) : most), 0) : 0,
  };

  function eachRow(visit: (row: number, i: number, weight: number) => void): void {
    for (let i = 0; i < rows.length; i++) visit(rows[i]!, i, weights === null ? 1 : weights[i]!);
  }
}

/** Pearson's chi-square of arms by levels, missing being a level. */
function compareShares({ rows, arms, weights, counts }: Trial, codes: Int32Array | Int8Array, levels: number): Comparison {
  const width = levels + 1;
  const cells = new Float64Array(counts.length * width);
  for (let i = 0; i < rows.length; i++) cells[arms[i]! * width + codes[rows[i]!]! + 1]! += weights === null ? 1 : weights[i]!;
  const sizes = Float64Array.from(counts, (_, arm) => cells.subarray(arm * width, (arm + 1) * width).reduce((a, b) => a + b, 0));
  const total = sizes.reduce((a, b) => a + b, 0);
  let [statistic, present, largestDifference] = [0, 0, 0];
  for (let level = 0; level < width; level++) {
    let share = 0;
    for (let arm = 0; arm < counts.length; arm++) share += cells[arm * width + level]! / total;
    if (share === 0) continue;
    present++;
    for (let arm = 0; arm < counts.length; arm++) {
      statistic += (cells[arm * width + level]! - sizes[arm]! * share) ** 2 / (sizes[arm]! * share);
      const difference = Math.abs(cells[arm * width + level]! / sizes[arm]! - cells[level]! / sizes[0]!);
      if (share < 1) largestDifference = Math.max(largestDifference, difference / Math.sqrt(share * (1 - share)));
    }
  }
  const freedom = (present - 1) * (counts.length - 1);
  return { test: 'chi-square', statistic, degreesOfFreedom: [freedom], p: freedom > 0 ? chiSquareSurvival(statistic, freedom) : 1, largestDifference };
}
