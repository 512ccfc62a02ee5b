import type { DesignVariant } from '../products/designState.js';
import { ProductLogits, type LogitContribution, type ProductLogitsState } from '../products/productLogits.js';
import { ImplicitAls } from '../factors/implicitAls.js';
import { sumWeights, weightsOf, weightsState, type ProductWeights, type WeightsState } from '../engines/productWeights.js';
import { ProductTrees } from '../stack/productTrees.js';
import type { ProductTreesState } from '../stack/productTreesState.js';
import type { HeadKind } from '../stack/heads.js';
import type { PropensityMethod } from './matrixOptions.js';
import type { Designs, ScoreRows } from './scoreRows.js';

/** The methods that turn a customer into scores by themselves, without the stack. */
export type EngineMethod = Exclude<PropensityMethod, 'stack'>;

/** A method that has learnt. */
export interface Engine {
  /** What its scores are: log-odds, other scores, or none at all where only the rate of the product counts. */
  readonly kind: HeadKind;
  /** Scores of the rows `from` (included) to `to` (excluded), row-major, into the first places of `out`. */
  scoreInto(rows: ScoreRows, from: number, to: number, out: Float64Array): void;
  /** What each trait adds to the log-odds, where the engine is a regression. */
  contributions?(rows: ScoreRows, row: number, product: number): readonly LogitContribution[];
  toJSON(): unknown;
}

/** The variant of the 0/1 columns a regression works on. */
export const VARIANTS: Readonly<Partial<Record<PropensityMethod, DesignVariant>>> = { holdings: 'holdings', profile: 'profile', 'profile and holdings': 'both' };

/** The rate of a product among all: nothing of the customer is looked at. */
export const POPULARITY: Engine = { kind: 'rate', scoreInto: () => undefined, toJSON: () => null };

/** Sums of weights over what is held. */
export function weightsEngine(weights: ProductWeights, width: number): Engine {
  return {
    kind: 'score',
    scoreInto: ({ held }, from, to, out) => sumWeights(weights, width, held, from, to, out),
    toJSON: () => weightsState(weights),
  };
}

/** Implicit factors. */
export function factorsEngine(model: ImplicitAls): Engine {
  return { kind: 'score', scoreInto: ({ held }, from, to, out) => model.scoreInto(held, from, to, out), toJSON: () => model.toJSON() };
}

/** Boosted trees a product; the profile of a block is read once. */
export function treesEngine(caller: string, trees: ProductTrees): Engine {
  const read = new WeakMap<ScoreRows, Float64Array[]>();
  return {
    kind: 'logit',
    scoreInto(rows, from, to, out) {
      const profile = read.get(rows) ?? trees.readProfile(caller, rows.profile, rows.held.rowCount);
      read.set(rows, profile);
      trees.logitsInto(profile, rows.held, from, to, out);
    },
    toJSON: () => trees.toJSON(),
  };
}

/** A regression a product. */
export function logitsEngine(logits: ProductLogits, variant: DesignVariant): Engine {
  return {
    kind: 'logit',
    scoreInto: (rows, from, to, out) => logits.logitsInto(rows.design(variant), from, to, out),
    contributions: (rows, row, product) => logits.contributions(rows.design(variant), row, product).contributions,
    toJSON: () => logits.toJSON(),
  };
}

/** The engine that was stored. */
export function engineOf(method: EngineMethod, state: unknown, designs: Designs, products: readonly string[]): Engine {
  const width = products.length;
  if (method === 'popularity') return POPULARITY;
  if (method === 'ease' || method === 'neighbours') return weightsEngine(weightsOf(state as WeightsState, width)!, width);
  if (method === 'factors') return factorsEngine(ImplicitAls.fromJSON(state));
  if (method === 'boosted trees') return treesEngine('PropensityMatrix', new ProductTrees(state as ProductTreesState));
  const variant = VARIANTS[method]!;
  return logitsEngine(new ProductLogits(designs[variant]!, state as ProductLogitsState), variant);
}
