import { drawCounts } from '../../numeric/drawCounts.js';
import { createRandom } from '../../numeric/random.js';
import { sum, type PathTable } from './attributionPaths.js';
import { drawBinomial } from './drawBinomial.js';

/** Journeys drawn again, as many as there are: one multinomial draw where the counts are whole, cell after cell, otherwise each row is one. */
export function resamplePaths({ conversions, nulls }: PathTable, replicates: number, seed: number, each: (round: number, conversions: Float64Array, nulls: Float64Array) => void): void {
  const random = createRandom(seed);
  const paths = conversions.length;
  const cells = Float64Array.from({ length: 2 * paths }, (_, i) => (i < paths ? conversions[i]! : nulls[i - paths]!));
  const isWhole = cells.every((count) => Number.isInteger(count));
  const units = new Uint8Array(isWhole ? 0 : paths);
  const total = sum(cells);
  const drawn = new Float64Array(2 * paths);
  for (let round = 0; round < replicates; round++) {
    if (isWhole) {
      let left = total;
      let mass = total;
      for (let i = 0; i < cells.length; i++) {
        left -= drawn[i] = cells[i] === 0 ? 0 : drawBinomial(random, left, cells[i]! / mass);
        mass -= cells[i]!;
      }
    } else {
      drawCounts(random, units);
      for (let i = 0; i < cells.length; i++) drawn[i] = cells[i]! * units[i % paths]!;
    }
    each(round, drawn.subarray(0, paths), drawn.subarray(paths));
  }
}
