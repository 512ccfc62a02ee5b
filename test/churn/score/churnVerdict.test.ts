import { describe, expect, it } from 'vitest';
import { churnVerdict, type VerdictInput } from '../../../src/churn/score/churnVerdict.js';

const interval = (estimate: number, half: number): { estimate: number; lower: number; upper: number } => ({ estimate, lower: estimate - half, upper: estimate + half });

/** What a good score is judged by, with what is said here instead. */
function judged({ report = {}, figures = {}, ...rest }: { report?: object; figures?: object; flaws?: readonly object[]; direction?: 'leave' | 'deepen' } = {}): ReturnType<typeof churnVerdict> {
  return churnVerdict({
    flaws: [],
    direction: 'leave',
    ...rest,
    report: { auc: interval(0.8, 0.02), logLoss: 0.4, baselineLogLoss: 0.5, calibrationError: 0.01, leakage: [], ...report },
    figures: { topDecileLift: interval(2.5, 0.2), intervals: { calibrationError: { ...interval(0.01, 0.005), byChance: 0.01 } }, baseline: null, ...figures },
  } as unknown as VerdictInput);
}

describe('churnVerdict', () => {
  it('says what a score can do', () => {
    expect(judged()).toEqual({ isBelievable: true, verdict: 'on customers it has not seen it ranks with an AUC of 0.80 (0.78 to 0.82), the highest tenth holds 2.5 (2.3 to 2.7) times as many leavers as chance, and its probabilities are off by 0.010 on average' });
    expect(judged({ direction: 'deepen' }).verdict).toContain('customers who deepen');
  });

  it('says when one column does as well', () => {
    const baseline = { feature: 'recencyDays', auc: 0.79, aucGain: interval(0.01, 0.02), logLossGain: interval(0.001, 0.002) };
    expect(judged({ figures: { baseline } }).verdict).toMatch(/; not surely better than recencyDays alone \(AUC 0.79\), which is simpler$/);
    expect(judged({ figures: { baseline: { ...baseline, logLossGain: interval(0.01, 0.002) } } }).verdict).not.toContain('alone');
  });

  it.each([
    [{ report: { auc: interval(0.52, 0.03) } }, 'no evidence that it ranks better than chance (AUC 0.52 (0.49 to 0.55))'],
    [{ report: { logLoss: 0.51 } }, 'its probabilities are no better than giving everybody the same rate'],
    [{ report: { leakage: [{ kind: 'foretells too well', columns: ['x'], text: 'column "x" knows' }] } }, 'column "x" knows'],
    [{ figures: { intervals: { calibrationError: { ...interval(0.1, 0.02), byChance: 0.01 } } } }, 'its probabilities are off by 0.10 on average, out of sample'],
    [{ flaws: [{ text: 'column "y" is from after', columns: ['y'] }] }, 'column "y" is from after'],
    [{ flaws: [{ text: 'y is from after', columns: ['y'] }], report: { leakage: [{ kind: 'foretells too well', columns: ['y'], text: 'y knows' }] } }, 'y is from after'],
  ])('says why not to use one: %#', (input, why) => {
    expect(judged(input)).toEqual({ isBelievable: false, verdict: `do not use this score: ${why}` });
  });

  it('does not hold the chance of few rows against a score', () => {
    expect(judged({ figures: { intervals: { calibrationError: { ...interval(0.1, 0.02), byChance: 0.09 } } } }).isBelievable).toBe(true);
  });

  it('does not hold columns that say the same against a score', () => {
    expect(judged({ report: { leakage: [{ kind: 'says the same', columns: ['x', 'y'], text: 'same' }] } }).isBelievable).toBe(true);
  });
});
