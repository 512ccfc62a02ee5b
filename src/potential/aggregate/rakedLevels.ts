import { ClientelaError } from '../../errors.js';
import { scaledSums, type RakeFactors, type RakePlan } from './rakeFactors.js';

/** A level whose market size is known, before and after. */
export interface RakedLevel {
  /** The dimension; `total` where it is the whole. */
  readonly dimension: string;
  /** Its value there. */
  readonly level: string;
  /** How many customers; with `weights` their sum. */
  readonly customers: number;
  /** What they spend now. */
  readonly present: number;
  /** What their potentials were. */
  readonly before: number;
  /** What they are. */
  readonly after: number;
  /** What they were to be. */
  readonly size: number;
  /** What the level contributes to the factors of its customers: above 1 where the market is larger than estimated. */
  readonly factor: number;
}

type LevelBefore = Omit<RakedLevel, 'after' | 'factor'>;

/** The levels as they are, refused where no factor can bring them to their size. */
export function levelsBefore(caller: string, plan: RakePlan): readonly (readonly LevelBefore[])[] {
  const { values: { present, headroom }, weights, margins, growing } = plan;
  return margins.map((margin) => {
    const sums = scaledSums(plan, margin, new Float64Array(present.length).fill(1), null);
    const [customers, spent, room] = [present.map(() => 1), present, growing].map((column) => sumLevels(margin.codes, weights, column, sums.length));
    return margin.levels.map((level, at) => {
      const [size, now] = [margin.sizes[at]!, spent![at]!];
      const where = margin.name === 'total' ? 'all customers' : `the customers of ${margin.name} "${level}"`;
      const details = { dimension: margin.name, level, size, present: now, potential: sums[at]! };
      if (size < now * (1 - 1e-12)) {
        throw new ClientelaError('INVALID_VALUE', `${caller} needs a market of at least what is spent here, found ${size} where ${where} spend ${now} now; give both for the same period, products and customers, or leave the size out`, details);
      }
      if (!(room![at]! > 0) && size > now) {
        const remedy = growing === headroom ? `with adjust: 'wallet' wallets grow` : 'leave the size out';
        throw new ClientelaError('INVALID_VALUE', `${caller} cannot scale ${where} from ${sums[at]!} to ${size}, as there is nothing to scale; ${remedy}`, details);
      }
      return { dimension: margin.name, level, customers: customers![at]!, present: now, before: sums[at]!, size };
    });
  });
}

/** The same with what they have become. */
export function levelsAfter(plan: RakePlan, before: readonly (readonly LevelBefore[])[], { levels, rows }: RakeFactors): RakedLevel[] {
  return plan.margins.flatMap((margin, at) => {
    const after = scaledSums(plan, margin, rows, null);
    return before[at]!.map((level, place) => ({ ...level, after: after[place]!, factor: levels[at]![place]! }));
  });
}

function sumLevels(codes: Int32Array, weights: Float64Array, column: Float64Array, levelCount: number): Float64Array {
  const sums = new Float64Array(levelCount);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) sums[codes[row]!]! += weights[row]! * column[row]!;
  return sums;
}
