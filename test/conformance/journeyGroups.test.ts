import { expect, it } from 'vitest';
import { describeWithShared, readCsv } from './shared.js';
import { groupJourneys } from '../../src/paths/grouping/groupJourneys.js';
import { journeyDistances } from '../../src/paths/grouping/journeyDistances.js';
import { journeyIndicators } from '../../src/paths/grouping/journeyIndicators.js';
import type { JourneyMeasureOptions } from '../../src/paths/grouping/journeyMeasure.js';
import { Journeys } from '../../src/paths/journeys/journeys.js';

const [MVAD, BIOFAM] = ['data/paths/states/mvad.csv', 'data/paths/states/biofam.csv'];

/** Columns of a file, the first numbered 1, as journeys. */
function statesOf(file: string, from: number, to: number): Journeys {
  return Journeys.fromLists(readCsv(file).map((row) => Object.values(row).slice(from - 1, to)));
}

/** Distances of the first journey from the next four, and the sum over all pairs, both ways. */
function figures(journeys: Journeys, options: JourneyMeasureOptions): readonly [readonly number[], number, number] {
  const distances = journeyDistances(journeys, options);
  const { weights, values } = distances;
  let [sum, most] = [0, 0];
  for (let i = 1, at = 0; i < weights.length; i++) {
    for (let j = 0; j < i; j++, at++) {
      sum += 2 * weights[i]! * weights[j]! * values[at]!;
      most = Math.max(most, values[at]!);
    }
  }
  return [[1, 2, 3, 4].map((c) => distances.between(0, c)), sum, most];
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[], digits = 6): void {
  wanted.forEach((value, i) => expect(found[i]! / value).toBeCloseTo(1, digits));
}

describeWithShared('journeys from school to work (TraMineR 2.2-12, mvad)', [MVAD], () => {
  const journeys = statesOf(MVAD, 17, 86);

  it.each<[string, JourneyMeasureOptions, number[], number]>([
    ['OM, constant', {}, [140, 116, 108, 140], 43_338_664],
    ['OM, transition rates', { substitution: 'transitions', indel: 1 }, [138.514183, 113.995045, 105.742939, 138.702869], 42_943_367.16],
    ['HAM', { measure: 'hamming' }, [70, 58, 54, 70], 23_241_708],
    ['LCS', { measure: 'commonSubsequence' }, [140, 116, 108, 140], 43_338_664],
    ['DHD', { measure: 'dynamicHamming' }, [276.747126, 227.255851, 211.082964, 277.19908], 91_899_183.72],
    ['LCP', { measure: 'commonPrefix' }, [140, 140, 140, 140], 66_202_204],
  ])('%s', (_, options, first, sum) => {
    const [found, total, most] = figures(journeys, options);
    expectNear(found, first);
    expect(total / sum).toBeCloseTo(1, 8);
    if (options.substitution === 'transitions') expect(most).toBeCloseTo(139.888923, 6);
  });

  it('PAM into 4: costs, sizes, medoids, silhouette', () => {
    const pam = groupJourneys(journeys, { groups: 4, substitution: 'transitions', indel: 1, starts: 1 });
    expect(pam.groups.map(({ size }) => size)).toEqual([302, 211, 135, 64]);
    // Rows 60, 117, 32, 641 of the file; who has the journey of row 641 first is row 510.
    expect(pam.groups.map(({ customer }) => Number(customer) + 1)).toEqual([60, 117, 32, 510]);
    expect(journeys.stepsOf(640)).toEqual(journeys.stepsOf(509));
    expect(pam.silhouette).toBeCloseTo(0.3806890995, 10);
    expect(pam.assign(journeys).groups).toEqual(pam.labels);
    const { items, costs } = pam.toJSON().measure;
    const costOf = (a: string, b: string): number => costs[0]!.find((_, i, list) => i % 3 === 2 && [a, b].sort().join() === [items[list[i - 2]!], items[list[i - 1]!]].sort().join())!;
    expectNear([costOf('employment', 'FE'), costOf('employment', 'joblessness'), costOf('school', 'training')], [1.970078, 1.951726, 1.996656]);
  });

  it('Ward.D2 into 4: sizes', () => {
    const found = groupJourneys(journeys, { groups: 4, method: 'ward', substitution: 'transitions', indel: 1 });
    expect(found.groups.map(({ size }) => size)).toEqual([291, 229, 102, 90]);
  });

  it('entropy, complexity, turbulence, mean time', () => {
    const { entropy, complexity, turbulence, states } = journeyIndicators(journeys);
    expectNear(entropy, [0.07241, 0.386625, 0.612431, 0.476115, 0.363752], 5);
    expect(entropy.reduce((sum, value) => sum + value, 0) / 712).toBeCloseTo(0.399551, 6);
    expectNear(complexity, [0.045813, 0.074855, 0.163179, 0.117475, 0.072607], 4);
    expectNear(turbulence, [3.076599, 11.176173, 6.411073, 4.807756, 5.517962]);
    const mean = Object.fromEntries(states.map(({ state, meanSteps }) => [state, Math.round(meanSteps * 10) / 10]));
    expect(mean).toEqual({ employment: 31.7, FE: 11.4, HE: 8.4, joblessness: 5.7, school: 5.7, training: 7.1 });
  });
});

describeWithShared('families (TraMineR 2.2-12, biofam)', [BIOFAM], () => {
  const journeys = statesOf(BIOFAM, 10, 25);

  it.each<[string, JourneyMeasureOptions, number[], number]>([
    ['HAM', { measure: 'hamming' }, [11, 6, 11, 8], 34_142_176],
    ['LCS', { measure: 'commonSubsequence' }, [20, 10, 22, 16], 64_793_088],
    ['OM, transition rates', { substitution: 'transitions' }, [19.563325, 9.890831, 21.562411, 15.630326], 63_272_114.72],
  ])('%s', (_, options, first, sum) => {
    const [found, total] = figures(journeys, options);
    expectNear(found, first);
    expect(total / sum).toBeCloseTo(1, 8);
  });
});
