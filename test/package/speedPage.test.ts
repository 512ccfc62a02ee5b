import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AREAS } from '../../bench/page/areas.mjs';
import { exponentOf, seriesOf, withPeers } from '../../bench/page/series.mjs';
import { comparisons, slowerTable, summary } from '../../bench/page/timesTable.mjs';
import { peerName, timeOf } from '../../bench/page/format.mjs';
import { pageFiles } from '../../bench/page/write.mjs';
import { newestLines } from '../../bench/results.mjs';

const root = join(import.meta.dirname, '../..');
const files: Record<string, string> = pageFiles();

describe('docs/speed.md', () => {
  it.each(Object.keys(files))('%s is what `node bench/run.mjs --page` makes of the stored results', (name) => {
    expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(files[name]);
  });

  it('has no plot that nothing shows', () => {
    expect(readdirSync(join(root, 'docs/speed')).map((name) => `speed/${name}`).sort()).toEqual(Object.keys(files).filter((name) => name !== 'speed.md').sort());
  });

  it('has a place for every case', () => {
    const placed = AREAS.flatMap(({ cases }) => cases);
    expect([...placed].sort()).toEqual(readdirSync(join(root, 'bench/cases')).map((file) => file.replace('.mjs', '')).sort());
  });

  it('tells in words what a plot shows', () => {
    const plots = Object.entries(files).filter(([name]) => name.endsWith('.svg'));
    expect(plots.length).toBeGreaterThan(0);
    for (const [, text] of plots) expect(text).toMatch(/<title id="t">[^<]+<\/title>\n<desc id="d">[^<]+ at [^<]+<\/desc>/);
  });
});

const line = (size: number, millis: number, rest: object = {}) => ({ case: 'rfm', what: 'scores', who: 'rfm', size, millis, note: '', run: 'a', ...rest });

describe('the figures of the page', () => {
  it('fits the exponent of a power law, and none to sizes too close together', () => {
    const points = [1000, 10_000, 80_000].map((size) => ({ size, millis: 3 * size ** 1.25 }));
    expect(exponentOf(points)).toBeCloseTo(1.25, 12);
    expect(exponentOf(points.slice(0, 1))).toBeUndefined();
    expect(exponentOf([{ size: 1000, millis: 1 }, { size: 3000, millis: 3 }])).toBeUndefined();
  });

  it('counts what is slower as slower, and nothing that was only quoted', () => {
    const peers = (millis: number, quoted = false) => ({ peers: [{ peer: 'pandas', millis, quoted }] });
    const series = seriesOf([line(1000, 1, peers(10)), line(10_000, 10, peers(5)), line(10_000, 7, { what: 'other', ...peers(14) }), line(10, 1, { what: 'third', ...peers(100, true) })]);
    const found = comparisons(series);
    expect(found.map(({ what, size, times }: { what: string; size: number; times: number }) => [what, size, times])).toEqual([['scores', 10_000, 2], ['other', 10_000, 0.5]]);
    expect(summary(found)).toContain('Of 2 comparisons');
    expect(summary(found)).toContain('faster in 1 and slower in 1');
    expect(slowerTable(found, () => ({ pandas: '2.3.3' }))).toContain('| rfm | scores | 10,000 | pandas 2.3.3 | 2.00× |');
  });

  it('gives a peer to the one line of ours that did the same, once', () => {
    const peer = (what: string, millis: number) => line(1000, millis, { what, who: 'pandas 2.3.3', isPeer: true });
    const told = { peers: [{ peer: 'pandas', millis: 9 }] };
    const lines = [line(1000, 1, { what: 'alone' }), peer('alone', 5), line(1000, 2, { what: 'told', ...told }), peer('told', 9), line(1000, 3, { what: 'two', who: 'a' }), line(1000, 4, { what: 'two', who: 'b' }), peer('two', 7), peer('none', 8)];
    expect(withPeers(lines).map(({ peers }: { peers: { millis: number }[] }) => peers.map(({ millis }) => millis))).toEqual([[5], [9], [], []]);
  });

  it('takes each case from the newest run that has it', () => {
    const runs = [{ file: 'a', results: [line(1, 1), line(1, 2, { case: 'frame' })] }, { file: 'b', results: [line(1, 3)] }];
    expect(newestLines(runs).map(({ case: name, millis, run }: { case: string; millis: number; run: string }) => [name, millis, run])).toEqual([['frame', 2, 'a'], ['rfm', 3, 'b']]);
  });

  it('writes times in three figures and peers with their versions', () => {
    expect([0.0841, 0.99951, 126.94, 999.6, 19_254].map(timeOf)).toEqual(['84.1 µs', '1.00 ms', '127 ms', '1.00 s', '19.3 s']);
    expect(peerName('scikit-learn HGB', { 'scikit-learn': '1.9.1' })).toBe('scikit-learn 1.9.1 HGB');
    expect(peerName('HiGHS', { scipy: '1.17.1' })).toBe('HiGHS (scipy 1.17.1)');
    expect(peerName('survreg 3.5.3', { survival: '3.5.3' })).toBe('survreg 3.5.3');
    expect(peerName('bare loop', {})).toBe('bare loop');
  });
});
