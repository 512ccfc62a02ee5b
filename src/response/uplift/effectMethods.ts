import { describeValue } from '../../data/instant.js';
import { pairPropensity, type Propensities } from './estimatePropensities.js';
import type { LearntModel } from './learnModel.js';
import { armLessons, onlyPart, type Assembly } from './outcomeMethods.js';
import type { PartSum } from './upliftState.js';
import type { Lesson, Workshop } from './workshop.js';

/** A regression on the features of what stands for the effect. */
function effectLesson(shop: Workshop, k: number, y: Float64Array, positions: Uint32Array, inference: Lesson['inference'] = null): Lesson {
  return { of: `effect of ${describeValue(shop.trial.treatments[k])}`, learner: shop.effectLearner, y, isBinary: false, positions, inference };
}

/** Part 0 is the outcome under control; each treatment adds its uplift to that. */
function aboveControl(uplift: readonly PartSum[]): PartSum[] {
  return [onlyPart(0), ...uplift.map(({ constant, terms }) => ({ constant, terms: [{ part: 0, weight: 1 }, ...terms] }))];
}

/**
 * X (Künzel et al., 2019): each treated customer's outcome less what the model of control expects, each control's short of what the model of the treatment expects;
 * a model for either, weighted by the share of the other arm. No row is compared with a model that has seen it, so that nothing is cross-fitted.
 */
export function crossedModels(shop: Workshop, propensities: Propensities): Assembly {
  const { trial } = shop;
  const { outcomes } = trial;
  const lessons = armLessons(shop);
  const models = lessons.map((lesson) => shop.learn(lesson));
  const parts: LearntModel[] = [models[0]!];
  const controls = lessons[0]!.positions;
  const uplift = trial.treatments.map((_, k): PartSum => {
    const treated = lessons[k + 1]!.positions;
    const ofTreated = outcomes.slice();
    models[0]!.open.predict(shop.caller, shop.table(treated)).forEach((value, j) => (ofTreated[treated[j]!]! -= value));
    const ofControls = outcomes.map((value) => -value);
    models[k + 1]!.open.predict(shop.caller, shop.table(controls)).forEach((value, j) => (ofControls[controls[j]!]! += value));
    let [sum, total] = [0, 0];
    for (const positions of [treated, controls]) {
      for (const i of positions) {
        const weight = trial.weights?.[i] ?? 1;
        sum += weight * pairPropensity(propensities, i, k + 1);
        total += weight;
      }
    }
    // One chance for all is one chance, not the rounded mean of many.
    const chance = propensities.stride === 0 ? pairPropensity(propensities, 0, k + 1) : sum / total;
    const [first, second] = [effectLesson(shop, k, ofControls, controls), effectLesson(shop, k, ofTreated, treated)];
    parts.push(shop.learn({ ...first, of: `${first.of} on control` }), shop.learn({ ...second, of: `${second.of} on the treated` }));
    return { constant: 0, terms: [{ part: 2 * k + 1, weight: chance }, { part: 2 * k + 2, weight: 1 - chance }] };
  });
  return { models: parts, uplift, outcomes: aboveControl(uplift) };
}

/** R (Nie and Wager, 2021; Robinson, 1988): what is left of the outcome on what is left of the treatment, once what the features foretell of both is taken away. */
export function residualModels(shop: Workshop, propensities: Propensities): Assembly {
  const { trial } = shop;
  const { arms, outcomes } = trial;
  const [ofControl] = armLessons(shop);
  const pairs = trial.treatments.map((_, k) => shop.positions((i) => arms[i] === 0 || arms[i] === k + 1));
  const { expected } = shop.crossFit(pairs.map((positions, k) => ({ ...ofControl!, of: `outcome with or without ${describeValue(trial.treatments[k])}`, positions })));
  const models = [shop.learn(ofControl!)];
  pairs.forEach((positions, k) => {
    const [y, weights] = [new Float64Array(arms.length), new Float64Array(arms.length)];
    for (const i of positions) {
      const rest = (arms[i] === 0 ? 0 : 1) - pairPropensity(propensities, i, k + 1);
      y[i] = (outcomes[i]! - expected[k]![i]!) / rest;
      weights[i] = rest * rest;
    }
    models.push(shop.learn({ ...effectLesson(shop, k, y, positions.filter((i) => shop.isReached(i))), weights }));
  });
  const uplift = trial.treatments.map((_, k) => onlyPart(k + 1));
  return { models, uplift, outcomes: aboveControl(uplift) };
}

/**
 * DR (Kennedy, 2023; Robins, Rotnitzky and Zhao, 1994): the difference the models of outcomes expect, corrected by each row's own error over the chance of its arm. Its
 * mean is the average effect as long as either the outcomes or the chances are right, and the chances of a trial are.
 */
export function doublyRobust(shop: Workshop, { values, stride }: Propensities): Assembly {
  const { trial } = shop;
  const { arms, outcomes } = trial;
  const lessons = armLessons(shop);
  const { expected, models: seen } = shop.crossFit(lessons);
  const models = [shop.folds === 1 ? seen[0]! : shop.learn(lessons[0]!)];
  const reached = shop.positions((i) => shop.isReached(i));
  const pseudoOutcomes = trial.treatments.map((_, k) => {
    const psi = new Float64Array(arms.length);
    const [without, under] = [expected[0]!, expected[k + 1]!];
    for (let i = 0; i < psi.length; i++) {
      const arm = arms[i]!;
      psi[i] = under[i]! - without[i]!;
      if (arm === k + 1) psi[i]! += (outcomes[i]! - under[i]!) / values[i * stride + arm]!;
      else if (arm === 0) psi[i]! -= (outcomes[i]! - without[i]!) / values[i * stride]!;
    }
    models.push(shop.learn(effectLesson(shop, k, psi, reached, 'robust')));
    return psi;
  });
  const uplift = trial.treatments.map((_, k) => onlyPart(k + 1));
  return { models, uplift, outcomes: aboveControl(uplift), pseudoOutcomes };
}

/** Transformed outcome (Athey and Imbens, 2015): the outcome over the chance of its arm, negative for control, whose expectation is the uplift. */
export function transformedOutcomes(shop: Workshop, propensities: Propensities): Assembly {
  const { trial } = shop;
  const { arms, outcomes } = trial;
  const models = trial.treatments.map((_, k) => {
    const positions = shop.positions((i) => arms[i] === 0 || arms[i] === k + 1);
    const y = new Float64Array(arms.length);
    for (const i of positions) {
      const chance = pairPropensity(propensities, i, k + 1);
      y[i] = arms[i] === 0 ? -outcomes[i]! / (1 - chance) : outcomes[i]! / chance;
    }
    return shop.learn(effectLesson(shop, k, y, positions, 'robust'));
  });
  return { models, uplift: models.map((_, part) => onlyPart(part)), outcomes: null };
}
