import { expect, it } from 'vitest';
import { kaplanMeier } from '../../src/churn/curves/kaplanMeier.js';
import { kaplanMeierBy } from '../../src/churn/curves/kaplanMeierBy.js';
import { logRank } from '../../src/churn/curves/logRank.js';
import type { LogRankWeighting } from '../../src/churn/curves/logRankSums.js';
import { nelsonAalen } from '../../src/churn/curves/nelsonAalen.js';
import { pseudoValues } from '../../src/churn/curves/pseudoValues.js';
import { restrictedMeanDifference } from '../../src/churn/curves/restrictedMeanDifference.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** R survival 3.5-3 (survfit, survdiff, pseudo) and lifelines 0.30.1; see ../shared/notes/churn.md, section 4. */
interface Row {
  readonly records: number;
  readonly events: number;
  readonly rmean: number;
  readonly 'se(rmean)': number;
  readonly median: number | null;
  readonly '0.95LCL': number | null;
  readonly '0.95UCL': number | null;
}
interface At {
  readonly strata: string;
  readonly time: number;
  readonly 'n.risk': number;
  readonly surv: number;
  readonly 'std.err': number;
  readonly lower: number;
  readonly upper: number;
  readonly cumhaz: number;
  readonly 'std.chaz': number;
}
interface Curves {
  readonly table: Row | readonly Row[];
  readonly at: readonly At[];
}
interface Test {
  readonly chisq: number;
  readonly df: number;
  readonly p?: number;
  readonly obs: readonly number[];
  readonly exp: readonly number[];
  readonly var?: readonly (readonly number[])[];
}

