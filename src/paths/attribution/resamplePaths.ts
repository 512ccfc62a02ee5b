import { drawCounts } from '../../numeric/drawCounts.js';
import { createRandom } from '../../numeric/random.js';
import { sum, type PathTable } from './attributionPaths.js';

/** Journeys drawn again, as many as there are: each counts by itself where the counts are whole, otherwise each row is one. */
export function resamplePaths({ conversions, nulls }: PathTable, replicates: number, seed: number, each: (round: number, conversions: Float64Array, nulls: Float64Array) => void): void {
  const random = createRandom(seed);
  const paths = conversions.length;
  const cells = Float64Array.from({ length: 2 * paths }, (_, i) => (i < paths ? conversions[i]! : nulls[i - paths]!));
  const isWhole = cells.every((count) => Number.isInteger(count));
  const units = new Uint8Array(isWhole ? sum(cells) : paths);
  const drawn = new Float64Array(2 * paths);
  for (let round = 0; round < replicates; round++) {
    drawCounts(random, units);
    if (isWhole) {
      for (let i = 0, unit = 0; i < cells.length; i++) {
        let count = 0;
        for (const end = unit + cells[i]!; unit < end; unit++) count += units[unit]!;
        drawn[i] = count;
      }
    } else for (let i = 0; i < cells.length; i++) drawn[i] = cells[i]! * units[i % paths]!;
    each(round, drawn.subarray(0, paths), drawn.subarray(paths));
  }
}
