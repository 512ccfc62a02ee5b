import { describe, expect, it } from 'vitest';
import {
  areaUnderUplift, effectScores, qiniCoefficient, qiniCurve, rankAverageTreatmentEffect, tocCurve, upliftAt, upliftByDecile, upliftCurve, upliftInterval, weightedAverageUplift,
} from '../../../src/response/index.js';
import { amountTrials, errorOf, eventTrials, forTrials, reordered, repeated, simulate, type SmallTrial } from './trial.js';

type Figure = (outcomes: number[], treated: number[], scores: number[], weights?: number[]) => number;
const w = (weights?: number[]): { weights: number[] } | Record<string, never> => (weights === undefined ? {} : { weights });
const rate = (weighting: 'autoc' | 'qini', method: 'ipw' | 'doublyRobust' = 'doublyRobust'): Figure => (y, t, s, weights) => rankAverageTreatmentEffect(y, t, s, { weighting, method, replicates: 2, ...w(weights) }).estimate;

/** Every figure of a ranking, and whether it takes amounts. */
const FIGURES: readonly (readonly [string, Figure, boolean])[] = [
  ['qini normalised', (y, t, s, weights) => qiniCoefficient(y, t, s, w(weights)), true],
  ['qini area', (y, t, s, weights) => qiniCoefficient(y, t, s, { definition: 'area', ...w(weights) }), true],
  ['uplift normalised', (y, t, s, weights) => areaUnderUplift(y, t, s, w(weights)), false],
  ['uplift area', (y, t, s, weights) => areaUnderUplift(y, t, s, { definition: 'area', ...w(weights) }), true],
  ['autoc', rate('autoc'), true],
  ['qini rate', rate('qini'), true],
  ['qini rate, ipw', rate('qini', 'ipw'), true],
];

const arrays = ({ outcomes, treated, scores }: SmallTrial): [number[], number[], number[]] => [outcomes, treated, scores];

describe.each(FIGURES)('%s', (_, figure, takesAmounts) => {
  const kinds = takesAmounts ? [eventTrials, amountTrials] : [eventTrials];

  it('does not depend on the order of the rows, and only on the order of the scores', () => {
    for (const kind of kinds) {
      forTrials((trial) => {
        const found = figure(...arrays(trial));
        expect(figure(...arrays(reordered(trial)))).toBeCloseTo(found, 10);
        expect(figure(trial.outcomes, trial.treated, trial.scores.map((s) => Math.exp(3 * s) - 7))).toBe(found);
      }, kind);
    }
  });

  it('counts a row of weight 2 as the row twice, and of weight 0 not at all', () => {
    for (const kind of kinds) forTrials((trial) => expect(figure(...arrays(trial), trial.weights)).toBeCloseTo(figure(...arrays(repeated(trial))), 9), kind);
  });

  it('is 0 for a score that is the same for all', () => {
    forTrials((trial) => expect(Math.abs(figure(trial.outcomes, trial.treated, trial.scores.map(() => 4)))).toBeLessThan(1e-12));
  });
});

describe('curves', () => {
  // Row by row, the definition.
  const naive = ({ outcomes, treated, scores, weights }: SmallTrial, kind: 'uplift' | 'qini'): number[] => {
    const gains = [0];
    for (const threshold of [...new Set(scores.filter((_, i) => weights[i]! > 0))].sort((a, b) => b - a)) {
      const sum = (arm: number, of: (i: number) => number): number => scores.reduce((total, s, i) => (s >= threshold && treated[i] === arm ? total + weights[i]! * of(i) : total), 0);
      const [n1, n0, y1, y0] = [sum(1, () => 1), sum(0, () => 1), sum(1, (i) => outcomes[i]!), sum(0, (i) => outcomes[i]!)];
      gains.push(kind === 'qini' ? y1 - (n0 === 0 ? 0 : (y0 / n0) * n1) : ((n1 === 0 ? 0 : y1 / n1) - (n0 === 0 ? 0 : y0 / n0)) * (n1 + n0));
    }
    return gains;
  };

  it('are the definitions, threshold by threshold, also while an arm is empty', () => {
    for (const kind of [eventTrials, amountTrials]) {
      forTrials((trial) => {
        for (const [name, curve] of [['uplift', upliftCurve], ['qini', qiniCurve]] as const) {
          const found = curve(...arrays(trial), { weights: trial.weights });
          expect(Array.from(found.gain)).toEqual(naive(trial, name).map((value) => expect.closeTo(value, 9)));
          expect(found.customers[found.customers.length - 1]).toBe(trial.weights.reduce((sum, weight) => sum + weight, 0));
        }
      }, kind);
    }
  });

  it('change sign at their end when the arms are swapped, and the uplift curve everywhere', () => {
    forTrials((trial) => {
      const swapped = trial.treated.map((t) => 1 - t);
      const [a, b] = [upliftCurve(...arrays(trial)).gain, upliftCurve(trial.outcomes, swapped, trial.scores).gain];
      a.forEach((gain, i) => expect(b[i]).toBeCloseTo(-gain, 10));
      expect(tocCurve(trial.outcomes, swapped, trial.scores).toc[0]).toBeCloseTo(-tocCurve(...arrays(trial)).toc[0]!, 9);
      expect(areaUnderUplift(trial.outcomes, swapped, trial.scores, { definition: 'area' })).toBeCloseTo(-areaUnderUplift(...arrays(trial), { definition: 'area' }), 10);
    });
  });

  it('take booleans, and typed arrays that are frozen views of others', () => {
    const [y, t, s] = [[true, false, true, false], [true, true, false, false], Object.freeze([4, 3, 2, 1])] as const;
    expect(Array.from(qiniCurve(y, t, s).gain)).toEqual([0, 1, 1, -1, 0]);
  });
});

