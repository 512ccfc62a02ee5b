import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { buildEffects } from '../../learners/buildEffects.js';
import type { ElasticNetState } from '../../learners/elasticNet/elasticNetState.js';
import type { GlmState } from '../../learners/glm/glmState.js';
import type { LogisticRegressionState } from '../../learners/logisticState.js';
import type { BoostedTreesState } from '../../learners/trees/boostedTreesState.js';
import type { LinearPart, UpliftPart } from './upliftState.js';
import type { OutcomeModel } from './openPart.js';

type Known = LogisticRegressionState | GlmState | ElasticNetState | BoostedTreesState;

/** A model as a part: those of the library as what they come down to, so that their classes need not travel; others as their JSON. */
export function lowerModel(caller: string, model: OutcomeModel, isBinary: boolean): UpliftPart {
  const needs = isBinary ? 'predictProbability' : 'predict';
  if (typeof (Object(model) as OutcomeModel)[needs] !== 'function' || typeof model.toJSON !== 'function' || !Array.isArray(model.features)) {
    const message = `${caller} needs a learner that gives a model with features, ${needs} and toJSON, found ${describeValue(model)}; return a model of the library, or one like it`;
    throw new ClientelaError('INVALID_INPUT', message, { option: 'learner' });
  }
  const json = model.toJSON() as Known;
  return lowerKnown(json, isBinary) ?? { kind: 'other', isProbability: isBinary, model: json };
}

function lowerKnown(json: Known, isBinary: boolean): UpliftPart | null {
  switch (json.format) {
    case 'LogisticRegression':
      return json.offset === null ? linear('logit', json.intercept, json.effects) : null;
    case 'Glm':
      return json.offset === null && json.exposure === null ? linear(json.summary.link, json.intercept, json.effects) : null;
    case 'ElasticNet': {
      const { terms, parameters, offset, summary } = json;
      const link = ({ binomial: 'logit', gaussian: 'identity', poisson: 'log', multinomial: null } as const)[summary.family];
      if (offset !== null || link === null) return null;
      return linear(link, parameters[0]!, buildEffects(terms, parameters.slice(1)).filter((effect) => ('slope' in effect ? effect.slope !== 0 || effect.level !== 0 || effect.missing !== 0 : effect.table.some((value) => value !== 0))));
    }
    case 'BoostedTrees':
      return (json.summary.loss === 'logistic') === isBinary && json.summary.loss !== 'multinomial' ? { kind: 'trees', state: json } : null;
    default:
      return null;
  }
}

function linear(link: LinearPart['link'], intercept: number, effects: LinearPart['effects']): LinearPart {
  return { kind: 'linear', link, intercept, effects };
}

/** A linear part that has the arm as one of its features, as one part for each arm that has not. */
export function splitByArm(part: LinearPart, treatment: string, arms: readonly string[]): LinearPart[] {
  const own = part.effects.find((effect) => effect.column === treatment);
  const effects = part.effects.filter((effect) => effect !== own);
  return arms.map((arm) => ({ ...part, effects, intercept: part.intercept + (own !== undefined && 'term' in own ? own.table[own.term.levels.indexOf(arm) + 1]! : 0) }));
}
