import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { auditLeakage } from '../../src/evaluation/auditLeakage.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode as code } from '../errorCode.js';

/** 400 customers, one in four leaves, and nothing but `tenure` has a little to do with it. */
function customers(): { tenure: number; plan: string; spend: number; left: string }[] {
  const random = createRandom(4);
  return Array.from({ length: 400 }, () => {
    const tenure = random.integer(60);
    return { tenure, plan: ['basic', 'gold'][random.integer(2)]!, spend: Math.round(1e4 * random.uniform()) / 100, left: random.uniform() < (tenure < 20 ? 0.4 : 0.15) ? 'yes' : 'no' };
  });
}
const clean = customers();
const kinds = (rows: readonly object[], more: object = {}): [string, readonly string[]][] => auditLeakage(rows as never, { target: 'left', ...more } as never).findings.map(({ kind, columns }) => [kind, columns]);

describe('auditLeakage', () => {
  it('finds nothing where nothing leaks, and ranks the columns by what they tell alone', () => {
    const { findings, features } = auditLeakage(clean, { target: 'left' });
    expect(findings).toEqual([]);
    expect(features.map(({ feature }) => feature)[0]).toBe('tenure');
    const labels = clean.map(({ left }) => Number(left === 'yes'));
    const alone = 1 - rocAuc(labels, clean.map(({ tenure }) => tenure));
    expect(features[0]!.auc.estimate).toBeGreaterThanOrEqual(alone);
    expect(features.every(({ auc }) => auc.lower <= auc.estimate && auc.estimate <= auc.upper)).toBe(true);
  });

  it('finds a column that foretells nearly perfectly, whichever way round and in whichever shape', () => {
    const of = (value: (isLeaver: boolean, i: number) => unknown): object[] => clean.map((row, i) => ({ ...row, leak: value(row.left === 'yes', i) }));
    expect(kinds(of((left, i) => (left ? -1 : 1) * (100 + (i % 50))))).toContainEqual(['foretells too well', ['leak']]);
    expect(kinds(of((left) => (left ? 'closed' : 'open')))).toContainEqual(['foretells too well', ['leak']]);
    // Both ends of the scale: no threshold tells it, bands do.
    expect(kinds(of((left, i) => (left ? (i % 2 ? 0 : 100) : 20 + (i % 60))))).toContainEqual(['foretells too well', ['leak']]);
    expect(kinds(of((left, i) => (left ? 2 + (i % 3) / 10 : 1 + (i % 3))), { threshold: 1 })).not.toContainEqual(['foretells too well', ['leak']]);
  });

  it('finds what is filled in only where the event happened', () => {
    const left = clean.filter((row) => row.left === 'yes');
    const some = new Set(left.slice(0, 30));
    const rows = clean.map((row) => ({ ...row, refund: some.has(row) ? 12.5 : null, reason: some.has(row) ? 'price' : row.tenure > 30 ? 'none' : 'unknown', called: some.has(row) }));
    const found = auditLeakage(rows, { target: 'left' }).findings.filter(({ kind }) => kind === 'occurs with the event only');
    expect(found.map(({ columns }) => columns[0])).toEqual(['refund', 'reason', 'called']);
    expect(found[1]!.text).toBe('column "reason" is "price" in 30 rows, all of them with the event: it may be filled in afterwards');
  });

  it('finds the mere presence of a reason, though no reason is frequent', () => {
    const some = new Set(clean.filter((row) => row.left === 'yes').slice(0, 30));
    const rows = clean.map((row, i) => ({ ...row, reason: some.has(row) ? `reason ${i % 7}` : null }));
    const found = auditLeakage(rows, { target: 'left' }).findings.filter(({ kind }) => kind === 'occurs with the event only');
    expect(found.map(({ text }) => text)).toEqual(['column "reason" has a value in 30 rows, all of them with the event: it may be filled in afterwards']);
  });

  it('does not take figures whose squares overflow for the same', () => {
    const rows = clean.map((row, i) => ({ ...row, a: ((i * 7) % 101) * 1e200, b: ((i * 13) % 97) * 1e200 }));
    expect(kinds(rows).filter(([kind]) => kind === 'says the same')).toEqual([]);
  });

  it('finds columns that say the same: in another unit, or under other names', () => {
    const rows = clean.map((row) => ({ ...row, cents: 100 * row.spend, group: row.plan === 'gold' ? 'B' : 'A', back: -row.tenure }));
    expect(kinds(rows).filter(([kind]) => kind === 'says the same').map(([, columns]) => columns)).toEqual([['tenure', 'back'], ['plan', 'group'], ['spend', 'cents']]);
  });

  it('finds dates after the moment of scoring, and rows that occur twice', () => {
    const dated = Frame.fromRows(clean.map((row, i) => ({ ...row, asOf: '2026-01-01', closed: i % 10 ? '2025-06-01' : '2026-02-01' })), { asOf: 'date', closed: 'date' });
    expect(kinds(dated.toRows(), { time: 'asOf' }).filter(([kind]) => kind === 'after the moment')).toEqual([['after the moment', ['closed']]]);
    expect(kinds([...clean, ...clean.slice(0, 40)])).toEqual([['repeated rows', []]]);
    // Of few coarse columns rows repeat by chance.
    expect(kinds(clean.map(({ plan, left }) => ({ plan, left })))).toEqual([]);
  });

  it('does not depend on the order of the columns, nor on missing targets', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['tenure', 'plan', 'spend'] as const, { minLength: 3 }), (order) => {
        const rows = clean.map((row) => Object.fromEntries([...order, 'left' as const].map((name) => [name, row[name]])));
        const found = auditLeakage(rows as never, { target: 'left' } as never).features;
        expect([...found].sort((a, b) => (a.feature < b.feature ? -1 : 1))).toEqual([...auditLeakage(clean, { target: 'left' }).features].sort((a, b) => (a.feature < b.feature ? -1 : 1)));
      }),
      { seed: 20261122, numRuns: 5 },
    );
    const more = [...clean, ...clean.slice(0, 50).map((row) => ({ ...row, left: null }))];
    expect(auditLeakage(more, { target: 'left' })).toEqual(auditLeakage(clean, { target: 'left' }));
  });

  it('refuses what cannot be', () => {
    expect(code(() => auditLeakage([], { target: 'left' } as never))).toBe('EMPTY_INPUT');
    expect(code(() => auditLeakage(clean, { target: 'lft' as never }))).toBe('UNKNOWN_COLUMN');
    expect(code(() => auditLeakage(clean.map((row) => ({ ...row, left: 'no' })), { target: 'left' }))).toBe('TARGET_CLASSES');
    expect(code(() => auditLeakage(clean, { target: 'left', threshold: 0.5 }))).toBe('INVALID_OPTION');
  });
});
