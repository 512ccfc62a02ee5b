import { survivalCurve, type SurvivalSteps } from '../../numeric/survival/survivalCurve.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { VisitGaps, VisitUnit } from './visitGaps.js';

/** How many gaps there are of each length. */
export interface GapTable {
  /** Ascending, distinct; days. */
  readonly lengths: Float64Array;
  /** Gaps that ended with a visit after so long. */
  readonly closed: Float64Array;
  /** Gaps still open after so long. */
  readonly open: Float64Array;
  /** For each gap of {@link VisitGaps} its position in `lengths`. */
  readonly place: Uint32Array;
  /** The share of gaps longer than a time: the product-limit estimate of Kaplan and Meier (1958), open gaps censored. */
  readonly curve: SurvivalSteps;
  /** Sums of events / (at risk × (at risk - events)) up to each length: Greenwood's sums, by the same positions. */
  readonly greenwood: Float64Array;
  /** At risk less events at each length where a gap closed, otherwise 0. */
  readonly remaining: Float64Array;
}

/** Counts gaps by length; whole days are counted without sorting. */
export function gapTable({ starts, lengths }: VisitGaps, unit: VisitUnit): GapTable {
  const { distinct, place } = unit === 'days' ? byDay(lengths) : bySorting(lengths);
  const closed = new Float64Array(distinct.length);
  const open = new Float64Array(distinct.length);
  for (let i = 0; i + 1 < starts.length; i++) {
    const last = starts[i + 1]! - 1;
    for (let g = starts[i]!; g < last; g++) closed[place[g]!]!++;
    open[place[last]!]!++;
  }
  const twice = Float64Array.from({ length: 2 * distinct.length }, (_, i) => distinct[i % distinct.length]!);
  const counts = new Float64Array(twice.length);
  counts.set(closed);
  counts.set(open, distinct.length);
  const curve = survivalCurve(twice, Uint8Array.from(twice, (_, i) => +(i < distinct.length)), counts);
  return { lengths: distinct, closed, open, place, curve, ...riskSums(distinct, curve) };
}

function byDay(lengths: Float64Array): { readonly distinct: Float64Array; readonly place: Uint32Array } {
  let longest = 0;
  for (let g = 0; g < lengths.length; g++) if (lengths[g]! > longest) longest = lengths[g]!;
  return { distinct: Float64Array.from({ length: longest + 1 }, (_, day) => day), place: Uint32Array.from(lengths) };
}

function bySorting(lengths: Float64Array): { readonly distinct: Float64Array; readonly place: Uint32Array } {
  const order = sortedOrder(lengths);
  const distinct = new Float64Array(lengths.length);
  const place = new Uint32Array(lengths.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const length = lengths[order[i]!]!;
    if (count === 0 || distinct[count - 1] !== length) distinct[count++] = length;
    place[order[i]!] = count - 1;
  }
  return { distinct: distinct.slice(0, count), place };
}

function riskSums(lengths: Float64Array, { times, atRisk, events }: SurvivalSteps): Pick<GapTable, 'greenwood' | 'remaining'> {
  const greenwood = new Float64Array(lengths.length);
  const remaining = new Float64Array(lengths.length);
  let [step, sum] = [0, 0];
  for (let k = 0; k < lengths.length; k++) {
    if (times[step] === lengths[k]) {
      remaining[k] = atRisk[step]! - events[step]!;
      sum += events[step]! / (atRisk[step]! * remaining[k]!);
      step++;
    }
    greenwood[k] = sum;
  }
  return { greenwood, remaining };
}
