import { describeValue } from '../../data/instant.js';
import type { Trial } from '../trial/readTrial.js';
import type { Workshop } from './workshop.js';

/** Probability of arm a in row i of the trial: values[i * stride + a]. */
export interface Propensities {
  readonly values: Float64Array;
  /** 0 where the probabilities are the same in all rows, else the number of arms. */
  readonly stride: number;
  /** Share of the rows in which an estimate was kept from 0 or 1. */
  readonly clipped: number;
}

/** Given, or the shares observed. */
export function knownPropensities({ propensities, propensityStride }: Trial): Propensities {
  return { values: propensities, stride: propensityStride, clipped: 0 };
}

/**
 * The chance of treatment where only one treatment and control are compared.
 */
export function pairPropensity({ values, stride }: Propensities, i: number, arm: number): number {
  const treated = values[i * stride + arm]!;
  return treated / (treated + values[i * stride]!);
}

/** By logistic regressions of each treatment against control (Begg and Gray, 1984), put together and kept from 0 and 1. */
export function estimatePropensities(shop: Workshop, clip: number): Propensities {
  const { arms, treatments, shares } = shop.trial;
  const stride = treatments.length + 1;
  const { expected } = shop.crossFit(
    treatments.map((arm, k) => ({
      of: `chance of ${describeValue(arm)}`,
      learner: 'logistic',
      y: Float64Array.from(arms, (own) => (own === k + 1 ? 1 : 0)),
      isBinary: true,
      positions: shop.positions((i) => arms[i] === 0 || arms[i] === k + 1),
    })),
  );
  const values = new Float64Array(arms.length * stride);
  let [clipped, reached] = [0, 0];
  for (let i = 0; i < arms.length; i++) {
    if (!shop.isReached(i)) {
      // Of a fold that was left out nothing is known but the shares.
      values.set(shares, i * stride);
      continue;
    }
    reached++;
    values[i * stride] = 1;
    let total = 1;
    for (let k = 1; k < stride; k++) total += values[i * stride + k] = oddsOf(expected[k - 1]![i]!);
    let isClipped = false;
    for (let arm = 0; arm < stride; arm++) {
      const chance = values[i * stride + arm]! / total;
      values[i * stride + arm] = Math.min(1 - clip, Math.max(clip, chance));
      if (values[i * stride + arm] !== chance) isClipped = true;
    }
    if (isClipped) clipped++;
  }
  return { values, stride, clipped: clipped / reached };
}

function oddsOf(chance: number): number {
  return chance / Math.max(1e-15, 1 - chance);
}