describe('the definitions of area', () => {
  const trial = { y: [1, 0, 1, 0, 0, 1, 0, 0], t: [1, 0, 1, 0, 1, 0, 1, 0], s: [8, 7, 6, 5, 4, 3, 2, 1] };

  it('agree with figures computed by hand', () => {
    // Qini gains: 0, 1, 1, 2, 2, 2, then control's event: 3 treated, 3 control: 2 - 1 = 1; 4 treated: 2 - 4/3; at the end 2 - 1 = 1.
    const gains = [0, 1, 1, 2, 2, 2, 1, 2 - 4 / 3, 1];
    expect(Array.from(qiniCurve(trial.y, trial.t, trial.s).gain)).toEqual(gains.map((gain) => expect.closeTo(gain, 12)));
    const area = gains.slice(1).reduce((sum, gain, i) => sum + (gain + gains[i]!) / 2, 0) - 4;
    expect(qiniCoefficient(trial.y, trial.t, trial.s, { definition: 'area' })).toBeCloseTo(area / 64, 12);
    // The best without negative effects gains its 1 with the first of 8 customers: 8 - 1/2 - 4.
    expect(qiniCoefficient(trial.y, trial.t, trial.s, { definition: 'withoutNegativeEffects' })).toBeCloseTo(area / 3.5, 12);
    // With treated customers on the axis, steps of one where a treated customer comes: heights 1, 2, 2, 2 - 4/3, then 1 at the end.
    const steps = [0.5, (1 + 2) / 2, (2 + 2) / 2, (1 + (2 - 4 / 3)) / 2];
    expect(qiniCoefficient(trial.y, trial.t, trial.s, { definition: 'radcliffe' })).toBeCloseTo((steps.reduce((sum, step) => sum + step, 0) - 2) / 1.5, 12);
  });

  it('causalml: the mean over depths, ties spread over their places or in the order of rows', () => {
    const { y, t, s } = trial;
    const lifts = [1 / 2, 1, 1, 1, 2 / 3, 2 / 3 - 1 / 3, 1 / 2 - 1 / 3, 1 / 4];
    const expected = lifts.reduce((sum, lift, i) => sum + lift * (i + 1), 0) / 9 / 2;
    expect(areaUnderUplift(y, t, s, { definition: 'meanGain' })).toBeCloseTo(expected, 12);
    expect(areaUnderUplift(y, t, s, { definition: 'meanGain', ties: 'rowOrder' })).toBeCloseTo(expected, 12);
    const equal = s.map(() => 1);
    expect(areaUnderUplift(y, t, equal, { definition: 'meanGain', ties: 'rowOrder' })).toBeCloseTo(expected, 12);
    // Everybody alike: a straight line from 0 to 1 over 9 depths.
    expect(areaUnderUplift(y, t, equal, { definition: 'meanGain' })).toBeCloseTo(0.5, 12);
    expect(areaUnderUplift(y, t, s, { definition: 'meanGain', weights: s.map(() => 1) })).toBeCloseTo(expected, 12);
  });

  it('1 is the ranking that knows the outcomes', () => {
    forTrials(({ outcomes, treated }) => {
      const best = outcomes.map((y, i) => (treated[i] === 1 ? y : -y));
      expect(qiniCoefficient(outcomes, treated, best)).toBeCloseTo(1, 12);
    }, amountTrials, 30);
  });
});

