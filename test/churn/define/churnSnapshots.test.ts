import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { churnLabels } from '../../../src/churn/define/churnLabels.js';
import { churnSnapshots } from '../../../src/churn/define/churnSnapshots.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { snapshot } from '../../../src/data/snapshot.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitTargetScore } from '../../../src/scores/fitTargetScore.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01');
interface Event { readonly who: string; readonly day: number; readonly paid: number }
const logOf = (events: readonly Event[], until: number): EventLog =>
  EventLog.fromRows(events.map(({ who, day, paid }) => ({ who, at: START + day * DAY, paid })), { customer: 'who', time: 'at', amount: 'paid' }, { observedUntil: START + until * DAY });

/** Customers with rhythms of their own, of whom some leave; `slower` stretches all gaps from day 200 on. */
function simulated(customers: number, slower = 1): EventLog {
  const random = createRandom(2);
  const events = Array.from({ length: customers }, (_, c) => {
    const mean = 5 + 25 * random.uniform();
    const gone = 500 * random.uniform();
    const found: Event[] = [];
    for (let day = 40 * random.uniform(); day < Math.min(gone, 400); day -= mean * (day > 200 ? slower : 1) * Math.log(random.uniform())) found.push({ who: `c${c}`, day: Math.floor(day), paid: 10 });
    return found;
  }).flat();
  return logOf(events, 400);
}

describe('churnSnapshots', () => {
  const series = { from: START + 60 * DAY, to: START + 360 * DAY, every: { days: 30 }, horizon: { days: 40 }, gap: { days: 7 }, lookback: { days: 60 }, rule: { kind: 'inactivity' } } as const;

  it('stacks churnLabels and the rows of snapshot, at each moment', () => {
    const log = simulated(40);
    const { rows, cuts, label, span } = churnSnapshots(log, { ...series, windows: [{ days: 30 }], drift: false });
    expect([label, span]).toEqual(['churned', { days: 47 }]);
    const expected = cuts.flatMap(({ asOf, from, to, rate, rateChangeP: _p, drifted, ...counts }) => {
      const labels = churnLabels(log, { asOf, horizon: series.horizon, gap: series.gap, lookback: series.lookback, rule: series.rule });
      expect(counts).toEqual(labels.counts);
      expect([from.getTime(), to.getTime(), drifted]).toEqual([labels.from, labels.to, []]);
      expect(rate?.estimate).toEqual(counts.labelled === 0 ? undefined : counts.happened / counts.labelled);
      return snapshot(log, { asOf, windows: [{ days: 30 }] }).withColumn('churned', labels).toRows().filter((row) => labels.customers.includes(row['customer'] as string)).map((row) => ({ ...row, asOf }));
    });
    expect(rows.toRows()).toEqual(expected);
    // The window of the last moments is not over at day 400.
    expect(cuts.map(({ incomplete, eligible }) => incomplete === eligible)).toEqual([...new Array<boolean>(10).fill(false), true]);
    expect(cuts.at(-1)!.rate).toBeNull();
  });

  it('a future event changes no feature and no earlier label', () => {
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), day: fc.nat(120), paid: fc.constantFrom(-1, 2) }), { minLength: 5, maxLength: 30 });
    const options = { from: START + 30 * DAY, to: START + 90 * DAY, every: { days: 20 }, horizon: { days: 10 }, lookback: { days: 30 }, rule: { kind: 'inactivity' }, windows: [{ days: 15 }], drift: false } as const;
    const until = (events: readonly Event[], moment: number): unknown => churnSnapshots(logOf(events, 121), options).rows.filter((row) => (row['asOf'] as Date).getTime() <= moment).toRows();
    fc.assert(
      fc.property(someEvents, someEvents, fc.integer({ min: 0, max: 3 }), (events, others, k) => {
        const day = 30 + 20 * k;
        const here = [...events, { who: 'a', day: 29, paid: 2 }];
        const changed = [...here.filter((event) => event.day < day + 10), ...others.filter((event) => event.day >= day + 10)];
        expect(until(changed, START + day * DAY)).toEqual(until(here, START + day * DAY));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('says when moments are other than before', () => {
    const quiet = churnSnapshots(simulated(400), { ...series, windows: [{ days: 30 }] });
    const changed = churnSnapshots(simulated(400, 3), { ...series, windows: [{ days: 30 }] });
    const at = ({ cuts }: typeof quiet): (typeof cuts)[number] => cuts.find(({ asOf }) => asOf.getTime() === START + 240 * DAY)!;
    expect(at(quiet).drifted).not.toContain('count30d');
    expect(at(changed).drifted).toContain('count30d');
    const least = ({ cuts }: typeof quiet): number => Math.min(...cuts.slice(2).map(({ rateChangeP }) => rateChangeP ?? 1));
    expect(least(changed)).toBeLessThan(0.001);
    expect(least(quiet)).toBeGreaterThan(0.01);
  });

  it('goes into a score that is judged out of time', () => {
    const { rows, label, span } = churnSnapshots(simulated(300), { ...series, windows: [{ days: 30 }], drift: false });
    const score = fitTargetScore(rows, { target: label, time: 'asOf', horizon: span, methods: ['logistic'] });
    expect(score.report.auc.estimate).toBeGreaterThan(0.6);
    expect(score.features).toContain('recencyInGaps');
  });

  it('refuses a label that is a feature, and nobody to ask', () => {
    const log = simulated(10);
    const attempt = (): unknown => churnSnapshots(log, { ...series, label: 'frequency' });
    expect(attempt).toThrow('churnSnapshots cannot name its labels "frequency"');
    expect(errorCode(attempt)).toBe('DUPLICATE_COLUMN');
    const nobody = (): unknown => churnSnapshots(log, { ...series, lookback: { hours: 1e-3 } });
    expect(nobody).toThrow('churnSnapshots found nobody who could leave at any of 11 moments; mind rule and lookback');
    expect(errorCode(nobody)).toBe('EMPTY_INPUT');
    expect(errorCode(() => churnSnapshots(log, { ...series, step: 3 } as never))).toBe('INVALID_OPTION');
  });
});
