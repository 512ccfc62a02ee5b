import { expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { profitCurve } from '../../src/evaluation/profitCurve.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { idealTarget } from '../../src/scoring/campaign/idealTarget.js';
import { targetSize } from '../../src/scoring/campaign/targetSize.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const BANK = 'data/scoring/bank.csv';
const GOLDEN = 'golden/scoring/metrics.json';

interface Golden {
  readonly bank_profit: { readonly emp: readonly [number, number, number, readonly number[]]; readonly theor: { readonly n: number; readonly expected: number; readonly realised: number } };
}

describeWithShared('the campaign of bank.csv: benefit 100, contact 10, fixed 500', [BANK, GOLDEN], () => {
  const terms = { benefit: 100, contactCost: 10, fixedCost: 500 };
  const frame = Frame.fromRows(readCsv(BANK, ';')).without(['duration']);
  const probabilities = fitLogisticRegression(frame, { target: 'y' }).predictProbability(frame);
  const { bank_profit: golden } = readGolden<Golden>(GOLDEN);

  it('contacts whom theory says, for the profit theory expects', () => {
    const target = idealTarget(probabilities, terms);
    expect(target.contacts).toBe(golden.theor.n);
    expect(target.breakEvenProbability).toBe(0.1);
    expect(Math.abs(target.expectedProfit.estimate / golden.theor.expected - 1)).toBeLessThan(1e-9);
    const labels = frame.values('y').map((value) => (value === 'yes' ? 1 : 0));
    const realised = target.selected.reduce<number>((sum, row) => sum + 100 * labels[row]! - 10, -500);
    expect(realised).toBe(golden.theor.realised);
    // And the depth that would have been best, in hindsight.
    const best = profitCurve(labels, probabilities, terms);
    expect([best.contacts, best.profit]).toEqual(golden.emp.slice(0, 2));
  });

  it('names the number that was best in hindsight, with what theory says beside it', () => {
    const labels = frame.values('y').map((value) => (value === 'yes' ? 1 : 0));
    const { contacts, cutProbability, profit, correctedProfit, theory, curve } = targetSize(labels, probabilities, { ...terms, replicates: 200 });
    expect([contacts.estimate, profit]).toEqual(golden.emp.slice(0, 2));
    expect(Math.abs(cutProbability.estimate / golden.emp[2] - 1)).toBeLessThan(1e-9);
    expect([100, 200, 500, 4521].map((k) => curve[k])).toEqual(golden.emp[3]);
    expect([theory.contacts, theory.realisedProfit]).toEqual([golden.theor.n, golden.theor.realised]);
    expect(Math.abs(theory.expectedProfit.estimate / golden.theor.expected - 1)).toBeLessThan(1e-9);
    expect(contacts.lower < golden.theor.n && golden.theor.n < contacts.upper).toBe(true);
    expect(theory.p).toBeGreaterThan(0.05);
    expect(correctedProfit.estimate).toBeLessThan(profit);
  });
});
