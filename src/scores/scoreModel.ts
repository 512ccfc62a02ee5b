import { MISSING, type EncodingTerm } from '../data/encodingTerm.js';
import { ClientelaError } from '../errors.js';
import { AdditiveLogistic } from '../learners/additive/additiveLogistic.js';
import type { AdditiveLogisticState } from '../learners/additive/additiveState.js';
import type { TermAxis } from '../learners/additive/axis.js';
import { ElasticNet } from '../learners/elasticNet/elasticNet.js';
import type { ElasticNetState } from '../learners/elasticNet/elasticNetState.js';
import { LogisticRegression } from '../learners/logisticRegression.js';
import type { LogisticRegressionState } from '../learners/logisticState.js';
import type { BinnedFeature } from '../learners/binning/binningState.js';
import { Scorecard } from '../learners/scorecard/scorecard.js';
import type { ScorecardState } from '../learners/scorecard/scorecardState.js';
import { BoostedTrees } from '../learners/trees/boostedTrees.js';
import type { BoostedTreesState } from '../learners/trees/boostedTreesState.js';
import type { TreeFeature } from '../learners/trees/treeNodes.js';

/** A model that can stand behind a score. */
export type ScoreModel = LogisticRegression | Scorecard | ElasticNet | AdditiveLogistic | BoostedTrees;

/** The same as JSON. */
export type ScoreModelState = LogisticRegressionState | ScorecardState | ElasticNetState | AdditiveLogisticState | BoostedTreesState;

/** The model behind a stored score, of whichever kind it is. */
export function readScoreModel(state: ScoreModelState): ScoreModel {
  switch (state.format) {
    case 'LogisticRegression':
      return LogisticRegression.fromJSON(state);
    case 'Scorecard':
      return Scorecard.fromJSON(state);
    case 'ElasticNet':
      return ElasticNet.fromJSON(state);
    case 'AdditiveLogistic':
      return AdditiveLogistic.fromJSON(state);
    case 'BoostedTrees':
      return BoostedTrees.fromJSON(state);
    default:
      throw new ClientelaError('MODEL_FORMAT', `TargetScore.fromJSON knows no model of format ${JSON.stringify((state as { format?: unknown }).format)}`);
  }
}

/** How a model sees the raw columns. */
export function termsOf(state: ScoreModelState): readonly EncodingTerm[] {
  if (state.format === 'BoostedTrees') return state.inputs.flatMap(termsOfInput);
  if (state.format === 'AdditiveLogistic') return state.terms.flatMap(({ axes: [axis, other], effects }) => (other === undefined ? termsOfAxis(axis!, effects) : []));
  return state.format === 'Scorecard' ? state.features.flatMap(({ binning }) => termsOfBins(binning)) : state.terms;
}

function termsOfInput(input: TreeFeature): EncodingTerm[] {
  const { column } = input;
  const scale = { center: 0, scale: 1 };
  if ('levels' in input) return [{ kind: 'category', column, levels: input.levels, pooled: [], shares: [], centers: [], scales: [] }];
  const number: EncodingTerm = { kind: 'number', column, fill: 0, ...scale };
  return input.missing ? [number, { kind: 'missing', column, ...scale }] : [number];
}

/** What a missing number adds stands behind its knots; it is 0 where training had none. */
function termsOfAxis(axis: TermAxis, effects: readonly number[]): EncodingTerm[] {
  const { column } = axis;
  if ('levels' in axis) return [{ kind: 'category', column, levels: axis.levels, pooled: [], shares: [], centers: [], scales: [] }];
  const number: EncodingTerm = { kind: 'number', column, fill: 0, center: 0, scale: 1 };
  return effects[axis.knots.length] !== 0 ? [number, { kind: 'missing', column, center: 0, scale: 1 }] : [number];
}

/** A card has a bin for what is missing, whether training had such rows or not. */
function termsOfBins(binned: BinnedFeature): EncodingTerm[] {
  const { feature: column, missing } = binned;
  const known = missing.rows > 0;
  if (binned.kind === 'number') return [{ kind: 'number', column, fill: 0, center: 0, scale: 1 }, ...(known ? [{ kind: 'missing', column, center: 0, scale: 1 } as const] : [])];
  const levels = [...binned.groups.flat(), ...binned.specials.flatMap(({ values }) => values), ...(known ? [MISSING] : [])];
  return [{ kind: 'category', column, levels, pooled: [], shares: [], centers: [], scales: [] }];
}
