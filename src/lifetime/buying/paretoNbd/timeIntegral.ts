import { gaussLegendre } from '../../../numeric/gaussLegendre.js';

/** u^timePower (1 + u/a)^-aPower (1 + u/b)^-bPower exp(-rate u), over u from 0 to `length`. */
export interface TimeIntegrand {
  readonly a: number;
  readonly aPower: number;
  readonly b: number;
  readonly bPower: number;
  /** May be Infinity where the powers add up to more than 1 or `rate` is above 0. */
  readonly length: number;
  /** What the means count time from. @defaultValue 0 */
  readonly start?: number;
  /** A whole number. @defaultValue 0 */
  readonly timePower?: number;
  /** @defaultValue 0 */
  readonly rate?: number;
}

/** A rule on [0, 1], and how wide a panel and how far a fall of the logarithm it integrates to the rounding. */
interface Rule {
  readonly width: number;
  readonly fall: number;
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Logarithm of what is nothing beside 1. */
const NOTHING = -40;
/** What the largest rule integrates: so wide a panel, in logarithms of time, over which the logarithm of the integrand falls so far. */
const WIDEST = 3.5;
const STEEPEST = 14;
/** A power of time up to here is a polynomial that the rule integrates beside the rest; beyond, it is a peak to be found. */
const POLYNOMIAL = 8;

/**
 * The integral of a {@link TimeIntegrand}, on which all answers of the Pareto/NBD rest: the integrand is positive, so that nothing cancels, and
 * nothing overflows, however many purchases there are.
 *
 * Over w = ln(1 + u/m), where m is the smaller of a and b, the logarithm of the integrand is concave: the slopes at both ends of a panel bound
 * what it falls within. Almost all customers need one panel, of 6 to 16 points of Gauss; after a peak or a long fall panels go on until what is
 * left is nothing. The relative error is about 1e-15.
 */
export class TimeIntegral {
  /** Mean of ln(1 + u/a) over the integrand taken as a density; this and the next of the last integral. */
  meanLogA = 0;
  /** Mean of ln(1 + u/b). */
  meanLogB = 0;
  /** Mean of (start + u) / (a + u). */
  meanShareA = 0;
  /** Mean of (start + u) / (b + u). */
  meanShareB = 0;

  // By errors measured for every mixture of the two powers.
  readonly #rules = [ruleOf(6, 0.5, 0.8), ruleOf(8, 1, 2.5), ruleOf(10, 1.5, 6), ruleOf(16, WIDEST, STEEPEST)];
  readonly #growth = new Float64Array(16);
  #onPoint: ((u: number, part: number) => void) | null = null;
  // Of the integrand: m, its ratio to the larger M, the powers of both (that of m less 1, as du = m e^w dw), and what else there is in units of m.
  #small = 1;
  #ratio = 1;
  #smallPower = 0;
  #largePower = 0;
  #timePower = 0;
  #rate = 0;
  #start = 0;
  /** Logarithm of the integrand that the sums are relative to. */
  #anchor = 0;
  // Sums of the integrand, and of its products with ln(1 + u/m), ln(1 + u/M), (start + u) / (m + u) and (start + u) / (M + u) / ratio.
  #mass = 0;
  #smallLogs = 0;
  #largeLogs = 0;
  #smallShares = 0;
  #largeShares = 0;

