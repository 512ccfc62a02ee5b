import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { chooseActions, effectHeterogeneity, effectScores, planControlGroup, policyValue, upliftGroups } from '../../../src/response/index.js';
import { simulate } from './trial.js';

describe('effectHeterogeneity', () => {
  it('targets where effects differ along the score, whatever the sign of the average', () => {
    const { outcomes, treated, x } = simulate(3000, 1, (v) => 0.5 * v - 0.15);
    const scores = x.map((v) => 0.5 * v - 0.15);
    const gate = effectHeterogeneity(outcomes, treated, scores);
    expect([gate.verdict, gate.heterogeneity]).toEqual(['target', 'evidence']);
    expect(gate.calibration.slope.lower < 1 && gate.calibration.slope.upper > 1).toBe(true);
    expect(gate.groups.p).toBeLessThan(0.001);
    expect(gate.targetingGain.lower).toBeGreaterThan(0);
    expect(gate.reason).toMatch(/^the score ranks effects better than chance \(RATE: AUTOC/);
  });

  it('says no evidence where they do not, and then goes by the average and its cost', () => {
    const { outcomes, treated } = simulate(3000, 2, () => 0.1);
    const random = createRandom(3);
    const scores = Array.from(outcomes, () => random.uniform() * 0.2);
    const verdict = (contactCost: number) => effectHeterogeneity(outcomes, treated, scores, { benefit: 10, contactCost });
    expect([0, 0.95, 5].map((cost) => verdict(cost).verdict)).toEqual(['treatAll', 'undecided', 'treatNone']);
    for (const cost of [0, 0.95, 5]) expect(verdict(cost).reason).toContain('no evidence: the score ranks effects no better than chance');
  });

  it('does not target by a score that ranks well but names effects that are far too large', () => {
    const { outcomes, treated, x } = simulate(4000, 4, (v) => 0.05 + 0.25 * v);
    // The right order, but nobody above the break-even of 0.04: choosing by it would contact nobody.
    const gate = effectHeterogeneity(outcomes, treated, x.map((v) => v / 1000), { contactCost: 0.04 });
    expect([gate.heterogeneity, gate.verdict]).toEqual(['evidence', 'treatAll']);
    expect(gate.reason).toContain('surely earns less than contacting all');
  });

  it('targets in vain no more often than its confidence allows', () => {
    let found = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { outcomes, treated, x } = simulate(300, seed, () => 0.1);
      if (effectHeterogeneity(outcomes, treated, x, { replicates: 40, confidence: 0.8 }).heterogeneity === 'evidence') found++;
    }
    // At 0.8, one in ten or fewer: two looks that go together, on one side.
    expect(found).toBeLessThan(12);
  });

  it('weights are customers; a constant score has nothing to say', () => {
    const { outcomes, treated, x } = simulate(400, 5, (v) => v / 2);
    const twice = (values: ArrayLike<number>): number[] => Array.from(values).flatMap((value) => [value, value]);
    const a = effectHeterogeneity(outcomes, treated, x, { weights: x.map(() => 2), replicates: 20 });
    const b = effectHeterogeneity(twice(outcomes), twice(treated), twice(x), { replicates: 20 });
    expect(a.groups.chiSquare).toBeCloseTo(b.groups.chiSquare, 8);
    expect(a.averageEffect.lower).toBeCloseTo(b.averageEffect.lower, 10);
    expect(a.calibration.slope.lower).toBeCloseTo(b.calibration.slope.lower, 10);
    const constant = effectHeterogeneity(outcomes, treated, x.map(() => 1), { replicates: 20 });
    expect(constant).toMatchObject({ heterogeneity: 'no evidence', calibration: { p: 0.5 }, groups: { chiSquare: expect.closeTo(0, 10) } });
  });

  it('takes rounding for no evidence: one score for all, and one effect for all', () => {
    const treated = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
    const oneScore = effectHeterogeneity([1, 0, 1, 0, 1, 1, 0, 0, 1, 0], treated, treated.map(() => 0.1));
    expect(oneScore).toMatchObject({ heterogeneity: 'no evidence', verdict: 'treatAll', autoc: { estimate: 0, p: 1 }, qini: { estimate: 0, standardError: 0, p: 1 }, calibration: { p: 0.5 } });
    const oneEffect = effectHeterogeneity(treated.map((w) => 0.7 + 0.1 * w), treated, treated.map((_, i) => i));
    expect(oneEffect).toMatchObject({ heterogeneity: 'no evidence', autoc: { p: 1 }, qini: { p: 1 } });
  });
});

