import { expect, it } from 'vitest';
import {
  concordance,
  concordanceIndex,
  distributionCalibration,
  gonenHeller,
  integratedBrier,
  roystonD,
  survivalBrier,
  survivalCalibration,
  timeDependentAuc,
  type ConcordanceIntervalOptions,
} from '../../src/evaluation/index.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const SURVIVAL = 'golden/churn/r_survival.json';
const CHURN = 'golden/churn/r_churn.json';
const files = (...names: string[]): string[] => names.map((name) => `data/churn/${name}.csv`);

type Row = Readonly<Record<string, string>>;
interface Counted {
  readonly C: number;
  readonly se: number;
  readonly counts: Readonly<Record<'concordant' | 'discordant' | 'tied.x' | 'tied.y' | 'tied.xy', number>>;
}
interface Fitted {
  readonly coef: Readonly<Record<string, number>>;
  readonly concordance: readonly [number, number];
}
interface Scored {
  readonly times: readonly number[];
  readonly auc: readonly number[];
  readonly brier: readonly { readonly model: string; readonly Brier: number; readonly IBS?: number }[];
}

const column = (rows: readonly Row[], name: string): number[] => rows.map((row) => Number(row[name]));
const risksOf = (rows: readonly Row[], coefficients: Readonly<Record<string, number>>, value = (row: Row, name: string): number => Number(row[name])): number[] =>
  rows.map((row) => Object.entries(coefficients).reduce((sum, [name, slope]) => sum + slope * value(row, name), 0));
const near = (found: number, right: number, within = 1e-10): void => expect(Math.abs(found - right)).toBeLessThan(within);

/** The cumulative hazard of a proportional hazards model at its coefficients: Efron's, or Breslow's. */
function baselineOf(durations: readonly number[], events: readonly number[], risks: readonly number[], ties: 'efron' | 'breslow'): (time: number) => number {
  const steps = [...new Set(durations)].sort((a, b) => a - b).map((time) => {
    const sum = (test: (i: number) => boolean): number => risks.reduce((total, risk, i) => (test(i) ? total + Math.exp(risk) : total), 0);
    const count = durations.filter((end, i) => end === time && events[i] === 1).length;
    const [all, here] = [sum((i) => durations[i]! >= time), sum((i) => durations[i] === time && events[i] === 1)];
    let step = 0;
    for (let l = 0; l < count; l++) step += 1 / (all - (ties === 'efron' ? (l / count) * here : 0));
    return [time, step] as const;
  });
  return (time) => steps.reduce((total, [at, step]) => (at <= time ? total + step : total), 0);
}

const readLung = (): { rows: Row[]; durations: number[]; events: number[] } => {
  const rows = readCsv('data/churn/lung.csv').filter((row) => row['ph.ecog'] !== '' && row['ph.ecog'] !== 'NA');
  return { rows, durations: column(rows, 'time'), events: column(rows, 'status').map((status) => status - 1) };
};

