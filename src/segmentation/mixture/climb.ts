/** One step of EM: what is maximised (the log-likelihood, less a penalty) at the parameters given, and better ones. */
export interface Step<Params> {
  readonly objective: number;
  readonly next: Params;
}

/** Where a climb of EM ended. */
export interface Climb<Params> {
  readonly params: Params;
  /** Of these parameters. */
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** What a long fit reports: climbs done of all, and the log-likelihood reached; false stops it. */
export type MixtureProgress = (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;

/** The parameters as lists of numbers, and back; null where such numbers are no parameters. */
export interface Coordinates<Params> {
  readonly toLists: (params: Params) => readonly ArrayLike<number>[];
  readonly fromLists: (lists: readonly Float64Array[]) => Params | null;
}

/**
 * Repeats EM steps until what further steps are expected to gain is at most `tolerance`, or until told to stop. Every second step is prolonged as far as
 * the change from one step to the next suggests (SQUAREM: Varadhan and Roland, 2008), unless that helps nothing: EM alone creeps where segments overlap.
 */
export function climb<Params>(step: (params: Params) => Step<Params>, coordinates: Coordinates<Params>, start: Params, most: number, tolerance: number, goOn: (objective: number) => boolean): Climb<Params> {
  let params = start;
  let at = step(params);
  let longest = 4;
  for (let iterations = 1; ; ) {
    const open = goOn(at.objective);
    if (!open || iterations >= most) return { params, objective: at.objective, iterations, converged: false };
    const last = params;
    params = at.next;
    const one = step(params);
    iterations++;
    const gain = one.objective - at.objective;
    const { reach, lists } = leap(coordinates, last, params, one.next, longest);
    // Written so that NaN ends it too.
    if (!(gain > 1e-13 * Math.abs(one.objective)) || gain * reach <= tolerance) return { params, objective: one.objective, iterations, converged: true };
    at = one;
    const far = lists === null || iterations >= most ? null : coordinates.fromLists(lists);
    if (far === null) continue;
    const beyond = step(far);
    iterations++;
    const helps = beyond.objective > one.objective;
    longest = helps ? longest * 2 : Math.max(2, longest / 4);
    if (!helps) continue;
    params = far;
    at = beyond;
  }
}

/** How many steps the next ones are worth together, and where they lead; null where they are worth none. */
function leap<Params>({ toLists }: Coordinates<Params>, zero: Params, one: Params, two: Params, longest: number): { reach: number; lists: Float64Array[] | null } {
  const [a, b, c] = [toLists(zero), toLists(one), toLists(two)];
  let moved = 0;
  let turned = 0;
  let along = 0;
  a.forEach((list, l) => {
    for (let i = 0; i < list.length; i++) {
      const r = b[l]![i]! - list[i]!;
      const v = c[l]![i]! - b[l]![i]! - r;
      moved += r * r;
      turned += v * v;
      along += r * v;
    }
  });
  const steps = Math.sqrt(moved / turned);
  const length = Math.min(steps, longest);
  const lists = length > 1 ? a.map((list, l) => Float64Array.from(list, (x, i) => x + 2 * length * (b[l]![i]! - x) + length * length * (c[l]![i]! - 2 * b[l]![i]! + x))) : null;
  // Steps that grow have no end in sight.
  return { reach: along < 0 ? Math.max(1, steps) : turned > 0 ? Infinity : 1, lists };
}

/** Climbs from many starts. */
export interface ClimbSearch<Params> {
  readonly starts: number;
  readonly coordinates: Coordinates<Params>;
  readonly start: (index: number) => Params;
  /** On a sample, where rows are many: trials are judged on it. */
  readonly trial: (params: Params) => Step<Params>;
  /** On all rows; the same as `trial` where there is no sample. */
  readonly step: (params: Params) => Step<Params>;
  /** Whether the end of a climb may be given as the answer. */
  readonly isSound: (params: Params) => boolean;
  /** How many trials are climbed on, the best first; twice as many while none is sound. */
  readonly finalists: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly goOn: (done: number, objective: number) => boolean;
}

/** Of the weight of the rows: what further steps may still add to the log-likelihood. */
export const TOLERANCE = 2e-8;
/** Steps of a trial by round; after each the better half goes on. */
const ROUNDS = [6, 8, 12];
/** Finalists are compared when a step adds no more than so many tolerances, and so many of them are climbed to the top. */
const LOOSE = 300;
const WINNERS = 2;

/**
 * The best sound climb of many: short ones from every start (Biernacki, Celeux and Govaert, 2003), the better half of which goes on, round after round; then the
 * best nearly to the top, and the best of those to it. Null when none is sound.
 */
export function searchClimbs<Params>({ starts, coordinates, start, trial, step, isSound, finalists, tolerance, maxIterations, goOn }: ClimbSearch<Params>): Climb<Params> | null {
  const state = { done: 0, open: true };
  const watch = (objective: number): boolean => (state.open = goOn(state.done, objective));
  const goUp = (from: Climb<Params>, by: ClimbSearch<Params>['step'], most: number, least: number): Climb<Params> => {
    const end = climb(by, coordinates, from.params, most, least, watch);
    return { ...end, iterations: from.iterations + end.iterations };
  };
  let trials: Climb<Params>[] = [];
  for (; state.done < starts && state.open; state.done++) trials.push(climb(trial, coordinates, start(state.done), ROUNDS[0]!, tolerance, watch));
  for (const steps of ROUNDS.slice(1)) {
    trials = trials.sort(byObjective).slice(0, Math.max(finalists, trials.length >> 1));
    if (state.open) trials = trials.map((from) => (from.converged ? from : goUp(from, trial, steps, tolerance)));
  }
  const sound: Climb<Params>[] = [];
  let tried = 0;
  for (const from of apart(trials, 100 * tolerance)) {
    if (tried > 0 && !state.open) break;
    if (tried++ >= (sound.length > 0 ? finalists : 2 * finalists)) break;
    const end = goUp(from, trial, maxIterations, LOOSE * tolerance);
    state.done = Math.min(state.done + 1, starts + finalists - 1);
    if (isSound(end.params)) sound.push(end);
  }
  const winners: Climb<Params>[] = [];
  for (const from of apart(sound, 100 * tolerance)) {
    if (winners.length >= WINNERS || (winners.length > 0 && !state.open)) break;
    const end = goUp(from, step, maxIterations, tolerance);
    if (isSound(end.params)) winners.push(end);
  }
  return winners.sort(byObjective)[0] ?? null;
}

/** The best first; what came as far as the one before has most likely come to the same place, and is left out. */
function apart<Params>(climbs: readonly Climb<Params>[], least: number): Climb<Params>[] {
  let last = Infinity;
  return climbs.slice().sort(byObjective).filter(({ objective }) => {
    if (last - objective < least) return false;
    last = objective;
    return true;
  });
}

function byObjective(a: Climb<unknown>, b: Climb<unknown>): number {
  return b.objective - a.objective || 0;
}