describe('policyValue and chooseActions', () => {
  const random = createRandom(6);
  const n = 4000;
  const ARMS = ['a', 'b', 'none'] as const;
  const x = Float64Array.from({ length: n }, () => random.uniform());
  const arms = Array.from(x, () => ARMS[random.integer(3)]!);
  const means = { a: x.map((v) => 1 + v), b: x.map((v) => 2 - v), none: x.map(() => 1) };
  const outcomes = x.map((_, i) => means[arms[i]!][i]! + 0.5 * random.normal());
  const best = chooseActions(means);

  it('every method finds what the policy is worth, and that it beats every constant one', () => {
    // Of max(1 + x, 2 - x): 1.75; constants 1.5, 1.5 and 1.
    for (const options of [{ method: 'ips' }, { method: 'snips' }, { method: 'doublyRobust' }, { predicted: means }] as const) {
      const found = policyValue(outcomes, arms, best, options);
      expect(Math.abs(found.value.estimate - 1.75)).toBeLessThan(4 * found.standardError);
      expect(found.beatsEveryConstant).toBe(true);
      expect(found.constants.map(({ action }) => action).at(-1)).toBe('none');
      for (const { gain, value } of found.constants) expect(gain.estimate).toBeCloseTo(found.value.estimate - value.estimate, 12);
    }
    expect(policyValue(outcomes, arms, best, { predicted: means }).standardError).toBeLessThan(policyValue(outcomes, arms, best, { method: 'ips' }).standardError);
  });

  it('a constant policy has no gain over itself and is, by SNIPS, the mean of its arm', () => {
    const found = policyValue(outcomes, arms, arms.map(() => 'a'));
    const own = found.constants.find(({ action }) => action === 'a')!;
    expect(own.gain).toEqual({ estimate: 0, lower: 0, upper: 0 });
    const members = outcomes.filter((_, i) => arms[i] === 'a');
    expect(found.value.estimate).toBeCloseTo(members.reduce((sum, value) => sum + value, 0) / members.length, 10);
    expect(found.effectiveSampleSize).toBeCloseTo(members.length, 8);
    expect(found.actions.map(({ share }) => share)).toEqual([1, 0, 0]);
  });

  it('its intervals hold the truth as often as they say', () => {
    let hits = 0;
    for (let seed = 1; seed <= 80; seed++) {
      const other = createRandom(seed);
      const got = Array.from({ length: 300 }, () => ARMS[other.integer(3)]!);
      const y = got.map((arm, i) => means[arm][i]! + 0.5 * other.normal());
      const truth = best.slice(0, 300).reduce((sum, arm, i) => sum + means[arm][i]!, 0) / 300;
      const { value } = policyValue(y, got, best.slice(0, 300), { predicted: { a: means.a.slice(0, 300), b: means.b.slice(0, 300), none: means.none.slice(0, 300) }, confidence: 0.9 });
      // Around the value of these very customers the interval is wide: it also covers the draw of customers.
      if (value.lower <= truth && truth <= value.upper) hits++;
    }
    expect(hits / 80).toBeGreaterThan(0.83);
  });

  it('row order, weights, benefits and costs do what they say', () => {
    const some = { y: Array.from(outcomes.subarray(0, 60)), got: arms.slice(0, 60), will: best.slice(0, 60) };
    const base = policyValue(some.y, some.got, some.will, { benefit: 3, contactCost: { a: 0.5, b: some.y.map(() => 0.25) } });
    const by = policyValue([...some.y].reverse(), [...some.got].reverse(), [...some.will].reverse(), { benefit: { a: 3, b: 3, none: 3 }, contactCost: { a: 0.5, b: 0.25 } });
    expect(by.value.estimate).toBeCloseTo(base.value.estimate, 12);
    const weights = some.y.map((_, i) => i % 3);
    const twice = <T>(values: readonly T[]): T[] => values.flatMap((value, i) => new Array<T>(i % 3).fill(value));
    for (const method of ['ips', 'snips', 'doublyRobust'] as const) {
      const weighted = policyValue(some.y, some.got, some.will, { method, weights });
      const repeated = policyValue(twice(some.y), twice(some.got), twice(some.will), { method });
      expect(weighted.value.estimate).toBeCloseTo(repeated.value.estimate, 10);
      expect(weighted.standardError).toBeCloseTo(repeated.standardError, 10);
      expect(weighted.effectiveSampleSize).toBeCloseTo(repeated.effectiveSampleSize, 8);
    }
    expect(policyValue([1, 0, 1, 0], [true, false, true, false], [true, true, false, false]).constants.map(({ action }) => action)).toEqual(['true', 'false']);
  });

  it('leaves the fallback only for what is surely better; without errors ties go to the first', () => {
    expect(chooseActions({ a: [1, 1], b: [1, 2] })).toEqual(['a', 'b']);
    const predicted = { a: [1, 1, 1], b: [1.5, 3, 0] };
    const standardErrors = { a: [0.5, 0.5, 0.5], b: [0.5, 0.5, 0.5] };
    expect(chooseActions(predicted, { standardErrors, fallback: 'a' })).toEqual(['a', 'b', 'a']);
    // The better on average is b: it stays wherever a is not surely better.
    expect(chooseActions(predicted, { standardErrors })).toEqual(['b', 'b', 'a']);
    expect(chooseActions(predicted, { standardErrors, fallback: 'a', certainty: 0.5 })).toEqual(['b', 'b', 'a']);
  });
});