describe('the best share and the deciles', () => {
  it('share out equal scores, so that a constant score shows the average effect everywhere', () => {
    forTrials((trial) => {
      const all = upliftAt(...arrays(trial), { share: 1 }).estimate;
      const same = trial.scores.map(() => 1);
      expect(upliftAt(trial.outcomes, trial.treated, same, { share: 0.3 }).estimate).toBeCloseTo(all, 10);
      expect(upliftAt(trial.outcomes, trial.treated, same, { share: 0.6, by: 'group' }).estimate).toBeCloseTo(all, 10);
      for (const { uplift } of upliftByDecile(trial.outcomes, trial.treated, same, { bins: 3 })) expect(uplift.estimate).toBeCloseTo(all, 10);
      expect(weightedAverageUplift(trial.outcomes, trial.treated, same, { bins: 2, by: 'group' })).toBeCloseTo(all, 10);
    });
  });

  it('add up to the whole: treated, control, and the last cumulative uplift', () => {
    forTrials((trial) => {
      const bins = upliftByDecile(...arrays(trial), { bins: 2, by: 'group' });
      const [t, c] = [1, 0].map((arm) => trial.treated.filter((found) => found === arm).length);
      expect(bins.reduce((sum, bin) => sum + bin.treated, 0)).toBeCloseTo(t!, 10);
      expect(bins.reduce((sum, bin) => sum + bin.control, 0)).toBeCloseTo(c!, 10);
      expect(bins[1]!.cumulativeUplift).toEqual(expect.objectContaining({ estimate: expect.closeTo(upliftAt(...arrays(trial), { share: 1 }).estimate, 10) }));
      for (const { uplift } of bins) expect(uplift.lower <= uplift.estimate && uplift.estimate <= uplift.upper).toBe(true);
    }, amountTrials);
  });

  it('Newcombe: 56 of 70 against 48 of 80 is 0.2, from 0.0524 to 0.3339 (1998, table II a); Welch: R t.test', () => {
    const y = [...new Array(56).fill(1), ...new Array(14).fill(0), ...new Array(48).fill(1), ...new Array(32).fill(0)];
    const t = y.map((_, i) => (i < 70 ? 1 : 0));
    const found = upliftAt(y, t, y, { share: 1 });
    expect([found.estimate, found.lower, found.upper].map((value) => Number(value.toFixed(4)))).toEqual([0.2, 0.0524, 0.3339]);
    // t.test(c(5, 7, 9, 12), c(1, 2, 2, 4, 6)): 5.25, 0.76 to 9.74 at df 5.2, which is taken as 5.
    const amounts = upliftAt([5, 7, 9, 12, 1, 2, 2, 4, 6], [1, 1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1, 1], { share: 1 });
    expect(amounts.estimate).toBeCloseTo(5.25, 12);
    const error = Math.sqrt(8.916666666666666 / 4 + 4 / 5);
    expect(amounts.upper - amounts.estimate).toBeCloseTo(2.570581835636314 * error, 8);
  });

  it('reach the truth as often as they say', () => {
    let [hits, tables] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { outcomes, treated, x } = simulate(300, seed, (v) => 0.3 * v);
      upliftByDecile(outcomes, treated, x, { bins: 2, confidence: 0.9 }).forEach(({ uplift }, j) => {
        const truth = j === 0 ? 0.225 : 0.075;
        tables++;
        if (uplift.lower <= truth && truth <= uplift.upper) hits++;
      });
    }
    expect(hits / tables).toBeGreaterThan(0.83);
    expect(hits / tables).toBeLessThan(0.97);
  });
});