const [SURVIVAL, CHURN, EXTRA] = ['golden/churn/r_survival.json', 'golden/churn/r_churn.json', 'golden/churn/r_extra.json'] as const;
const files = ['lung', 'waltons', 'aml', 'rossi', 'heart', 'veteran', 'ovarian', 'telco_customer_churn'].map((name) => `data/churn/${name}.csv`);
const numeric = (cell: string): string | number | null => (cell === '' ? null : Number.isNaN(Number(cell)) ? cell : Number(cell));
const table = (name: string): Readonly<Record<string, string | number | null>>[] => readCsv(`data/churn/${name}.csv`).map((row) => Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, numeric(cell)])));
const close = (found: number, wanted: number | null, within = 1e-10): void => {
  if (wanted === null) expect(found).toBe(Infinity);
  else expect(Math.abs(found - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(within);
};

describeWithShared('survival curves and their tests against R', [SURVIVAL, CHURN, EXTRA, ...files], () => {
  const golden = readGolden<Readonly<Record<string, Curves & Test>>>(SURVIVAL);
  const lung = table('lung');
  const lungColumns = { duration: 'time', event: 'status', eventValue: 2 } as const;
  const cases: readonly [golden: string, data: readonly object[], columns: { readonly duration: string; readonly event: string; readonly eventValue?: number }, by: string | null][] = [
    ['km_lung_log', lung, lungColumns, null],
    ['km_lung_sex', lung, lungColumns, 'sex'],
    ['km_waltons', table('waltons'), { duration: 'T', event: 'E' }, 'group'],
    ['km_waltons_all', table('waltons'), { duration: 'T', event: 'E' }, null],
    ['km_aml', table('aml'), { duration: 'time', event: 'status' }, 'x'],
    ['km_rossi', table('rossi'), { duration: 'week', event: 'arrest' }, 'fin'],
  ];

  it.each(cases)('%s: shares, standard errors, intervals, medians, restricted means, cumulative hazards', (name, data, columns, by) => {
    const { table: rows, at } = golden[name]!;
    const curves = by === null ? [kaplanMeier(data, columns)] : kaplanMeierBy(data, { ...columns, by }).map(({ curve }) => curve);
    const last = Math.max(...curves.map((curve) => curve.lastTime));
    [rows].flat().forEach((row, i) => {
      const curve = curves[i]!;
      expect(curve.events.reduce((sum, value) => sum + value, 0)).toBe(row.events);
      close(curve.median.estimate, row.median);
      close(curve.median.lower, row['0.95LCL']);
      close(curve.median.upper, row['0.95UCL']);
      // R takes the longest of all groups as horizon, and a curve to be level where it ends before.
      if (curve.lastTime === last || curve.survival[curve.survival.length - 1] === 0) {
        const mean = curve.restrictedMean(last);
        close(mean.estimate, row.rmean);
        close(mean.standardError, row['se(rmean)']);
      }
    });
    const labels = [...new Set(at.map(({ strata }) => strata))];
    for (const wanted of at) {
      const curve = curves[labels.indexOf(wanted.strata)]!;
      const found = curve.at(wanted.time);
      expect(curve.atRisk[curve.times.findIndex((time) => time >= wanted.time)]).toBe(wanted['n.risk']);
      [found.estimate, found.standardError, found.lower, found.upper].forEach((value, i) => close(value, [wanted.surv, wanted['std.err'], wanted.lower, wanted.upper][i]!));
      if (by !== null) continue;
      const hazard = nelsonAalen(data, columns).at(wanted.time);
      close(hazard.estimate, wanted.cumhaz);
      close(hazard.standardError, wanted['std.chaz']);
    }
  });

  it.each(['log', 'log-log', 'plain', 'logit', 'arcsin'] as const)('the intervals of lung on the scale %s', (interval) => {
    const { table: row, at } = golden[`km_lung_${interval}`]!;
    const curve = kaplanMeier(lung, { ...lungColumns, interval });
    for (const { time, lower, upper } of at) {
      close(curve.at(time).lower, lower);
      close(curve.at(time).upper, upper);
    }
    close(curve.median.lower, (row as Row)['0.95LCL']);
    close(curve.median.upper, (row as Row)['0.95UCL']);
  });

  it('quantiles by the midpoint rule, ties in turn, restricted means at 500 days, aml on the log-log scale', () => {
    const { q, lo, hi } = (golden as unknown as { readonly km_lung_quantiles: Readonly<Record<'q' | 'lo' | 'hi', readonly (number | null)[]>> }).km_lung_quantiles;
    const curve = kaplanMeier(lung, lungColumns);
    [0.1, 0.25, 0.5, 0.75, 0.9].forEach((share, i) => {
      const found = curve.quantile(share);
      [found.estimate, found.lower, found.upper].forEach((value, k) => close(value, [q, lo, hi][k]![i]!));
    });
    const { fh_lung: turns } = golden as unknown as { readonly fh_lung: Readonly<Record<'surv' | 'cumhaz', readonly number[]>> };
    const inTurn = nelsonAalen(lung, { ...lungColumns, ties: 'inTurn' });
    [100, 310, 500, 1000].forEach((time, i) => {
      close(inTurn.hazardAt(time), turns.cumhaz[i]!);
      close(inTurn.survivalAt(time), turns.surv[i]!);
    });
    const { rmst_lung_500: means } = golden as unknown as { readonly rmst_lung_500: readonly Row[] };
    restrictedMeanDifference(lung, { ...lungColumns, by: 'sex', horizon: 500 }).groups.forEach(({ mean }, i) => {
      close(mean.estimate, means[i]!.rmean);
      close(mean.standardError, means[i]!['se(rmean)']);
    });
    kaplanMeierBy(table('aml'), { duration: 'time', event: 'status', by: 'x', interval: 'log-log' }).forEach(({ curve: { median } }, i) => {
      const row = (golden['km_aml_loglog']!.table as readonly Row[])[i]!;
      [median.estimate, median.lower, median.upper].forEach((value, k) => close(value, [row.median, row['0.95LCL'], row['0.95UCL']][k]!));
    });
  });

  it('late entry, whole weights, weights that stand for others, pseudo-values', () => {
    const extra = readGolden<{ readonly km_heart_counting: Readonly<Record<'time' | 'surv' | 'se' | 'n.risk', readonly number[]>>; readonly km_lung_weighted: { readonly surv: readonly number[]; readonly se: readonly number[]; readonly median: number }; readonly pseudo_lung_S310_first5: readonly number[]; readonly pseudo_lung_rmst500_first5: readonly number[] }>(EXTRA);
    const { km_heart_counting: heart, km_lung_weighted: weighted } = extra;
    const late = kaplanMeier(table('heart'), { duration: 'stop', entry: 'start', event: 'event' });
    heart.time.forEach((time, i) => {
      close(late.at(time).estimate, heart.surv[i]!);
      close(late.at(time).standardError, heart.se[i]!);
      expect(late.atRisk[late.times.findIndex((value) => value >= time)]).toBe(heart['n.risk'][i]);
    });
    const twice = kaplanMeier(lung, { ...lungColumns, weights: lung.map((_, row) => 1 + (row % 2)) });
    [100, 310, 500].forEach((time, i) => {
      close(twice.at(time).estimate, weighted.surv[i]!);
      close(twice.at(time).standardError, weighted.se[i]!);
    });
    close(twice.median.estimate, weighted.median);
    // R: survfit(Surv(time, status) ~ 1, lung, weights = rep(c(.5, 1.7), 114)), and weights = rep(1:2, 114), cluster = 1:228; printed to seven digits.
    const standing = kaplanMeier(lung, { ...lungColumns, weights: lung.map((_, row) => [0.5, 1.7][row % 2]!) });
    const robust = kaplanMeier(lung, { ...lungColumns, weights: lung.map((_, row) => 1 + (row % 2)), standardErrors: 'robust' });
    [100, 310, 500].forEach((time, i) => {
      close(standing.at(time).standardError, [0.02728524, 0.03980911, 0.03704822][i]!, 6e-9);
      close(robust.at(time).standardError, [0.0248871, 0.03692738, 0.03504843][i]!, 6e-9);
    });
    const shares = pseudoValues(lung, { ...lungColumns, time: 310 });
    extra.pseudo_lung_S310_first5.forEach((value, row) => close(shares[row]!, value));
    const means = pseudoValues(lung, { ...lungColumns, time: 500, of: 'restrictedMean' });
    extra.pseudo_lung_rmst500_first5.forEach((value, row) => close(means[row]!, value));
  });

  const known = lung.filter((row) => row['ph.ecog'] !== null);
  const tests: readonly [golden: string, data: readonly object[], options: Parameters<typeof logRank>[1]][] = [
    ['logrank_lung_sex', lung, { ...lungColumns, by: 'sex' }],
    ['petopeto_lung_sex', lung, { ...lungColumns, by: 'sex', weighting: { rho: 1 } }],
    ['logrank_lung_ecog', known, { ...lungColumns, by: 'ph.ecog' }],
    ['logrank_lung_sex_strata_ecog', known, { ...lungColumns, by: 'sex', strata: 'ph.ecog' }],
    ['logrank_waltons', table('waltons'), { duration: 'T', event: 'E', by: 'group' }],
    ['logrank_rossi_fin', table('rossi'), { duration: 'week', event: 'arrest', by: 'fin' }],
    ['logrank_aml', table('aml'), { duration: 'time', event: 'status', by: 'x' }],
    ['logrank_ovarian_rx', table('ovarian'), { duration: 'futime', event: 'fustat', by: 'rx' }],
  ];

  it.each(tests)('%s', (name, data, options) => {
    const wanted = golden[name]!;
    const found = logRank(data, options);
    close(found.statistic, wanted.chisq);
    close(found.p, wanted.p!);
    expect(found.degreesOfFreedom).toBe(wanted.df);
    found.groups.forEach(({ observed, expected }, g) => {
      close(observed, wanted.obs[g]!);
      close(expected, wanted.exp[g]!);
      wanted.var![g]!.forEach((value, h) => close(found.variance[g]![h]!, value));
    });
  });

  it('the cells of veteran, whose levels R has in another order', () => {
    const wanted = golden['logrank_veteran_cell']!;
    const found = logRank(table('veteran'), { duration: 'time', event: 'status', by: 'celltype' });
    close(found.statistic, wanted.chisq);
    const order = ['squamous', 'smallcell', 'adeno', 'large'];
    for (const { group, observed, expected } of found.groups) {
      expect(observed).toBe(wanted.obs[order.indexOf(String(group))]);
      close(expected, wanted.exp[order.indexOf(String(group))]!);
    }
  });

  it('the weighted forms on waltons (lifelines)', () => {
    const wanted: readonly [LogRankWeighting, number][] = [['logRank', 122.249125573], ['wilcoxon', 139.647866132], ['taroneWare', 133.8810797939], ['peto', 143.7800097311], [{ rho: 1 }, 139.8439341994], [{ gamma: 1 }, 21.2516136474]];
    for (const [weighting, statistic] of wanted) close(logRank(table('waltons'), { duration: 'T', event: 'E', by: 'group', weighting }).statistic, statistic, 1e-11);
  });

  it('Telco: curves, medians, tests, and what delayed entry does to them', () => {
    const telco: Readonly<Record<string, string | number>>[] = readCsv('data/churn/telco_customer_churn.csv').map((row) => ({ ...row, tenure: Number(row['tenure']), before: Number(row['tenure']) - 1 }));
    const { telco_km: at, telco_km_contract: groups, telco_km_contract_at: byContract, telco_logrank: ranks } = readGolden<{ readonly telco_km: readonly At[]; readonly telco_km_contract: readonly Row[]; readonly telco_km_contract_at: readonly { readonly strata: string; readonly time: number; readonly surv: number; readonly se: number }[]; readonly telco_logrank: Readonly<Record<string, Test>> }>(CHURN);
    const columns = { duration: 'tenure', event: 'Churn' } as const;
    const curve = kaplanMeier(telco, columns);
    for (const { time, surv, 'std.err': se, lower, upper } of at) {
      const found = curve.at(time);
      [found.estimate, found.standardError, found.lower, found.upper].forEach((value, i) => close(value, [surv, se, lower, upper][i]!));
    }
    const contracts = kaplanMeierBy(telco, { ...columns, by: 'Contract' });
    contracts.forEach(({ rows, curve: { median } }, i) => {
      expect(rows).toBe(groups[i]!.records);
      [median.estimate, median.lower, median.upper].forEach((value, k) => close(value, [groups[i]!.median, groups[i]!['0.95LCL'], groups[i]!['0.95UCL']][k]!));
    });
    for (const { strata, time, surv, se } of byContract) {
      const found = contracts.find(({ group }) => strata === `Contract=${group}`)!.curve.at(time);
      close(found.estimate, surv);
      close(found.standardError, se);
    }
    for (const [name, by] of [['contract', 'Contract'], ['internet', 'InternetService'], ['senior', 'SeniorCitizen'], ['gender', 'gender'], ['payment', 'PaymentMethod']] as const) {
      const found = logRank(telco, { ...columns, by });
      close(found.statistic, ranks[name]!.chisq, 1e-11);
      found.groups.forEach(({ expected }, g) => close(expected, ranks[name]!.exp[g]!));
    }
    // One who left in the month of tenure t was observed for that month only; those of tenure 0 for none.
    const late = kaplanMeier(telco.filter(({ tenure }) => Number(tenure) > 0), { ...columns, entry: 'before' });
    close(late.survivalAt(1), 0.3800978793);
    close(late.survivalAt(12), 0.0011892005);
  });
});