describe('upliftGroups', () => {
  const effectOf = (v: number): number => (v > 0.75 ? 0.3 : v > 0.25 ? 0 : -0.2);
  const { outcomes, treated, x } = simulate(8000, 7, effectOf, 0.4);
  const baseline = x.map((v) => (v > 0.5 ? 0.6 : 0.2));

  it('by customer: every interval places its own, and sizes and effects are of all rows', () => {
    const found = upliftGroups(outcomes, treated, x.map(effectOf), { baseline, smallestEffect: 0.05, baselineThreshold: 0.4, standardErrors: x.map((v) => (v < 0.9 ? 0.02 : 0.5)) });
    const expected = x.map((v) => (v >= 0.9 ? 4 : v > 0.75 ? 0 : v > 0.5 ? 1 : v > 0.25 ? 2 : 3));
    expect(Array.from(found.assigned)).toEqual(Array.from(expected));
    expect(found.groups.map(({ name }) => name)).toEqual(['persuadable', 'sureThing', 'lostCause', 'doNotDisturb', 'notDistinguishable']);
    expect(found.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(8000);
    [0.3, 0, 0, -0.2, 0.3].forEach((effect, group) => {
      const { lower, upper } = found.groups[group]!.effect!;
      expect(lower < effect && effect < upper).toBe(true);
    });
    expect(Array.from(found.doNotContact.rows)).toEqual([...x.keys()].filter((row) => x[row]! <= 0.25));
    expect([found.by, found.doNotContact.bound, found.doNotContact.effect!.upper < 0]).toEqual(['customer', 'share', true]);
  });

  it('by bin: one half places, the other measures; what cannot be told is not', () => {
    const found = upliftGroups(outcomes, treated, x, { baseline, smallestEffect: 0.1, bins: 8 });
    expect(found.by).toBe('bin');
    const shareOf = (group: number, of: (v: number) => boolean): number => {
      const members = [...x.keys()].filter((row) => found.assigned[row] === group);
      return members.filter((row) => of(x[row]!)).length / members.length;
    };
    expect(shareOf(0, (v) => v > 0.73)).toBe(1);
    expect(shareOf(3, (v) => v < 0.27)).toBe(1);
    expect(found.groups[0]!.effect!.estimate).toBeCloseTo(0.3, 1);
    // Control of the measuring half only.
    expect(found.doNotContact.effect!.estimate).toBeCloseTo(-0.2, 1);
    expect(found.doNotContact).toMatchObject({ bound: 'probability', falseExclusionRate: 0.05, customers: found.doNotContact.rows.length });
    expect(upliftGroups(outcomes, treated, x, { baseline, smallestEffect: 0.1, bins: 8 })).toEqual(found);
  });

  it('few rows: everybody is beyond telling, and nobody is put on the list', () => {
    const part = simulate(60, 8, effectOf, 0.4);
    const found = upliftGroups(part.outcomes, part.treated, part.x, { baseline: part.x, smallestEffect: 0.01, bins: 3 });
    expect(found.groups[4]).toMatchObject({ name: 'notDistinguishable', customers: 60, share: 1 });
    expect(found.doNotContact).toMatchObject({ customers: 0, effect: null });
    expect(found.groups[0]).toMatchObject({ customers: 0, effect: null, controlMean: null });
  });

  it('the list errs no more than allowed: of customers without effect, few are on it', () => {
    const random = createRandom(9);
    let [listed, wrong] = [0, 0];
    for (let round = 0; round < 20; round++) {
      const truth = Float64Array.from({ length: 400 }, () => (random.uniform() < 0.3 ? -0.3 : 0.02));
      const estimates = truth.map((effect) => effect + 0.1 * random.normal());
      const { rows } = upliftGroups(truth.map((_, i) => i % 3), truth.map((_, i) => i % 2), estimates, { baseline: truth, smallestEffect: 0.05, standardErrors: truth.map(() => 0.1), falseExclusionRate: 0.1 }).doNotContact;
      listed += rows.length;
      for (const row of rows) if (truth[row]! > 0) wrong++;
    }
    expect(listed).toBeGreaterThan(1000);
    expect(wrong / listed).toBeLessThan(0.1);
  });

  it('amounts and weights: the effect of all, whoever it is split among', () => {
    const amounts = outcomes.map((y, i) => 10 * y + (i % 7));
    const weights = x.map((_, i) => i % 3);
    const found = upliftGroups(amounts, treated, x.map(() => 0.5), { baseline: amounts, smallestEffect: 0.1, standardErrors: x.map(() => 0.1), weights });
    expect(found.groups[0]!.share).toBe(1);
    const effect = effectScores(amounts, treated, { weights });
    const mean = effect.reduce((sum, value, i) => (weights[i]! > 0 ? sum + weights[i]! * value : sum), 0) / found.groups[0]!.customers;
    expect(found.groups[0]!.effect!.estimate).toBeCloseTo(mean, 8);
    expect(found.assigned[0]).toBe(4);
  });
});

describe('planControlGroup', () => {
  it('agrees with R (power.prop.test, tol 1e-13) and statsmodels (NormalIndPower)', () => {
    const plan = planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02 });
    expect([plan.control, plan.treated, plan.isEnough]).toEqual([3841, 3841, true]);
    const ninety = planControlGroup({ baselineRate: 0.05, minimumEffect: 0.2, effect: 'relative', power: 0.9, confidence: 0.9 });
    expect(ninety.control).toBe(8901);
    const given = planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02, customers: 4000, controlShare: 0.5 });
    expect(given.power).toBeCloseTo(0.52448127876429, 12);
    expect(0.1 + given.detectableEffect).toBeCloseTo(0.128156244305197, 12);
    expect(given.isEnough).toBe(false);
    const arcsine = { baselineRate: 0.05, minimumEffect: 0.01, power: 0.9, controlShare: 0.2, method: 'arcsine' } as const;
    // The first group of solve_power is the smaller one here: ratio 4.
    expect(planControlGroup(arcsine).control).toBe(6813);
    expect(planControlGroup({ ...arcsine, test: 'oneSided' }).control).toBe(5553);
    expect(planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02, method: 'arcsine' }).control).toBe(3835);
    expect(planControlGroup({ baselineRate: 50, minimumEffect: 2, standardDeviation: 20 }).control).toBe(1570);
  });

  it('sets aside as few as are enough: one fewer is not', () => {
    const terms = { baselineRate: 0.1, minimumEffect: 0.02, customers: 50_000 } as const;
    for (const method of ['pooled', 'unpooled', 'arcsine'] as const) {
      const plan = planControlGroup({ ...terms, method });
      expect(plan.isEnough).toBe(true);
      expect(planControlGroup({ ...terms, method, controlShare: (plan.control - 1) / 50_000 }).isEnough).toBe(false);
      expect(plan.detectableEffect).toBeLessThanOrEqual(0.02);
      expect(plan.detectableEffect).toBeCloseTo(0.02, 4);
    }
    const few = planControlGroup({ ...terms, customers: 1000 });
    expect([few.control, few.isEnough]).toEqual([500, false]);
    expect(few.detectableEffect).toBeGreaterThan(0.02);
    expect(planControlGroup({ baselineRate: 0.98, minimumEffect: 0.02, customers: 20 }).detectableEffect).toBe(Infinity);
    expect(planControlGroup({ baselineRate: 0.1, minimumEffect: -0.02, customers: 50_000 }).detectableEffect).toBeLessThan(0);
  });

  it('has the power it says: simulated mailings with its sizes', () => {
    const { control, treated, power } = planControlGroup({ baselineRate: 0.2, minimumEffect: 0.1, customers: 2000 });
    const random = createRandom(10);
    let found = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      let [a, b] = [0, 0];
      for (let i = 0; i < treated; i++) if (random.uniform() < 0.3) a++;
      for (let i = 0; i < control; i++) if (random.uniform() < 0.2) b++;
      const pooled = (a + b) / (treated + control);
      if ((a / treated - b / control) / Math.sqrt(pooled * (1 - pooled) * (1 / treated + 1 / control)) > 1.959964) found++;
    }
    expect(Math.abs(found / rounds - power)).toBeLessThan(0.06);
  });

  it('costs what control does not earn', () => {
    const plan = planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02, customers: 50_000, benefit: 30, contactCost: 0.1 });
    expect(plan.cost).toBeCloseTo(plan.control * 0.5, 9);
    expect(planControlGroup({ baselineRate: 0.1, minimumEffect: 0.02 }).cost).toBeNull();
  });
});
