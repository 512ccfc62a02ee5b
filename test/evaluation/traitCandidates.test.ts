import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traitColumn } from '../../src/evaluation/traitCandidates.js';

const bands = (values: readonly number[], count = 3): readonly string[] => traitColumn('v', { kind: 'number', values: Float64Array.from(values) }, count)!.texts;
const dates = (values: readonly string[], count = 3): readonly string[] => traitColumn('v', { kind: 'date', values: Float64Array.from(values, (text) => Date.parse(text)) }, count)!.texts;
const from0 = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe('bands in words', () => {
  it('print whole numbers whole', () => {
    expect(bands(from0(9).map((i) => 1e9 + i))).toEqual(['v up to 1000000002', 'v 1000000003-1000000005', 'v from 1000000006']);
    expect(bands(from0(3).map((i) => 123456 + i))).toEqual(['v = 123456', 'v = 123457', 'v = 123458']);
  });

  it('print fractions exactly where few digits do', () => {
    expect(bands(from0(9).map((i) => 12345.67 + i / 100))).toEqual(['v up to 12345.69', 'v 12345.7-12345.72', 'v from 12345.73']);
  });

  it('print other fractions with the fewest digits that keep the edges apart', () => {
    expect(bands(from0(9).map((i) => (i + 1) / 7))).toEqual(['v up to 0.4286', 'v 0.5714-0.8571', 'v from 1']);
    expect(bands(from0(9).map((i) => 1 / 3 + i / 70000))).toEqual(['v up to 0.33336', 'v 0.33338-0.3334', 'v from 0.33342']);
  });

  it('name an edge that lies in its band, above everything in the one before', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }), { minLength: 9, maxLength: 40 }), (values) => {
        const edges = bands(values).flatMap((text) => text.replace(/^v (up to |from |= )?/, '').split(/(?<=\d)-/).map(Number));
        for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThanOrEqual(edges[i - 1]!);
        expect(new Set(bands(values)).size).toBe(bands(values).length);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('name days, and the time of day where edges share one', () => {
    expect(dates(from0(6).map((i) => `2026-01-0${i + 1}`))).toEqual(['v up to 2026-01-02', 'v 2026-01-03-2026-01-04', 'v from 2026-01-05']);
    expect(dates(from0(6).map((i) => `2026-01-01T1${i}:00Z`))[0]).toBe('v up to 2026-01-01T11:00');
  });
});
