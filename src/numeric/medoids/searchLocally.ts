import type { Random } from '../random.js';

/** A solution that improves in place up to a local optimum. */
export interface LocalSearch<Solution> {
  /** What the solution costs. */
  readonly cost: number;
  /** Goes on while steps make it cheaper; may give up where it sees no way below `cost`. */
  improve(cost: number): void;
  /** Puts some part of it elsewhere by chance. */
  kick(random: Random): void;
  save(): Solution;
  restore(solution: Solution): void;
}

/**
 * The best of `tries` local optima, in `search` itself: each further one begins at the best so far, kicked (iterated local search; Lourenço, Martin and
 * Stützle, 2003): far fewer are needed than from scratch. `step` is told of each, and says whether to go on; returns whether it always did.
 */
export function searchLocally<Solution>(search: LocalSearch<Solution>, tries: number, random: Random, step: (done: number, cost: number) => boolean): boolean {
  search.improve(Infinity);
  let best = search.save();
  let { cost } = search;
  for (let tried = 1; step(tried, cost); tried++) {
    if (tried >= tries) return true;
    search.kick(random);
    search.improve(cost);
    // What rounding makes of nothing is no gain.
    if (search.cost < cost * (1 - 1e-12)) {
      best = search.save();
      ({ cost } = search);
    } else search.restore(best);
  }
  return false;
}