// R 4.2.2, survival 3.5-3: concordance(), and that of coxph.
describeWithShared("concordance beside R's", [SURVIVAL, ...files('rossi', 'lung', 'heart', 'veteran', 'ovarian', 'rossi_counting')], () => {
  const golden = readGolden<Readonly<Record<string, Counted & Fitted>>>(SURVIVAL);
  const same = (name: string, found: ReturnType<typeof concordance>): void => {
    const { C, se, counts } = golden[name]!;
    near(found.estimate, C);
    near(found.standardError, se);
    const right = [counts.concordant, counts.discordant, counts['tied.x'], counts['tied.y'], counts['tied.xy']];
    const { concordant, discordant, tiedRisk, tiedTime, tiedBoth } = found.pairs;
    [concordant, discordant, tiedRisk, tiedTime, tiedBoth].forEach((count, i) => near(count, right[i]!, 1e-8));
  };
  const rossi = readCsv('data/churn/rossi.csv');
  const [weeks, arrests] = [column(rossi, 'week'), column(rossi, 'arrest')];
  const lung = readLung();

  it('counts every pair of rossi, by either weighting', () => {
    const risks = risksOf(rossi, golden['cox_rossi_efron']!.coef);
    const found = concordance(weeks, arrests, risks);
    expect(found.pairs).toEqual({ concordant: 27242, discordant: 15291, tiedRisk: 49, tiedTime: 111, tiedBoth: 0 });
    same('c_rossi_fit', found);
    same('c_rossi_fit_uno', concordance(weeks, arrests, risks, { weighting: 'uno' }));
    same('c_rossi_fit_uno_ymax40', concordance(weeks, arrests, risks, { weighting: 'uno', until: 40 }));
    const prior = concordance(weeks, arrests, column(rossi, 'prio'));
    expect(prior.pairs).toEqual({ concordant: 22075, discordant: 14586, tiedRisk: 5921, tiedTime: 93, tiedBoth: 18 });
    same('c_rossi_prio', prior);
  });

  it('and of lung', () => {
    const risks = risksOf(lung.rows, golden['cox_lung_age_sex_ecog']!.coef);
    same('c_lung_fit', concordance(lung.durations, lung.events, risks));
    same('c_lung_uno', concordance(lung.durations, lung.events, risks, { weighting: 'uno' }));
  });

  it('and of rows that enter late', () => {
    const heart = readCsv('data/churn/heart.csv');
    const found = concordance(column(heart, 'stop'), column(heart, 'event'), risksOf(heart, golden['cox_heart']!.coef), { entries: column(heart, 'start') });
    expect(found.pairs).toMatchObject({ concordant: 2873, discordant: 1646, tiedRisk: 0, tiedTime: 16, tiedBoth: 0 });
    same('c_heart', found);
    const employed = readCsv('data/churn/rossi_counting.csv');
    const [estimate, se] = golden['cox_rossi_tv_employed']!.concordance;
    const options = { entries: column(employed, 'start') };
    const counted = concordance(column(employed, 'stop'), column(employed, 'arrest'), risksOf(employed, golden['cox_rossi_tv_employed']!.coef), options);
    near(counted.estimate, estimate);
    near(counted.standardError, se);
  });

  it.each<[string, () => readonly [readonly number[], readonly number[], readonly number[], ConcordanceIntervalOptions?]]>([
    ['cox_rossi_breslow', () => [weeks, arrests, risksOf(rossi, golden['cox_rossi_breslow']!.coef)]],
    ['cox_rossi_exact', () => [weeks, arrests, risksOf(rossi, golden['cox_rossi_exact']!.coef)]],
    ['cox_rossi_strata_wexp', () => [weeks, arrests, risksOf(rossi, golden['cox_rossi_strata_wexp']!.coef), { strata: column(rossi, 'wexp') }]],
    [
      'cox_lung_cluster_inst',
      () => {
        const rows = lung.rows.filter((row) => row['inst'] !== '' && row['inst'] !== 'NA');
        return [column(rows, 'time'), column(rows, 'status').map((status) => status - 1), risksOf(rows, golden['cox_lung_cluster_inst']!.coef), { clusters: column(rows, 'inst') }];
      },
    ],
    [
      'cox_veteran',
      () => {
        const rows = readCsv('data/churn/veteran.csv');
        const value = (row: Row, name: string): number => (name.startsWith('celltype') ? Number(row['celltype'] === name.slice(8)) : Number(row[name]));
        return [column(rows, 'time'), column(rows, 'status'), risksOf(rows, golden['cox_veteran']!.coef, value)];
      },
    ],
    [
      'cox_ovarian_weights',
      () => {
        const rows = readCsv('data/churn/ovarian.csv');
        return [column(rows, 'futime'), column(rows, 'fustat'), risksOf(rows, golden['cox_ovarian_weights']!.coef), { weights: rows.map((_, i) => 1 + (i % 2)) }];
      },
    ],
  ])('has the concordance of %s', (name, read) => {
    const [durations, events, risks, options] = read();
    const found = concordance(durations, events, risks, options ?? {});
    near(found.estimate, golden[name]!.concordance[0]);
    near(found.standardError, golden[name]!.concordance[1]);
  });

  it('and within the sexes of lung', () => {
    const found = concordance(lung.durations, lung.events, risksOf(lung.rows, golden['cox_lung_strata_sex']!.coef), { strata: column(lung.rows, 'sex') });
    // By concordance() anew, its two rows of counts added; the stored 0.605944757718 is one pair of 10,463 off.
    expect(found.pairs).toEqual({ concordant: 6276, discordant: 4061, tiedRisk: 126, tiedTime: 17, tiedBoth: 0 });
    near(found.estimate, 0.6058491828348);
    near(found.standardError, 0.0265238851446);
  });

  it('parts prisoners as far as royston() says', () => {
    const { royston_rossi: right } = readGolden<{ readonly royston_rossi: Readonly<Record<string, number>> }>(SURVIVAL);
    const risks = risksOf(rossi, golden['cox_rossi_efron']!.coef);
    const found = roystonD(weeks, arrests, risks);
    near(found.estimate, right['D']!);
    near(found.standardError, right['se(D)']!);
    near(found.explained, right['R.D']!);
    near(gonenHeller(risks), right['C.GH']!);
  });
});

