import { requireChoice } from '../../data/options.js';
import { rankContributions, type MarginExplanation } from '../../learners/explanation.js';
import { readTreeColumns, type Forest } from '../../learners/trees/forest.js';
import { shapleyValues } from '../../learners/trees/treeShap.js';
import { sumUplifts } from './sumUplifts.js';
import type { UpliftTreesSummary } from './upliftTreeState.js';

/** Which treatment is explained. */
export interface TreatmentOption {
  /** One of `treatments`; a model of one treatment needs none. */
  readonly treatment?: string;
}

/** What each feature adds to the uplift of a row. */
export function explainUplift(caller: string, { treatments, features }: Pick<UpliftTreesSummary, 'treatments' | 'features'>, forests: readonly Forest[], row: object, { treatment }: TreatmentOption): MarginExplanation {
  const place = treatments.length === 1 && treatment === undefined ? 0 : treatments.indexOf(requireChoice(caller, 'treatment', treatment, treatments));
  const forest = forests[place]!;
  const trees = forest.nodes.roots.length;
  const columns = readTreeColumns(caller, forest.inputs, [row]);
  const { expected, amounts } = shapleyValues(forest, columns, 0, 1);
  const margin = sumUplifts([forest], columns)[0]!;
  return { baseline: expected / trees, contributions: rankContributions(row, features, amounts.map((amount) => amount / trees)), margin, prediction: margin };
}
