import { ClientelaError } from '../errors.js';
import type { Random } from '../numeric/random.js';
import { requireLength, unfit } from '../data/labelsAndScores.js';

/** What a bootstrap draws: units (customers, or whole groups of rows), and the rows each of them brings with what weight. */
export interface Resampling {
  readonly rowCount: number;
  readonly unitCount: number;
  /** Units that are drawn among themselves. */
  readonly strata: readonly Uint32Array[];
  /** Entry k says that unit unitOf[k] brings row rowOf[k] with weightOf[k]. */
  readonly unitOf: Uint32Array;
  readonly rowOf: Uint32Array;
  readonly weightOf: Float64Array;
}

/** How samples are drawn. */
export interface ResamplingOptions {
  readonly weights?: ArrayLike<number>;
  readonly groups?: ArrayLike<unknown>;
  readonly stratify?: boolean;
}

/** The most units that whole weights may stand for: one integer each is held. */
const MOST_UNITS = 1e8;

/**
 * Whole weights count customers, so a row of weight 2 is two units; any other weights, and those of grouped rows, go with the row drawn. Rows of
 * weight 0 are absent.
 */
export function planResampling(caller: string, labels: Float64Array, { weights, groups, stratify = false }: ResamplingOptions): Resampling {
  const n = labels.length;
  if (stratify && groups !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes one of groups and stratify, found both; leave one out`, { option: 'stratify' });
  }
  if (weights !== undefined) requireLength(caller, 'weights', weights, n);
  if (groups !== undefined) requireLength(caller, 'groups', groups, n);
  let [whole, kept, total] = [true, 0, 0];
  for (let row = 0; row < n; row++) {
    const w = weights === undefined ? 1 : weights[row]!;
    if (!(w >= 0 && w < Infinity)) throw unfit(caller, 'weight', w, row, 'finite and 0 or more');
    if (w > 0) kept++;
    if (w % 1 !== 0) whole = false;
    total += w;
  }
  const counted = whole && groups === undefined;
  if (counted && total > MOST_UNITS) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs whole weights, which count customers, to add up to at most ${MOST_UNITS}, found ${total}; divide them by a common factor`, { total });
  }
  const size = counted ? total : kept;
  const plan = { rowCount: n, unitOf: new Uint32Array(size), rowOf: new Uint32Array(size), weightOf: new Float64Array(size) };
  const numbered = groups === undefined ? undefined : new Map<unknown, number>();
  let k = 0;
  for (let row = 0; row < n; row++) {
    const w = weights === undefined ? 1 : weights[row]!;
    if (w === 0) continue;
    for (let copy = counted ? w : 1; copy > 0; copy--, k++) {
      plan.unitOf[k] = numbered === undefined ? k : numberOf(caller, numbered, groups![row], row);
      plan.rowOf[k] = row;
      plan.weightOf[k] = counted ? 1 : w;
    }
  }
  const unitCount = numbered?.size ?? size;
  if (unitCount < 2) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least two rows or groups with a weight above 0, found ${unitCount}`);
  return { ...plan, unitCount, strata: stratify ? strataByLabel(caller, labels, plan.rowOf) : [Uint32Array.from({ length: unitCount }, (_, unit) => unit)] };
}

/** Fills `counts`, one per row, with a sample as large as the data; `drawn` is scratch of one per unit. */
export function drawSample(plan: Resampling, random: Random, drawn: Uint32Array, counts: Float64Array): void {
  drawn.fill(0);
  for (const units of plan.strata) {
    // What random.integer does, the remainder as whole 32-bit numbers: most of the cost of a sample lies here.
    const size = units.length >>> 0;
    const limit = 4_294_967_296 - (4_294_967_296 % size);
    for (let left = size; left > 0; ) {
      const draw = random.uint32();
      if (draw >= limit) continue;
      drawn[units[(draw >>> 0) % size]!]!++;
      left--;
    }
  }
  spreadUnits(plan, drawn, counts);
}

/** The weight of every row when each unit is there so many times. */
export function spreadUnits({ unitOf, rowOf, weightOf }: Resampling, drawn: Uint32Array, counts: Float64Array): void {
  counts.fill(0);
  for (let k = 0; k < rowOf.length; k++) counts[rowOf[k]!]! += drawn[unitOf[k]!]! * weightOf[k]!;
}

function numberOf(caller: string, numbered: Map<unknown, number>, value: unknown, row: number): number {
  if (value === null || value === undefined || Number.isNaN(value)) {
    throw new ClientelaError('MISSING_VALUE', `${caller} needs a group for every row, found none in row ${row}`, { row });
  }
  const key = value instanceof Date ? value.getTime() : value;
  const number = numbered.get(key) ?? numbered.size;
  if (number === numbered.size) numbered.set(key, number);
  return number;
}

function strataByLabel(caller: string, labels: Float64Array, rowOf: Uint32Array): Uint32Array[] {
  const byLabel = new Map<number, number[]>();
  rowOf.forEach((row, unit) => {
    const units = byLabel.get(labels[row]!);
    if (units === undefined) byLabel.set(labels[row]!, [unit]);
    else units.push(unit);
  });
  if (byLabel.size <= 20) return [...byLabel.values()].map((units) => Uint32Array.from(units));
  throw new ClientelaError('INVALID_OPTION', `${caller} can stratify by labels that are classes, found ${byLabel.size}; leave stratify out`, { option: 'stratify' });
}
