import type { Column } from '../../data/column.js';
import type { ColumnValues, TableInput, TableLike } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { predictLinear } from '../../learners/linearPredictor.js';
import { BoostedTreesScorer } from '../../learners/trees/boostedTreesScorer.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import type { LinearPart, UpliftPart } from './upliftState.js';

/** What a learner of the caller's own must give: a model of the library, or one like them. */
export interface OutcomeModel {
  /** The columns a row must have. */
  readonly features: readonly string[];
  /** The expected number of every row. */
  predict?(data: TableInput): Float64Array;
  /** Where the outcome has two classes: the probability of 1 for every row. */
  predictProbability?(data: TableInput): Float64Array;
  /** The model as plain JSON. */
  toJSON(): unknown;
}

/** A class of the caller's own that reads its models. */
export interface OutcomeModelClass {
  /** The model of a parsed JSON. */
  fromJSON(json: unknown): OutcomeModel;
}

/** Reads the JSON of a model of the caller's own. */
export type OutcomeModelReader = OutcomeModelClass | ((json: unknown) => OutcomeModel);

/** A part, ready to predict. */
export interface OpenPart {
  /** The columns it reads. */
  readonly features: readonly string[];
  /** What it expects of each row; the caller is named in errors. */
  readonly predict: (caller: string, data: TableInput) => Float64Array;
}

/** A part as what predicts it. */
export function openPart(part: UpliftPart, reader?: OutcomeModelReader): OpenPart {
  if (part.kind === 'linear') {
    return { features: part.effects.map(({ column }) => column), predict: (caller, data) => predictPart(caller, part, data) };
  }
  if (part.kind === 'trees') {
    const scorer = new BoostedTreesScorer(part.state);
    const isClass = part.state.summary.loss === 'logistic';
    return { features: scorer.features, predict: (_, data) => (isClass ? scorer.predictProbability(data) : scorer.predict(data)) };
  }
  if (reader === undefined) {
    throw new ClientelaError('MODEL_FORMAT', 'Uplift.fromJSON needs a second argument that reads the models of your own learner, found none; give their class, or a function');
  }
  const model = typeof reader === 'function' ? reader(part.model) : reader.fromJSON(part.model);
  return openOther(model, part.isProbability);
}

/** A model of the caller's own as what predicts it. */
export function openOther(model: OutcomeModel, isProbability: boolean): OpenPart {
  return { features: model.features, predict: (_, data) => (isProbability ? model.predictProbability!(data) : model.predict!(data)) };
}

function predictPart(caller: string, { link, intercept, effects }: LinearPart, data: TableInput): Float64Array {
  const values = predictLinear(caller, { intercept, effects, offset: null }, data);
  if (link === 'logit') for (let row = 0; row < values.length; row++) values[row] = sigmoid(values[row]!);
  if (link === 'log') for (let row = 0; row < values.length; row++) values[row] = Math.exp(values[row]!);
  return values;
}

/** The same data with one more column, in which all rows hold this value. */
export function withArm(data: TableInput, name: string, arm: string): TableInput {
  if (Array.isArray(data)) return data.map((row: object) => ({ ...row, [name]: arm }));
  if (typeof (data as TableLike).column === 'function') {
    const table = data as TableLike;
    const own: Column = { kind: 'category', codes: new Int32Array(table.rowCount), levels: [arm] };
    return { rowCount: table.rowCount, names: [...table.names.filter((other) => other !== name), name], column: (wanted) => (wanted === name ? own : table.column(wanted)) };
  }
  const columns = data as Readonly<Record<string, ColumnValues>>;
  const { length } = Object.values(columns)[0] ?? [];
  return { ...columns, [name]: new Array<string>(length).fill(arm) };
}
