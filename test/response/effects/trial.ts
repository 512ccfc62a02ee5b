import fc from 'fast-check';
import { createRandom, shuffle } from '../../../src/numeric/random.js';

/** A small trial: outcomes, arms, scores with many ties, whole weights. */
export interface SmallTrial {
  readonly outcomes: number[];
  readonly treated: number[];
  readonly scores: number[];
  readonly weights: number[];
}

const row = (outcome: fc.Arbitrary<number>): fc.Arbitrary<[number, number, number, number]> =>
  fc.tuple(outcome, fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 }));

const trialOf = (cells: readonly [number, number, number, number][], scale: number): SmallTrial => ({
  // Either arm has both outcomes, and the treated the better one.
  outcomes: [1, 0, 1, 0, ...cells.map(([y]) => y)].map((y) => y * scale),
  treated: [1, 1, 0, 0, ...cells.map(([, w]) => w)],
  scores: [0.8, 0.3, 0.3, 0.5, ...cells.map(([, , s]) => s / 10)],
  weights: [2, 1, 1, 2, ...cells.map(([, , , weight]) => weight)],
});

const some = (outcome: fc.Arbitrary<number>, scale: number): fc.Arbitrary<SmallTrial> =>
  fc.array(row(outcome), { minLength: 2, maxLength: 40 }).map((cells) => trialOf(cells, scale));

export const eventTrials = some(fc.integer({ min: 0, max: 1 }), 1);
export const amountTrials = some(fc.integer({ min: -3, max: 20 }), 2.5);

/** Runs a property over such trials with the seed of this suite. */
export function forTrials(check: (trial: SmallTrial) => void, trials: fc.Arbitrary<SmallTrial> = eventTrials, numRuns = 30): void {
  fc.assert(fc.property(trials, (trial) => {
    check(trial);
  }), { seed: 20261122, numRuns });
}

/** The same rows in another order. */
export function reordered(trial: SmallTrial, seed = 3): SmallTrial {
  const order = shuffle([...trial.scores.keys()], createRandom(seed));
  const by = (values: number[]): number[] => order.map((place) => values[place]!);
  return { outcomes: by(trial.outcomes), treated: by(trial.treated), scores: by(trial.scores), weights: by(trial.weights) };
}

/** Every row as often as its weight says. */
export function repeated({ outcomes, treated, scores, weights }: SmallTrial): SmallTrial {
  const often = (values: number[]): number[] => values.flatMap((value, i) => new Array<number>(weights[i]!).fill(value));
  return { outcomes: often(outcomes), treated: often(treated), scores: often(scores), weights: often(weights.map(() => 1)) };
}

/** A trial by lot of n customers: effect of x in [0, 1] on the chance of the event, over a baseline. */
export function simulate(n: number, seed: number, effect: (x: number) => number, baseline = 0.2): { readonly outcomes: Float64Array; readonly treated: Uint8Array; readonly x: Float64Array } {
  const random = createRandom(seed);
  const [outcomes, treated, x] = [new Float64Array(n), new Uint8Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    x[i] = random.uniform();
    treated[i] = random.uniform() < 0.5 ? 1 : 0;
    outcomes[i] = random.uniform() < baseline + treated[i]! * effect(x[i]!) ? 1 : 0;
  }
  return { outcomes, treated, x };
}

/** The error of a call. */
export function errorOf(call: () => unknown): { readonly code: string; readonly message: string } {
  try {
    call();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('nothing was thrown');
}
