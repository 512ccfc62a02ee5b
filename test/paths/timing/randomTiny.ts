import type { Random } from '../../../src/numeric/random.js';
import type { StepDistance, StepLimits } from '../../../src/paths/journeys/stepLimits.js';
import type { Tiny } from './allWays.js';

const DAY = 86_400_000;

/** A journey of up to 9 steps of a, b, c, days apart. */
export function randomTiny(random: Random, isTimed: boolean): Tiny {
  const length = random.integer(10);
  const steps = Array.from({ length }, () => ['a', 'b', 'c'].filter(() => random.uniform() < 0.35)).map((step) => (step.length > 0 ? step : ['abc'[random.integer(3)]!]));
  let day = 0;
  return { steps, times: isTimed ? steps.map(() => (day += 1 + random.integer(4)) * DAY) : null };
}

/** A path of 1 to 4 steps, mostly of one item. */
export function randomPath(random: Random): string[][] {
  return Array.from({ length: 1 + random.integer(4) }, () => {
    const first = 'abc'[random.integer(3)]!;
    const second = 'abc'[random.integer(3)]!;
    return random.uniform() < 0.2 && second !== first ? [first, second].sort() : [first];
  });
}

/** Some of the limits, those that contradict themselves put right. */
export function randomLimits(random: Random, isTimed: boolean): StepLimits {
  const draw = (most: number): StepDistance => (isTimed && random.uniform() < 0.5 ? { days: random.integer(2 * most) } : { steps: random.integer(most) });
  const limits: Record<string, StepDistance> = {};
  if (random.uniform() < 0.5) limits['maxGap'] = draw(4);
  if (random.uniform() < 0.4) limits['maxSpan'] = draw(8);
  for (const [min, max] of [['minGap', 'maxGap'], ['minSpan', 'maxSpan']] as const) {
    if (random.uniform() >= 0.4) continue;
    const least = draw(min === 'minGap' ? 3 : 6) as Record<string, number>;
    const most = limits[max] as Record<string, number> | undefined;
    const clash = most !== undefined && Object.keys(most)[0] === Object.keys(least)[0] && Object.values(least)[0]! > Object.values(most)[0]!;
    if (!clash) limits[min] = least as unknown as StepDistance;
  }
  return limits;
}
