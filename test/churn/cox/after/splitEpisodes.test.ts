import { describe, expect, it } from 'vitest';
import { splitEpisodes } from '../../../../src/churn/cox/after/splitEpisodes.js';

const ROWS = [{ id: 'a', t: 5, left: 'no', x: 1 }, { id: 'b', t: 12, left: 'yes', x: 2 }, { id: 'c', t: 6, left: 'yes', x: 3 }];

describe('splitEpisodes', () => {
  it('cuts at times for all; a row that ends at a cut is not cut there', () => {
    const frame = splitEpisodes(ROWS, { duration: 't', event: 'left', at: [9, 6, 6] });
    expect(frame.names).toEqual(['id', 't', 'left', 'x', 'event', 'entry', 'episode'].filter((name) => name !== 'event'));
    expect(frame.toRows().map(({ id, entry, t, left, episode, x }) => [id, entry, t, left, episode, x])).toEqual([
      ['a', 0, 5, 0, 0, 1], ['b', 0, 6, 0, 0, 2], ['b', 6, 9, 0, 1, 2], ['b', 9, 12, 1, 2, 2], ['c', 0, 6, 1, 0, 3],
    ]);
  });

  it('counts episodes from the first cut, for rows that enter after it too', () => {
    const late = splitEpisodes([{ from: 7, t: 10 }, { from: 6, t: 8 }, { from: 2, t: 9 }], { duration: 't', entry: 'from', at: [6], episode: 'part' });
    expect(late.toRows()).toEqual([
      { from: 7, t: 10, event: 1, part: 1 }, { from: 6, t: 8, event: 1, part: 1 }, { from: 2, t: 6, event: 0, part: 0 }, { from: 6, t: 9, event: 1, part: 1 },
    ]);
  });

  it('cuts each row at a time of its own', () => {
    const rows = [{ t: 5, left: 1, upgrade: 2 }, { t: 5, left: 0, upgrade: null }, { t: 5, left: 1, upgrade: 8 }, { t: 5, left: 1, upgrade: 0 }];
    const pieces = splitEpisodes(rows, { duration: 't', event: 'left', at: 'upgrade', episode: 'upgraded' }).toRows();
    expect(pieces.map(({ entry, t, left, upgraded }) => [entry, t, left, upgraded])).toEqual([[0, 2, 0, 0], [2, 5, 1, 1], [0, 5, 0, 0], [0, 5, 1, 0], [0, 5, 1, 1]]);
  });

  it('leaves rows as they are without cuts', () => {
    expect(splitEpisodes(ROWS, { duration: 't', event: 'left', eventValue: 'no', at: [] }).toRows().map(({ t, left }) => [t, left])).toEqual([[5, 1], [12, 0], [6, 0]]);
  });

  it('names what it cannot take', () => {
    expect(() => splitEpisodes(ROWS, { duration: 't', at: [1], episode: 'x' })).toThrow(/would make a column "x", found one of that name/);
    expect(() => splitEpisodes([{ t: 1, entry: 0 }], { duration: 't', at: [1] })).toThrow(/a column "entry".*name it in the option entry/);
    expect(() => splitEpisodes(ROWS, { duration: 't', at: [Infinity] })).toThrow(/at as a finite number/);
    expect(() => splitEpisodes(ROWS, { duration: 't', at: 6 as unknown as number[] })).toThrow(/at as times, or as the name of a column/);
    expect(() => splitEpisodes(ROWS, { duration: 't', at: 'upgraded' as 'x' })).toThrow(/upgraded/);
  });
});
