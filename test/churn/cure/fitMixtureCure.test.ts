import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitAcceleratedFailure } from '../../../src/churn/accelerated/fitAcceleratedFailure.js';
import { fitMixtureCure } from '../../../src/churn/cure/fitMixtureCure.js';
import { MixtureCure } from '../../../src/churn/cure/mixtureCure.js';
import { createRandom } from '../../../src/numeric/random.js';

interface Row {
  readonly months: number;
  readonly left: boolean;
  readonly spend: number;
  readonly plan: string;
}

/** Log-odds of never leaving -.8 + spend, times of those who leave of Weibull shape 1.6 around exp(1.5 - .6 gold), observed for up to `horizon` months. */
function simulate(count: number, seed: number, horizon = 60): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const [spend, plan] = [random.normal(), i % 2 === 0 ? 'basic' : 'gold'];
    const isCured = random.uniform() < 1 / (1 + Math.exp(0.8 - spend));
    const time = isCured ? Infinity : Math.exp(1.5 - (plan === 'gold' ? 0.6 : 0)) * (-Math.log(1 - random.uniform())) ** (1 / 1.6);
    const end = horizon * (0.5 + 0.5 * random.uniform());
    return { months: Math.min(time, end), left: time <= end, spend, plan };
  });
}

const rows = simulate(800, 4);
const OPTIONS = { duration: 'months', event: 'left', features: ['plan'], cureFeatures: ['spend'] } as const;
const model = fitMixtureCure(rows, OPTIONS);

