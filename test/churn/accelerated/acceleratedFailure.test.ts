import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AcceleratedFailure } from '../../../src/churn/accelerated/acceleratedFailure.js';
import { fitAcceleratedFailure } from '../../../src/churn/accelerated/fitAcceleratedFailure.js';
import { createRandom } from '../../../src/numeric/random.js';

const random = createRandom(12);
const rows = Array.from({ length: 200 }, (_, i) => {
  const [spend, plan] = [random.normal(), i % 3 === 0 ? 'gold' : 'basic'];
  return { months: Math.exp(1 + 0.4 * spend + (plan === 'gold' ? 0.8 : 0) + 0.5 * random.normal()), left: i % 4 > 0, spend: i % 10 === 0 ? null : spend, plan };
});
const probe = rows.slice(0, 15);
const fit = (distribution: 'weibull' | 'log-normal' | 'gaussian'): AcceleratedFailure => fitAcceleratedFailure(rows, { duration: 'months', event: 'left', distribution });

describe('AcceleratedFailure', () => {
  const model = fit('log-normal');

  it('remaining time is the curve given what has passed', () => {
    const [now, then] = [model.predictSurvival(probe, 5), model.predictSurvival(probe, 9)];
    model.predictSurvival(probe, 4, { elapsed: 5 }).forEach((share, i) => expect(share).toBeCloseTo(then[i]! / now[i]!, 12));
    const elapsed = probe.map((_, i) => i);
    const times = model.predictQuantile(probe, 0.3, { elapsed });
    times.forEach((time, i) => expect(model.predictSurvival(probe.slice(i, i + 1), time, { elapsed: i })[0]).toBeCloseTo(0.7, 10));
  });

  it('ranks by risk as by survival, and the average customer is at 0', () => {
    const risk = model.predictRisk(probe);
    const alive = model.predictSurvival(probe, 6);
    for (let i = 1; i < probe.length; i++) expect(Math.sign(risk[i]! - risk[0]!)).toBe(Math.sign(alive[0]! - alive[i]!));
    // What was never seen is average.
    expect(model.predictRisk([{ spend: null, plan: 'platinum' }])[0]).toBeCloseTo(model.predictRisk([{ spend: null, plan: 'silver' }])[0]!, 14);
  });

  it('factors multiply to the median', () => {
    for (const row of probe.slice(0, 11)) {
      const { baseline, contributions, margin, prediction } = model.explain(row);
      expect(contributions.reduce((product, { factor }) => product * factor!, baseline)).toBeCloseTo(prediction, 10);
      expect(prediction).toBeCloseTo(model.predictQuantile([row], 0.5)[0]!, 10);
      expect(Math.exp(margin)).toBeCloseTo(prediction, 10);
    }
    expect(fit('gaussian').explain(probe[0]!).contributions[0]!.factor).toBeNull();
  });

  it('the curve of a row is its survival, from 1 to 1 in 100', () => {
    const { times, survival } = model.survivalCurve(probe[1]!, { elapsed: 3 });
    expect([times.length, times[0], survival[0]]).toEqual([101, 0, 1]);
    expect(survival[100]).toBeCloseTo(0.01, 10);
    expect(survival[30]).toBe(model.predictSurvival(probe.slice(1, 2), times[30]!, { elapsed: 3 })[0]);
  });

  it('a Gaussian has no times below 0: survival is 1 there', () => {
    const bell = fit('gaussian');
    expect([...bell.predictSurvival(probe, 0)]).toEqual(probe.map(() => 1));
    const time = bell.predictQuantile(probe.slice(0, 1), 0.2)[0]!;
    expect(bell.predictSurvival(probe.slice(0, 1), time)[0]).toBeCloseTo(0.8, 10);
  });

  it('travels as JSON, to the bit, without rows; refuses what is none', () => {
    for (const one of [fit('weibull'), model]) {
      const back = AcceleratedFailure.fromJSON(JSON.parse(JSON.stringify(one)));
      expect(JSON.stringify(back)).toBe(JSON.stringify(one));
      expect(back.predictRestrictedMean(rows, 7, { elapsed: 2 })).toEqual(one.predictRestrictedMean(rows, 7, { elapsed: 2 }));
    }
    expect(() => AcceleratedFailure.fromJSON({ ...model.toJSON(), effects: 1 })).toThrow(/damaged/);
    expect(() => AcceleratedFailure.fromJSON({ ...model.toJSON(), formatVersion: 9 })).toThrow(/formatVersion/);
    expect(Object.isFrozen(model)).toBe(true);
  });

  it('refuses what it cannot foretell, and names it', () => {
    expect(() => model.predictRisk([{ plan: 'gold' }])).toThrow(/AcceleratedFailure.predictRisk .*"spend"/);
    expect(() => model.predictQuantile(probe, 0)).toThrow(/share between 0 and 1, found 0/);
    expect(() => model.predictSurvival(probe, NaN)).toThrow(/time of 0 or more/);
    expect(() => model.predictRestrictedMean(probe, -3)).toThrow(/horizon of 0 or more/);
    expect(() => model.predictSurvival(probe, 1, { elapsed: [1, 2] })).toThrow(/one for each of the 15 rows, found 2/);
  });

  it('version 1 of its JSON stays readable', () => {
    const { model: stored, probe: asked, predictions } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/churn/AcceleratedFailure.v1.json'), 'utf8')) as { model: unknown; probe: object[]; predictions: number[] };
    const read = AcceleratedFailure.fromJSON(stored);
    const found = [...read.predictSurvival(asked, 5), ...read.predictQuantile(asked, 0.2, { elapsed: 1 }), ...read.predictRestrictedMean(asked, 12)];
    found.forEach((value, i) => expect(value).toBeCloseTo(predictions[i]!, 10));
    expect(found).toHaveLength(predictions.length);
  });
});
