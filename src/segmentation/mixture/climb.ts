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
  /** Ends of trials that are climbed to the top, the best first; twice as many while none is sound. */
  readonly finalists: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly goOn: (done: number, objective: number) => boolean;
}

/** Of the weight of the rows: what further steps may still add to the log-likelihood. */
export const TOLERANCE = 2e-8;
const TRIAL_ITERATIONS = 20;

/** The best sound climb of many: short ones from every start, then the best of them to the top (Biernacki, Celeux and Govaert, 2003); null when none is sound. */
export function searchClimbs<Params>({ starts, coordinates, start, trial, step, isSound, finalists, tolerance, maxIterations, goOn }: ClimbSearch<Params>): Climb<Params> | null {
  const state = { done: 0, open: true };
  const watch = (objective: number): boolean => (state.open = goOn(state.done, objective));
  const trials: Climb<Params>[] = [];
  for (; state.done < starts && state.open; state.done++) trials.push(climb(trial, coordinates, start(state.done), TRIAL_ITERATIONS, tolerance, watch));
  const sound: Climb<Params>[] = [];
  let last = Infinity;
  let tried = 0;
  const goUp = (from: Climb<Params>, by: ClimbSearch<Params>['step']): Climb<Params> => {
    const end = climb(by, coordinates, from.params, maxIterations, tolerance, watch);
    return { ...end, iterations: from.iterations + end.iterations };
  };
  for (const from of trials.sort(byObjective)) {
    // What came as far as the one before has most likely come to the same place.
    if (last - from.objective < 100 * tolerance) continue;
    if (tried > 0 && !state.open) break;
    if (tried++ >= (sound.length > 0 ? finalists : 2 * finalists)) break;
    last = from.objective;
    const end = goUp(from, trial);
    state.done = Math.min(state.done + 1, starts + finalists - 1);
    if (isSound(end.params)) sound.push(end);
  }
  sound.sort(byObjective);
  if (step === trial) return sound[0] ?? null;
  for (const from of sound) {
    const end = goUp(from, step);
    if (isSound(end.params)) return end;
  }
  return null;
}

function byObjective(a: Climb<unknown>, b: Climb<unknown>): number {
  return b.objective - a.objective || 0;
}
