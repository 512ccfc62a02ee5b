import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import { evaluateNextEvent } from '../../src/paths/next/evaluateNextEvent.js';
import { describeWithShared, readGolden, sharedPath } from './shared.js';

const GOLDEN = 'golden/paths/golden.json';
type Hits = readonly [number, number];
type Baselines = Readonly<Record<string, { readonly n: number } & Readonly<Record<'0' | '1' | '2' | '3', Hits>>>>;

/** Sequences of SPMF as journeys; identifiers of equal length, so that names come in the order of numbers. */
function readJourneys(name: string): Journeys {
  const plain = sharedPath(`data/paths/spmf/${name}.spmf.txt`);
  const text = existsSync(plain) ? readFileSync(plain, 'utf8') : gunzipSync(readFileSync(`${plain}.gz`)).toString();
  const lines = text.split('\n').filter((line) => /^\d/.test(line));
  return Journeys.fromLists(lines.map((line) => line.split(' ').filter((token) => token !== '' && !token.startsWith('-')).map((token) => token.trim().padStart(9, '0'))));
}

describeWithShared('the last event of public sequences, foretold by the others', [GOLDEN, 'data/paths/spmf/sign.spmf.txt'], () => {
  const baselines = readGolden<{ nextEvent_lastEventHoldout_top1_top5: Baselines }>(GOLDEN).nextEvent_lastEventHoldout_top1_top5;

  // The two smallest and the fastest; bench/cases/nextEvent.mjs does all.
  it.each(['sign', 'bms1', 'msnbc'])('%s: single orders hit as often as in the reference, and together they hit oftener than any', (name) => {
    const { n, ...byOrder } = baselines[name]!;
    const { events, model, orders, popularity } = evaluateNextEvent(readJourneys(name));
    expect(events).toBe(n);
    const hitsOf = ({ hit1, hit5 }: { hit1: number; hit5: number }): Hits => [Math.round(hit1 * n), Math.round(hit5 * n)];
    for (const [order, hits] of Object.entries(byOrder)) expect(hitsOf(orders[Number(order)]!), `order ${order}`).toEqual(hits);
    const [first, five] = hitsOf(model);
    expect(first).toBeGreaterThan(Math.max(...orders.map((figures) => hitsOf(figures)[0])));
    expect(five).toBeGreaterThan(Math.max(...orders.map((figures) => hitsOf(figures)[1])));
    expect(model.logLoss).toBeLessThan(0.85 * popularity.logLoss);
  });
});
