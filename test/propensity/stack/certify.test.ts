import { describe, expect, it } from 'vitest';
import { brierScore } from '../../../src/evaluation/brierScore.js';
import { calibrationSlope } from '../../../src/evaluation/calibrationSlope.js';
import { expectedCalibrationErrorInterval } from '../../../src/evaluation/expectedCalibrationErrorInterval.js';
import { logLoss } from '../../../src/evaluation/logLoss.js';
import { rocAuc } from '../../../src/evaluation/rocAuc.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { certify } from '../../../src/propensity/stack/certify.js';
import type { ProductCertificate } from '../../../src/propensity/stack/certificate.js';
import { portfolio } from './portfolio.js';

const names = (count: number): string[] => Array.from({ length: count }, (_, j) => `p${j}`);

function certifyAll(labels: ArrayLike<number>, logits: Float64Array, count: number): ProductCertificate[] {
  return certify({ products: names(count), methods: names(count).map(() => 'ease'), labels, logits });
}

describe('certify', () => {
  it('counts and sums as can be checked by hand', () => {
    // Promised 1/2 each to four customers, of whom three took it; a fifth could not.
    const [one] = certify({ products: ['loan'], methods: ['ease'], labels: [1, 1, 0, 1, -1], logits: Float64Array.of(0, 0, 0, 0, NaN), minPositives: 2, fewPositives: 3 });
    expect(one).toMatchObject({ product: 'loan', method: 'ease', rows: 4, positives: 3, rate: 0.75, slope: null, intercept: null, brier: 0.25, auc: 0.5, status: 'certified' });
    expect(one!.inTheLarge.expected).toBe(2);
    // One more than promised, in units of the root of 4 x 1/4.
    expect(one!.inTheLarge.z).toBeCloseTo(1, 12);
    expect(one!.inTheLarge.p).toBeCloseTo(0.31731, 5);
    expect(one!.logLoss).toBeCloseTo(Math.LN2, 12);
    expect(one!.brierSkill!.estimate).toBeCloseTo(1 - 0.25 / (0.75 * 0.25), 12);
    expect(one!.reason).toBe('3 of 4 customers took it, 2.0 were promised; it shows no skill beyond the base rate');
  });

  it('agrees with the metrics of the evaluation part', () => {
    const { labels, logits } = portfolio({ rows: 4000, products: 1, seed: 11, atRisk: 1 });
    const promised = logits.map((logit) => 1.3 * logit + 0.2);
    const p = promised.map(sigmoid);
    const [one] = certifyAll(labels, promised, 1);
    const line = calibrationSlope(labels, p);
    for (const part of ['slope', 'intercept'] as const) {
      expect(one![part]!.estimate).toBeCloseTo(line[part].estimate, 3);
      expect(one![part]!.lower).toBeCloseTo(line[part].lower, 3);
      expect(one![part]!.upper).toBeCloseTo(line[part].upper, 3);
    }
    expect(one!.brier).toBeCloseTo(brierScore(labels, p), 12);
    expect(one!.logLoss).toBeCloseTo(logLoss(labels, p), 12);
    expect(one!.auc).toBeCloseTo(rocAuc(labels, p), 12);
    const error = expectedCalibrationErrorInterval(labels, p, { replicates: 200 });
    expect(one!.calibrationError.estimate).toBeCloseTo(error.estimate, 12);
    expect(Math.abs(one!.calibrationError.byChance / error.byChance - 1)).toBeLessThan(0.05);
  });

  it('certifies the truth, and its figures for chance hold over many products', () => {
    const { labels, logits } = portfolio({ rows: 600, products: 60, seed: 12 });
    const certificates = certifyAll(labels, logits, 60);
    expect(certificates.filter(({ status }) => status === 'refused')).toEqual([]);
    const share = (test: (one: ProductCertificate) => boolean): number => certificates.filter(test).length / 60;
    expect(share(({ inTheLarge }) => inTheLarge.p < 0.1)).toBeLessThan(0.2);
    expect(share(({ calibrationError }) => calibrationError.p < 0.1)).toBeLessThan(0.2);
    expect(share(({ slope }) => slope!.lower <= 1 && slope!.upper >= 1)).toBeGreaterThan(0.85);
    const ratio = certificates.reduce((sum, { calibrationError }) => sum + calibrationError.estimate / calibrationError.byChance, 0) / 60;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    expect(certificates.at(-1)!.logLossSkill!.lower).toBeGreaterThan(0);
  });

  it('knows what chance makes of the error of rare products too', () => {
    const { labels, logits } = portfolio({ rows: 800, products: 100, seed: 13 });
    // Rates of about 1 %: a bin holds less than one taker.
    const rare = logits.map((logit) => logit / 3 - 5);
    const taken = labels.map((label, i) => (label < 0 ? -1 : Math.sin(i * 12.9898) * 43758.5453 - Math.floor(Math.sin(i * 12.9898) * 43758.5453) < sigmoid(rare[i]!) ? 1 : 0));
    const certificates = certifyAll(taken, rare, 100);
    const ratio = certificates.reduce((sum, { calibrationError }) => sum + calibrationError.estimate / calibrationError.byChance, 0) / 100;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.06);
  });

  it('refuses what few took, pools what some took', () => {
    const labels = Uint8Array.from({ length: 300 }, (_, i) => (i % 3 === 0 && i < 12 ? 1 : i % 15 === 1 ? 1 : i % 3 === 2 && i % 2 === 0 ? 1 : 0));
    const logits = Float64Array.from({ length: 300 }, (_, i) => [-3, -1.5, 0][i % 3]! + (i < 60 ? 0.3 : -0.2));
    const certificates = certifyAll(labels, logits, 3);
    expect(certificates.map(({ status }) => status)).toEqual(['refused', 'pooled', 'certified']);
    expect(certificates[0]!.reason).toBe('4 of 100 customers took it, at least 5 must');
    expect(certificates[1]!.reason).toBe('20 of 100 customers took it, fewer than the 30 to judge it alone: it leans on the other products');
  });

  it('refuses probabilities that are clearly off: in sum, along their range, or in their slope', () => {
    const { labels, logits } = portfolio({ rows: 3000, products: 1, seed: 14 });
    const reason = (promise: (logit: number) => number): string => {
      const [one] = certifyAll(labels, logits.map(promise), 1);
      expect(one!.status).toBe('refused');
      return one!.reason;
    };
    expect(reason((logit) => logit + 1)).toMatch(/customers took it where .* were promised, which chance does not explain/);
    expect(reason((logit) => 3 * logit + 4.5)).toMatch(/promised and observed rates differ by|were promised/);
    expect(certifyAll(labels, logits, 1)[0]!.status).toBe('certified');
  });

  it('has no skill, slope or AUC to show where all or none took it', () => {
    const certificates = certifyAll([1, 0, -1, 1, 0, -1], Float64Array.of(1, -1, 0, 2, -2, 0), 3);
    for (const { slope, brierSkill, logLossSkill, auc } of certificates) expect([slope, brierSkill, logLossSkill, auc]).toEqual([null, null, null, null]);
    expect(certificates[2]).toMatchObject({ rows: 0, positives: 0, rate: 0, brier: 0, logLoss: 0, calibrationError: { estimate: 0, byChance: 0, p: 1 }, inTheLarge: { expected: 0, observed: 0, z: 0, p: 1 } });
    expect(JSON.parse(JSON.stringify(certificates))).toEqual(certificates);
  });
});
