import type { DesignTerm } from './design.js';

/** No effect beyond this many log-odds (one standard deviation) is held possible: where classes are separated, penalties would vanish without. */
const WIDEST = 20;
/** Before data have spoken: one log-odds at the positions where a penalty lets most through. */
const FIRST_WIDTH = 1;
const FIRST_STRENGTH = 30;
const LEAST = 0.01;
/** A group whose penalty is beyond this is out. */
const MOST = 1e6;
/** A step of a penalty at most, up and down. */
const RISE = 1000;
const FALL = 10;
/** Times the step to the fixed point, at most. */
const LONGEST = 8;

/**
 * The penalties: each is the strength of the squared coefficients of its group, and is moved to where the marginal likelihood has its maximum
 * by the fixed point strength = effective coefficients / sum of their squares (MacKay, 1992; the general form is Fellner and Schall's of Wood
 * and Fasiolo, 2017). A group whose coefficients are all noise goes to infinite strength, and out.
 */
export class Penalties {
  /** Of each group; infinite for those that are out. */
  readonly strengths: Float64Array;
  /** How many coefficients those of each group are worth. */
  readonly effective: Float64Array;
  /** The group of each coefficient; -1 for the intercept. */
  readonly groups: Int32Array;
  readonly #sizes: Float64Array;
  readonly #steps: Float64Array;
  readonly #stretches: Float64Array;
  readonly #floors: Float64Array;

  constructor(terms: readonly DesignTerm[], count: number, earlier?: Penalties) {
    this.groups = Int32Array.from([-1, ...terms.flatMap(({ groups }) => [...groups])]);
    this.strengths = new Float64Array(count).fill(FIRST_STRENGTH);
    this.effective = new Float64Array(count);
    this.#sizes = new Float64Array(count);
    this.#steps = new Float64Array(count);
    this.#stretches = new Float64Array(count).fill(1);
    this.#floors = new Float64Array(count).fill(LEAST);
    for (const group of this.groups) if (group >= 0) this.#sizes[group]!++;
    for (const term of terms) {
      const reach = farthest(term, count);
      for (let g = 0; g < count; g++) {
        this.#floors[g] = Math.max(this.#floors[g]!, reach[g]! / WIDEST ** 2);
        this.strengths[g] = Math.max(this.strengths[g]!, reach[g]! / FIRST_WIDTH ** 2);
      }
    }
    if (earlier !== undefined) this.strengths.set(earlier.strengths);
  }

  /** The coefficients that are not out, the intercept first. */
  alive(): Int32Array {
    return Int32Array.from(this.groups.keys()).filter((j) => j === 0 || this.strengths[this.groups[j]!]! < Infinity);
  }

  /** The penalty of one coefficient. */
  of(j: number): number {
    return j === 0 ? 0 : this.strengths[this.groups[j]!]!;
  }

  /** Half the penalised squares. */
  cost(beta: Float64Array): number {
    let sum = 0;
    for (let j = 1; j < beta.length; j++) if (beta[j] !== 0) sum += this.of(j) * beta[j]! * beta[j]!;
    return sum / 2;
  }

  /**
   * Moves every strength, given the coefficients and the diagonal of their posterior covariance; no strength leaves RISE and FALL around `from`.
   * The fixed point is approached ever more slowly: a strength that keeps its direction takes longer and longer steps, one that turns round starts again.
   */
  move(coefficients: Int32Array, beta: Float64Array, variances: Float64Array, from: Float64Array): void {
    const count = this.strengths.length;
    const traces = new Float64Array(count);
    const squares = new Float64Array(count);
    for (let i = 1; i < coefficients.length; i++) {
      const group = this.groups[coefficients[i]!]!;
      traces[group]! += variances[i]!;
      squares[group]! += beta[coefficients[i]!]! ** 2;
    }
    for (let g = 0; g < count; g++) {
      if (traces[g] === 0) continue;
      const now = this.strengths[g]!;
      const effective = Math.max(this.#sizes[g]! - now * traces[g]!, 0);
      this.effective[g] = effective;
      const step = Math.log((effective + 1e-300) / (squares[g]! + 1e-300) / now);
      this.#stretches[g] = step * this.#steps[g]! > 0 ? Math.min(this.#stretches[g]! * 1.5, LONGEST) : 1;
      this.#steps[g] = step;
      const wanted = now * Math.exp(this.#stretches[g]! * step);
      this.strengths[g] = Math.max(Math.min(wanted, from[g]! * RISE), from[g]! / FALL, this.#floors[g]!);
    }
  }

  /** Puts out what is worth next to nothing. */
  prune(): void {
    for (let g = 0; g < this.strengths.length; g++) {
      if (this.#sizes[g]! > 0 && this.effective[g]! > 0.01 && this.strengths[g]! < MOST) continue;
      this.strengths[g] = Infinity;
      this.effective[g] = 0;
    }
  }
}

/** By group: the largest variance of an effect at a position, for coefficients of variance 1. */
function farthest({ basis, groups, size, width }: DesignTerm, count: number): Float64Array {
  const reach = new Float64Array(count);
  const sums = new Float64Array(count);
  for (let i = 0; i < width; i++) {
    sums.fill(0);
    for (let k = 0; k < size; k++) sums[groups[k]!]! += basis[i * size + k]! ** 2;
    for (let g = 0; g < count; g++) if (sums[g]! > reach[g]!) reach[g] = sums[g]!;
  }
  return reach;
}
