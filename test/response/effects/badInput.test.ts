import { describe, expect, it } from 'vitest';
import {
  areaUnderUplift, chooseActions, effectHeterogeneity, effectScores, netWeightOfEvidence, planControlGroup, policyValue, qiniCoefficient, qiniCurve, rankAverageTreatmentEffect, tocCurve,
  upliftAt, upliftByDecile, upliftCurve, upliftGroups, upliftInterval, weightedAverageUplift,
} from '../../../src/response/index.js';
import { errorOf } from './trial.js';

type Call = (outcomes: number[], treated: number[], scores: number[], options?: object) => unknown;
const Y = [1, 0, 1, 0];
const T = [1, 1, 0, 0];
const S = [4, 3, 2, 1];

const CALLS: readonly (readonly [string, Call])[] = [
  ['upliftCurve', (y, t, s, options) => upliftCurve(y, t, s, options)],
  ['qiniCurve', (y, t, s, options) => qiniCurve(y, t, s, options)],
  ['tocCurve', (y, t, s, options) => tocCurve(y, t, s, options)],
  ['qiniCoefficient', (y, t, s, options) => qiniCoefficient(y, t, s, options)],
  ['areaUnderUplift', (y, t, s, options) => areaUnderUplift(y, t, s, options)],
  ['upliftAt', (y, t, s, options) => upliftAt(y, t, s, options)],
  ['upliftByDecile', (y, t, s, options) => upliftByDecile(y, t, s, { bins: 1, ...options })],
  ['weightedAverageUplift', (y, t, s, options) => weightedAverageUplift(y, t, s, { bins: 1, ...options })],
  ['rankAverageTreatmentEffect', (y, t, s, options) => rankAverageTreatmentEffect(y, t, s, options)],
  ['effectHeterogeneity', (y, t, s, options) => effectHeterogeneity(y, t, s, { bins: 2, ...options })],
  ['upliftGroups', (y, t, s, options) => upliftGroups(y, t, s, { baseline: s, smallestEffect: 0.1, ...options })],
  ['upliftInterval', (y, t, s, options) => upliftInterval(() => 1, y, t, s, options)],
];

describe.each(CALLS)('%s refuses', (name, call) => {
  it.each([
    ['no rows', () => call([], [], []), 'EMPTY_INPUT', /needs at least one row/],
    ['fewer arms than outcomes', () => call(Y, [1, 0, 1], S), 'LENGTH_MISMATCH', /as many values of treated as outcomes, found 3 and 4/],
    ['fewer scores than outcomes', () => call(Y, T, [1, 2, 3]), 'LENGTH_MISMATCH', /as many scores as outcomes, found 3 and 4/],
    ['no arms at all', () => call(Y, undefined as unknown as number[], S), 'LENGTH_MISMATCH', /found none and 4/],
    ['an outcome that is NaN', () => call([1, NaN, 0, 1], T, S), 'NON_FINITE_VALUE', /found outcome NaN in row 1/],
    ['an outcome that is missing', () => call([1, null as unknown as number, 0, 1], T, S), 'NON_FINITE_VALUE', /found outcome null in row 1/],
    ['an arm that is neither', () => call(Y, [1, 2, 0, 0], S), 'INVALID_VALUE', /found treated 2 in row 1; it must be 1 or true for the treated/],
    ['a score that is infinite', () => call(Y, T, [1, 2, Infinity, 3]), 'NON_FINITE_VALUE', /found score Infinity in row 2/],
    ['no control', () => call(Y, [1, 1, 1, 1], S), 'NOT_IDENTIFIED', /found weight 4 and 0; an effect is a difference to customers left alone/],
    ['nobody treated', () => call(Y, [0, 0, 0, 0], S), 'NOT_IDENTIFIED', /found weight 0 and 4/],
    ['an unknown option', () => call(Y, T, S, { wieghts: 1 }), 'INVALID_OPTION', /knows no option "wieghts"/],
  ] as const)('%s', (_, run, code, message) => {
    const error = errorOf(run);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(name)).toBe(true);
  });
});

