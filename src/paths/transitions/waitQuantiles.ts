import { DAY_MILLIS } from '../../data/utcDays.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { PathMoves } from './countContexts.js';
import type { PathTable } from './pathTables.js';

/** The shares of {@link WaitDays}. */
export const WAIT_SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Waiting times as stored: five quantiles a state and a row of the first table, null where the curve does not come so far. */
export interface StoredWaits {
  /** Waits still open when observation ended. */
  readonly open: readonly number[];
  readonly states: readonly (number | null)[];
  readonly moves: readonly (number | null)[];
}

/**
 * Days until the next step, per state and per move from it. The gap still open at the end of a journey is censored (never over, where ends are final): each completed
 * wait weighs what the product-limit curve falls by at it (Kaplan and Meier, 1958), and among the moves of a state that is the incidence of Aalen and Johansen.
 */
export function waitQuantiles(moves: PathMoves, { from, to, rows }: PathTable, rowOf: Int32Array, journeys: JourneyColumns, absorbing: readonly string[], isFinal: boolean): StoredWaits {
  const { states } = moves;
  const stateCount = states.length - (isFinal ? 1 : 0);
  const isAbsorbing = Uint8Array.from(states, (state) => (absorbing.includes(state) ? 1 : 0));
  const perState = listWaits(moves, rowOf, journeys, isAbsorbing, isFinal);
  const open: number[] = [];
  const ofStates: (number | null)[] = [];
  const ofMoves = new Array<number | null>(5 * from.length).fill(null);
  states.forEach((_, state) => {
    const { waits, kinds, shares } = perState(state);
    const { masses, order, openWeight } = waitMasses(waits, kinds, shares);
    open.push(openWeight);
    ofStates.push(...quantiles(waits, order, masses, 1));
    // The waits of each move lie together, still ascending.
    const begin = rows[state]!;
    const starts = new Uint32Array(rows[state + 1]! - begin + 1);
    const totals = new Float64Array(starts.length);
    for (const kind of kinds) if (kind >= 0) starts[kind - begin + 1]!++;
    for (let k = 1; k < starts.length; k++) starts[k]! += starts[k - 1]!;
    const next = starts.slice();
    const dealt = new Uint32Array(starts[starts.length - 1]!);
    for (let i = 0; i < order.length; i++) {
      const k = kinds[order[i]!]! - begin;
      if (k < 0) continue;
      dealt[next[k]!++] = order[i]!;
      totals[k]! += masses[order[i]!]!;
    }
    for (let k = 0; k + 1 < starts.length; k++) {
      if (to[begin + k]! < stateCount) quantiles(waits, dealt.subarray(starts[k], starts[k + 1]), masses, totals[k]!).forEach((days, q) => (ofMoves[5 * (begin + k) + q] = days));
    }
  });
  return { open, states: ofStates, moves: ofMoves };
}

interface Waits {
  readonly waits: Float64Array;
  /** The row of the first table each ended with, -1 where it is open. */
  readonly kinds: Int32Array;
  readonly shares: Float64Array | null;
}

/** All waits, dealt to their states. */
function listWaits({ states, from, to, customer, gaps }: PathMoves, rowOf: Int32Array, { times, until, offsets, weights }: JourneyColumns, isAbsorbing: Uint8Array, isFinal: boolean): (state: number) => Waits {
  const end = isFinal ? states.length - 1 : -1;
  const isOpen = (m: number): boolean => (isFinal ? to[m] === end : isAbsorbing[to[m]!] === 0 && customer[m + 1] !== customer[m]);
  const starts = new Uint32Array(states.length + 2);
  for (let m = 0; m < to.length; m++) {
    if (from[m] !== states.length && to[m] !== end) starts[from[m]! + 1]!++;
    if (isOpen(m)) starts[(isFinal ? from : to)[m]! + 1]!++;
  }
  for (let state = 0; state < states.length; state++) starts[state + 1]! += starts[state]!;
  const next = starts.slice();
  const size = starts[states.length]!;
  const [waits, kinds, shares] = [new Float64Array(size), new Int32Array(size), weights && new Float64Array(size)];
  const add = (m: number, state: number, wait: number, kind: number): void => {
    const place = next[state]!++;
    waits[place] = wait;
    kinds[place] = kind;
    if (shares !== null) shares[place] = weights![customer[m]!]!;
  };
  for (let m = 0; m < to.length; m++) {
    if (from[m] !== states.length && to[m] !== end) add(m, from[m]!, gaps![m]!, rowOf[m]!);
    const c = customer[m]!;
    if (isOpen(m)) add(m, (isFinal ? from : to)[m]!, isFinal ? Infinity : Math.max(0, until![c]! - times![offsets[c + 1]! - 1]!), -1);
  }
  return (state) => {
    const [begin, stop] = [starts[state], starts[state + 1]];
    return { waits: waits.subarray(begin, stop), kinds: kinds.subarray(begin, stop), shares: shares && shares.subarray(begin, stop) };
  };
}

/** What the product-limit curve falls by at each wait, 0 for open ones. */
function waitMasses(waits: Float64Array, kinds: Int32Array, shares: Float64Array | null): { readonly masses: Float64Array; readonly order: Uint32Array; readonly openWeight: number } {
  const order = sortedOrder(waits);
  const masses = new Float64Array(waits.length);
  const shareOf = (i: number): number => (shares === null ? 1 : shares[i]!);
  let risk = 0;
  for (let i = 0; i < waits.length; i++) risk += shareOf(i);
  let [survival, openWeight] = [1, 0];
  for (let i = 0; i < order.length; ) {
    const wait = waits[order[i]!]!;
    let [fall, leaving] = [0, 0];
    for (; i < order.length && waits[order[i]!] === wait; i++) {
      const at = order[i]!;
      leaving += shareOf(at);
      if (kinds[at]! < 0) openWeight += shareOf(at);
      else fall += masses[at] = (survival * shareOf(at)) / risk;
    }
    survival -= fall;
    risk -= leaving;
  }
  return { masses, order, openWeight };
}

/** The first wait by which each share of the total has fallen, in days. */
function quantiles(waits: Float64Array, order: Uint32Array, masses: Float64Array, total: number): (number | null)[] {
  const found: (number | null)[] = WAIT_SHARES.map(() => null);
  let [sum, q] = [0, 0];
  // What rounding takes must not put a quantile one wait later.
  for (let i = 0; i < order.length && q < 5; i++) {
    sum += masses[order[i]!]!;
    while (q < 5 && sum >= WAIT_SHARES[q]! * total - 1e-12 && sum > 0) found[q++] = waits[order[i]!]! / DAY_MILLIS;
  }
  return found;
}
