import { drawRows } from '../../learners/trees/drawShares.js';
import type { Random } from '../../numeric/random.js';
import type { UpliftSample } from './upliftSample.js';

/** The groups of rows of one tree: of each arm a share, honest in halves to grow and to estimate on; then all other rows. */
export function drawTreeRows({ rowsByArm }: Pick<UpliftSample, 'rowsByArm'>, share: number, honest: boolean, random: Random): Int32Array[] {
  const drawn = rowsByArm.map((rows) => (share < 1 ? drawRows(rows, Math.max(share, Math.min(1, 4 / rows.length)), random) : { rows, rest: new Int32Array(0) }));
  const used = honest ? drawn.map(({ rows }) => drawRows(rows, 0.5, random)) : drawn;
  const groups = [...used.map(({ rows }) => rows), ...(honest ? used.map(({ rest }) => rest) : [])];
  const others = new Int32Array(drawn.reduce((sum, { rest }) => sum + rest.length, 0));
  let at = 0;
  for (const { rest } of drawn) {
    others.set(rest, at);
    at += rest.length;
  }
  return [...groups, others];
}
