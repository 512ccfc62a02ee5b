import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { isClientelaError } from '../../../src/errors.js';
import { fitBinning } from '../../../src/learners/binning/fitBinning.js';
import { fitLogisticRegression } from '../../../src/learners/fitLogisticRegression.js';
import { fitScorecard } from '../../../src/learners/scorecard/fitScorecard.js';
import type { Scorecard } from '../../../src/learners/scorecard/scorecard.js';
import type { ScorecardOptions } from '../../../src/learners/scorecard/scorecardOptions.js';
import { scorecardTable } from '../../../src/learners/scorecard/scorecardTable.js';
import { scorecardText } from '../../../src/learners/scorecard/scorecardText.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { portfolio, type Answering } from './portfolio.js';

const rows = portfolio();
const later = portfolio(50, 6);
const features = ['visits', 'plan', 'debt'] as const;
const errorOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};
const near = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(tolerance);
};

describe('fitScorecard by hand', () => {
  // Of 100 with a card 40 answered, of 100 without 20: one feature, so the card gives the rates back.
  const customers = Array.from({ length: 200 }, (_, i) => ({ card: i < 100 ? 'yes' : 'no', answered: i % 100 < (i < 100 ? 40 : 20) ? 1 : 0 }));

  it('gives back the rate of each bin, on both scales', () => {
    const card = fitScorecard(customers, { target: 'answered', points: { base: 0, odds: 1, pointsToDoubleOdds: Math.LN2 } });
    near(card.predictProbability([{ card: 'yes' }, { card: 'no' }]), [0.4, 0.2]);
    // One point a unit of log-odds and 0 at even odds: the score is the log-odds.
    near(card.predictScore([{ card: 'yes' }, { card: 'no' }]), [Math.log(40 / 60), Math.log(20 / 80)]);
    near([card.coefficients[1]!.estimate, card.coefficients[0]!.estimate], [1, Math.log(60 / 140)]);
    near([card.coefficients[1]!.standardError!], [Math.sqrt(1 / 40 + 1 / 60 + 1 / 20 + 1 / 80) / (Math.log(40 / 60) - Math.log(20 / 80))], 1e-8);
    expect(card.rowCount).toBe(200);
    expect(card.events).toBe(60);
  });

  it('runs down where a higher score means less likely', () => {
    const up = fitScorecard(customers, { target: 'answered' });
    const down = fitScorecard(customers, { target: 'answered', points: { higherMeans: 'less likely' } });
    const score = { up: up.predictScoreRow({ card: 'yes' }), down: down.predictScoreRow({ card: 'yes' }) };
    expect(score.up).toBeGreaterThan(600);
    expect(score.down + score.up).toBeCloseTo(1200, 9);
    expect(down.predictProbabilityRow({ card: 'yes' })).toBe(up.predictProbabilityRow({ card: 'yes' }));
    expect(down.meaning).toBe('600 points mean odds of 1 to 19 for answered = 1 (a probability of 5 %); every 50 points more halve these odds');
  });

  it('puts a probability where its scale says', () => {
    const card = fitScorecard(customers, { target: 'answered', points: { base: 500, odds: 2 / 3, pointsToDoubleOdds: 20 } });
    expect(card.predictScoreRow({ card: 'yes' })).toBeCloseTo(500, 9);
    expect(card.meaning).toBe('500 points mean odds of 1 to 1.5 for answered = 1 (a probability of 40 %); every 20 points more double these odds');
    expect(fitScorecard(customers, { target: 'answered', points: { odds: 3 } }).meaning).toContain('odds of 3 to 1');
  });
});

