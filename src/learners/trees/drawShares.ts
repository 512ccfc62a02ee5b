import { shuffle, type Random } from '../../numeric/random.js';

/** A share of the rows drawn without replacement, and the others; both in their order (selection sampling: Knuth, TAOCP 3.4.2). */
export function drawRows(rows: Int32Array, share: number, random: Random): { rows: Int32Array; rest: Int32Array } {
  const count = Math.max(1, Math.round(rows.length * share));
  const drawn = new Int32Array(count);
  const rest = new Int32Array(rows.length - count);
  let taken = 0;
  for (let i = 0; i < rows.length; i++) {
    if (random.uniform() * (rows.length - i) < count - taken) drawn[taken++] = rows[i]!;
    else rest[i - taken] = rows[i]!;
  }
  return { rows: drawn, rest };
}

/** A share of the features, at least one, in their order. */
export function drawFeatures(features: readonly number[], share: number, random: Random): number[] {
  const count = Math.max(1, Math.ceil(features.length * share - 1e-9));
  return shuffle([...features], random).slice(0, count).sort((a, b) => a - b);
}
