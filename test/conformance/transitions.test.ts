import { expect, it } from 'vitest';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import { fitMarkovPaths } from '../../src/paths/transitions/fitMarkovPaths.js';
import { transitionHeatMap } from '../../src/paths/transitions/transitionHeatMap.js';
import { describeWithShared, readCsv } from './shared.js';

describeWithShared('Markov paths and TraMineR 2.2-12', ['data/paths/states/mvad.csv'], () => {
  const rows = readCsv('data/paths/states/mvad.csv');
  // From September 1993 to June 1999: columns 17 to 86.
  const months = Object.keys(rows[0]!).slice(16, 86);
  const journeys = Journeys.fromLists(rows.map((row) => months.map((month) => row[month]!)));
  const diagonal = { employment: 0.986381, FE: 0.951397, HE: 0.987206, joblessness: 0.938688, school: 0.95092, training: 0.944167 };

  it('gives the transition rates of seqtrate', () => {
    const model = fitMarkovPaths(journeys, { order: 1 });
    for (const [state, rate] of Object.entries(diagonal)) expect(model.transitionProbability(state, state).estimate).toBeCloseTo(rate, 6);
    expect(model.transitionProbability('employment', 'FE').estimate).toBeCloseTo(0.001991, 6);
    const map = transitionHeatMap(journeys);
    map.labels.forEach((state, i) => expect(map.rowShares[i * 7]).toBeCloseTo(diagonal[state as keyof typeof diagonal], 6));
  });

  it('gives the costs TRATE makes of them', () => {
    const model = fitMarkovPaths(journeys, { order: 1 });
    const cost = (a: string, b: string): number => 2 - model.transitionProbability(a, b).estimate - model.transitionProbability(b, a).estimate;
    expect(cost('employment', 'FE')).toBeCloseTo(1.970078, 6);
    expect(cost('employment', 'joblessness')).toBeCloseTo(1.951726, 6);
    expect(cost('school', 'training')).toBeCloseTo(1.996656, 6);
  });
});
