import { expect, it } from 'vitest';
import { fitNearestPeers } from '../../src/learners/peers/fitNearestPeers.js';
import { fitQuantileRegression } from '../../src/learners/quantile/fitQuantileRegression.js';
import { fitBoostedTrees } from '../../src/learners/trees/fitBoostedTrees.js';
import { mulberry32 } from './mulberry32.js';
import { describeWithShared, readGolden } from './shared.js';

/** scipy 1.x and scikit-learn; see ../shared/golden/propensity/reference_scripts/wallet.py. */
interface Goldens {
  readonly wallet_synthetic: {
    readonly sumS: number;
    readonly logRMSE: Readonly<Record<'qr.8' | 'max(S,qr.8)' | 'qr.9' | 'knn.8' | 'gbdt.9', number>>;
    readonly qr_pinball: Readonly<Record<string, number>>;
  };
}

const GOLDENS = 'golden/propensity/goldens.json';
const COUNT = 4000;

describeWithShared('wallets as quantiles of spend, by learners alone', [GOLDENS], () => {
  const { wallet_synthetic: golden } = readGolden<Goldens>(GOLDENS);
  const random = mulberry32(2024);
  const normal = (): number => {
    const [a, b] = [random(), random()];
    return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
  };
  const rows = Array.from({ length: COUNT }, () => {
    const x1 = 3 + normal();
    const [s, r] = [Math.floor(random() * 4), Math.floor(random() * 5)];
    const [v, u] = [0.35 * normal(), Math.abs(0.7 * normal())];
    const wallet = Math.exp(1.2 + 0.8 * x1 + [0, 0.4, -0.3, 0.2][s]! + [0, 0.1, -0.1, 0.05, 0.15][r]! + v);
    const spend = wallet * Math.exp(-u);
    return { x1, s, r, sector: `s${s}`, region: `r${r}`, wallet, spend, logSpend: Math.log(spend) };
  });
  const logError = (wallets: Float64Array): number => Math.sqrt(rows.reduce((sum, { wallet }, i) => sum + Math.log(wallets[i]! / wallet) ** 2, 0) / COUNT);

  it('are the customers of the reference', () => {
    expect(Math.abs(rows.reduce((sum, { spend }) => sum + spend, 0) - golden.sumS)).toBeLessThan(1e-6);
  });

  it('linear: the losses of three quantiles to 1e-6, errors of the wallets to the digits given', () => {
    const quantiles = [0.5, 0.8, 0.9];
    const model = fitQuantileRegression(rows, { target: 'logSpend', features: ['x1', 'sector', 'region'], quantiles });
    quantiles.forEach((quantile, place) => expect(Math.abs(model.fits[place]!.objective - golden.qr_pinball[String(quantile)]!)).toBeLessThan(1e-6));
    const predicted = model.predict(rows);
    const wallets = (place: number): Float64Array => Float64Array.from(rows, (_, i) => Math.exp(predicted[3 * i + place]!));
    expect(logError(wallets(1))).toBeCloseTo(golden.logRMSE['qr.8'], 4);
    expect(logError(wallets(2))).toBeCloseTo(golden.logRMSE['qr.9'], 4);
    expect(logError(wallets(1).map((wallet, i) => Math.max(wallet, rows[i]!.spend)))).toBeCloseTo(golden.logRMSE['max(S,qr.8)'], 4);
  });

  it('peers: a hundred others in the metric of the reference, at both quantiles', () => {
    const mean = rows.reduce((sum, { x1 }) => sum + x1, 0) / COUNT;
    // The reference has x1 as it is, and dummies of 1.5 and 1: sectors that differ add 2 * 1.5 ** 2, regions 2.
    const featureWeights = { x1: rows.reduce((sum, { x1 }) => sum + (x1 - mean) ** 2, 0) / COUNT, sector: 4.5, region: 2 };
    const finder = fitNearestPeers(rows, { target: 'spend', features: ['x1', 'sector', 'region'], featureWeights, peers: 100 });
    expect(logError(finder.predict(rows, { quantile: 0.8, leaveSelfOut: true }))).toBeCloseTo(golden.logRMSE['knn.8'], 4);
    expect(logError(finder.predict(rows, { quantile: 0.9, leaveSelfOut: true }))).toBeCloseTo(0.52112, 4);
  });

  it('boosted trees: as near to the wallets as those of scikit-learn, or nearer', () => {
    const settings = { trees: 200, maxDepth: 3, learningRate: 0.1, minLeafRows: 1, l2: 0, pathSmoothing: 0, featureSharePerSplit: 1 };
    const trees = fitBoostedTrees(rows, { target: 'logSpend', features: ['x1', 's', 'r'], loss: 'quantile', quantile: 0.9, ...settings });
    const error = logError(trees.predict(rows).map(Math.exp));
    expect(error).toBeLessThan(golden.logRMSE['gbdt.9'] + 0.005);
    expect(error).toBeGreaterThan(0.35);
  });
});
