import { Encoding } from '../../src/data/encoding.js';
import { fitEncoding } from '../../src/data/fitEncoding.js';
import type { TableInput } from '../../src/data/table.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { fitTargetScore } from '../../src/scoring/fitTargetScore.js';
import { TargetScore } from '../../src/scoring/targetScore.js';
import type { Customer } from './customers.js';

/** A model as the contract sees it. */
export interface ModelCase<Model extends { toJSON(): unknown } = { toJSON(): unknown }> {
  /** The name in `format`. */
  readonly format: string;
  /** Learns from the portfolio; `weights` where the model takes them. */
  readonly fit: (data: TableInput<keyof Customer>, weights?: Float64Array) => Model;
  readonly fromJSON: (json: unknown) => Model;
  /** One figure a row or, for `width` > 1, that many. */
  readonly predict: (model: Model, data: TableInput) => ArrayLike<number>;
  readonly predictRow?: (model: Model, row: object) => number;
  /** What predict says in its errors. */
  readonly predictCaller: string;
  readonly isProbability: boolean;
  /** Whether the fit has a target, and so refuses one class. */
  readonly hasTarget: boolean;
  readonly takesWeights: boolean;
}

const model = <Model extends { toJSON(): unknown }>(description: ModelCase<Model>): ModelCase => description as unknown as ModelCase;

/** Every model of the library: a new one is one entry here. */
export const models: readonly ModelCase[] = [
  model<Encoding>({
    format: 'Encoding',
    fit: (data, weights) => fitEncoding(data, { exclude: ['bought'], ...(weights && { weights }) }),
    fromJSON: (json) => Encoding.fromJSON(json),
    predict: (encoding, data) => encoding.encode(data).values,
    predictCaller: 'Encoding.encode',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<LogisticRegression>({
    format: 'LogisticRegression',
    fit: (data, weights) => fitLogisticRegression(data, { target: 'bought', ...(weights && { weights }) }),
    fromJSON: (json) => LogisticRegression.fromJSON(json),
    predict: (regression, data) => regression.predictProbability(data),
    predictRow: (regression, row) => regression.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<TargetScore>({
    format: 'TargetScore',
    fit: (data) => fitTargetScore(data, { target: 'bought' }),
    fromJSON: (json) => TargetScore.fromJSON(json),
    predict: (score, data) => score.predict(data),
    predictRow: (score, row) => score.predictRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: false,
  }),
];