describe('options out of range', () => {
  const groups = { baseline: S, smallestEffect: 0.1 };
  it.each<readonly [string, () => unknown, string, RegExp]>([
    ['a negative weight', () => upliftCurve(Y, T, S, { weights: [1, -1, 1, 1] }), 'INVALID_VALUE', /found weight -1 in row 1/],
    ['all weights of an arm 0', () => upliftCurve(Y, T, S, { weights: [1, 1, 0, 0] }), 'NOT_IDENTIFIED', /found weight 2 and 0/],
    ['a definition', () => qiniCoefficient(Y, T, S, { definition: 'best' as 'area' }), 'INVALID_OPTION', /definition as one of normalised/],
    ['amounts where events are needed', () => qiniCoefficient([3, 0, 1, 0], T, S, { definition: 'radcliffe' }), 'INVALID_VALUE', /needs outcomes of 0 and 1, found 3; take 'area'/],
    ['amounts for the area of scikit-uplift', () => areaUnderUplift([3, 0, 1, 0], T, S), 'INVALID_VALUE', /take 'area'/],
    ['no gain to hold all of', () => qiniCoefficient(Y, T, S, { definition: 'withoutNegativeEffects' }), 'NOT_IDENTIFIED', /found 0 events gained in all/],
    ['outcomes all alike', () => qiniCoefficient([1, 1, 1, 1], T, S), 'NOT_IDENTIFIED', /needs outcomes that differ/],
    ['outcomes all 0', () => qiniCoefficient([0, 0, 0, 0], T, S), 'NOT_IDENTIFIED', /needs outcomes that differ/],
    ['no ranking better than another', () => areaUnderUplift([0, 0, 0, 0], T, S), 'NOT_IDENTIFIED', /no ranking better than chance/],
    ['a mean gain over an effect of 0', () => areaUnderUplift(Y, T, S, { definition: 'meanGain' }), 'NOT_IDENTIFIED', /which is 0 here/],
    ['a mean gain by broken weights', () => areaUnderUplift(Y, T, S, { definition: 'meanGain', weights: [1, 1.5, 1, 1] }), 'INVALID_OPTION', /whole weights/],
    ['nobody treated who is not gained', () => qiniCoefficient([1, 1, 0, 0], T, S, { definition: 'radcliffe' }), 'NOT_IDENTIFIED', /treated customers who are not gained, found none/],
    ['a share of nobody', () => upliftAt(Y, T, S, { share: 0 }), 'INVALID_OPTION', /share above 0 and up to 1/],
    ['a share of one arm', () => upliftAt(Y, T, S, { share: 0.5 }), 'NOT_IDENTIFIED', /found 2 and 0 in one; take fewer or larger parts/],
    ['a confidence of 1', () => upliftAt(Y, T, S, { confidence: 1 }), 'INVALID_OPTION', /confidence between 0 and 1/],
    ['more bins than customers', () => upliftByDecile(Y, T, S), 'INVALID_OPTION', /as many customers as bins, found 4 and 10/],
    ['a propensity of 1', () => effectScores(Y, T, { propensity: 1 }), 'INVALID_OPTION', /propensity between 0 and 1, found 1; leave it out/],
    ['a propensity of 0 in a row', () => effectScores(Y, T, { propensity: [0.5, 0, 0.5, 0.5] }), 'INVALID_OPTION', /found 0 in row 1/],
    ['predictions without use', () => effectScores(Y, T, { method: 'ipw', predicted: { treated: S, control: S } }), 'INVALID_OPTION', /predicted with method 'doublyRobust' only/],
    ['a prediction that is NaN', () => effectScores(Y, T, { predicted: { treated: S, control: [1, 2, NaN, 4] } }), 'NON_FINITE_VALUE', /found prediction NaN in row 2/],
    ['one replicate', () => rankAverageTreatmentEffect(Y, T, S, { replicates: 1 }), 'INVALID_OPTION', /replicates as a whole number of at least 2/],
    ['a benefit of 0', () => effectHeterogeneity(Y, T, S, { bins: 2, benefit: 0 }), 'INVALID_OPTION', /benefit above 0/],
    ['too many bins for the gate', () => effectHeterogeneity(Y, T, S), 'INVALID_OPTION', /at least two customers in every bin/],
    ['no smallest effect', () => upliftGroups(Y, T, S, { ...groups, smallestEffect: 0 }), 'INVALID_OPTION', /contactCost \/ benefit/],
    ['a rate of false exclusions of 1', () => upliftGroups(Y, T, S, { ...groups, falseExclusionRate: 1 }), 'INVALID_OPTION', /falseExclusionRate between 0 and 1/],
    ['bins and standard errors', () => upliftGroups(Y, T, S, { ...groups, bins: 2, standardErrors: S }), 'INVALID_OPTION', /one of bins and standardErrors/],
    ['a negative standard error', () => upliftGroups(Y, T, S, { ...groups, standardErrors: [1, 1, -1, 1] }), 'INVALID_VALUE', /found -1 in standardErrors, row 2/],
    ['a baseline that is NaN', () => upliftGroups(Y, T, S, { ...groups, baseline: [1, NaN, 1, 1] }), 'NON_FINITE_VALUE', /found NaN in baseline, row 1/],
    ['bins of nobody', () => upliftGroups(Y, T, S, { ...groups, bins: 9 }), 'INVALID_OPTION', /as many customers in half of the rows as bins/],
    ['no outcomes of a policy', () => policyValue([], [], []), 'EMPTY_INPUT', /at least one row/],
    ['an arm that is missing', () => policyValue(Y, ['a', null as unknown as string, 'b', 'a'], ['a', 'a', 'a', 'a']), 'MISSING_VALUE', /found arm null in row 1/],
    ['an action nobody got', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['a', 'c', 'a', 'a']), 'NOT_IDENTIFIED', /found the action "c" in policy, row 1, which nobody got/],
    ['a policy nobody followed', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['b', 'b', 'a', 'a']), 'NOT_IDENTIFIED', /nobody|no customer who got/],
    ['predictions for IPS', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'a'], { method: 'ips', predicted: { a: S, b: S } }), 'INVALID_OPTION', /predicted with method 'doublyRobust' only/],
    ['a cost of what is no action', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'a'], { contactCost: { c: 1 } }), 'INVALID_OPTION', /contactCost for "c", which is no action here/],
    ['a propensity above 1', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'a'], { propensity: { a: 2, b: 0.5 } }), 'INVALID_OPTION', /propensity.a above 0/],
    ['a propensity left out', () => policyValue(Y, ['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'a'], { propensity: { a: 0.5 } }), 'INVALID_OPTION', /propensity.b as a number or one per row/],
    ['weights all 0', () => policyValue(Y, T, T, { weights: [0, 0, 0, 0] }), 'EMPTY_INPUT', /weight above 0/],
    ['a weight below 0', () => policyValue(Y, T, T, { weights: [0, -1, 0, 0] }), 'INVALID_VALUE', /weight -1/],
    ['an outcome of a policy', () => policyValue([1, NaN, 1, 1], T, T), 'NON_FINITE_VALUE', /outcome NaN in row 1/],
    ['predictions that are no rows', () => chooseActions({ a: 1 } as unknown as { a: number[] }), 'EMPTY_INPUT', /for at least one row/],
    ['no actions', () => chooseActions({}), 'EMPTY_INPUT', /at least one action/],
    ['predictions of other lengths', () => chooseActions({ a: [1, 2], b: [1] }), 'LENGTH_MISMATCH', /predicted.b/],
    ['a certainty below a coin', () => chooseActions({ a: [1] }, { certainty: 0.2 }), 'INVALID_OPTION', /certainty from 0.5/],
    ['a fallback that is no action', () => chooseActions({ a: [1] }, { fallback: 'b' }), 'INVALID_OPTION', /fallback as one of a, found b/],
    ['an infinite benefit', () => chooseActions({ a: [1] }, { benefit: Infinity }), 'INVALID_OPTION', /benefit as a finite number/],
    ['a standard error below 0', () => chooseActions({ a: [1] }, { standardErrors: { a: [-1] } }), 'NON_FINITE_VALUE', /finite and at least 0/],
    ['a rate above 1', () => planControlGroup({ baselineRate: 1.2, minimumEffect: 0.1 }), 'INVALID_OPTION', /baselineRate between 0 and 1/],
    ['an effect beyond 1', () => planControlGroup({ baselineRate: 0.9, minimumEffect: 0.2 }), 'INVALID_OPTION', /from 0 to 1, found 1.1/],
    ['no effect', () => planControlGroup({ baselineRate: 0.9, minimumEffect: 0 }), 'INVALID_OPTION', /minimumEffect other than 0/],
    ['a power of 1', () => planControlGroup({ baselineRate: 0.5, minimumEffect: 0.2, power: 1 }), 'INVALID_OPTION', /power between 0 and 1/],
    ['a deviation of 0', () => planControlGroup({ baselineRate: 5, minimumEffect: 0.2, standardDeviation: 0 }), 'INVALID_OPTION', /standardDeviation above 0/],
    ['one customer', () => planControlGroup({ baselineRate: 0.5, minimumEffect: 0.2, customers: 1 }), 'INVALID_OPTION', /customers as a whole number of at least 2/],
    ['amounts in a screening', () => netWeightOfEvidence([3, 0, 1, 0], T, S), 'INVALID_VALUE', /needs outcomes of 0 and 1, found 3 in row 0/],
    ['an option of another function', () => netWeightOfEvidence(Y, T, S, { features: ['x'] } as object), 'INVALID_OPTION', /knows no option "features"/],
    ['an arm without events', () => netWeightOfEvidence([1, 0, 0, 0], T, S), 'TARGET_CLASSES', /with and without the event in either arm/],
    ['a feature of other length', () => netWeightOfEvidence(Y, T, [1]), 'LENGTH_MISMATCH', /as many values as outcomes/],
    ['a feature of mixed kind', () => netWeightOfEvidence(Y, T, [1, 'a' as unknown as number, 2, 3]), 'INVALID_VALUE', /found "a" in values, row 1; it must be a finite number/],
    ['an infinite value', () => netWeightOfEvidence(Y, T, [1, Infinity, 2, 3]), 'INVALID_VALUE', /found Infinity in values, row 1/],
    ['smoothing below 0', () => netWeightOfEvidence(Y, T, S, { smoothing: -1 }), 'INVALID_OPTION', /smoothing of at least 0/],
    ['no smoothing where a count is 0', () => netWeightOfEvidence(Y, T, S, { smoothing: 0 }), 'NOT_IDENTIFIED', /give a smoothing above 0/],
    ['too many categories', () => netWeightOfEvidence(Array.from({ length: 2004 }, (_, i) => (i >> 1) % 2), Array.from({ length: 2004 }, (_, i) => i % 2), Array.from({ length: 2004 }, (_, i) => `v${i}`)), 'INVALID_VALUE', /at most 1000 categories/],
  ])('%s', (_, run, code, message) => {
    const error = errorOf(run);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(message);
  });
});
