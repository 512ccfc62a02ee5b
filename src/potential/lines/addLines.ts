import { normalQuantile } from '../../numeric/normal.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { projectLines } from './projectLines.js';

/** Lines and groups whose potentials, with those of the total, are to agree. */
export interface LineEstimates {
  readonly perLine: readonly CustomerPotentials[];
  /** What lines that share one wallet have in all. */
  readonly groups: readonly { readonly members: readonly number[]; readonly estimate: CustomerPotentials }[];
  /** Null: what the lines add up to. */
  readonly total: CustomerPotentials | null;
}

/** Potentials that add up: of lines and groups with the total, then of the lines within a group to what the group has. */
export function addLines({ perLine, groups, total }: LineEstimates): { readonly perLine: CustomerPotentials[]; readonly total: CustomerPotentials } {
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const alone = perLine.map((_, line) => line).filter((line) => !grouped.has(line));
  const units = reconciled([...alone.map((line) => perLine[line]!), ...groups.map(({ estimate }) => estimate)], total === null ? null : total.potential, total && varianceOf(total));
  const amounts: Float64Array[] = [];
  alone.forEach((line, unit) => (amounts[line] = units[unit]!));
  groups.forEach(({ members }, g) => {
    const shares = reconciled(members.map((line) => perLine[line]!), units[alone.length + g]!, null);
    members.forEach((line, k) => (amounts[line] = shares[k]!));
  });
  const moved = perLine.map((columns, line) => moveTo(columns, amounts[line]!));
  const sums = new Float64Array(perLine[0]!.present.length);
  for (const column of amounts) for (let i = 0; i < sums.length; i++) sums[i]! += column[i]!;
  return { perLine: moved, total: total === null ? sumOfLines(moved, sums) : moveTo(total, sums) };
}

// The variance of each potential, own and shared.
function varianceOf({ ownVariance, sharedLoadings, sharedCount }: CustomerPotentials): Float64Array {
  return ownVariance.map((own, i) => {
    let sum = own;
    for (let k = i * sharedCount; k < (i + 1) * sharedCount; k++) sum += sharedLoadings[k]! * sharedLoadings[k]!;
    return sum;
  });
}

function reconciled(units: readonly CustomerPotentials[], totals: Float64Array | null, totalVariances: Float64Array | null): Float64Array[] {
  const width = units.length;
  const rows = units[0]!.present.length;
  const interleaved = (columns: readonly Float64Array[]): Float64Array => {
    const values = new Float64Array(rows * width);
    columns.forEach((column, j) => {
      for (let i = 0; i < rows; i++) values[i * width + j] = column[i]!;
    });
    return values;
  };
  const { amounts } = projectLines({
    width,
    amounts: interleaved(units.map(({ potential }) => potential)),
    floors: interleaved(units.map(({ present }) => present)),
    variances: interleaved(units.map(varianceOf)),
    totals,
    totalVariances: totalVariances ?? new Float64Array(rows),
  });
  return units.map((_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = amounts[i * width + j]!;
    return column;
  });
}

// Everything goes along in proportion; shares the other way.
function moveTo(columns: CustomerPotentials, amounts: Float64Array): CustomerPotentials {
  const { present, wallet, participation, potential, share, sharedLoadings, sharedCount } = columns;
  const ratios = potential.map((before, i) => (before > 0 ? amounts[i]! / before : 1));
  const scaled = (values: Float64Array): Float64Array => values.map((value, i) => Math.max(present[i]!, value * ratios[i]!));
  const shares = (values: Float64Array): Float64Array => values.map((value, i) => Math.min(1, value / ratios[i]!));
  return {
    ...columns,
    potential: amounts,
    wallet: wallet.map((amount, i) => (participation[i] === 1 ? amounts[i]! : Math.max(amounts[i]!, amount * ratios[i]!))),
    headroom: amounts.map((amount, i) => amount - present[i]!),
    share: shares(share),
    shareLower: shares(columns.shareLower),
    shareUpper: shares(columns.shareUpper),
    potentialLower: scaled(columns.potentialLower).map((lower, i) => Math.min(lower, amounts[i]!)),
    potentialUpper: scaled(columns.potentialUpper).map((upper, i) => Math.max(upper, amounts[i]!)),
    ownVariance: columns.ownVariance.map((own, i) => own * ratios[i]! * ratios[i]!),
    sharedLoadings: sharedLoadings.map((loading, at) => loading * ratios[Math.floor(at / sharedCount)]!),
  };
}

// Lines as if they varied apart: each brings its own shared unknowns.
function sumOfLines(lines: readonly CustomerPotentials[], potential: Float64Array): CustomerPotentials {
  const rows = potential.length;
  const sharedCount = lines.reduce((count, line) => count + line.sharedCount, 0);
  const sharedLoadings = new Float64Array(rows * sharedCount);
  let from = 0;
  for (const line of lines) {
    for (let i = 0; i < rows; i++) sharedLoadings.set(line.sharedLoadings.subarray(i * line.sharedCount, (i + 1) * line.sharedCount), i * sharedCount + from);
    from += line.sharedCount;
  }
  const over = (read: (line: CustomerPotentials, i: number) => number): Float64Array => potential.map((_, i) => lines.reduce((sum, line) => sum + read(line, i), 0));
  const present = over((line, i) => line.present[i]!);
  const ownVariance = over((line, i) => line.ownVariance[i]!);
  const { customers, confidence } = lines[0]!;
  const z = normalQuantile((1 + confidence) / 2);
  const spread = varianceOf({ ...lines[0]!, ownVariance, sharedLoadings, sharedCount }).map((variance) => z * Math.sqrt(variance));
  const potentialLower = potential.map((amount, i) => Math.max(present[i]!, amount - spread[i]!));
  const potentialUpper = potential.map((amount, i) => amount + spread[i]!);
  // The share of the sum, as no line knows how its share goes with the wallets of the others.
  const shareOf = (amounts: Float64Array): Float64Array => amounts.map((amount, i) => (present[i]! > 0 ? present[i]! / amount : 0));
  return {
    ...{ customers, present, potential, potentialLower, potentialUpper, ownVariance, sharedLoadings, sharedCount, confidence },
    wallet: over((line, i) => line.wallet[i]!),
    participation: potential.map((_, i) => 1 - lines.reduce((none, line) => none * (1 - line.participation[i]!), 1)),
    headroom: potential.map((amount, i) => amount - present[i]!),
    share: shareOf(potential),
    shareLower: shareOf(potentialUpper),
    shareUpper: shareOf(potentialLower),
  };
}
