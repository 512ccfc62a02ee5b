import {
  churnLabels, churnThresholds, earlyWarnings, fitChurnScore, kaplanMeierBy, scoreChurn, survivalTimes, warningFeatures,
  type ChurnReport, type ContractRule, type EarlyWarning, type InactivityRule, type SilenceRow,
} from 'clientela/churn';
import { Frame, type EventLog } from 'clientela/data';
import type { GroupProfiles } from 'clientela/evaluation';
import { groupsOf } from '../../data/groups.js';
import type { Loaded } from '../../data/loaded.js';
import type { Computation } from '../panel.js';

export interface ChurnOptions {
  /** How far ahead, in days. */
  days: number;
}

export interface ChurnResult {
  /** What counts as leaving, in words. */
  leaving: string;
  /** Who comes back after how long a silence; null where an event says who leaves. */
  silences: readonly SilenceRow[] | null;
  /** Curves by column: each group with the JSON of its curve. */
  curves: Record<string, { group: string; rows: number; curve: object }[]>;
  report: ChurnReport;
  profiles: GroupProfiles;
  customers: string[];
  probability: Float64Array;
  /** What each customer spent in the last year. */
  spend: Float64Array;
  warnings: readonly EarlyWarning[];
}

const DAY = 86_400_000;

export const churnComputation: Computation<ChurnOptions, ChurnResult> = {
  id: 'churn',
  compute(loaded, { days }, report) {
    report(0, 4, 'Asking what leaving is');
    const horizon = { days };
    const { log } = loaded;
    const { rule, leaving, silences } = ruleOf(loaded, horizon);
    report(1, 4, 'Following how long customers stay');
    const curves = curvesOf(loaded, rule);
    report(2, 4, 'Fitting the score');
    const items = itemsFor(log, loaded.dataset.events!.roles.leaving);
    const known = attributesOf(loaded);
    const score = fitChurnScore(log, { rule, horizon, every: horizon, windows: [{ days: 60 }], items: items.slice(0, 8), itemRecency: true, channels: false, methods: ['logistic', 'additive'], ...known });
    const { customers, values } = scoreChurn(score, log, known);
    report(3, 4, 'Looking for what warns');
    const warnings = warningsOf(log, rule, days, items);
    return { leaving, silences, curves, report: score.report, profiles: score.profiles(), customers: customers.map(String), probability: values, spend: spendOf(log, customers), warnings };
  },
};

/** What the customer table knows of each customer, where there is one. */
function attributesOf(loaded: Loaded): { customers?: { table: Frame; id: string } } {
  const roles = loaded.dataset.customers?.roles;
  if (roles?.customer === undefined) return {};
  return { customers: { table: loaded.customers.select([roles.customer, ...roles.features]), id: roles.customer } };
}

/** An event ends the relation, or a silence after which few come back. */
function ruleOf({ dataset, log }: Loaded, horizon: { days: number }): { rule: ContractRule | InactivityRule; leaving: string; silences: readonly SilenceRow[] | null } {
  const end = dataset.events!.roles.leaving;
  if (end !== undefined) return { rule: { kind: 'contract', end }, leaving: `Who leaves has the event “${end}”.`, silences: null };
  const { silences, suggested } = churnThresholds(log, { horizon });
  const days = suggested?.days ?? horizon.days;
  return { rule: { kind: 'inactivity', silence: { days } }, leaving: `Nothing in the log ends the relation, so silence counts: after ${Math.round(days)} days without an event few come back.`, silences };
}

/** How long customers stay, by every column with a few values. */
function curvesOf(loaded: Loaded, rule: ContractRule | InactivityRule): ChurnResult['curves'] {
  const { rows } = survivalTimes(loaded.log, { rule });
  const groups = { 'all customers': rows.values('customer').map(() => 'all'), ...groupsOf(loaded.dataset, rows.values('customer').map(String)) };
  const [entry, duration, event] = ['entry', 'duration', 'event'].map((name) => rows.values(name).map(Number));
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => {
    const found = kaplanMeierBy(Frame.fromColumns({ entry: entry!, duration: duration!, event: event!, group }), { entry: 'entry', duration: 'duration', event: 'event', by: 'group' });
    return [name, found.map(({ group: value, rows: count, curve }) => ({ group: String(value), rows: count, curve: curve.toJSON() }))];
  }));
}

/** Items that may foretell leaving: the commonest two dozen, but the one that is leaving. */
function itemsFor({ items, itemLevels }: EventLog, leaving: string | undefined): string[] {
  if (items === undefined) return [];
  const counts = new Map<string, number>();
  for (const code of items) if (code >= 0) counts.set(itemLevels[code]!, (counts.get(itemLevels[code]!) ?? 0) + 1);
  return [...counts].filter(([item]) => item !== leaving).sort((a, b) => b[1] - a[1]).slice(0, 24).map(([item]) => item);
}

/** What is unusual before customers leave, at the last eight moments whose future is known. */
function warningsOf(log: EventLog, rule: ContractRule | InactivityRule, days: number, items: string[]): readonly EarlyWarning[] {
  const moments = [8, 7, 6, 5, 4, 3, 2, 1].map((k) => log.observedUntil - k * days * DAY).filter((moment) => moment > log.firstTime + 2 * days * DAY);
  if (moments.length === 0) return [];
  const behaviour = warningFeatures(log, { asOf: moments, ...(items.length > 0 ? { items } : {}) });
  const leaves = new Map(moments.flatMap((asOf) => {
    const { customers, values } = churnLabels(log, { asOf, horizon: { days }, rule });
    return customers.map((customer, i) => [`${asOf} ${customer}`, values[i]!] as const);
  }));
  const rows = behaviour.toRows().map((row) => ({ ...row, leaves: leaves.get(`${Number(row['asOf'])} ${String(row['customer'])}`) ?? null }));
  return earlyWarnings(rows, { target: 'leaves' }).warnings;
}

/** What each customer brought in the last year of the log; 1 each where it has no amounts. */
function spendOf(log: EventLog, customers: readonly (string | number)[]): Float64Array {
  const { amounts, offsets, times } = log;
  return Float64Array.from(customers, (customer) => {
    if (amounts === undefined) return 1;
    const row = log.indexOf(customer);
    let spent = 0;
    for (let event = offsets[row]!; event < offsets[row + 1]!; event++) if (times[event]! >= log.observedUntil - 365 * DAY && amounts[event]! === amounts[event]) spent += amounts[event]!;
    return Math.max(0, spent);
  });
}
