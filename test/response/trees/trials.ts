import { isClientelaError } from '../../../src/errors.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';

/** A customer of a simulated trial. */
export interface Simulated {
  readonly visits: number;
  readonly age: number | null;
  readonly plan: string;
  readonly arm: string;
  readonly bought: number;
  /** What the treatment truly adds. */
  readonly truth: number;
}

/** A trial in which the treatment adds `effect` for customers of plan gold with more than five visits, and nothing for the others. */
export function simulate(count: number, seed: number, effect: number, arms: readonly string[] = ['none', 'mail']): Simulated[] {
  const random: Random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const visits = random.integer(12);
    const age = random.uniform() < 0.1 ? null : 20 + random.integer(60);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const arm = arms[random.integer(arms.length)]!;
    const truth = plan === 'gold' && visits > 5 ? effect : 0;
    const rate = 0.2 + 0.02 * visits + (arm === 'none' ? 0 : truth);
    return { visits, age, plan, arm, bought: random.uniform() < rate ? 1 : 0, truth };
  });
}

/** Pearson's correlation. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
    ab += (a[i]! - ma) * (b[i]! - mb);
  }
  return ab / Math.sqrt(aa * bb);
}

/** Code and message of the library's error that a call throws. */
export function errorOf(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'none', message: '' };
}
