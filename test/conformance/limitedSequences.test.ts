import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import type { StepDistance, StepLimits } from '../../src/paths/journeys/stepLimits.js';
import { sequenceRules } from '../../src/paths/rules/sequenceRules.js';
import { mineSequences } from '../../src/paths/sequences/mineSequences.js';
import { describeWithShared, readCsv, readGolden, sharedPath } from './shared.js';

interface Golden {
  readonly textbook: {
    readonly contextPrefixSpan: { readonly 'maxGapElements@minsup2': Readonly<Record<string, readonly [number, number]>>; readonly 'maxSpanElements@minsup2': Readonly<Record<string, number>> };
    readonly zaki_counts: Readonly<Record<string, number>>;
  };
  readonly actcal_tse_timed: { readonly '[frequent,sumSupport]': Readonly<Record<string, readonly [number, number]>> };
  readonly maxGapElements_real: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
}

const text = (...parts: string[]): string => {
  const bytes = readFileSync(sharedPath(...parts));
  return (parts.at(-1)!.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
};
/** Journeys of a file of SPMF. */
const spmf = (...parts: string[]): Journeys =>
  Journeys.fromLists(text(...parts).split(/\r?\n/).filter((line) => line.includes('-2')).map((line) => line.slice(0, line.lastIndexOf('-2')).split('-1').map((step) => step.trim()).filter((step) => step !== '').map((step) => step.split(' '))));
const day = (time: number): number => Date.UTC(2026, 0, 1) + time * 86_400_000;
const summary = (journeys: Journeys, minCount: number, limits: StepLimits): [number, number] => {
  const found = mineSequences(journeys, { minCount, patterns: 'frequent', ...limits });
  return [found.size, [...found].reduce((sum, { count }) => sum + count, 0)];
};
/** Paths as cSPADE writes them: `<{A,B},{C}>`. */
const listed = (journeys: Journeys, minCount: number, limits: StepLimits): string[] =>
  [...mineSequences(journeys, { minCount, patterns: 'frequent', ...limits })].map(({ steps, count }) => `<${steps.map((step) => `{${step.join(',')}}`).join(',')}> ${count}`).sort();
/** What a name such as `minsup2_mingap5_maxgap10` limits. */
const limitsOf = (name: string, distance: (length: number) => StepDistance): StepLimits =>
  Object.fromEntries([...name.matchAll(/(min|max)(gap|span)(\d+)/g)].map(([, side, what, length]) => [`${side}${what === 'gap' ? 'Gap' : 'Span'}`, distance(Number(length))]));
const days = (length: number): StepDistance => ({ days: length });

function zaki(): Journeys {
  const rows = text('data/paths/textbook/zaki.txt').trim().split(/\r?\n/).flatMap((line) => {
    const [customer, time, , ...items] = line.trim().split(/\s+/);
    return items.map((item) => ({ customer: Number(customer), time: day(Number(time)), item }));
  });
  return Journeys.fromLog(EventLog.fromRows(rows, { customer: 'customer', time: 'time', item: 'item' }));
}

const readList = (name: string, total: number): string[] =>
  text('golden/paths/timed', name).trim().split(/\r?\n/).slice(1).map((line) => {
    const [, path, count] = /^"(.*)",(.*)$/.exec(line)!;
    return `${path} ${name.startsWith('zk') ? Math.round(Number(count) * total) : count}`;
  }).sort();

describeWithShared('paths within limits, as cSPADE, SPMF and the oracle of the notes have them', ['data/paths/textbook/zaki.txt', 'golden/paths/golden.json'], () => {
  const golden = readGolden<Golden>('golden', 'paths', 'golden.json');

  it('for the example of PrefixSpan', () => {
    const journeys = spmf('data/paths/textbook/contextPrefixSpan.txt');
    for (const [gap, figures] of Object.entries(golden.textbook.contextPrefixSpan['maxGapElements@minsup2'])) {
      expect([gap, summary(journeys, 2, { maxGap: { steps: gap === 'inf' ? 9 : Number(gap) } })]).toEqual([gap, figures]);
    }
    for (const [span, count] of Object.entries(golden.textbook.contextPrefixSpan['maxSpanElements@minsup2'])) expect([span, summary(journeys, 2, { maxSpan: { steps: Number(span) } })[0]]).toEqual([span, count]);
  });

  it('for the example of Zaki, item by item', () => {
    const journeys = zaki();
    for (const [name, count] of Object.entries(golden.textbook.zaki_counts)) {
      const minCount = Number(/^minsup(\d)/.exec(name)![1]);
      expect([name, mineSequences(journeys, { minCount, patterns: 'frequent', ...limitsOf(name, days) }).size]).toEqual([name, count]);
    }
    expect(mineSequences(journeys, { minCount: 2, patterns: 'frequent', minSpan: { days: 10 } }).size).toBe(7);
    for (const name of ['0.25', '0.25_maxgap10', '0.25_maxgap5', '0.25_mingap10', '0.25_mingap6_maxgap10', '0.4_maxgap10', '0.4_maxgap5', '0.4_mingap10', '0.4_mingap11', '0.4_mingap5_maxgap10']) {
      const file = `zk_support${name}.csv${name.startsWith('0.25') ? '.gz' : ''}`;
      expect([name, listed(journeys, name.startsWith('0.25') ? 1 : 2, limitsOf(name, days))]).toEqual([name, readList(file, 4)]);
    }
  });

  it('for the activities of 2,000 persons, item by item', () => {
    const rows = readCsv('data/paths/states/actcal_tse.csv').map(({ id, time, event }) => ({ id: Number(id), time: day(Number(time)), event: event! }));
    const journeys = Journeys.fromLog(EventLog.fromRows(rows, { customer: 'id', time: 'time', item: 'event' }));
    for (const [name, figures] of Object.entries(golden.actcal_tse_timed['[frequent,sumSupport]'])) expect([name, summary(journeys, Number(/^abs(\d+)/.exec(name)![1]), limitsOf(name, days))]).toEqual([name, figures]);
    for (const name of ['0.005', '0.005_maxgap3', '0.005_mingap2', '0.005_mingap2_maxgap5', '0.002', '0.002_maxgap2']) {
      expect([name, listed(journeys, name.startsWith('0.005') ? 10 : 4, limitsOf(name, days))]).toEqual([name, readList(`act_support${name}.csv`, 2000)]);
    }
  });

  it('for real logs with a gap in steps', () => {
    for (const [name, rows] of Object.entries(golden.maxGapElements_real)) {
      const [set, minCount] = name.split('@') as [string, string];
      const journeys = spmf('data/paths/spmf', `${set}.spmf.txt${set === 'kosarak10k' ? '' : '.gz'}`);
      for (const [gap, figures] of Object.entries(rows)) expect([name, gap, summary(journeys, Number(minCount), { maxGap: { steps: Number(gap) } })]).toEqual([name, gap, figures]);
    }
  }, 60_000);
});

describeWithShared('sequence rules, as many as SPMF finds', ['data/paths/spmf/kosarak10k.spmf.txt', 'data/paths/spmf/bms1.spmf.txt.gz'], () => {
  it('with RuleGrowth, and with the window of TRuleGrowth', () => {
    const kosarak = spmf('data/paths/spmf/kosarak10k.spmf.txt');
    const bms = spmf('data/paths/spmf/bms1.spmf.txt.gz');
    expect(sequenceRules(kosarak, { minSupport: 0.005, minConfidence: 0.3 }).found).toBe(756);
    expect(sequenceRules(kosarak, { minSupport: 0.005, minConfidence: 0.3, window: { steps: 3 } }).found).toBe(56);
    expect(sequenceRules(bms, { minSupport: 0.001, minConfidence: 0.5 }).found).toBe(1148);
    expect(sequenceRules(bms, { minSupport: 0.001, minConfidence: 0.5, window: { steps: 3 } }).found).toBe(107);
    expect(sequenceRules(spmf('data/paths/spmf/leviathan.spmf.txt.gz'), { minSupport: 0.05, minConfidence: 0.6 }).found).toBe(387);
    expect(sequenceRules(spmf('data/paths/spmf/sign.spmf.txt'), { minSupport: 0.5, minConfidence: 0.6 }).found).toBe(398);
  }, 60_000);
});
