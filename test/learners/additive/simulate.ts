import { createRandom } from '../../../src/numeric/random.js';

/** A customer whose log-odds of leaving are a curve, a line, levels, and (where asked) a product. */
export interface Leaver {
  readonly months: number;
  readonly spend: number | null;
  readonly plan: string;
  readonly region: string;
  readonly left: number;
}

/** The curve of `months`, from 0 to 40. */
export function curve(months: number): number {
  return 1.5 * Math.sin(months / 5);
}

/** Customers by those rules; spend is missing now and then, region says nothing. */
export function leavers(count: number, seed: number, together = 0): Leaver[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const months = random.integer(41);
    const spend = random.normal();
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const logOdds = -0.5 + curve(months) + 0.4 * spend + (plan === 'gold' ? -0.7 : 0) + (plan === 'silver' ? together * (months > 20 ? 1 : -1) : 0);
    return {
      months,
      spend: random.uniform() < 0.05 ? null : spend,
      plan,
      region: ['north', 'south', 'west'][random.integer(3)]!,
      left: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0,
    };
  });
}

/** Customers of whom nothing foretells who leaves. */
export function noise(count: number, seed: number): Record<string, number | string>[] {
  const random = createRandom(seed);
  const levels = ['a', 'b', 'c', 'd'];
  return Array.from({ length: count }, () => ({
    x0: random.normal(), x1: random.normal(), x2: random.uniform(), x3: Math.exp(random.normal()), x4: random.integer(5), x5: random.normal(),
    c0: levels[random.integer(4)]!, c1: levels[random.integer(2)]!, c2: levels[random.integer(3)]!, c3: levels[random.integer(4)]!,
    left: random.uniform() < 0.25 ? 1 : 0,
  }));
}
