import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { pairPropensity, type Propensities } from './estimatePropensities.js';
import type { LearntModel } from './learnModel.js';
import { splitByArm } from './lowerModel.js';
import { openPart } from './openPart.js';
import type { PartSum } from './upliftState.js';
import type { Lesson, Workshop } from './workshop.js';

/** The models of an uplift, and how they are put together. */
export interface Assembly {
  readonly models: readonly LearntModel[];
  readonly uplift: readonly PartSum[];
  readonly outcomes: readonly PartSum[] | null;
  /** Of the DR learner: what its models of the effect are regressions of, by treatment. */
  readonly pseudoOutcomes?: readonly Float64Array[];
}

/** The outcome of the rows of each arm, control first. */
export function armLessons(shop: Workshop): Lesson[] {
  const { trial, learner } = shop;
  return [trial.control, ...trial.treatments].map((arm, place) => ({
    of: `outcome under ${describeValue(arm)}`,
    learner,
    y: trial.outcomes,
    // A straight line through 0 and 1 gives numbers.
    isBinary: trial.isBinary && learner !== 'linear',
    positions: shop.positions((i) => trial.arms[i] === place),
    inference: 'model',
  }));
}

/** The prediction of one part. */
export function onlyPart(part: number): PartSum {
  return { constant: 0, terms: [{ part, weight: 1 }] };
}

/** T (Hansotia and Rukstales, 2002): a model for each arm, and their difference to control's. */
export function twoModels(shop: Workshop): Assembly {
  return differences(shop, armLessons(shop).map((lesson) => shop.learn(lesson)));
}

function differences({ trial }: Workshop, models: readonly LearntModel[]): Assembly {
  return {
    models,
    uplift: trial.treatments.map((_, k) => ({ constant: 0, terms: [{ part: k + 1, weight: 1 }, { part: 0, weight: -1 }] })),
    outcomes: models.map((_, place) => onlyPart(place)),
  };
}

/** S (Lo, 2002): one model with the arm among its features, asked about each arm. */
export function oneModel(shop: Workshop, treatment: string): Assembly {
  const { trial } = shop;
  const arms = [trial.control, ...trial.treatments];
  const [lesson] = armLessons(shop);
  const model = shop.learn({ ...lesson!, of: 'outcome', positions: shop.positions(() => true), withArm: true });
  if (model.part.kind === 'linear') {
    const parts = splitByArm(model.part, treatment, arms);
    return differences(shop, parts.map((part, place) => ({ ...model, of: `outcome under ${describeValue(arms[place])}`, part, open: openPart(part) })));
  }
  return {
    models: [model],
    uplift: trial.treatments.map((arm) => ({ constant: 0, terms: [{ part: 0, weight: 1, arm }, { part: 0, weight: -1, arm: trial.control }] })),
    outcomes: arms.map((arm) => ({ constant: 0, terms: [{ part: 0, weight: 1, arm }] })),
  };
}

/**
 * Class transformation (Jaskowski and Jaroszewicz, 2012): 1 for who bought when treated or did not when left alone. Where treatment was not as probable as
 * control, rows weigh by the inverse of their chance (Athey and Imbens, 2015), so that the uplift is 2 P(1) - 1 all the same.
 */
export function transformedClasses(shop: Workshop, propensities: Propensities): Assembly {
  const { trial, caller, learner } = shop;
  const { arms, outcomes } = trial;
  if (!trial.isBinary) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs an outcome of two classes for method 'class transformation', found numbers; take 'transformed outcome' or 'DR', or say with positive which value counts as 1`, { option: 'method' });
  }
  const models = trial.treatments.map((arm, k) => {
    const positions = shop.positions((i) => arms[i] === 0 || arms[i] === k + 1);
    const weights = new Float64Array(arms.length);
    for (const i of positions) {
      const chance = pairPropensity(propensities, i, k + 1);
      weights[i] = 0.5 / (arms[i] === 0 ? 1 - chance : chance);
    }
    return shop.learn({
      of: `transformed class of ${describeValue(arm)}`,
      learner,
      y: outcomes.map((value, i) => (arms[i] === 0 ? 1 - value : value)),
      isBinary: learner !== 'linear',
      positions,
      ...(positions.some((i) => weights[i] !== 1) && { weights }),
    });
  });
  return { models, uplift: models.map((_, part) => ({ constant: -1, terms: [{ part, weight: 2 }] })), outcomes: null };
}
