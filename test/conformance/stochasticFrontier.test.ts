import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fitStochasticFrontier } from '../../src/potential/frontier/fitStochasticFrontier.js';
import type { FrontierCoefficient } from '../../src/potential/frontier/frontierState.js';
import { mulberry32 } from './mulberry32.js';
import { describeWithShared, readCsv, readGolden, sharedPath } from './shared.js';

/** Own maximum likelihood in scipy and the published output of FRONTIER 4.1; see ../shared/golden/propensity/reference_scripts/sfa.py and wallet.py. */
interface Goldens {
  readonly sfa_front41: {
    readonly published_coelli: { readonly ll: number; readonly LR: number; readonly mean_eff: number };
    readonly own_mle: Readonly<Record<'sigma2' | 'gamma' | 'lambda' | 'sigma_u' | 'sigma_v' | 'll' | 'LR' | 'mean_BC' | 'mean_exp_minus_JLMS' | 'mean_mode', number>> &
      Readonly<Record<'beta' | 'BC_first5' | 'JLMS_u_first5' | 'E_exp_u_first5' | 'observed_info_se_beta_s2_gamma', readonly number[]>> & { readonly HS95_first3: readonly (readonly [number, number])[] };
    readonly exponential: { readonly beta: readonly number[]; readonly sigma_u: number; readonly sigma_v: number; readonly ll: number };
  };
  readonly sfa_utility_uhet: { readonly own: { readonly ll: number; readonly theta: readonly number[]; readonly teBC_min_mean_max: readonly number[] } };
  readonly wallet_synthetic: { readonly sumS: number; readonly sumW: number; readonly sfa: { readonly ll: number; readonly sigma_u: number; readonly sigma_v: number; readonly beta: readonly number[] } };
}

const GOLDENS = 'golden/propensity/goldens.json';
const [FRONT41, UTILITY] = ['data/potential/front41Data.txt', 'data/potential/sfar_utility.csv'] as const;
const estimates = (lines: readonly FrontierCoefficient[]): number[] => lines.map(({ estimate }) => estimate);
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const expectNear = (found: ArrayLike<number>, wanted: readonly number[], within: number): void => {
  wanted.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(within));
};

