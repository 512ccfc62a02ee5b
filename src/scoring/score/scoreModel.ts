import type { EncodingTerm } from '../../data/encodingTerm.js';
import { ClientelaError } from '../../errors.js';
import { ElasticNet } from '../../learners/elasticNet/elasticNet.js';
import type { ElasticNetState } from '../../learners/elasticNet/elasticNetState.js';
import { LogisticRegression } from '../../learners/logisticRegression.js';
import type { LogisticRegressionState } from '../../learners/logisticState.js';
import { BoostedTrees } from '../../learners/trees/boostedTrees.js';
import type { BoostedTreesState } from '../../learners/trees/boostedTreesState.js';
import type { TreeFeature } from '../../learners/trees/treeNodes.js';

/** A model that can stand behind a score. */
export type ScoreModel = LogisticRegression | ElasticNet | BoostedTrees;

/** The same as JSON. */
export type ScoreModelState = LogisticRegressionState | ElasticNetState | BoostedTreesState;

/** The model behind a stored score, of whichever kind it is. */
export function readScoreModel(state: ScoreModelState): ScoreModel {
  switch (state.format) {
    case 'LogisticRegression':
      return LogisticRegression.fromJSON(state);
    case 'ElasticNet':
      return ElasticNet.fromJSON(state);
    case 'BoostedTrees':
      return BoostedTrees.fromJSON(state);
    default:
      throw new ClientelaError('MODEL_FORMAT', `TargetScore.fromJSON knows no model of format ${JSON.stringify((state as { format?: unknown }).format)}`);
  }
}

/** How a model sees the raw columns. */
export function termsOf(state: ScoreModelState): readonly EncodingTerm[] {
  return state.format === 'BoostedTrees' ? state.inputs.flatMap(termsOfInput) : state.terms;
}

function termsOfInput(input: TreeFeature): EncodingTerm[] {
  const { column } = input;
  const scale = { center: 0, scale: 1 };
  if ('levels' in input) return [{ kind: 'category', column, levels: input.levels, pooled: [], shares: [], centers: [], scales: [] }];
  const number: EncodingTerm = { kind: 'number', column, fill: 0, ...scale };
  return input.missing ? [number, { kind: 'missing', column, ...scale }] : [number];
}