describe('fitMixtureCure', () => {
  it('recovers what was simulated, and says that the follow-up suffices', () => {
    const large = fitMixtureCure(simulate(4000, 11), OPTIONS);
    expect(large.status).toBe('converged');
    const near = (line: { readonly estimate: number; readonly standardError: number | null }, value: number): void => expect(Math.abs(line.estimate - value)).toBeLessThan(3.5 * line.standardError!);
    [-0.8, 1].forEach((value, j) => near(large.cureCoefficients[j]!, value));
    [1.5, -0.6].forEach((value, j) => near(large.coefficients[j]!, value));
    expect(1 / large.scale.upper! < 1.6 && 1 / large.scale.lower! > 1.6).toBe(true);
    expect(large.followUp.isLongEnough).toBe(true);
    expect(large.note).toBeNull();
    expect(large.test.p).toBeLessThan(1e-10);
    expect(large.curedShare.lower! < large.curedShare.estimate && large.curedShare.estimate < large.curedShare.upper!).toBe(true);
  });

  it('where all who leave have left, the cured share is the share that stayed', () => {
    const few = [1, 1, 2, 3, 4, 400, 400, 400, 400, 400, 400].map((months) => ({ months, left: months < 400 }));
    const found = fitMixtureCure(few, { duration: 'months', event: 'left', features: [] });
    expect(found.curedShare.estimate).toBeCloseTo(6 / 11, 6);
    expect(found.curedShare.standardError).toBeCloseTo(Math.sqrt((6 / 11) * (5 / 11) / 11), 5);
    // The others are a Weibull of their own.
    const own = fitAcceleratedFailure(few.slice(0, 5), { duration: 'months', features: [] });
    expect(found.coefficients[0]!.estimate).toBeCloseTo(own.coefficients[0]!.estimate, 6);
  });

  it('its likelihood is the one of the formula, and the highest around', () => {
    const likelihood = (state: ReturnType<MixtureCure['toJSON']>): number => {
      const one = MixtureCure.fromJSON(JSON.parse(JSON.stringify(state)));
      return rows.reduce((sum, row) => {
        const h = 1e-5 * row.months;
        const [before, after] = [row.months - h, row.months + h].map((time) => one.predictSurvival([row], time)[0]!) as [number, number];
        return sum + Math.log(row.left ? (before - after) / (2 * h) : one.predictSurvival([row], row.months)[0]!);
      }, 0);
    };
    const state = model.toJSON();
    const top = likelihood(state);
    expect(Math.abs(top - model.logLikelihood)).toBeLessThan(1e-4);
    for (const by of [-0.02, 0.02]) {
      expect(likelihood({ ...state, cure: { ...state.cure, intercept: state.cure.intercept + by } })).toBeLessThan(top);
      expect(likelihood({ ...state, time: { ...state.time, intercept: state.time.intercept + by } })).toBeLessThan(top);
      expect(likelihood({ ...state, summary: { ...state.summary, scale: { ...state.summary.scale, estimate: state.summary.scale.estimate + by } } })).toBeLessThan(top);
    }
  });

  it('weights are repetition, order and unit of time are nothing', () => {
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => ({ ...row, months: row.months * 1e5 }))).reverse();
    const [a, b] = [fitMixtureCure(rows, { ...OPTIONS, weights }), fitMixtureCure(repeated, OPTIONS)];
    expect(a.curedShare.estimate).toBeCloseTo(b.curedShare.estimate, 8);
    expect(a.curedShare.standardError!).toBeCloseTo(b.curedShare.standardError!, 8);
    expect(a.scale.estimate).toBeCloseTo(b.scale.estimate, 8);
    expect(a.coefficients[0]!.estimate + Math.log(1e5)).toBeCloseTo(b.coefficients[0]!.estimate, 7);
    expect(a.followUp.p).toBeCloseTo(b.followUp.p, 12);
  });

  it('without anybody who never leaves it is the model without them, and says so', () => {
    const random = createRandom(8);
    const all = Array.from({ length: 300 }, () => ({ t: -3 * Math.log(1 - random.uniform()) }));
    const found = fitMixtureCure(all, { duration: 't', features: [] });
    const plain = fitAcceleratedFailure(all, { duration: 't', features: [] });
    expect(found.status).toBe('noCuredShare');
    expect(found.note).toContain('fitAcceleratedFailure');
    expect(found.logLikelihood).toBeCloseTo(plain.logLikelihood, 6);
    expect(found.scale.logStandardError).toBeCloseTo(plain.scale.logStandardError!, 6);
    expect(found.curedShare.standardError).toBeNull();
    expect(found.test.p).toBeGreaterThan(0.4);
  });

  it('a curve that still falls at its end is told in words', () => {
    const short = fitMixtureCure(simulate(800, 6, 8), { ...OPTIONS, features: [], cureFeatures: [] });
    expect(short.followUp.isLongEnough).toBe(false);
    expect(short.note).toMatch(/too short .* do not read it as a fact/);
  });

  it('late entries: who is seen only if still there makes the cured share too high, unless it is said', () => {
    const early = simulate(2000, 21);
    const late = early.map((row, i) => ({ ...row, entry: i % 2 === 0 ? 2 : 0 })).filter((row) => row.months > row.entry);
    const options = { duration: 'months', event: 'left', features: ['plan'], cureFeatures: [] } as const;
    const whole = fitMixtureCure(early, options).curedShare.estimate;
    expect(Math.abs(fitMixtureCure(late, { ...options, entry: 'entry' }).curedShare.estimate - whole)).toBeLessThan(0.02);
    expect(fitMixtureCure(late, options).curedShare.estimate - whole).toBeGreaterThan(0.02);
  });

  it.each(['exponential', 'log-normal', 'log-logistic'] as const)('%s ends at a maximum, too', (distribution) => {
    expect(fitMixtureCure(rows, { ...OPTIONS, distribution }).status).toBe('converged');
  });

  it('a level that never had the event is named and stays', () => {
    const loyal = rows.map((row, i) => (i < 15 ? { ...row, plan: 'staff', left: false } : row));
    const found = fitMixtureCure(loyal, OPTIONS);
    expect(found).toMatchObject({ status: 'separated', separated: ['plan=staff'] });
    expect(found.predictSurvival([{ spend: 0, plan: 'staff' }], 50)[0]!).toBeGreaterThan(1 - 1e-9);
  });

  it('refuses what it cannot fit', () => {
    const fit = (options: object, table: readonly Row[] = rows) => () => fitMixtureCure(table, { ...OPTIONS, ...options } as typeof OPTIONS);
    expect(fit({ distribution: 'gaussian' })).toThrow(/distribution as one of weibull, exponential, log-normal, log-logistic/);
    expect(fit({ cureFeatures: ['left'] })).toThrow(/cannot use "left" as a feature/);
    expect(fit({ standardErrors: 'robust' })).toThrow(/knows no option/);
    expect(fit({}, [])).toThrow(/needs rows, found none/);
    expect(fit({}, rows.map((row) => ({ ...row, left: false })))).toThrow(/some rows in which the event came/);
    expect(fit({}, rows.map((row, i) => (i === 2 ? { ...row, months: 0 } : row)))).toThrow(/found 0 in column "months", row 2/);
  });
});