  /** The logarithm of the integral, -Infinity where `length` is 0. `onPoint` learns the points and the parts that are in proportion to it. */
  log({ a, aPower, b, bPower, length, start = 0, timePower = 0, rate = 0 }: TimeIntegrand, onPoint: ((u: number, part: number) => void) | null = null): number {
    const isSmallA = a <= b;
    const small = isSmallA ? a : b;
    const ratio = isSmallA ? a / b : b / a;
    this.#small = small;
    this.#ratio = ratio;
    this.#smallPower = (isSmallA ? aPower : bPower) - 1;
    this.#largePower = isSmallA ? bPower : aPower;
    this.#timePower = timePower;
    this.#rate = rate * small;
    this.#start = start / small;
    this.#onPoint = onPoint;
    this.#anchor = this.#mass = this.#smallLogs = this.#largeLogs = this.#smallShares = this.#largeShares = 0;
    this.#addPanels(Math.log1p(length / small));
    const mass = this.#mass;
    const largeShare = (ratio * this.#largeShares) / mass;
    this.meanLogA = (isSmallA ? this.#smallLogs : this.#largeLogs) / mass;
    this.meanLogB = (isSmallA ? this.#largeLogs : this.#smallLogs) / mass;
    this.meanShareA = isSmallA ? this.#smallShares / mass : largeShare;
    this.meanShareB = isSmallA ? largeShare : this.#smallShares / mass;
    return this.#anchor + (timePower + 1) * Math.log(small) + Math.log(mass);
  }

  #addPanels(end: number): void {
    let at = this.#timePower > 0 ? this.#findPeak(end) : 0;
    let grownAt = at === 0 ? 0 : Math.expm1(at);
    while (at < end) {
      const left = this.#steepness(grownAt);
      let width = Math.min(end - at, WIDEST, STEEPEST / left);
      let grown = Math.expm1(at + width);
      let right = this.#steepness(grown);
      if (right * width > STEEPEST) {
        width = STEEPEST / right;
        grown = Math.expm1(at + width);
        right = this.#steepness(grown);
      }
      this.#addPanel(at, width, grownAt + grown + grownAt * grown, width * Math.max(left, right));
      at += width;
      grownAt = grown;
      if (at < end && this.#isOver(at, grown)) return;
    }
  }

  /** Adds the panel from `at`, by the smallest rule that is exact to the rounding where the logarithm falls by `fall` in all. */
  #addPanel(at: number, width: number, grownBoth: number, fall: number): void {
    // A power of time rises by more than its slope says where the panel is short.
    let rule = this.#timePower > 0 ? 3 : 0;
    while (rule < 3 && (width > this.#rules[rule]!.width || fall > this.#rules[rule]!.fall)) rule++;
    const { points, weights } = this.#rules[rule]!;
    const growth = this.#growth;
    // Points mirror each other: e^w of the two multiply to that of the ends.
    for (let j = 0, last = points.length - 1; j < last; j++, last--) {
      const grown = Math.expm1(at + width * points[j]!);
      growth[j] = grown;
      growth[last] = (grownBoth - grown) / (1 + grown);
    }
    const ratio = this.#ratio;
    const smallPower = this.#smallPower;
    const largePower = this.#largePower;
    const timePower = this.#timePower;
    const rate = this.#rate;
    const start = this.#start;
    const anchor = this.#anchor;
    let mass = 0;
    let smallLogs = 0;
    let largeLogs = 0;
    let smallShares = 0;
    let largeShares = 0;
    for (let j = 0; j < points.length; j++) {
      const w = at + width * points[j]!;
      const grown = growth[j]!;
      const large = ratio * grown;
      const largeLog = Math.log1p(large);
      let log = -smallPower * w - largePower * largeLog - rate * grown - anchor;
      if (timePower > 0) log += timePower * Math.log(grown);
      const part = weights[j]! * Math.exp(log);
      const time = part * (start + grown);
      mass += part;
      smallLogs += part * w;
      largeLogs += part * largeLog;
      smallShares += time / (1 + grown);
      largeShares += time / (1 + large);
      this.#onPoint?.(this.#small * grown, width * part);
    }
    this.#mass += width * mass;
    this.#smallLogs += width * smallLogs;
    this.#largeLogs += width * largeLogs;
    this.#smallShares += width * smallShares;
    this.#largeShares += width * largeShares;
  }

  /** Anchors the sums at the peak, or at the end where it rises up to there; gives where it begins to be something. */
  #findPeak(end: number): number {
    let [low, high] = [0, 1];
    while (high < end && this.#slope(Math.expm1(high)) > 0) high *= 2;
    high = Math.min(high, end);
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (this.#slope(Math.expm1(middle)) > 0) low = middle;
      else high = middle;
    }
    this.#anchor = this.#logAt(high);
    if (this.#timePower <= POLYNOMIAL) return 0;
    low = 0;
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (this.#logAt(middle) < this.#anchor + NOTHING) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Whether nothing is left from `at` on. As the logarithm is concave, its slope bounds what is left; far out it is a line, and the bound exact. */
  #isOver(at: number, grown: number): boolean {
    const slope = this.#slope(grown);
    const left = slope < 0 ? Math.exp(this.#logAt(at) - this.#anchor) / -slope : Infinity;
    if (at > 300) this.#mass += left;
    return at > 300 || left < 1e-17 * this.#mass;
  }

  /** How fast the logarithm falls or rises, as far as the rules have to follow. */
  #steepness(grown: number): number {
    if (this.#timePower > POLYNOMIAL) return Math.abs(this.#slope(grown));
    return Math.abs(this.#restSlope(grown)) + this.#timePower;
  }

  #logAt(w: number): number {
    const grown = Math.expm1(w);
    return this.#timePower * Math.log(grown) - this.#smallPower * w - this.#largePower * Math.log1p(this.#ratio * grown) - this.#rate * grown;
  }

  /** The slope where e^w - 1 is `grown`. */
  #slope(grown: number): number {
    return this.#restSlope(grown) + (this.#timePower === 0 ? 0 : (this.#timePower * (1 + grown)) / grown);
  }

  /** The slope without the power of time. */
  #restSlope(grown: number): number {
    return -this.#smallPower - ((1 + grown) * this.#ratio * this.#largePower) / (1 + this.#ratio * grown) - this.#rate * (1 + grown);
  }
}

function ruleOf(count: number, width: number, fall: number): Rule {
  const rule = gaussLegendre(count);
  return { width, fall, points: Float64Array.from(rule, ({ point }) => point), weights: Float64Array.from(rule, ({ weight }) => weight) };
}
