import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { expectedMaximumProfit } from '../../src/evaluation/expectedMaximumProfit.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GERMAN = 'data/scoring/germancredit.csv';
const GOLDEN = 'golden/scoring/metrics.json';
type Peer = Readonly<Record<'MP' | 'MPfrac' | 'EMP' | 'EMPfrac' | 'EMPC' | 'EMPCfrac', number>>;

// Figures of the R package EMP (cran/EMP), printed to 12 digits: empChurn(alpha 6, beta 14, clv 200, d 10, f 1), empCreditScoring(.55, .1, .2644).
describeWithShared('the expected maximum profit of two scores on German credit', [GERMAN, GOLDEN], () => {
  const { emp_german: golden } = readGolden<{ readonly emp_german: Readonly<Record<'p' | 'p3', Peer>> }>(GOLDEN);
  const rows = readCsv(GERMAN);
  const frame = Frame.fromRows(rows);
  const labels = rows.map((row) => (row['creditability'] === 'bad' ? 1 : 0));
  const score = (features?: readonly string[]): Float64Array =>
    fitLogisticRegression(frame, { target: 'creditability', positive: 'bad', ...(features === undefined ? {} : { features }) }).predictProbability(frame);
  const scores = { p: score(), p3: score(['duration_in_month', 'credit_amount', 'age_in_years']) };
  const near = (found: number, right: number): void => expect(Math.abs(found / right - 1)).toBeLessThan(1e-9);

  it.each(['p', 'p3'] as const)('reproduces both forms for %s', (name) => {
    const churn = expectedMaximumProfit(labels, scores[name], { purpose: 'churn' });
    near(churn.maximumProfit, golden[name].MP);
    near(churn.maximumShare, golden[name].MPfrac);
    near(churn.expectedProfit, golden[name].EMP);
    near(churn.expectedShare, golden[name].EMPfrac);
    const credit = expectedMaximumProfit(labels, scores[name], { purpose: 'credit' });
    near(credit.expectedProfit, golden[name].EMPC);
    near(credit.expectedShare, golden[name].EMPCfrac);
  });
});
