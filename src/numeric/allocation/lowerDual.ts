import { limitsOf, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { dualPass, emptyPass, type DualPass } from './dualPass.js';
import { distanceOf, limiting, priceSystem, scales } from './dualSystem.js';
import { priceStep, steepest } from './priceStep.js';

/** How far to lower the dual function. */
export interface DualGoal {
  /** Smoothing to start from, in the unit of the values. */
  readonly from: number;
  /** Smoothing to stop at, whatever is reached. */
  readonly to: number;
  /** Stop when a plan and the bound are nearer than this share of the bound. */
  readonly tolerance: number;
  /** Stop when a stage lowered the bound by no more than this share of it; absent, only what is above stops it. */
  readonly enough?: number;
  /** Called after every look at the customers; false stops. */
  readonly onPass?: (bound: number) => boolean;
}

/** Prices and the bound they prove. */
export interface DualSolution {
  readonly prices: AllocationPrices;
  /** Prices at which the smoothed plan keeps the limits. */
  readonly smoothed: AllocationPrices;
  /** The last smoothing. */
  readonly smoothing: number;
  /** No allocation within the limits is worth more. */
  readonly bound: number;
  readonly passes: number;
  readonly stopped: boolean;
}

/**
 * Prices of the limits that bound every allocation most tightly: the minimum of the Lagrangian dual (Everett, 1963) by damped Newton steps on
 * its entropy smoothing, the smoothing lowered in stages. Any prices give a valid bound, so rounding and early stops cost tightness only.
 * Each pass is O(customers x actions); 20 to 60 of them.
 */
export function lowerDual(problem: AllocationProblem, start: AllocationPrices, goal: DualGoal): DualSolution {
  const descent = new Descent(problem, start, goal);
  for (let smoothing = goal.from; ; smoothing = Math.max(goal.to, smoothing * 0.25)) {
    const before = descent.bound;
    const distance = descent.stage(smoothing);
    const settled = goal.enough !== undefined && before - descent.bound <= goal.enough * Math.abs(descent.bound);
    if (!descent.stopped && !settled && distance > goal.tolerance && smoothing > goal.to) continue;
    const { prices, smoothed, bound, passes, stopped } = descent;
    return { prices, smoothed, smoothing, bound, passes, stopped };
  }
}

/** The state of a descent: where it is, and the tightest bound met on the way. */
class Descent {
  prices: AllocationPrices;
  smoothed: AllocationPrices;
  bound = Infinity;
  passes = 0;
  stopped = false;
  #pass: DualPass;
  #trial: DualPass;
  readonly #problem: AllocationProblem;
  readonly #goal: DualGoal;
  readonly #limits: Float64Array;
  readonly #free: readonly number[];
  readonly #units: Float64Array;
  readonly #floor: Float64Array;

  constructor(problem: AllocationProblem, start: AllocationPrices, goal: DualGoal) {
    this.#problem = problem;
    this.#goal = goal;
    this.#limits = limitsOf(problem);
    this.#free = limiting(this.#limits, problem.actionCount);
    ({ units: this.#units, floor: this.#floor } = scales(problem, this.#limits, goal.from));
    this.#pass = emptyPass(problem.actionCount);
    this.#trial = emptyPass(problem.actionCount);
    this.prices = start.slice();
    this.smoothed = this.prices;
  }

  /** Lowers the function of one smoothing as far as it goes; the distance of the smoothed plan from the bound, as a share of it. */
  stage(smoothing: number): number {
    let height = this.#look(this.smoothed, smoothing, this.#pass);
    let damping = 1e-3;
    let distance = Infinity;
    for (let step = 0; step < 25 && !this.stopped; step++) {
      const system = priceSystem(this.#pass, this.#limits, this.#free, this.#problem.actionCount);
      distance = distanceOf(this.#pass, system, this.smoothed, this.bound);
      if (steepest(system, this.smoothed, this.#units) < 1e-3 || damping > 1e12) break;
      const next = priceStep(system, this.smoothed, damping, this.#floor);
      const there = next === null ? Infinity : this.#look(next, smoothing, this.#trial);
      if (next === null || !(there <= height)) {
        damping *= 8;
        continue;
      }
      const gained = height - there;
      [this.#pass, this.#trial, this.smoothed, height] = [this.#trial, this.#pass, next, there];
      damping = Math.max(1e-9, damping / 8);
      if (gained <= Math.max(1e-13, 0.1 * (this.#goal.enough ?? 0)) * Math.abs(height)) break;
    }
    return distance;
  }

  #look(where: AllocationPrices, smoothing: number, pass: DualPass): number {
    dualPass(this.#problem, where, smoothing, pass);
    this.passes++;
    let offset = 0;
    for (const j of this.#free) offset += where[j]! * this.#limits[j]!;
    if (pass.exact + offset < this.bound) {
      this.prices = where;
      this.bound = pass.exact + offset;
    }
    if (this.#goal.onPass?.(this.bound) === false) this.stopped = true;
    return pass.smooth + offset;
  }
}

/** One Newton step from prices that are about right, by one pass and unproven. */
export function nextPrices(problem: AllocationProblem, prices: AllocationPrices, smoothing: number): AllocationPrices {
  const limits = limitsOf(problem);
  const pass = emptyPass(problem.actionCount);
  dualPass(problem, prices, smoothing, pass);
  const system = priceSystem(pass, limits, limiting(limits, problem.actionCount), problem.actionCount);
  return priceStep(system, prices, 1e-3, scales(problem, limits, smoothing).floor) ?? prices;
}

/** The bound that prices prove. */
export function boundAt(problem: AllocationProblem, prices: AllocationPrices): number {
  const pass = emptyPass(problem.actionCount);
  dualPass(problem, prices, Number.MIN_VALUE, pass);
  return limitsOf(problem).reduce((sum, limit, j) => (prices[j]! > 0 ? sum + prices[j]! * limit : sum), pass.exact);
}