// riskRegression 2022.11.28 and pec 2022.05.04.
describeWithShared('curves judged in time beside riskRegression and pec', [SURVIVAL, CHURN, ...files('lung', 'veteran')], () => {
  const coefficients = readGolden<Readonly<Record<string, Fitted>>>(SURVIVAL)['cox_lung_age_sex_ecog']!.coef;
  const golden = readGolden<{
    readonly score_lung_cox: Scored;
    readonly score_lung_age_auc: Scored;
    readonly score_veteran: Scored & { readonly coef: Readonly<Record<string, number>> };
    readonly score_lung_cox_risk: { readonly risk: readonly (readonly number[])[] };
    readonly pec_lung_ibs: { readonly max700: { readonly Reference: number; readonly cox: number } };
  }>(CHURN);
  const { rows, durations, events } = readLung();
  const risks = risksOf(rows, coefficients);
  const survivalBy = (ties: 'efron' | 'breslow') => {
    const baseline = baselineOf(durations, events, risks, ties);
    return (time: number): number[] => {
      const hazard = baseline(time);
      return risks.map((risk) => Math.exp(-hazard * Math.exp(risk)));
    };
  };
  const survival = survivalBy('efron');
  const { times, auc, brier } = golden.score_lung_cox;

  it('starts from the same predictions', () => near(1 - survival(100)[0]!, golden.score_lung_cox_risk.risk[0]![0]!));

  it('has the areas of lung, and of age alone', () => {
    timeDependentAuc(durations, events, risks, { times }).at.forEach((one, i) => near(one.estimate, auc[i]!));
    timeDependentAuc(durations, events, column(rows, 'age'), { times }).at.forEach((one, i) => near(one.estimate, golden.score_lung_age_auc.auc[i]!));
  });

  it('has the Brier scores of lung and of its null model', () => {
    const { at } = survivalBrier(durations, events, survival, { times });
    expect(at.length).toBe(5);
    at.forEach((one, i) => {
      near(one.estimate, brier[5 + i]!.Brier);
      near(one.nullModel, brier[i]!.Brier);
    });
    near(integratedBrier(durations, events, survival, { times, rule: 'steps' }).estimate, brier[9]!.IBS!);
    const every = [...new Set(durations)].filter((time) => time < 700).sort((a, b) => a - b);
    const whole = integratedBrier(durations, events, survival, { times: [...every, 700], rule: 'steps' });
    near(whole.estimate, golden.pec_lung_ibs.max700.cox);
    near(whole.nullModel, golden.pec_lung_ibs.max700.Reference);
  });

  it('does not have those of the wrong conventions', () => {
    const [at100] = survivalBrier(durations, events, survival, { times: [100] }).at;
    expect(at100!.estimate.toFixed(8)).toBe('0.10950160');
    // With what was not censored at the time of each event, not just before it; with events at risk of a censoring at their time.
    const share = (time: number, isAfter: boolean, eventsFirst: boolean): number =>
      [...new Set(durations)].filter((end) => end < time || (isAfter && end === time)).reduce((left, end) => {
        const atRisk = durations.filter((one, i) => one > end || (one === end && (!eventsFirst || events[i] === 0))).length;
        const censored = durations.filter((one, i) => one === end && events[i] === 0).length;
        return censored === 0 ? left : left * (1 - censored / atRisk);
      }, 1);
    const score = (isAfter: boolean, eventsFirst: boolean): number => {
      const promised = survival(100);
      return durations.reduce((sum, end, i) => {
        if (end > 100) return sum + (1 - promised[i]!) ** 2 / share(100, true, eventsFirst);
        return events[i] === 1 ? sum + promised[i]! ** 2 / share(end, isAfter, eventsFirst) : sum;
      }, 0) / durations.length;
    };
    near(score(false, true), at100!.estimate);
    expect(score(true, true).toFixed(8)).toBe('0.10951818');
    for (const isAfter of [true, false]) expect(Math.abs(score(isAfter, false) - at100!.estimate)).toBeGreaterThan(1e-7);
    // Breslow's hazard at Efron's coefficients is another model.
    expect(Math.abs(survivalBrier(durations, events, survivalBy('breslow'), { times: [100] }).at[0]!.estimate - at100!.estimate)).toBeGreaterThan(1e-6);
  });

  it('has the figures of veteran', () => {
    const { coef, times: days, auc: areas, brier: scores } = golden.score_veteran;
    const veteran = readCsv('data/churn/veteran.csv');
    const [ends, deaths, ranks] = [column(veteran, 'time'), column(veteran, 'status'), risksOf(veteran, coef)];
    const baseline = baselineOf(ends, deaths, ranks, 'efron');
    const promised = (time: number): number[] => ranks.map((risk) => Math.exp(-baseline(time) * Math.exp(risk)));
    timeDependentAuc(ends, deaths, ranks, { times: days }).at.forEach((one, i) => near(one.estimate, areas[i]!));
    survivalBrier(ends, deaths, promised, { times: days }).at.forEach((one, i) => {
      near(one.estimate, scores[3 + i]!.Brier);
      near(one.nullModel, scores[i]!.Brier);
    });
  });

  // R 4.2.2, survival 3.5-3: coxph on log(-log survival) with observation ended at the time, a line and a spline with knots at its 10th, 50th and 90th percentile;
  // basehaz; quantile type 1; survfit.
  it.each([
    [200, [0.877712108063, 0.193089447865, 0.018988126054, 0.01828992024, 0.024745868563, 0.091829984084, 1.016334239399]],
    [400, [0.711189709651, 0.145415220821, 0.075265428257, 0.07818882044, 0.139300593476, 0.144719117491, 1.14594510051]],
  ])('finds at %i days how far a made-up model lies from the truth', (time, right) => {
    const promised = rows.map((row) => Math.exp(-((time / 400) ** 1.2) * Math.exp(0.03 * (Number(row['age']) - 62) - 0.4 * (Number(row['sex']) - 1) + 0.7 * Number(row['ph.ecog']) - 0.8)));
    const { slope, distances, observedToExpected, groups } = survivalCalibration(durations, events, promised, { time, groups: 1 });
    const found = [slope!.estimate, slope!.standardError, distances.mean, distances.median, distances.ninetieth, distances.largest, observedToExpected.estimate];
    found.forEach((figure, i) => near(figure, right[i]!, 1e-9));
    if (time !== 200) return;
    // survfit(conf.type = "log-log").
    [0.316730341027, 0.260122958801, 0.382137017198].forEach((end, i) => near([groups[0]!.observed.estimate, groups[0]!.observed.lower, groups[0]!.observed.upper][i]!, end));
  });

  it('tests a whole curve', () => {
    const own = durations.map((end, i) => survival(end)[i]!);
    const { p, statistic } = distributionCalibration(events, own);
    expect(p).toBeGreaterThan(0.9);
    expect(statistic).toBeGreaterThan(0);
  });
});

