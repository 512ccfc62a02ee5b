import type { Estimate } from '../../numeric/estimate.js';
import type { MarkovOrderTrial } from './chooseOrder.js';
import type { StoredWaits } from './waitQuantiles.js';

/** One table as it is stored; see PathTable. */
export interface StoredTable {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly n: readonly number[];
  readonly days: readonly number[] | null;
}

/** How a {@link MarkovPaths} came about. */
export interface MarkovReport {
  /** The orders tried, the one taken among them. */
  readonly tried: readonly MarkovOrderTrial[];
  /** What chose the order; 'given' where the caller did. */
  readonly chosenBy: 'given' | 'bic' | 'aic' | 'heldOut';
  /** Customers with a step: the sum of their weights. */
  readonly customers: number;
  /** Steps predicted, ends among them where they are final: the sum of their weights. */
  readonly moves: number;
}

/** What a {@link MarkovPaths} is made of. */
export interface MarkovState {
  readonly states: readonly string[];
  readonly absorbing: readonly string[];
  readonly ends: 'open' | 'final';
  readonly order: number;
  readonly prior: number;
  readonly tables: readonly StoredTable[];
  readonly waits: StoredWaits | null;
  readonly report: MarkovReport;
}

/**
 * Days of waiting: the share in the name has moved by then; null where fewer ever did while observed. Each is the first wait by which the share had moved (the inverse of the
 * distribution function, type 1 of Hyndman and Fan, 1996), as survival curves are read; those of `ElapsedDays` lie between two (type 7).
 */
export interface WaitDays {
  /** A tenth waited so many days or fewer. */
  readonly p10: number | null;
  /** A quarter waited so many or fewer. */
  readonly p25: number | null;
  /** Half waited so many or fewer. */
  readonly median: number | null;
  /** Three quarters waited so many or fewer. */
  readonly p75: number | null;
  /** Nine tenths waited so many or fewer. */
  readonly p90: number | null;
}

/** One state that may come next. */
export interface NextState {
  /** What may come next. */
  readonly state: string;
  /** In [0, 1]. */
  readonly probability: number;
  /** Mean days until then, 0 for the first step of a journey; null without times, and for the end. */
  readonly expectedDays: number | null;
}

/** One move from a state to the next. */
export interface MarkovTransition {
  /** The state before. */
  readonly from: string;
  /** The state after. */
  readonly to: string;
  /** How often: a sum of weights. */
  readonly n: number;
  /** The chance of it, with Wilson's interval. */
  readonly probability: Estimate;
  /** Mean days; null without times, and to the end. */
  readonly meanDays: number | null;
  /** Days until it, among those who move so; null without times, and to the end. */
  readonly waitDays: WaitDays | null;
}

/** How long a state lasts. */
export interface MarkovSojourn {
  /** The state waited in. */
  readonly state: string;
  /** Moves from it to a next step. */
  readonly n: number;
  /** Customers still in it when observation ended, who count as censored; where ends are final, those who ended in it, who count as never. */
  readonly open: number;
  /** Days until the next step, whichever; null without times. */
  readonly waitDays: WaitDays | null;
}

/** Coming to one absorbing state. */
export interface AbsorptionOutcome {
  /** Where it ends. */
  readonly state: string;
  /** The chance to end there. */
  readonly probability: number;
  /** Steps until then, of those who do; null where nobody can. */
  readonly expectedSteps: number | null;
  /** Days until then, of those who do; null where nobody can, and without times. */
  readonly expectedDays: number | null;
}

/** How journeys that go on from a history end. */
export interface Absorption {
  /** One per absorbing state, in their order. */
  readonly outcomes: readonly AbsorptionOutcome[];
  /** The chance to go round for ever. */
  readonly neverProbability: number;
  /** Steps until the end, of those who come to one; null where nobody can. */
  readonly expectedSteps: number | null;
  /** Days until the end, of those who come to one; null where nobody can, and without times. */
  readonly expectedDays: number | null;
}

/** When a state is first reached. */
export interface FirstPassage {
  /** At `i` the chance to have reached it within `i + 1` steps. */
  readonly within: Float64Array;
  /** Steps by which each share of all has reached it; null where fewer have within the steps asked for. */
  readonly steps: WaitDays;
}
