import { describe, expect, it } from 'vitest';
import { bestSet, setRoom } from '../../../src/numeric/allocation/bestSet.js';
import { createRandom } from '../../../src/numeric/random.js';

describe('bestSet', () => {
  it('takes the best that go together, also where the greedy choice does not', () => {
    // 5 excludes both 4 and 3, which are worth 7 together.
    const conflicts = Uint8Array.of(0, 1, 1, 1, 0, 0, 1, 0, 0);
    const room = setRoom(3, 2);
    expect(bestSet(Float64Array.of(5, 4, 3), 2, conflicts, room)).toBe(7);
    expect([...room.chosen]).toEqual([1, 2]);
    expect(bestSet(Float64Array.of(8, 4, 3), 2, conflicts, room)).toBe(8);
    expect([...room.chosen]).toEqual([0, -1]);
  });

  it('takes nothing that is worth nothing', () => {
    const room = setRoom(3, 3);
    expect(bestSet(Float64Array.of(0, -1, NaN), 3, null, room)).toBe(0);
    expect([...room.chosen]).toEqual([-1, -1, -1]);
  });

  it('equals the best of all sets for random conflicts', () => {
    const random = createRandom(5);
    for (let trial = 0; trial < 100; trial++) {
      const size = 1 + random.integer(7);
      const width = 1 + random.integer(size);
      const worths = Float64Array.from({ length: size }, () => 10 * random.uniform() - 3);
      const conflicts = new Uint8Array(size * size);
      for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) conflicts[a * size + b] = conflicts[b * size + a] = random.uniform() < 0.3 ? 1 : 0;
      let best = 0;
      for (let set = 0; set < 2 ** size; set++) {
        const members = [...worths.keys()].filter((k) => (set >> k) & 1);
        if (members.length > width || members.some((a) => members.some((b) => conflicts[a * size + b] === 1))) continue;
        best = Math.max(best, members.reduce((sum, k) => sum + worths[k]!, 0));
      }
      expect(bestSet(worths, width, conflicts, setRoom(size, width))).toBeCloseTo(best, 12);
    }
  });
});
