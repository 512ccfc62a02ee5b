import { describeValue } from '../../data/instant.js';
import { requireFinite, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireLineNames, substituteGroups } from './lineNames.js';
import { lineNumbers } from './lineNumbers.js';
import type { LineWallets, OpportunityOptions } from './opportunityOptions.js';

const OPTIONS = ['lines', 'probability', 'perLine', 'held', 'ease', 'step', 'margin', 'eligible', 'totalHeadroom', 'substitutes', 'customers', 'top'];
const CALLER = 'opportunityMatrix';

/** What is given, checked and row-major. */
export interface OpportunityCells {
  readonly width: number;
  readonly rows: number;
  /** Expected amounts before margin. */
  readonly expected: Float64Array;
  /** The most a line alone could bring. */
  readonly limits: Float64Array;
  readonly held: Float64Array;
  readonly eligible: Float64Array | null;
  readonly margins: readonly number[];
  readonly totalHeadroom: Float64Array | null;
  readonly groups: readonly (readonly number[])[];
}

/** Reads options and columns into cells; refuses what does not fit together. */
export function readOpportunities(options: OpportunityOptions): OpportunityCells {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { lines, perLine, ease = 0.5, step = 0.2, margin = 1, substitutes = [], customers } = options;
  requireLineNames(CALLER, lines);
  const width = lines.length;
  const probability = lineNumbers(CALLER, 'probability', options.probability, null, width);
  const rows = probability.length / width;
  if (!Array.isArray(perLine) || perLine.length !== width) {
    throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs perLine as one entry for each of the ${width} lines, found ${Array.isArray(perLine) ? perLine.length : describeValue(perLine)}`, { option: 'perLine' });
  }
  if (customers !== undefined && customers.length !== rows) throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs customers as ${rows} names, found ${customers.length}`, { option: 'customers' });
  const present = new Float64Array(rows * width);
  const limits = new Float64Array(rows * width);
  lines.forEach((line, j) => fillLine(perLine[j] as LineWallets, line, rows, width, j, present, limits));
  const held = options.held === undefined ? present.map((amount) => (amount > 0 ? 1 : 0)) : requireShares('held', options.held, rows * width);
  const eligible = options.eligible === undefined ? null : requireShares('eligible', options.eligible, rows * width);
  const eases = typeof ease === 'number' ? new Float64Array(rows * width).fill(requireFinite(CALLER, 'ease', ease)) : ease;
  const share = requireShares('step', [requireFinite(CALLER, 'step', step)], 1)[0]!;
  const won = requireShares('ease', eases, rows * width);
  requireShares('probability', probability, rows * width);
  const expected = limits.map((limit, i) => (eligible !== null && eligible[i] === 0 ? 0 : held[i] === 0 ? probability[i]! * limit : won[i]! * share * limit));
  const margins = [...lineNumbers(CALLER, 'margin', typeof margin === 'number' ? new Array<number>(width).fill(margin) : margin, width, 1)];
  const totalHeadroom = options.totalHeadroom === undefined ? null : lineNumbers(CALLER, 'totalHeadroom', options.totalHeadroom, rows, 1);
  return { width, rows, expected, limits, held, eligible, margins, totalHeadroom, groups: substituteGroups(CALLER, lines, substitutes) };
}

function fillLine(columns: LineWallets, line: string, rows: number, width: number, j: number, present: Float64Array, headroom: Float64Array): void {
  const wallet = lineNumbers(CALLER, `wallet of ${line}`, columns.wallet, rows, 1);
  const spend = columns.present === undefined ? null : lineNumbers(CALLER, `present of ${line}`, columns.present, rows, 1);
  for (let row = 0; row < rows; row++) {
    const now = spend === null ? 0 : spend[row]!;
    if (wallet[row]! < now * (1 - 1e-9)) {
      throw new ClientelaError('INVALID_VALUE', `${CALLER} needs wallets of the present spend or more, found ${wallet[row]} and ${now} in line "${line}", row ${row}`, { line, row });
    }
    present[row * width + j] = now;
    headroom[row * width + j] = Math.max(0, wallet[row]! - now);
  }
}

function requireShares(option: string, given: ArrayLike<number>, count: number): Float64Array {
  const shares = lineNumbers(CALLER, option, given, count, 1);
  const place = shares.findIndex((value) => value > 1);
  if (place < 0) return shares;
  throw new ClientelaError('INVALID_VALUE', `${CALLER} needs ${option} in [0, 1], found ${shares[place]} at place ${place}`, { option, place });
}
