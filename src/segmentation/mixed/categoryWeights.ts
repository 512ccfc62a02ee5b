import { columnMoments } from '../../data/columnMoments.js';
import { numbersOf } from '../../data/replayColumn.js';
import { scaled } from '../space/scaling.js';
import type { MixedFeature } from './mixedSpace.js';
import { columnWeights, type OpenedMixed } from './openMixed.js';

/** What a mismatch of categories costs: a number for all, by column (`'variance'` for those not named), or how to estimate it. */
export type CategoryWeightOption<Names extends string = string> = number | 'variance' | 'huang' | { readonly [Name in Names]?: number };

/** The features with the weights of the categories. */
export function weighCategories(caller: string, { learnt, learntWeights }: OpenedMixed, features: readonly MixedFeature[], option: CategoryWeightOption = 'variance'): MixedFeature[] {
  const variances: number[] = [];
  const spreads: number[] = [];
  for (const feature of features) {
    const source = learnt.source(feature.column);
    if (feature.kind === 'number') {
      const { squares, known } = columnMoments(numbersOf(caller, feature.column, source).map((x) => scaled(feature, x)), learntWeights);
      variances.push(known > 0 ? squares / known : 0);
    } else if (source.kind === 'category') spreads.push(diversity(source.codes, learntWeights));
    else if (source.kind === 'boolean') spreads.push(diversity(source.values, learntWeights));
  }
  const variance = meanOf(variances);
  // Where either kind of column says nothing any number is as good.
  const estimate = option === 'huang' ? meanOf(variances.map(Math.sqrt)) / 2 : variance / meanOf(spreads);
  const otherwise = estimate > 0 && estimate < Infinity ? estimate : 1;
  const categories = features.filter(({ kind }) => kind === 'category').map(({ column }) => column);
  const weights = columnWeights(caller, 'categoryWeight', categories, option === 'huang' || option === 'variance' ? otherwise : option, otherwise);
  return features.map((feature) => (feature.kind === 'number' ? feature : { ...feature, weight: weights[categories.indexOf(feature.column)]! }));
}

/** 1 - the sum of squared shares of the levels: how often two rows differ. */
function diversity(codes: Int32Array | Int8Array, weights: Float64Array | null): number {
  const counts: number[] = [];
  let total = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    const weight = weights === null ? 1 : weights[row]!;
    counts[code] = (counts[code] ?? 0) + weight;
    total += weight;
  }
  return total > 0 ? 1 - counts.reduce((sum, count) => sum + (count / total) ** 2, 0) : 0;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