describe('MixtureCure', () => {
  const probe = rows.slice(0, 20);

  it('who is still there is ever likelier to stay: Bayes, from an elapsed time on', () => {
    const [cured, alive] = [model.predictCured(probe), model.predictSurvival(probe, 7)];
    model.predictCured(probe, { elapsed: 7 }).forEach((share, i) => expect(share).toBeCloseTo(cured[i]! / alive[i]!, 12));
    const later = model.predictSurvival(probe, 10);
    model.predictSurvival(probe, 3, { elapsed: 7 }).forEach((share, i) => expect(share).toBeCloseTo(later[i]! / alive[i]!, 12));
    expect(model.predictSurvival(probe, 1e9)[3]).toBeCloseTo(cured[3]!, 12);
  });

  it('quantiles invert survival, and are Infinity where fewer leave', () => {
    for (const elapsed of [0, 2]) {
      const [cured, times] = [model.predictCured(probe, { elapsed }), model.predictQuantile(probe, 0.4, { elapsed })];
      times.forEach((time, i) => {
        if (cured[i]! >= 0.6) expect(time).toBe(Infinity);
        else expect(model.predictSurvival(probe.slice(i, i + 1), time, { elapsed })[0]).toBeCloseTo(0.6, 10);
      });
      expect(times.some((time) => time === Infinity) && times.some((time) => time < Infinity)).toBe(true);
    }
  });

  it('the restricted mean is the area', () => {
    const [steps, horizon] = [2000, 12];
    const wanted = Array.from({ length: steps }, (_, i) => model.predictSurvival(probe.slice(0, 1), ((i + 0.5) * horizon) / steps, { elapsed: 1 })[0]!).reduce((a, b) => a + b) * (horizon / steps);
    expect(model.predictRestrictedMean(probe, horizon, { elapsed: 1 })[0]).toBeCloseTo(wanted, 6);
  });

  it('risk, curve and explanation agree with survival', () => {
    const risk = model.predictRisk(probe);
    model.predictSurvival(probe, model.toJSON().riskTime).forEach((alive, i) => expect(Math.exp(-risk[i]!)).toBeCloseTo(alive, 12));
    const { times, survival } = model.survivalCurve(probe[0]!, { elapsed: 2 });
    expect([times.length, times[0], survival[0]]).toEqual([101, 0, 1]);
    expect(survival[50]).toBe(model.predictSurvival(probe.slice(0, 1), times[50]!, { elapsed: 2 })[0]);
    const { cured, time } = model.explain(probe[0]!);
    expect(cured.prediction).toBeCloseTo(model.predictCured(probe)[0]!, 12);
    expect(cured.baseline + cured.contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(cured.margin, 12);
    expect(time.baseline * time.contributions.reduce((product, { factor }) => product * factor!, 1)).toBeCloseTo(time.prediction, 10);
  });

  it('travels as JSON, to the bit, and names what it needs', () => {
    const back = MixtureCure.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back.predictRestrictedMean(probe, 9, { elapsed: 1 })).toEqual(model.predictRestrictedMean(probe, 9, { elapsed: 1 }));
    expect(model.features).toEqual(['plan', 'spend']);
    expect(() => model.predictCured([{ plan: 'gold' }])).toThrow(/MixtureCure.predictCured .*"spend"/);
    expect(() => model.predictQuantile(probe, 1)).toThrow(/share between 0 and 1/);
    expect(() => model.predictSurvival(probe, -1)).toThrow(/time of 0 or more/);
    expect(() => MixtureCure.fromJSON({ ...model.toJSON(), cure: { effects: 3 } })).toThrow(/damaged/);
    expect(() => MixtureCure.fromJSON({ format: 'Glm' })).toThrow();
  });

  it('version 1 of its JSON stays readable', () => {
    const { model: stored, probe: asked, predictions } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/churn/MixtureCure.v1.json'), 'utf8')) as { model: unknown; probe: object[]; predictions: number[] };
    const read = MixtureCure.fromJSON(stored);
    const found = [...read.predictSurvival(asked, 5), ...read.predictQuantile(asked, 0.2, { elapsed: 1 }), ...read.predictRestrictedMean(asked, 12)];
    found.forEach((value, i) => expect(value).toBeCloseTo(predictions[i]!, 10));
    expect(found).toHaveLength(predictions.length);
  });
});
