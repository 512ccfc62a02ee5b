import { createRandom } from '../../../src/numeric/random.js';
import { normalSurvival } from '../../../src/numeric/normal.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';

/** Two periods of a simulated company, in which the probability of capture is known. */
export interface World {
  readonly rows: { id: string; satisfaction: number; visits: number; plan: string; dip: number }[];
  readonly potentials: { customers: string[]; present: Float64Array; potential: Float64Array; potentialLower: Float64Array; potentialUpper: Float64Array };
  readonly later: Float64Array;
  /** The true P(later - present >= .2 * headroom | all that is known beforehand). */
  readonly truth: Float64Array;
}

/**
 * Usual spend S0 of a wallet W; the present is a noisy year of it, so that a bad year (dip below 0) comes back by itself. The customer is won with probability
 * q (satisfaction, visits, plan), and moves half of the gap then; the later year has noise of its own.
 */
export function simulateWorld(count: number, seed = 7, noise = 0.08): World {
  const random = createRandom(seed);
  const potentials = { customers: [] as string[], present: new Float64Array(count), potential: new Float64Array(count), potentialLower: new Float64Array(count), potentialUpper: new Float64Array(count) };
  const [later, truth] = [new Float64Array(count), new Float64Array(count)];
  const rows = Array.from({ length: count }, (_, i) => {
    const wallet = Math.exp(6 + 0.8 * random.normal());
    const usual = wallet * (0.1 + 0.7 * random.uniform());
    const year = noise * random.normal();
    const present = usual * Math.exp(year);
    const potential = Math.max(wallet, 1.02 * present);
    const satisfaction = random.normal();
    const visits = random.integer(10);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const q = sigmoid(-1.4 + 1.1 * satisfaction + 0.15 * (visits - 4.5) + (plan === 'gold' ? 0.9 : 0));
    const moved = usual + 0.5 * (wallet - usual);
    const isWon = random.uniform() < q;
    const next = (isWon ? moved : usual) * Math.exp(noise * random.normal());
    const aim = Math.log(present + 0.2 * (potential - present));
    truth[i] = q * normalSurvival((aim - Math.log(moved)) / noise) + (1 - q) * normalSurvival((aim - Math.log(usual)) / noise);
    later[i] = next;
    potentials.customers.push(`c${i}`);
    potentials.present[i] = present;
    potentials.potential[i] = potential;
    potentials.potentialLower[i] = present + 0.7 * (potential - present);
    potentials.potentialUpper[i] = present + 1.4 * (potential - present);
    return { id: `c${i}`, satisfaction, visits, plan, dip: year };
  });
  return { rows, potentials, later, truth };
}
