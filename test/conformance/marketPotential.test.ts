import { expect, it } from 'vitest';
import { fitMarketPotential } from '../../src/potential/door/fitMarketPotential.js';
import { describeWithShared, readGolden } from './shared.js';
import { walletSimulation } from './walletSimulation.js';

interface Golden {
  readonly wallet_synthetic: { readonly sumS: number; readonly sumW: number; readonly aggregate: { readonly est: number; readonly sd_total: number } };
}

/** Rank correlation; no ties here. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a, b].map((values) => {
    const ranks = new Float64Array(values.length);
    values.map((value, i) => [value, i] as const).sort((p, q) => p[0] - q[0]).forEach(([, i], rank) => (ranks[i] = rank));
    return ranks;
  }) as [Float64Array, Float64Array];
  const gap = x.reduce((sum, rank, i) => sum + (rank - y[i]!) ** 2, 0);
  return 1 - (6 * gap) / (a.length * (a.length ** 2 - 1));
}

describeWithShared('fitMarketPotential on a world whose wallets are known (wallet_synthetic)', ['golden/propensity/goldens.json'], () => {
  const golden = readGolden<Golden>('golden', 'propensity', 'goldens.json').wallet_synthetic;
  const world = walletSimulation();
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
  const learnt = world.map(({ wallet: _, ...row }) => row);
  const model = fitMarketPotential(learnt, { spend: 'spend', peers: 0 });
  const { potential, headroom, share, shareLower, shareUpper } = model.predict(learnt);

  it('learns from the world of the reference script', () => {
    expect(sum(world.map(({ spend }) => spend))).toBeCloseTo(golden.sumS, 5);
    expect(sum(world.map(({ wallet }) => wallet))).toBeCloseTo(golden.sumW, 5);
  });

  it('chooses a frontier, whose log error is at most 0.265 and whose ranks of headroom agree to 0.71', () => {
    expect(['halfNormal', 'exponential', 'truncatedNormal', 'heavyTails']).toContain(model.report.estimator);
    const error = Math.sqrt(sum(potential.map((amount, i) => Math.log(amount / world[i]!.wallet) ** 2)) / world.length);
    expect(error).toBeLessThanOrEqual(0.265);
    expect(spearman([...headroom], world.map(({ wallet, spend }) => wallet - spend))).toBeGreaterThanOrEqual(0.71);
  });

  it('covers the truth: of all customers together, and of 90 % of the shares', () => {
    const { estimate, lower, upper } = model.report.potential;
    expect(lower).toBeLessThan(golden.sumW);
    expect(upper).toBeGreaterThan(golden.sumW);
    expect(Math.abs(estimate / golden.aggregate.est - 1)).toBeLessThan(0.02);
    expect((upper - lower) / (2 * 1.6448536) / golden.aggregate.sd_total).toBeGreaterThan(0.7);
    const covered = world.filter(({ spend, wallet }, i) => spend / wallet >= shareLower[i]! && spend / wallet <= shareUpper[i]!).length / world.length;
    expect(covered).toBeGreaterThanOrEqual(0.88);
    expect(covered).toBeLessThanOrEqual(0.92);
    const error = Math.sqrt(sum(share.map((part, i) => (part - world[i]!.spend / world[i]!.wallet) ** 2)) / world.length);
    expect(error).toBeLessThan(0.146);
  });
});
