import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { UpliftRows } from './upliftRows.js';

/**
 * How customers with equal scores are placed in a ranking: `'shared'` spreads them evenly over the places they take together, so that the result
 * does not depend on the order of the rows; `'rowOrder'` takes them in the order of the rows.
 */
export type RankTies = 'shared' | 'rowOrder';

/** Running sums of both arms down a ranking, at the end of each group of equal scores. */
export interface RankedArms {
  /** The distinct scores, highest first; with `'rowOrder'` one a row. */
  readonly scores: Float64Array;
  /** Treated customers so far (sum of weights), and the sum of their outcomes. */
  readonly treated: Float64Array;
  readonly treatedSum: Float64Array;
  readonly control: Float64Array;
  readonly controlSum: Float64Array;
  /** Sums of the squares of outcome - center; of 0 and 1 with center 0 they are the sums themselves. */
  readonly treatedSquares: Float64Array;
  readonly controlSquares: Float64Array;
  readonly center: number;
}

/** The rows by score, highest first, equal scores in the order of the rows. */
export function rankRows(scores: Float64Array): Uint32Array {
  const negated = new Float64Array(scores.length);
  for (let row = 0; row < negated.length; row++) negated[row] = -scores[row]!;
  return sortedOrder(negated);
}

/** One pass down the ranking by some scores. O(n). */
export function rankArms(rows: UpliftRows, scores: Float64Array, ties: RankTies = 'shared'): RankedArms {
  const { isBinary, outcomes } = rows;
  const n = scores.length;
  const order = rankRows(scores);
  const sums = Array.from({ length: isBinary ? 5 : 7 }, () => new Float64Array(n));
  // Squares around a typical outcome lose nothing where amounts lie far from 0.
  const center = isBinary ? 0 : outcomes[0]!;
  const groups = isBinary ? sumEvents(rows, order, gather(scores, order), ties === 'shared', sums) : sumAmounts(rows, order, gather(scores, order), ties === 'shared', sums, center);
  const [ranked, treated, treatedSum, control, controlSum, treatedSquares, controlSquares] = groups === n ? sums : sums.map((values) => values.slice(0, groups));
  return { scores: ranked!, treated: treated!, treatedSum: treatedSum!, control: control!, controlSum: controlSum!, treatedSquares: treatedSquares ?? treatedSum!, controlSquares: controlSquares ?? controlSum!, center };
}

/** The same of events whose rank depends on arm and outcome only: places[2 treated + outcome], 0 the first. */
export function rankKinds({ outcomes, treated, weights }: UpliftRows, places: readonly [number, number, number, number]): Pick<RankedArms, 'scores' | 'treated' | 'treatedSum' | 'control' | 'controlSum'> {
  const counts = new Float64Array(4);
  for (let row = 0; row < outcomes.length; row++) counts[2 * treated[row]! + outcomes[row]!]! += weights === null ? 1 : weights[row]!;
  const taken = [0, 1, 2, 3].filter((place) => places.some((at, kind) => at === place && counts[kind]! > 0));
  const upTo = (kinds: readonly number[]): Float64Array => Float64Array.from(taken, (place) => kinds.reduce((sum, kind) => sum + (places[kind]! <= place ? counts[kind]! : 0), 0));
  return { scores: Float64Array.from(taken, (place) => -place), treated: upTo([2, 3]), treatedSum: upTo([3]), control: upTo([0, 1]), controlSum: upTo([1]) };
}

// Two plain loops instead of one that can do both: nothing is captured by a closure or looked at twice, which is half the time.
function sumEvents({ outcomes, treated, weights }: UpliftRows, order: Uint32Array, ranked: Float64Array, shared: boolean, sums: readonly Float64Array[]): number {
  const n = order.length;
  const [score, allTreated, treatedEvents, allControl, controlEvents] = sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const kinds = new Uint8Array(n);
  for (let i = 0; i < n; i++) kinds[i] = 2 * treated[order[i]!]! + outcomes[order[i]!]!;
  const each = weights === null ? null : gather(weights, order);
  let n1 = 0;
  let y1 = 0;
  let n0 = 0;
  let y0 = 0;
  let group = 0;
  for (let i = 0; i < n; i++) {
    const kind = kinds[i]!;
    const w = each === null ? 1 : each[i]!;
    if (kind > 1) {
      n1 += w;
      if (kind === 3) y1 += w;
    } else {
      n0 += w;
      if (kind === 1) y0 += w;
    }
    if (shared && i + 1 < n && ranked[i + 1] === ranked[i]) continue;
    score[group] = ranked[i]!;
    allTreated[group] = n1;
    treatedEvents[group] = y1;
    allControl[group] = n0;
    controlEvents[group++] = y0;
  }
  return group;
}

function sumAmounts({ outcomes, treated, weights }: UpliftRows, order: Uint32Array, ranked: Float64Array, shared: boolean, sums: readonly Float64Array[], center: number): number {
  const n = order.length;
  const y = gather(outcomes, order);
  const each = weights === null ? null : gather(weights, order);
  const so = new Float64Array(6);
  let group = 0;
  for (let i = 0; i < n; i++) {
    const w = each === null ? 1 : each[i]!;
    const arm = treated[order[i]!] === 1 ? 0 : 2;
    so[arm]! += w;
    so[arm + 1]! += w * y[i]!;
    so[4 + arm / 2]! += w * (y[i]! - center) * (y[i]! - center);
    if (shared && i + 1 < n && ranked[i + 1] === ranked[i]) continue;
    sums[0]![group] = ranked[i]!;
    for (let k = 0; k < 6; k++) sums[k + 1]![group] = so[k]!;
    group++;
  }
  return group;
}
