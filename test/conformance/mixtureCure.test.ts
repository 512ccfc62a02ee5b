import { expect, it } from 'vitest';
import { fitMixtureCure } from '../../src/churn/cure/fitMixtureCure.js';
import { describeWithShared, readCsv } from './shared.js';

const TELCO = 'data/churn/telco_customer_churn.csv';

describeWithShared('the mixture cure model of the Telco customers', [TELCO], () => {
  const rows = readCsv(TELCO).filter((row) => Number(row['tenure']) > 0).map((row) => ({ tenure: Number(row['tenure']), churn: row['Churn']! }));
  const model = fitMixtureCure(rows, { duration: 'tenure', event: 'churn', features: [] });
  const found = [model.curedShare.estimate, Math.exp(model.coefficients[0]!.estimate), 1 / model.scale.estimate];

  it('is where lifelines 0.30.1 stops, to the digits it has', () => {
    const lifelines = [0.3085008451784633, 101.43818128173305, 0.6781830686234247];
    lifelines.forEach((value, i) => expect(Math.abs(found[i]! / value - 1)).toBeLessThan(5e-7));
    expect(model.logLikelihood).toBeGreaterThan(-10573.974572982146 - 1e-8);
  });

  it('is the maximum: Newton in 40 digits (mpmath) on log-odds, log lambda and log rho', () => {
    expect(model.status).toBe('converged');
    [0.3085009211469, 101.4381647863, 0.6781830628729].forEach((value, i) => expect(Math.abs(found[i]! / value - 1)).toBeLessThan(1e-11));
    expect(Math.abs(model.logLikelihood + 10573.97457298214)).toBeLessThan(1e-9);
    const errors = [model.cureCoefficients[0]!.standardError!, model.coefficients[0]!.standardError!, model.scale.logStandardError!];
    [0.406730284176, 0.27207516029, 0.0298273157495].forEach((value, i) => expect(Math.abs(errors[i]! - value)).toBeLessThan(1e-10));
  });

  it('says that the share is the distribution talking: 45 % of the leavers are still there at month 72', () => {
    expect(model.followUp).toMatchObject({ lastTime: 72, lastEvent: 72, shareBeyond: 0, p: 1, isLongEnough: false });
    expect(model.followUp.leaversLeft).toBeCloseTo(Math.exp(-((72 / 101.4381647863) ** 0.6781830628729)), 10);
    expect(model.note).toContain('too short');
    // Another distribution, another share.
    const other = fitMixtureCure(rows, { duration: 'tenure', event: 'churn', features: [], distribution: 'log-normal' });
    expect(Math.abs(other.curedShare.estimate - model.curedShare.estimate)).toBeGreaterThan(0.1);
  });
});
