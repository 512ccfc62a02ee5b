import type { TableInput, TableLike } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { AdditiveLogistic } from '../../learners/additive/additiveLogistic.js';
import { LogisticRegression } from '../../learners/logisticRegression.js';
import { BoostedTrees } from '../../learners/trees/boostedTrees.js';

/** What a model of the hazard has to answer. */
export interface HazardModel {
  /** The probability of the event in the interval of each row, of who is without it at its start. */
  predictProbability(data: TableInput): Float64Array;
  /** What is stored of it. */
  toJSON?(): unknown;
}

/** What a learner of your own gets. */
export interface HazardTask {
  /** The column of the event, 0 and 1: `(event)`. */
  readonly target: string;
  /** The columns to learn from, `(time)` among them. */
  readonly features: readonly string[];
  /** One weight a row: the part of the interval a customer was observed in. */
  readonly weights: Float64Array;
}

/** A learner of your own: of a row for each customer and interval. */
export type HazardLearner = (rows: TableLike, task: HazardTask) => HazardModel;

/** The learners known by name. */
export type HazardLearnerName = 'logistic' | 'additive' | 'boosted trees';

/** The model of a hazard from what was stored of it. */
export function readHazardModel(learner: HazardLearnerName | 'own', json: unknown, restore: ((json: unknown) => HazardModel) | undefined): HazardModel {
  switch (learner) {
    case 'logistic':
      return LogisticRegression.fromJSON(json);
    case 'additive':
      return AdditiveLogistic.fromJSON(json);
    case 'boosted trees':
      return BoostedTrees.fromJSON(json);
    case 'own':
      if (restore !== undefined) return restore(json);
      throw new ClientelaError('INVALID_OPTION', 'DiscreteHazard.fromJSON needs restore for a hazard of a learner of your own: it makes your model from its JSON', { option: 'restore' });
    default:
      throw new ClientelaError('MODEL_FORMAT', `DiscreteHazard.fromJSON knows no learner ${JSON.stringify(learner)}`);
  }
}