// The rice data of the notes (sfa_rice) are not redistributed with them: they are not tested here.
describeWithShared('the stochastic frontier against scipy and FRONTIER 4.1', [GOLDENS, FRONT41, UTILITY], () => {
  const goldens = readGolden<Goldens>(GOLDENS);
  const firms = readFileSync(sharedPath(FRONT41), 'utf8').trim().split('\n').slice(1).map((line) => {
    const [, , output, capital, labour] = line.trim().split(/\s+/).map((cell) => Number(cell.replaceAll('"', '')));
    return { output: output!, capital: Math.log(capital!), labour: Math.log(labour!) };
  });

  it('FRONTIER 4.1, half-normal: likelihood, coefficients, standard errors, efficiencies and bounds', () => {
    const { own_mle: own, published_coelli: published } = goldens.sfa_front41;
    const model = fitStochasticFrontier(firms, { target: 'output' });
    expect(model.status).toBe('inefficiency');
    expect(model.convergence.converged).toBe(true);
    expectNear([model.logLikelihood, model.likelihoodRatio.statistic], [own.ll, own.LR], 1e-8);
    expect(Math.abs(model.olsLogLikelihood + published.LR / 2 - published.ll)).toBeLessThan(1e-5);
    expectNear(estimates(model.coefficients), own.beta, 1e-6);
    const { sigmaU, sigmaV, sigma2, gamma, lambda } = model;
    expectNear([sigmaU.estimate, sigmaV.estimate, sigma2.estimate, gamma.estimate, lambda.estimate], [own.sigma_u, own.sigma_v, own.sigma2, own.gamma, own.lambda], 2e-6);
    expectNear([...model.coefficients, sigma2, gamma].map(({ standardError }) => standardError!), own.observed_info_se_beta_s2_gamma, 1e-5);
    const { efficiency, inefficiency, multiplier, mode, lower, upper } = model.efficiencies(firms, { confidence: 0.95 });
    expectNear(efficiency, own.BC_first5, 1e-6);
    expectNear(inefficiency, own.JLMS_u_first5, 1e-6);
    expectNear(multiplier, own.E_exp_u_first5, 2e-6);
    expectNear([mean(efficiency), mean(inefficiency.map((u) => Math.exp(-u))), mean(mode.map((u) => Math.exp(-u)))], [own.mean_BC, own.mean_exp_minus_JLMS, own.mean_mode], 1e-6);
    own.HS95_first3.forEach((ends, i) => expectNear([lower[i]!, upper[i]!], ends, 1e-6));
    expectNear([model.meanEfficiency!], [published.mean_eff], 2e-6);
  });

  it('FRONTIER 4.1, exponential', () => {
    const { beta, sigma_u, sigma_v, ll } = goldens.sfa_front41.exponential;
    const model = fitStochasticFrontier(firms, { target: 'output', distribution: 'exponential' });
    expectNear([model.logLikelihood], [ll], 1e-8);
    expectNear(estimates(model.coefficients), beta, 1e-6);
    expectNear([model.sigmaU.estimate, model.sigmaV.estimate], [sigma_u, sigma_v], 1e-6);
  });

  it('sfaR utility: a cost frontier with a driver of inefficiency', () => {
    const { ll, theta, teBC_min_mean_max: shares } = goldens.sfa_utility_uhet.own;
    const plants = readCsv(UTILITY).map((cells) => {
      const { y, regu, wl, wf, wk, tc } = Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, Number(cell)])) as Record<string, number>;
      return { cost: tc! / wf!, output: Math.log(y!), labour: Math.log(wl! / wf!), capital: Math.log(wk! / wf!), regu: regu! };
    });
    const model = fitStochasticFrontier(plants, { target: 'cost', frontier: 'cost', features: ['output', 'labour', 'capital'], inefficiencyDrivers: ['regu'] });
    expectNear([model.logLikelihood], [ll], 1e-6);
    expectNear([...estimates(model.coefficients), ...estimates(model.inefficiencyCoefficients), ...estimates(model.noiseCoefficients)], theta, 2e-5);
    const { efficiency } = model.efficiencies(plants);
    expectNear([Math.min(...efficiency), mean(efficiency), Math.max(...efficiency)], shares, 2e-6);
    expect(model.drivers[0]!.factor).toBeGreaterThan(1);
  });

  it('the simulated wallets: 4,000 customers, and wallets nearer to the truth than the frontier alone', () => {
    const { sfa, sumS, sumW } = goldens.wallet_synthetic;
    const random = mulberry32(2024);
    const normal = (): number => {
      const [a, b] = [random(), random()];
      return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
    };
    const customers = Array.from({ length: 4000 }, () => {
      const [size, sector, region] = [3 + normal(), Math.floor(random() * 4), Math.floor(random() * 5)];
      const [v, u] = [0.35 * normal(), Math.abs(0.7 * normal())];
      const wallet = Math.exp(1.2 + 0.8 * size + [0, 0.4, -0.3, 0.2][sector]! + [0, 0.1, -0.1, 0.05, 0.15][region]! + v);
      return { spend: wallet * Math.exp(-u), size, sector: `s${sector}`, region: `r${region}`, wallet };
    });
    expectNear([mean(customers.map(({ spend }) => spend)) * 4000, mean(customers.map(({ wallet }) => wallet)) * 4000], [sumS, sumW], 1e-6);
    const model = fitStochasticFrontier(customers, { target: 'spend', features: ['size', 'sector', 'region'] });
    expectNear([model.logLikelihood], [sfa.ll], 1e-6);
    expectNear(estimates(model.coefficients), sfa.beta, 2e-6);
    expectNear([model.sigmaU.estimate, model.sigmaV.estimate], [sfa.sigma_u, sfa.sigma_v], 2e-6);
    const { multiplier, lower, upper } = model.efficiencies(customers);
    const logError = Math.sqrt(mean(customers.map(({ spend, wallet }, i) => Math.log((spend * multiplier[i]!) / wallet) ** 2)));
    expect(logError).toBeLessThan(0.265);
    const covered = mean(customers.map(({ spend, wallet }, i) => Number(spend / wallet >= lower[i]! && spend / wallet <= upper[i]!)));
    expect(Math.abs(covered - 0.9)).toBeLessThan(0.01);
  });
});