describe('rankAverageTreatmentEffect', () => {
  // Position by position, ties in their mean order.
  const naive = (effects: number[], scores: number[], weighting: string): number => {
    const n = effects.length;
    const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
    const levelled = order.map((row) => {
      const same = order.filter((other) => scores[other] === scores[row]);
      return same.reduce((sum, other) => sum + effects[other]!, 0) / same.length;
    });
    const mean = effects.reduce((sum, effect) => sum + effect, 0) / n;
    let [sum, total] = [0, 0];
    levelled.forEach((effect, j) => {
      sum += effect;
      total += (weighting === 'qini' ? (j + 1) / n : 1) * (sum / (j + 1) - mean);
    });
    return total / n;
  };

  it('is the mean of the TOC over all depths, of the effect scores', () => {
    forTrials((trial) => {
      for (const method of ['ipw', 'doublyRobust'] as const) {
        const effects = Array.from(effectScores(trial.outcomes, trial.treated, { method }));
        for (const weighting of ['autoc', 'qini'] as const) expect(rate(weighting, method)(...arrays(trial))).toBeCloseTo(naive(effects, trial.scores, weighting), 9);
      }
    }, amountTrials);
  });

  it('goes on to large groups of ties, and to weights that are not whole', () => {
    const n = 150;
    const effects = Array.from({ length: n }, (_, i) => (i * 37) % 11);
    const scores = effects.map((_, i) => (i < 70 ? 2 : i < 140 ? 1 : 0));
    const treated = effects.map((_, i) => i % 2);
    const found = effectScores(effects, treated, { method: 'ipw', propensity: 0.5 });
    expect(rankAverageTreatmentEffect(effects, treated, scores, { method: 'ipw', propensity: 0.5 }).estimate).toBeCloseTo(naive(Array.from(found), scores, 'autoc'), 12);
    const halves = rankAverageTreatmentEffect(effects, treated, scores, { weights: effects.map(() => 1.5), propensity: 0.5, method: 'ipw', weighting: 'qini' });
    expect(halves.estimate).toBeCloseTo(naive(Array.from(found), scores, 'qini'), 2);
  });

  it('has the standard error that fresh trials show, finds nothing in noise, and the same seed gives the same', () => {
    const estimates: number[] = [];
    let [errors, finds] = [0, 0];
    for (let seed = 1; seed <= 80; seed++) {
      const { outcomes, treated, x } = simulate(400, seed, () => 0.1);
      const found = rankAverageTreatmentEffect(outcomes, treated, x, { weighting: 'qini', replicates: 60 });
      estimates.push(found.estimate);
      errors += found.standardError / 80;
      if (found.p < 0.1) finds++;
    }
    const mean = estimates.reduce((sum, value) => sum + value, 0) / 80;
    const spread = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 79);
    expect(errors / spread).toBeGreaterThan(0.75);
    expect(errors / spread).toBeLessThan(1.3);
    expect(finds).toBeLessThan(17);
    const { outcomes, treated, x } = simulate(400, 5, (v) => v / 2);
    expect(rankAverageTreatmentEffect(outcomes, treated, x, { seed: 4 })).toEqual(rankAverageTreatmentEffect(outcomes, treated, x, { seed: 4 }));
    expect(rankAverageTreatmentEffect(outcomes, treated, x).p).toBeLessThan(0.01);
  });

  it('effect scores average to the effect, with predictions too, and are NaN for rows of weight 0', () => {
    const { outcomes, treated, x } = simulate(2000, 9, (v) => v / 2);
    const predicted = { treated: x.map((v) => 0.2 + v / 2), control: x.map(() => 0.2) };
    const chances = x.map(() => 0.5);
    for (const options of [{}, { predicted }, { propensity: chances }, { method: 'ipw' as const }]) {
      const found = effectScores(outcomes, treated, options);
      expect(Math.abs(found.reduce((sum, value) => sum + value, 0) / 2000 - 0.25)).toBeLessThan(0.06);
    }
    expect(Array.from(effectScores([1, 0, 1, 0], [1, 0, 1, 0], { weights: [1, 1, 0, 1], propensity: [0.5, 0.5, 0.5, 0.5], predicted: { treated: [1, 1, 1, 1], control: [0, 0, 0, 0] } }))).toEqual([1, 1, NaN, 1]);
  });
});

describe('upliftInterval', () => {
  it('holds the figure and covers the spread of fresh trials', () => {
    const measure = (y: Float64Array, t: Uint8Array, s: Float64Array, weights: Float64Array): number => qiniCoefficient(y, t, s, { definition: 'area', weights });
    const { outcomes, treated, x } = simulate(400, 1, (v) => v / 2);
    const found = upliftInterval(measure, outcomes, treated, x, { replicates: 60 });
    expect(found.estimate).toBe(qiniCoefficient(outcomes, treated, x, { definition: 'area' }));
    const fresh = Array.from({ length: 40 }, (_, seed) => {
      const other = simulate(400, seed + 100, (v) => v / 2);
      return qiniCoefficient(other.outcomes, other.treated, other.x, { definition: 'area' });
    });
    const mean = fresh.reduce((sum, value) => sum + value, 0) / 40;
    const spread = Math.sqrt(fresh.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39);
    expect(found.standardError / spread).toBeGreaterThan(0.6);
    expect(found.standardError / spread).toBeLessThan(1.6);
    expect(found.lower < found.estimate && found.estimate < found.upper).toBe(true);
  });

  it('draws anew where a sample has no such figure, gives up where most have none, and refuses what is no number', () => {
    const [y, t, s] = [[1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0], [3, 2, 3, 1, 2, 1]];
    const rare = upliftInterval((a, b, c, weights) => qiniCoefficient(a, b, c, { weights }), y, t, s, { replicates: 20 });
    expect(rare.lower).toBeLessThanOrEqual(rare.estimate);
    let calls = 0;
    const never = (a: Float64Array, b: Uint8Array, c: Float64Array, weights: Float64Array): number => (calls++ === 0 ? 1 : qiniCoefficient(a.map(() => 1), b, c, { weights }));
    expect(errorOf(() => upliftInterval(never, y, t, s, { replicates: 5 })).code).toBe('NOT_IDENTIFIED');
    expect(errorOf(() => upliftInterval(() => NaN, y, t, s)).code).toBe('NON_FINITE_VALUE');
  });
});
