import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import type { JourneyList } from '../../src/paths/journeys/journeysOfLists.js';
import type { MinedSequences } from '../../src/paths/sequences/minedSequences.js';
import { mineSequences } from '../../src/paths/sequences/mineSequences.js';
import { describeWithShared, readGolden, sharedPath } from './shared.js';

interface Row {
  readonly minsupAbs: number;
  readonly frequent: number;
  readonly closed: number;
  readonly maximal: number;
  readonly generatorsNonEmptySupLtN: number;
  readonly maxLen: number;
  readonly sumSupport: number;
  readonly byLength: Readonly<Record<string, number>>;
}
type Golden = { readonly counts: Readonly<Record<string, Readonly<Record<string, Row>>>>; readonly topkThreshold_supportOfKthPattern: Readonly<Record<string, Readonly<Record<string, number>>>> };

const GOLDEN = 'golden/paths/golden.json';
const FILES = { sign: 'sign.spmf.txt', bms1: 'bms1.spmf.txt.gz', kosarak10k: 'kosarak10k.spmf.txt', leviathan: 'leviathan.spmf.txt.gz', msnbc: 'msnbc.spmf.txt.gz', foodmart: 'foodmart.spmf.txt.gz' };
type Name = keyof typeof FILES;

const textOf = (path: string): string => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)).toString() : readFileSync(path, 'utf8'));
const loaded = new Map<string, Journeys>();

/** Sequences in the format of SPMF: -1 ends a step, -2 the journey; times in <> are left away. */
function journeysOf(path: string): Journeys {
  let journeys = loaded.get(path);
  if (journeys === undefined) {
    const lists = textOf(sharedPath(path)).split('\n').filter((line) => line.trim() !== '').map((line): JourneyList => line.split('-2')[0]!.split('-1').map((step) => step.trim().split(/\s+/).filter((item) => item !== '' && !item.startsWith('<'))).filter((step) => step.length > 0));
    loaded.set(path, (journeys = Journeys.fromLists(lists)));
  }
  return journeys;
}
const dataOf = (name: Name): Journeys => journeysOf(`data/paths/spmf/${FILES[name]}`);

/** Paths as the lists of SPMF have them; items of a step in the order of numbers. */
const linesOf = (found: MinedSequences): string[] =>
  found.slice().map(({ steps, count }) => `${steps.map((step) => step.slice().sort((a, b) => Number(a) - Number(b)).join(' ')).join(' -1 ')} -1 #SUP: ${count}`).sort();

const ROWS: readonly (readonly [Name, string])[] = [['sign', '0.5'], ['sign', '0.3'], ['bms1', '0.001'], ['bms1', '0.0008'], ['kosarak10k', '0.01'], ['kosarak10k', '0.005'], ['kosarak10k', '0.002'], ['leviathan', '0.1'], ['leviathan', '0.05'], ['msnbc', '0.05']];
const LISTS: readonly (readonly [Name, string, 'frequent' | 'closed' | 'maximal', string])[] = [
  ['bms1', '0.001', 'frequent', 'all'], ['bms1', '0.001', 'closed', 'closed'], ['bms1', '0.001', 'maximal', 'maximal'], ['kosarak10k', '0.002', 'closed', 'closed'], ['kosarak10k', '0.002', 'maximal', 'maximal'],
  ['kosarak10k', '0.005', 'frequent', 'all'], ['leviathan', '0.05', 'frequent', 'all'], ['leviathan', '0.05', 'closed', 'closed'], ['msnbc', '0.05', 'frequent', 'all'], ['sign', '0.3', 'frequent', 'all'],
  ['foodmart', '0.001', 'frequent', 'all'], ['foodmart', '0.001', 'maximal', 'maximal'],
];

describeWithShared('mineSequences against SPMF', [GOLDEN, ...Object.values(FILES).map((file) => `data/paths/spmf/${file}`)], () => {
  const golden = readGolden<Golden>(GOLDEN);

  it.each(ROWS)('%s at %s: counts, sums of supports, lengths, closed, maximal, generators', (name, share) => {
    const row = golden.counts[name]![share]!;
    const found = mineSequences(dataOf(name), { minSupport: Number(share), patterns: 'frequent' });
    expect(found.minCount).toBe(row.minsupAbs);
    const byLength: Record<string, number> = {};
    let sum = 0;
    for (const { steps, count } of found) {
      byLength[steps.flat().length] = (byLength[steps.flat().length] ?? 0) + 1;
      sum += count;
    }
    expect({ frequent: found.size, sum, byLength, longest: Math.max(...Object.keys(byLength).map(Number)) }).toEqual({ frequent: row.frequent, sum: row.sumSupport, byLength: row.byLength, longest: row.maxLen });
    const sizes = (['closed', 'maximal', 'generators'] as const).map((patterns) => mineSequences(dataOf(name), { minSupport: Number(share), patterns }).size);
    expect(sizes).toEqual([row.closed, row.maximal, row.generatorsNonEmptySupLtN]);
  });

  it.each(LISTS)('%s at %s, %s: the list, item by item', (name, share, patterns, file) => {
    const wanted = textOf(sharedPath(`golden/paths/${name}_${share}_${file}.txt.gz`)).split('\n').filter((line) => line !== '').sort();
    expect(linesOf(mineSequences(dataOf(name), { minSupport: Number(share), patterns })).join('\n') === wanted.join('\n')).toBe(true);
  });

  it.each([['sign', [10, 100, 1000]], ['bms1', [10, 100, 1000]], ['kosarak10k', [10, 100, 1000]], ['msnbc', [10, 100]], ['leviathan', [10, 100]], ['foodmart', [10, 100, 1000]]] as const)('the most frequent of %s: the count of the last', (name, tops) => {
    for (const top of tops) {
      const found = mineSequences(dataOf(name), { patterns: 'top', top });
      expect([top, found.minCount]).toEqual([top, golden.topkThreshold_supportOfKthPattern[name]![top]]);
      expect(found.size).toBeGreaterThanOrEqual(top);
      if (name === 'foodmart' && top === 10) expect(found.size).toBe(14);
    }
  });

  it.each([['contextClaSP', 2, [27, 5, 2, 8]], ['contextSpade', 2, [18, 4, 2, 5]], ['contextPrefixSpan', 2, [53, 17, 10, 23]]] as const)('%s at %s', (name, minCount, sizes) => {
    const journeys = journeysOf(`data/paths/textbook/${name}.txt`);
    const found = (['frequent', 'closed', 'maximal', 'generators'] as const).map((patterns) => mineSequences(journeys, { minCount, patterns }).slice());
    expect(found.map((paths, kind) => (kind < 3 ? paths : paths.filter(({ support }) => support < 1)).length)).toEqual(sizes);
  });
});
