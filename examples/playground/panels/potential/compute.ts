import { fitCaptureEase, fitMarketPotential, type CustomerPotentials, type MarketPotential, type MarketPotentialReport, type PotentialReason } from 'clientela/potential';
import type { EventLog } from 'clientela/data';
import { groupsOf } from '../../data/groups.js';
import type { Loaded } from '../../data/loaded.js';
import { membersOf } from '../../data/members.js';
import type { Computation } from '../panel.js';

export interface PotentialOptions {
  /** The stretch that is looked at, in days. */
  days: number;
}

export interface PotentialResult {
  report: MarketPotentialReport;
  potentials: CustomerPotentials;
  /** How easily a tenth of each customer's headroom is won: a probability. */
  ease: Float64Array;
  /** How the ease was found, in words. */
  easeFrom: string;
  groups: Record<string, string[]>;
  /** Of the customers with most headroom: what makes their wallet, and who justifies it. */
  examples: { customer: string; reasons: PotentialReason[]; peers: string }[];
}

const DAY = 86_400_000;

export const potentialComputation: Computation<PotentialOptions, PotentialResult> = {
  id: 'potential',
  compute(loaded, { days }, report) {
    report(0, 3, 'Adding up what customers spend');
    const { features, wallet } = loaded.dataset.customers!.roles;
    const end = loaded.asOf;
    const rows = customerRows(loaded, spendBetween(loaded.log, end - days * DAY, end), days);
    report(1, 3, 'Estimating wallets');
    const known = wallet === undefined ? {} : { knownWallets: 'wallet' as const, zeros: 'wallet' as const };
    const estimators = wallet === undefined ? (['halfNormal', 'quantile'] as const) : (['known', 'halfNormal', 'quantile'] as const);
    const model = fitMarketPotential(rows, {
      spend: 'spend', features, customer: 'customer', ...known, estimators, folds: 3,
      onProgress: ({ done, total }) => void report(1 + done / Math.max(1, total), 3, 'Estimating wallets'),
    });
    const potentials = model.predict(rows);
    report(2, 3, 'Asking how easily it is won');
    const { ease, easeFrom } = easeOf(loaded, model, rows, potentials, days);
    const most = Array.from(potentials.headroom.keys()).sort((a, b) => potentials.headroom[b]! - potentials.headroom[a]!).slice(0, 10);
    const examples = most.map((row) => ({
      customer: String(potentials.customers?.[row]), reasons: model.explain(rows[row]!).wallet.slice(0, 3),
      peers: model.peersOf(rows[row]!, { peers: 3 }).map(({ spend }) => Math.round(spend)).join(', '),
    }));
    return { report: model.report, potentials, ease, easeFrom, groups: groupsOf(loaded.dataset, rows.map(({ customer }) => customer)), examples };
  },
};

interface CustomerRow {
  customer: string;
  spend: number;
  wallet: number | null;
  [feature: string]: unknown;
}

/** Today's customers with what describes them, what they spent in the stretch, and their wallet where they told it. */
function customerRows(loaded: Loaded, spend: (customer: string) => number, days: number): CustomerRow[] {
  const { customer: id, features, wallet } = loaded.dataset.customers!.roles;
  const table = loaded.customers;
  const current = new Set(membersOf(loaded).log.customers.map(String));
  const declared = wallet === undefined ? undefined : table.values(wallet).map(Number);
  const known = wallet === undefined ? undefined : table.values(wallet);
  return table.select([id!, ...features]).toRows().flatMap((row, i) => {
    const customer = String(row[id!]);
    if (!current.has(customer)) return [];
    const here = spend(customer);
    // Declared a year; nobody spends more here than everywhere.
    const everywhere = known?.[i] == null || known[i] === '' ? null : Math.max(here, (declared![i]! * days) / 365.25);
    return [{ ...row, customer, spend: here, wallet: everywhere }];
  });
}

/** What each customer spent in [from, until), returns taken off. */
function spendBetween(log: EventLog, from: number, until: number): (customer: string) => number {
  const { amounts, customers, offsets, times } = log;
  const spent = new Map<string, number>();
  customers.forEach((customer, c) => {
    let sum = 0;
    for (let event = offsets[c]!; event < offsets[c + 1]!; event++) if (times[event]! >= from && times[event]! < until && !Number.isNaN(amounts![event]!)) sum += amounts![event]!;
    spent.set(String(customer), Math.max(0, sum));
  });
  return (customer) => spent.get(customer) ?? 0;
}

/** From the stretch before, where the log reaches so far: who has since won a tenth of the headroom; otherwise how many alike spend so much more. */
function easeOf(loaded: Loaded, model: MarketPotential, rows: CustomerRow[], potentials: CustomerPotentials, days: number): Pick<PotentialResult, 'ease' | 'easeFrom'> {
  const { log, asOf } = loaded;
  const middle = asOf - days * DAY;
  const { features } = loaded.dataset.customers!.roles;
  if (log.firstTime <= middle - days * DAY) {
    const since = new Map(log.customers.map((customer, c) => [String(customer), log.times[log.offsets[c]!]!]));
    const spendBefore = spendBetween(log, middle - days * DAY, middle);
    const there = rows.filter(({ customer }) => (since.get(customer) ?? Infinity) < middle - days * DAY);
    const later = there.map(({ spend }) => spend);
    const before: CustomerRow[] = there.map((row) => ({ ...row, spend: spendBefore(row.customer) }));
    try {
      const learnt = fitCaptureEase<readonly Record<string, unknown>[]>(before, { potentials: model.predict(before), later, step: 0.1, features: [...features], learner: 'logistic' });
      return { ease: learnt.predict(rows, potentials), easeFrom: `learnt from ${before.length} customers and what they did with their headroom in the ${days} days before` };
    } catch {
      // Too few have won anything: the customers alike say it.
    }
  }
  return { ease: model.attainability(rows, { step: 0.1 }), easeFrom: 'from customers alike: how many of them spend so much more (the log is too short to learn it from what followed)' };
}
