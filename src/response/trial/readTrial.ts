import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import type { NumberColumn } from '../../data/column.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { TableOf } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readArms } from './readArms.js';
import { readPropensities } from './readPropensities.js';
import type { TrialOptions } from './trialOptions.js';

/** A trial as the learners take it. All per-row arrays are aligned with `rows`: rows of other arms, and of weight 0, are not among them. */
export interface Trial {
  /** The whole data, opened: features are read from it at `rows` (takeRows). */
  readonly table: ParsedTable;
  /** Positions in the data of the rows used, ascending. */
  readonly rows: Uint32Array;
  /** 1 and 0, or numbers. */
  readonly outcomes: Float64Array;
  readonly isBinary: boolean;
  /** The value that counts as 1; null for numbers. */
  readonly positive: TargetValue | null;
  /** 0 = control, k = treatments[k - 1]. */
  readonly arms: Uint8Array;
  readonly treatments: readonly string[];
  readonly control: string;
  /** All above 0; null where every row counts once. */
  readonly weights: Float64Array | null;
  /** Rows of each arm, control first. */
  readonly counts: Uint32Array;
  /** Observed share of each arm (by weight), control first. */
  readonly shares: Float64Array;
  /** Probability of arm a in row i (a position in `rows`): propensities[i * propensityStride + a]. */
  readonly propensities: Float64Array;
  /** 0 where the probabilities are the same in all rows, else the number of arms. */
  readonly propensityStride: number;
}

/**
 * Reads outcome, arms, weights and propensities of a trial.
 *
 * @throws a {@link ClientelaError} `MISSING_VALUE`, `TARGET_CLASSES`, `INVALID_OPTION` (control or a treatment not found), `NOT_IDENTIFIED` (an arm of fewer than
 * two rows), `COLUMN_KIND`, `UNKNOWN_COLUMN`, `EMPTY_INPUT`, `NON_FINITE_VALUE`, `INVALID_VALUE` or `LENGTH_MISMATCH`
 */
export function readTrial<Data extends TableOf<Data>>(caller: string, data: Data, options: TrialOptions): Trial {
  const table = parseTable(caller, data);
  if (table.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const allWeights = options.weights === undefined ? null : readWeights(caller, table, options.weights);
  const { rows, arms, treatments, control } = readArms(caller, table, options, allWeights);
  const weights = allWeights === null ? null : new Float64Array(rows.length);
  if (weights !== null) for (let i = 0; i < rows.length; i++) weights[i] = allWeights![rows[i]!]!;
  const counts = new Uint32Array(treatments.length + 1);
  const shares = new Float64Array(counts.length);
  let total = 0;
  for (let i = 0; i < arms.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    counts[arms[i]!]!++;
    shares[arms[i]!]! += weight;
    total += weight;
  }
  requireRows(caller, options, [control, ...treatments], counts);
  for (let arm = 0; arm < shares.length; arm++) shares[arm]! /= total;
  const outcome = readOutcomes(caller, table, options, rows);
  const propensity = readPropensities(caller, table, options.propensity, { rows, treatments, control, shares });
  return { table, rows, arms, treatments, control, weights, counts, shares, ...outcome, ...propensity };
}

function requireRows(caller: string, { treatment }: TrialOptions, names: readonly string[], counts: Uint32Array): void {
  const arm = counts.findIndex((count) => count < 2);
  if (arm < 0) return;
  const what = arm === 0 ? 'control' : 'treatment';
  const remedy = arm === 0 ? 'an effect is a difference to customers left alone' : 'leave it out of treatments';
  const message = `${caller} needs at least two rows of every arm, found ${counts[arm]!} of ${what} "${names[arm]!}" in column "${treatment}"; ${remedy}`;
  throw new ClientelaError('NOT_IDENTIFIED', message, { column: treatment, arm: names[arm], rows: counts[arm] });
}

/** The target of the rows used: 1 and 0 of two classes, else numbers. */
function readOutcomes(caller: string, table: ParsedTable, { target, positive }: TrialOptions, rows: Uint32Array): Pick<Trial, 'outcomes' | 'isBinary' | 'positive'> {
  const column = table.source(target);
  const isBinary = positive !== undefined || column.kind !== 'number' || column.values.every((value) => value === 0 || value === 1 || value !== value);
  const binary = isBinary ? readBinaryTarget(caller, table, target, positive) : null;
  const source = binary !== null ? binary.labels : (column as NumberColumn).values;
  const outcomes = new Float64Array(rows.length);
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = source[row]!;
    if (value !== value || (isBinary && value < 0)) {
      const message = `${caller} needs a target in every row, found none in column "${target}", row ${row}; leave out rows whose outcome is not known`;
      throw new ClientelaError('MISSING_VALUE', message, { column: target, row });
    }
    if (!Number.isFinite(value)) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite numbers as target, found ${value} in column "${target}", row ${row}`, { column: target, row });
    outcomes[i] = value;
    sum += value;
  }
  if (isBinary && (sum === 0 || sum === rows.length)) {
    throw new ClientelaError('TARGET_CLASSES', `${caller} needs both classes of "${target}" among the rows of the arms compared, found one; without a second there is no effect to see`, { column: target });
  }
  return { outcomes, isBinary, positive: binary === null ? null : binary.positive };
}
