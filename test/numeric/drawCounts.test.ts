import { expect, it } from 'vitest';
import { drawCounts } from '../../src/numeric/drawCounts.js';
import { createRandom } from '../../src/numeric/random.js';

it('draws n of n with replacement, everybody alike, the same by seed', () => {
  const counts = new Uint8Array(50);
  const totals = new Float64Array(50);
  const random = createRandom(1);
  let never = 0;
  for (let sample = 0; sample < 2000; sample++) {
    drawCounts(random, counts);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
    counts.forEach((count, i) => {
      totals[i]! += count;
      if (count === 0) never++;
    });
  }
  // 2000 each with standard deviation 44; (1 - 1/50)^50 are never drawn.
  expect(Math.min(...totals)).toBeGreaterThan(2000 - 4.5 * 44);
  expect(Math.max(...totals)).toBeLessThan(2000 + 4.5 * 44);
  expect(Math.abs(never / 100_000 - 0.98 ** 50)).toBeLessThan(0.008);
  const [first, second] = [new Uint8Array(1000), new Uint8Array(1000)];
  drawCounts(createRandom(7), first);
  drawCounts(createRandom(7), second);
  expect(first).toEqual(second);
});
