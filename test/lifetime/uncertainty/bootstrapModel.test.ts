import { describe, expect, it } from 'vitest';
import { ClientelaError } from '../../../src/errors.js';
import { fitNbd } from '../../../src/lifetime/buying/nbd/fitNbd.js';
import type { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { groupSummary } from '../../../src/lifetime/summary/groupSummary.js';
import { bootstrapModel } from '../../../src/lifetime/uncertainty/bootstrapModel.js';
import { deltaInterval } from '../../../src/lifetime/uncertainty/deltaInterval.js';
import { drawInterval } from '../../../src/lifetime/uncertainty/drawInterval.js';
import { parameterDraws } from '../../../src/lifetime/uncertainty/parameterDraws.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from '../spending/spendRows.js';
import { nbdHistories } from './nbdHistories.js';

const customers = nbdHistories({ r: 0.8, alpha: 8 }, 500, 1);
const total = (model: Nbd): number => model.expectedPurchases(customers, { weeks: 10 }).reduce((sum, value) => sum + value, 0);
const fit = (sample: typeof customers, start: Readonly<Record<string, number>>): Nbd => fitNbd(sample, { start });

describe('bootstrapModel', () => {
  it('agrees with the delta method and with draws of parameters', () => {
    const bootstrap = bootstrapModel(fit, customers, { samples: 400, seed: 2 });
    const draws = parameterDraws(bootstrap.model, { draws: 1000, seed: 3 });
    expect(bootstrap).toMatchObject({ samples: 400, failures: 0, notConverged: 0, warnings: [] });
    const answers: readonly ((model: Nbd) => number)[] = [({ parameters: { r, alpha } }) => r / alpha, total, (model) => model.purchaseProbability(customers, { weeks: 10 })[0]!];
    for (const answer of answers) {
      const byDelta = deltaInterval(bootstrap.model, answer);
      for (const other of [drawInterval(bootstrap, answer), drawInterval(draws, answer)]) {
        expect(other.estimate).toBe(byDelta.estimate);
        // Of 400 samples a standard error is known to 3.5 per cent.
        expect(Math.abs(other.standardError / byDelta.standardError - 1)).toBeLessThan(0.2);
        expect(Math.abs(other.lower - byDelta.lower)).toBeLessThan(0.5 * byDelta.standardError);
        expect(Math.abs(other.upper - byDelta.upper)).toBeLessThan(0.5 * byDelta.standardError);
      }
    }
  });

  it('is as wide for groups of equal customers as for the customers themselves', () => {
    const grouped = groupSummary(customers);
    expect(grouped.frequency.length).toBeLessThan(250);
    const mean = ({ parameters: { r, alpha } }: Nbd): number => r / alpha;
    const [one, other] = [bootstrapModel(fit, customers, { samples: 300, seed: 4 }), bootstrapModel((sample, start) => fitNbd(sample, { start }), grouped, { samples: 300, seed: 5 })];
    const [byCustomer, byGroup] = [drawInterval(one, mean), drawInterval(other, mean)];
    expect(byGroup.estimate).toBeCloseTo(byCustomer.estimate, 8);
    expect(Math.abs(byGroup.standardError / byCustomer.standardError - 1)).toBeLessThan(0.25);
  });

  it('begins each fit where that of all customers ended', () => {
    const starts: Readonly<Record<string, number>>[] = [];
    const { model } = bootstrapModel((sample: typeof customers, start: Readonly<Record<string, number>>) => (starts.push(start), fitNbd(sample, { start })), customers, { samples: 3 });
    expect(starts).toEqual([{}, model.parameters, model.parameters, model.parameters]);
  });

  it('is the same for the same seed, and leaves the customers alone', () => {
    const frozen = Object.freeze({ ...customers });
    const run = (seed: number): number[] => bootstrapModel(fit, frozen, { samples: 5, seed }).models.map(({ parameters }) => parameters.r);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(new Set(run(1)).size).toBe(5);
  });

  it('takes models of spend', () => {
    const spends = simulateSpend({ p: 6, q: 4, v: 15 }, 400, 2);
    const bootstrap = bootstrapModel((sample, start) => fitGammaGamma(sample, { start }), { ...spends, firstPurchase: 'excluded' as const }, { samples: 200 });
    const [bySample, byDelta] = [drawInterval(bootstrap, ({ meanSpend }) => meanSpend), deltaInterval(bootstrap.model, ({ meanSpend }) => meanSpend)];
    expect(Math.abs(bySample.standardError / byDelta.standardError - 1)).toBeLessThan(0.25);
  });

  it('counts samples that cannot be fitted, and tells of them', () => {
    let calls = 0;
    const seldom = (sample: typeof customers): Nbd => {
      if (calls++ % 4 === 3) throw new ClientelaError('NOT_IDENTIFIED', 'no');
      return fitNbd(sample);
    };
    const { models, failures, warnings } = bootstrapModel(seldom, customers, { samples: 12 });
    expect([models.length, failures]).toEqual([9, 3]);
    expect(warnings).toEqual([expect.stringMatching(/^3 of 12 samples could not be fitted/)]);
    const never = (sample: typeof customers, start: Readonly<Record<string, number>>): Nbd => {
      if ('r' in start) throw new ClientelaError('EMPTY_INPUT', 'no');
      return fitNbd(sample);
    };
    expect(errorCode(() => bootstrapModel(never, customers, { samples: 4 }))).toBe('NOT_IDENTIFIED');
    const broken = (sample: typeof customers, start: Readonly<Record<string, number>>): Nbd => {
      if ('r' in start) throw new TypeError('a fault of the caller');
      return fitNbd(sample);
    };
    expect(() => bootstrapModel(broken, customers, { samples: 4 })).toThrow(TypeError);
  });

  it('says that searches did not end', () => {
    const short = bootstrapModel((sample: typeof customers) => fitNbd(sample, { maxIterations: 1 }), customers, { samples: 10 });
    expect(short.notConverged).toBe(10);
    expect(short.warnings).toEqual([expect.stringMatching(/^10 of 10 searches/)]);
  });

  it('stops when it is told to', () => {
    const { samples, models } = bootstrapModel(fit, customers, { samples: 50, onProgress: ({ done }) => done < 7 });
    expect([samples, models.length]).toEqual([7, 7]);
  });

  it('refuses what it cannot count', () => {
    expect(errorCode(() => bootstrapModel(fit, {} as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => bootstrapModel(fit, { ...customers, weights: [1] } as never))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => bootstrapModel(fit, { ...customers, weights: customers.frequency.map(() => -1) } as never))).toBe('INVALID_VALUE');
    expect(errorCode(() => bootstrapModel(fit, customers, { samples: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => bootstrapModel(fit, customers, { draws: 9 } as never))).toBe('INVALID_OPTION');
  });
});