// scikit-survival 0.28.0, cumulative_dynamic_auc, brier_score, integrated_brier_score and concordance_index_ipcw, on the first 40 rows of the following numbers for training and the rest.
it('agrees with scikit-survival where times are distinct', () => {
  const u = (a: number, c: number, i: number): number => ((a * i + c) % 9973) / 9973;
  const rows = Array.from({ length: 120 }, (_, i) => {
    const risk = Math.floor(9 * u(7919, 12, i + 1)) / 4 - 1;
    const [life, end] = [-Math.log(1 - u(3571, 5, i + 1)) / Math.exp(risk), 4 * u(1237, 77, i + 1)];
    return { duration: Math.min(life, end), event: Number(life <= end), risk };
  });
  const [durations, events, risks] = [rows.map((row) => row.duration), rows.map((row) => row.event), rows.map((row) => row.risk)];
  const times = [0.2, 0.5, 1, 1.5];
  const survival = (time: number): number[] => risks.map((risk) => Math.exp(-time * Math.exp(risk)));
  const found = timeDependentAuc(durations, events, risks, { times });
  const figures = [
    ...found.at.map((one) => one.estimate),
    found.mean!,
    ...survivalBrier(durations, events, survival, { times }).at.map((one) => one.estimate),
    integratedBrier(durations, events, survival, { times, rule: 'trapezoid' }).estimate,
    concordanceIndex(durations, events, risks),
    concordanceIndex(durations, events, risks, { weighting: 'uno' }),
    concordanceIndex(durations, events, risks, { weighting: 'uno', until: 1 }),
  ];
  const training = { durations: durations.slice(0, 40), events: events.slice(0, 40) };
  const late = (values: readonly number[]): number[] => values.slice(40);
  const apart = timeDependentAuc(late(durations), late(events), late(risks), { times: times.slice(0, 3), training });
  figures.push(...apart.at.map((one) => one.estimate), concordanceIndex(late(durations), late(events), late(risks), { weighting: 'uno', until: 1, training }));
  figures.push(...survivalBrier(late(durations), late(events), (time) => late(survival(time)), { times: times.slice(0, 3), training }).at.map((one) => one.estimate));
  const right = [
    0.6944363687033142, 0.6901155921048707, 0.8129046525628443, 0.8751919759018227, 0.7475332021063161, 0.1588455140236481, 0.2234424190561725,
    0.1657464105364932, 0.12826394857667947, 0.17549460549110202, 0.6696611909650924, 0.6689544277115053, 0.6760526015882539, 0.7477567298105683,
    0.7033472178560198, 0.8363387471676276, 0.6913187752134788, 0.14930511127632512, 0.2230894190317778, 0.15298755116820845,
  ];
  expect(figures).toEqual(right.map((figure) => expect.closeTo(figure, 10) as number));
});