describe('fitScorecard', () => {
  const card = fitScorecard(rows, { target: 'answered', features });

  it('is the logistic regression on the weights of evidence', () => {
    const binning = fitBinning(rows, { target: 'answered', features });
    const encoded = binning.encode(rows);
    const columns = Object.fromEntries(features.map((name, j) => [name, Float64Array.from(rows, (_, i) => encoded[i * features.length + j]!)]));
    const plain = fitLogisticRegression({ ...columns, answered: rows.map(({ answered }) => answered) }, { target: 'answered' });
    near([card.logLikelihood, card.aic, card.bic], [plain.logLikelihood, plain.aic, plain.bic]);
    near(card.predictProbability(rows), plain.predictProbability(columns));
    for (const { name, estimate, p } of plain.coefficients) {
      const own = card.coefficients.find((line) => line.name === name)!;
      near([own.estimate, own.p!], [estimate, p!]);
    }
  });

  it('has points that add up to the score, for bins, missing values, special values and levels never seen', () => {
    const special = fitScorecard(rows, { target: 'answered', features, binning: { special: { debt: [-9999] } } });
    const odd = [...later, { visits: null, plan: 'platinum', debt: -9999 }, { visits: 3, plan: null, debt: 12 }];
    const scores = special.predictScore(odd);
    odd.forEach((row, i) => {
      const reasons = special.reasons(row);
      near([special.basePoints + reasons.reduce((sum, { points }) => sum + points, 0)], [scores[i]!]);
      expect(reasons.every(({ feature, bin, points }) => scorecardTable(special).some((line) => line.feature === feature && line.bin === bin && Math.abs(line.points - points) < 1e-9))).toBe(true);
    });
    expect(special.reasons({ visits: null, plan: 'platinum', debt: -9999 }).map(({ feature, bin }) => `${feature} ${bin}`).sort()).toEqual(['debt special: -9999', 'plan any other', 'visits missing']);
  });

  it('ranks by score as by probability, whichever way the scale runs', () => {
    for (const higherMeans of ['likelier', 'less likely'] as const) {
      const one = fitScorecard(rows, { target: 'answered', features, points: { higherMeans } });
      const [scores, probabilities] = [one.predictScore(rows), one.predictProbability(rows)];
      const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
      const sorted = order.map((i) => (higherMeans === 'likelier' ? 1 : -1) * probabilities[i]!);
      expect(sorted.every((p, i) => i === 0 || p >= sorted[i - 1]!)).toBe(true);
    }
  });

  it('gives each row the same score alone, in a batch, as a column and in a frame', () => {
    const scores = card.predictScore(later);
    later.forEach((row, i) => {
      expect(card.predictScoreRow(row)).toBe(scores[i]);
      expect(card.explain(row).prediction).toBe(card.predictProbabilityRow(row));
    });
    expect(card.predictScore(Frame.fromRows(later))).toEqual(scores);
  });

  it('keeps a bin that foretells its rows at the evidence it has, and names the feature', () => {
    const foretelling = Array.from({ length: 300 }, (_, i) => ({ plan: 'abc'[i % 3]!, answered: i % 3 === 0 || i % 5 < 2 ? 'yes' : 'no' }));
    const finite = fitScorecard(foretelling, { target: 'answered', binning: { splits: { plan: [['a'], ['b'], ['c']] } } });
    expect(finite.separated).toEqual(['plan']);
    // Half a row is added to both counts of the pure bin: 100.5 of 101.
    near(finite.predictProbability([{ plan: 'a' }, { plan: 'b' }]), [100.5 / 101, 0.4], 1e-3);
    expect(scorecardText(finite)).toContain("Fitted with Firth's penalty, as a bin of plan foretells the outcome of its rows");
    expect(card.separated).toEqual([]);
  });

  it('spreads the base points over the features when asked, and leaves every score', () => {
    const spread = fitScorecard(rows, { target: 'answered', features, spreadBase: true });
    expect(spread.basePoints).toBe(0);
    expect(spread.neutralPoints).toBeCloseTo(card.basePoints / 3, 9);
    expect(spread.predictScore(later)).toEqual(card.predictScore(later));
    near([spread.reasons(later[0]!).reduce((sum, { points }) => sum + points, 0)], [card.predictScoreRow(later[0]!)]);
    near(spread.reasons(later[0]!).map(({ lost }) => lost), card.reasons(later[0]!).map(({ lost }) => lost));
  });

  it('takes a fitted binning, and its features', () => {
    const binning = fitBinning(rows, { target: 'answered', features: ['visits', 'plan'], woeSign: 'nonEventOverEvent' });
    const given = fitScorecard(rows, { target: 'answered', binning });
    expect([...given.features].sort()).toEqual(['plan', 'visits']);
    expect(given.coefficients.slice(1).every(({ estimate }) => estimate < 0)).toBe(true);
    near(given.predictScore(later), fitScorecard(rows, { target: 'answered', features: ['visits', 'plan'] }).predictScore(later));
    expect(fitScorecard(rows, { target: 'answered', features: ['plan'], binning }).features).toEqual(['plan']);
  });

  it('shrinks with a ridge penalty, and then has no standard errors', () => {
    const shrunk = fitScorecard(rows, { target: 'answered', features, ridge: 50 });
    expect(shrunk.inference).toBeNull();
    expect(shrunk.inferenceNote).toContain('ridge');
    expect(shrunk.coefficients[1]!.estimate).toBeLessThan(card.coefficients[1]!.estimate);
    expect(fitScorecard(rows, { target: 'answered', features, ridge: 5, selection: 'stepwise' }).features.length).toBeGreaterThan(0);
  });

  it('does not depend on the order of rows, and takes weight 2 for the row twice', () => {
    const weights = Float64Array.from(rows, (_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    const options = { target: 'answered', features, rounding: 0 } as const;
    const close = (one: Scorecard, other: Scorecard): void => {
      near(one.predictScore(later), other.predictScore(later), 1e-7);
      expect(one.rounding!.reversedPairs).toBeCloseTo(other.rounding!.reversedPairs, 9);
    };
    close(fitScorecard(shuffle([...rows], createRandom(3)), options), fitScorecard(rows, options));
    for (const selection of ['information value', 'stepwise'] as const) close(fitScorecard(rows, { ...options, selection, weights }), fitScorecard(repeated, { ...options, selection }));
    const unlabelled = rows.map((row, i) => ({ ...row, answered: i % 3 === 0 ? null : row.answered, w: i % 3 }));
    close(fitScorecard(unlabelled, { ...options, weights: 'w' }), fitScorecard(repeated, options));
    expect(fitScorecard(unlabelled, { target: 'answered', weights: 'w' }).leftOut.map(({ feature }) => feature)).not.toContain('w');
  });

  it('scores what it was not shown: any table of its columns has finite scores that fall with nothing but the bins', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
    const row = fc.record({ visits: value, plan: fc.oneof(fc.string(), fc.constant(null)), debt: value });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (some) => {
        const scores = card.predictScore(some);
        expect(scores.every(Number.isFinite)).toBe(true);
        near(card.predictProbability(some), Float64Array.from(scores, (score) => 1 / (1 + Math.exp(-(score - card.scale.offset) / card.scale.factor))));
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });
});

describe('fitScorecard refuses', () => {
  const fit = (options: Partial<ScorecardOptions>, data: readonly object[] = rows): string => errorOf(() => fitScorecard(data as Answering[], { target: 'answered', ...options } as ScorecardOptions<keyof Answering>));

  it('options nobody can mean', () => {
    for (const [options, message] of [
      [{ base: 600 }, 'INVALID_OPTION: fitScorecard knows no option "base"'],
      [{ points: { pdo: 20 } }, 'INVALID_OPTION: fitScorecard (points) knows no option "pdo"'],
      [{ points: { odds: 0 } }, 'INVALID_OPTION: fitScorecard needs points.odds as odds above 0, such as 1 / 19, found 0'],
      [{ points: { pointsToDoubleOdds: -20 } }, 'INVALID_OPTION: fitScorecard needs points.pointsToDoubleOdds as a number above 0; which way scores run is said by higherMeans, found -20'],
      [{ points: { base: NaN } }, 'INVALID_OPTION: fitScorecard needs points.base as a finite number'],
      [{ points: { higherMeans: 'better' } }, 'INVALID_OPTION: fitScorecard needs points.higherMeans as one of likelier, less likely'],
      [{ rounding: 0.5 }, 'INVALID_OPTION: fitScorecard needs rounding as a whole number of at least 0'],
      [{ rounding: 50 }, 'INVALID_OPTION: fitScorecard needs rounding of at most 10 digits, found 50'],
      [{ minInformationValue: -1 }, 'INVALID_OPTION: fitScorecard needs minInformationValue of 0 or more, found -1'],
      [{ maxCorrelation: 0 }, 'INVALID_OPTION: fitScorecard needs maxCorrelation above 0'],
      [{ ridge: Infinity }, 'INVALID_OPTION: fitScorecard needs ridge of 0 or more'],
      [{ confidence: 1 }, 'INVALID_OPTION: fitScorecard needs confidence between 0 and 1'],
      [{ selection: 'forward' }, 'INVALID_OPTION: fitScorecard needs selection as one of information value, stepwise, all'],
      [{ binning: { features: ['plan'] } }, 'INVALID_OPTION: fitScorecard takes features for itself'],
      [{ binning: { bins: 3 } }, 'INVALID_OPTION: fitScorecard knows no option "bins"'],
    ] as [ScorecardOptions, string][]) {
      expect(fit(options)).toContain(message);
    }
  });

  it('a binning of another target, or of features it does not know', () => {
    const binning = fitBinning(rows, { target: 'answered', positive: 'no', features: ['plan'] });
    expect(fit({ binning, positive: 'yes' })).toBe('INVALID_OPTION: fitScorecard needs a binning for its own target answered = "yes", found one for answered = "no"');
    expect(fit({ binning, target: 'plan' })).toContain('needs a binning for its own target plan, found one for answered');
    expect(fit({ binning, features: ['shoe'] })).toBe('INVALID_OPTION: fitScorecard needs features that its binning knows, found "shoe"; it knows plan');
  });

  it('data that teach nothing, in its own name', () => {
    expect(fit({}, [])).toContain('EMPTY_INPUT: fitScorecard needs at least one row');
    expect(fit({}, rows.map((row) => ({ ...row, answered: 'no' })))).toContain('TARGET_CLASSES: fitScorecard');
    expect(fit({ target: 'answer' as 'answered' })).toContain('UNKNOWN_COLUMN: fitScorecard found no column "answer"; did you mean "answered"?');
    expect(fit({}, [...rows, { answered: null }])).toContain('MISSING_VALUE: fitScorecard');
    const binning = fitBinning(rows, { target: 'answered', features: ['plan'] });
    expect(fit({ binning }, [...rows, { answered: null }])).toContain(`MISSING_VALUE: fitScorecard needs a target in every row, found none in column "answered", row ${rows.length}`);
    const foretold = Array.from({ length: 100 }, (_, i) => ({ plan: i % 2 ? 'a' : 'b', answered: i % 2 ? 'yes' : 'no' }));
    const separating = { binning: { splits: { plan: [['a'], ['b']] } } };
    expect(fit(separating, foretold)).toBe(
      'PERFECT_SEPARATION: fitScorecard found the classes perfectly separated by "plan", so that no finite estimate exists; set a ridge such as 1, or leave out what gives the target away',
    );
    expect(() => fitScorecard(foretold, { target: 'answered', ...separating })).toThrow(expect.objectContaining({ details: { columns: ['plan'] } }));
    expect(fit({ ...separating, ridge: 1 }, foretold)).toBe('none');
  });
});
