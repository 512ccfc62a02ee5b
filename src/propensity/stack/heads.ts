/** What the raw scores of an engine are: any number, log-odds already, or nothing at all (the rate of each product is all that is told). */
export type HeadKind = 'score' | 'logit' | 'rate';

/**
 * What turns the raw scores of an engine into log-odds, as plain JSON, one entry a product in each list:
 * bend(intercept + linear × s + logarithm × log(max(s, 0) × scale + floor)).
 */
export interface Heads {
  readonly kind: HeadKind;
  readonly intercept: readonly number[];
  /** 0 or more. */
  readonly linear: readonly number[];
  /** 0 or more; all 0 but for kind 'score'. */
  readonly logarithm: readonly number[];
  readonly scale: readonly number[];
  readonly floor: number;
  /** Log-odds of a score of exactly 0, where the engine has nothing to say of the customer; null where that is a score like any other. */
  readonly silent: readonly number[] | null;
  /** How straight log-odds are bent: null for as they are. */
  readonly bends: readonly (HeadBend | null)[];
}

/** A line in pieces that never falls: from each of `at` to the same place of `to`, and beyond both ends by the slopes there. */
export interface HeadBend {
  readonly at: readonly number[];
  readonly to: readonly number[];
  readonly below: number;
  readonly above: number;
}

/** Heads ready for use: for each product the map as a line in so many pieces. */
export interface HeadMaps {
  readonly kind: HeadKind;
  readonly products: number;
  readonly scale: Float64Array;
  /** Log-odds of a piece: constant + slope × score. */
  readonly constants: Float64Array;
  readonly slopes: Float64Array;
  /** Log-odds of a score of exactly 0. */
  readonly zero: Float64Array;
}

// Even, so that one ends at a score of 0. A piece is a stretch of v / (1 + |v|), v the score in typical sizes: narrow where the logarithm is bent.
const CELLS = 256;

/** Lays the maps out as tables: what is promised is what the tables say. O(products). */
export function openHeads(heads: Heads): HeadMaps {
  const { kind, intercept, silent } = heads;
  const products = intercept.length;
  const [constants, slopes] = [new Float64Array(products * CELLS), new Float64Array(products * CELLS)];
  for (let at = 0; at < constants.length && kind !== 'rate'; at++) {
    const [j, i] = [Math.floor(at / CELLS), at % CELLS];
    // The outermost ends are at infinity: the pieces there run on as they begin.
    const from = edgeOf(Math.max(i, 0.5)) / heads.scale[j]!;
    const to = edgeOf(Math.min(i + 1, CELLS - 0.5)) / heads.scale[j]!;
    const low = logOddsOf(heads, j, from);
    slopes[at] = (logOddsOf(heads, j, to) - low) / (to - from);
    constants[at] = low - slopes[at]! * from;
  }
  return { kind, products, scale: Float64Array.from(heads.scale), constants: kind === 'rate' ? Float64Array.from(intercept) : constants, slopes, zero: Float64Array.from(intercept, (_, j) => silent?.[j] ?? logOddsOf(heads, j, 0)) };
}

function edgeOf(cell: number): number {
  const u = (2 * cell) / CELLS - 1;
  return u / (1 - Math.abs(u));
}

/** The log-odds of a score before it is laid out in pieces. */
export function logOddsOf({ intercept, linear, logarithm, scale, floor, bends }: Heads, j: number, s: number): number {
  const straight = intercept[j]! + linear[j]! * s + (logarithm[j] === 0 ? 0 : logarithm[j]! * Math.log(Math.max(s, 0) * scale[j]! + floor));
  const bend = bends[j];
  return bend ? bendLogOdds(bend, straight) : straight;
}

/** A line in pieces at one place. */
export function bendLogOdds({ at, to, below, above }: HeadBend, x: number): number {
  const last = at.length - 1;
  if (x <= at[0]!) return to[0]! + below * (x - at[0]!);
  if (x >= at[last]!) return to[last]! + above * (x - at[last]!);
  let piece = 0;
  while (at[piece + 1]! < x) piece++;
  return to[piece]! + ((to[piece + 1]! - to[piece]!) * (x - at[piece]!)) / (at[piece + 1]! - at[piece]!);
}

/**
 * Log-odds for the rows `from` (included) to `to` (excluded) of row-major scores, into the first places of `out`, which may be the scores
 * themselves; for kind 'rate' the scores may be null. NaN gives NaN. O(cells).
 */
export function applyHeads({ kind, products, scale, constants, slopes, zero }: HeadMaps, scores: Float64Array | null, from: number, to: number, out: Float64Array): void {
  const cells = (to - from) * products;
  if (kind === 'rate') {
    for (let at = 0; at < cells; at += products) out.set(constants, at);
    return;
  }
  const start = from * products;
  // A hair less than half, so that no score however large leaves the pieces of its product.
  const half = CELLS / 2 - 1e-9;
  for (let row = 0; row < cells; row += products) {
    for (let j = 0; j < products; j++) {
      const s = scores![start + row + j]!;
      const v = s * scale[j]!;
      const piece = j * CELLS + (((v / (1 + Math.abs(v)) + 1) * half) | 0);
      out[row + j] = s === 0 ? zero[j]! : constants[piece]! + slopes[piece]! * s;
    }
  }
}
