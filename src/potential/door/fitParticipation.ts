import { assignFolds } from '../../data/assignFolds.js';
import { Encoding, encodeView } from '../../data/encoding.js';
import type { TableLike } from '../../data/table.js';
import { takeColumn } from '../../data/takeColumn.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { isClientelaError } from '../../errors.js';
import { logLoss } from '../../evaluation/logLoss.js';
import { rocAuc } from '../../evaluation/rocAuc.js';
import { fitLogisticRegression } from '../../learners/fitLogisticRegression.js';
import type { LogisticRegression } from '../../learners/logisticRegression.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';
import type { ParticipationReport } from './marketPotentialState.js';
import type { ParticipationState } from './participation.js';

/** So many of each kind a regression needs to say more than the rate does. */
const FEWEST = 20;
/** It is judged on so many rows, or as many as hold so many of the rarer kind. */
const JUDGED = 20_000;
const JUDGED_RARE = 200;

/** Who spends at all, as learnt from. */
export interface ParticipationData {
  readonly table: ParsedTable;
  readonly features: readonly string[];
  /** Rows of whom it is known whether they spend. */
  readonly rows: Uint32Array;
  /** By row of the table: 1 who spends, 0 who does not. */
  readonly spends: Float64Array;
  /** By row of the table. */
  readonly weights: Float64Array | null;
  readonly folds: number;
  readonly seed: number;
}

/** P(spends at all): by a logistic regression where that foretells customers left out better than the rate does. */
export function fitParticipation(data: ParticipationData): { readonly state: ParticipationState; readonly report: ParticipationReport } {
  const { rows, spends, weights } = data;
  let [total, positive, zeros] = [0, 0, 0];
  for (const row of rows) {
    const weight = weights?.[row] ?? 1;
    total += weight;
    positive += weight * spends[row]!;
    zeros += 1 - spends[row]!;
  }
  const rate = positive / total;
  const figures = { rate, zeros, logLoss: null, rateLogLoss: null, auc: null };
  const byRate: ParticipationState = { kind: 'rate', rate, standardError: Math.sqrt((rate * (1 - rate)) / total) };
  if (zeros === 0) return { state: byRate, report: { ...figures, method: 'none', why: 'nobody spends nothing: whoever is new is taken to be in the market' } };
  if (Math.min(zeros, rows.length - zeros) < FEWEST) {
    return { state: byRate, report: { ...figures, method: 'rate', why: `fewer than ${FEWEST} customers ${zeros < FEWEST ? 'spend nothing' : 'spend'}: the rate of all is taken for everybody` } };
  }
  const judged = judge(data, rate, Math.min(zeros, rows.length - zeros));
  if (!(judged.logLoss < judged.rateLogLoss)) return { state: byRate, report: { ...figures, ...judged, method: 'rate', why: 'of customers left out the profile foretells no better than the rate who spends' } };
  const model = learn(data, rows);
  return {
    state: { kind: 'logistic', model: model.toJSON(), ...informationOf(model, data) },
    report: { ...figures, ...judged, method: 'logistic', why: 'of customers left out a logistic regression on the profile foretells better than the rate who spends' },
  };
}

function learn({ table, features, spends, weights }: ParticipationData, rows: Uint32Array): LogisticRegression {
  let target = '(spends)';
  while (features.includes(target)) target += '.';
  const part: TableLike = {
    rowCount: rows.length,
    names: [...features, target],
    column: (name) => takeColumn(name === target ? { kind: 'number', values: spends } : table.source(name), rows),
  };
  const options = { target, features, ...(weights !== null && { weights: take(weights, rows) }) };
  try {
    return fitLogisticRegression(part, options);
  } catch (error) {
    if (!isClientelaError(error) || error.code !== 'PERFECT_SEPARATION') throw error;
    return fitLogisticRegression(part, { ...options, firth: true });
  }
}

function take(values: Float64Array, rows: Uint32Array): Float64Array {
  return new Float64Array(rows.length).map((_, i) => values[rows[i]!]!);
}

/** Log loss and ROC area on rows that were not learnt from, beside the log loss of the rate. */
function judge(data: ParticipationData, rate: number, rarer: number): { readonly logLoss: number; readonly rateLogLoss: number; readonly auc: number } {
  const { rows: all, spends, folds, seed, table, weights } = data;
  const step = Math.max(1, Math.min(all.length / JUDGED, rarer / JUDGED_RARE));
  const rows = new Uint32Array(Math.floor(all.length / step)).map((_, i) => all[Math.floor(i * step)]!);
  const labels = take(spends, rows);
  const foldOf = assignFolds(labels, { folds, seed });
  const probability = new Float64Array(rows.length);
  for (let fold = 0; fold < folds; fold++) {
    const test = rows.filter((_, i) => foldOf[i] === fold);
    const model = learn(data, rows.filter((_, i) => foldOf[i] !== fold));
    const found = model.predictProbability({ rowCount: test.length, names: table.names, column: (name) => takeColumn(table.source(name), test) });
    for (let i = 0, at = 0; i < rows.length; i++) if (foldOf[i] === fold) probability[i] = found[at++]!;
  }
  const counts = weights === null ? undefined : take(weights, rows);
  return { logLoss: logLoss(labels, probability, counts), rateLogLoss: logLoss(labels, new Float64Array(rows.length).fill(rate), counts), auc: rocAuc(labels, probability, counts) };
}

/** The information about the coefficients of the standardised design: sum of w p (1 - p) x x', as a Cholesky factor of the columns it can tell apart. */
function informationOf(model: LogisticRegression, { table, rows, weights, features }: ParticipationData): Pick<ParticipationState & { kind: 'logistic' }, 'columns' | 'information'> {
  const part: TableLike = { rowCount: rows.length, names: features, column: (name) => takeColumn(table.source(name), rows) };
  const probability = model.predictProbability(part);
  const encoding = new Encoding({ format: 'Encoding', formatVersion: 1, terms: model.toJSON().terms });
  const design = encodeView('fitMarketPotential', encoding, { ...part, source: (name) => part.column(name) });
  const width = design.columnCount + 1;
  const sums = new Float64Array(width * width);
  const x = new Float64Array(width).fill(1);
  for (let i = 0; i < rows.length; i++) {
    const p = probability[i]!;
    const weight = (weights === null ? 1 : weights[rows[i]!]!) * p * (1 - p);
    for (let j = 1; j < width; j++) x[j] = design.values[i * design.columnCount + j - 1]!;
    for (let j = 0; j < width; j++) for (let k = 0, scaled = weight * x[j]!; k <= j; k++) sums[j * width + k]! += scaled * x[k]!;
  }
  for (let j = 0; j < width; j++) for (let k = 0; k < j; k++) sums[k * width + j] = sums[j * width + k]!;
  const { rank, order, factor } = pivotedCholesky(sums, width, 1e-9);
  const information: number[] = [];
  for (let k = 0; k < rank; k++) information.push(...factor.subarray(k * width, k * width + k + 1));
  return { columns: [...order.subarray(0, rank)], information };
}
