import type { JourneyColumns, Journeys } from '../journeys/journeys.js';
import { STEP_LIMITS, type ReadLimits, type StepLimits } from '../journeys/stepLimits.js';
import { mineSequences } from '../sequences/mineSequences.js';
import type { SequencePattern } from '../sequences/sequencePattern.js';
import { indexSteps } from '../timing/stepIndex.js';
import { matchLate } from './lateMatch.js';

/** Rows that are compared: journeys, or the windows before an outcome and before a moment without. */
export interface LabelledRows {
  readonly journeys: JourneyColumns;
  /** 1 for a case, 0 for a control. */
  readonly isCase: Uint8Array;
  /** The stratum of each row, and how many strata there are. */
  readonly strata: Int32Array;
  readonly strataCount: number;
}

/** A path and the rows that have it, by stratum. */
export interface CountedPath {
  readonly steps: SequencePattern['steps'];
  readonly codes: readonly (readonly number[])[];
  readonly casesWith: Float64Array;
  readonly controlsWith: Float64Array;
  /** Rows of cases with it, and the last step of its last way in each. */
  readonly caseRows: readonly number[];
  readonly caseEnds: readonly number[];
}

/** What is searched for; see `PathContrastOptions`. */
export interface CandidatePlan {
  readonly minSupport?: number;
  readonly minCount?: number;
  readonly maxSteps?: number;
  readonly maxItems: number;
  readonly maxPatterns: number;
}

/** The paths that enough rows have, whatever their label: so that the choice does not favour small p. Each counted by label and stratum. */
export function countPaths(rows: LabelledRows, plan: CandidatePlan, given: StepLimits, limits: ReadLimits): { readonly paths: CountedPath[]; readonly truncated: boolean } {
  const { journeys, strataCount } = rows;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- readJourneys knows journeys by their shape
  const mined = mineSequences(journeys as Journeys, { ...plan, ...given, patterns: 'frequent' });
  const levels = new Map(journeys.itemLevels.map((level, code) => [level, code]));
  const found = Array.from(mined, ({ steps }) => {
    const codes = steps.map((step) => step.map((item) => levels.get(item)!));
    return { steps, codes, key: pathKey(codes) };
  }).sort((a, b) => (a.key < b.key ? -1 : 1));
  const index = indexSteps(journeys, journeys.itemLevels.length);
  const all = Uint32Array.from(journeys.customers, (_, row) => row);
  // What goes on from a path stands behind it: only its rows can have them.
  const open: { readonly key: string; readonly rows: Uint32Array }[] = [];
  const paths = found.map(({ steps, codes, key }): CountedPath => {
    while (open.length > 0 && !(key.startsWith(open.at(-1)!.key) && ' ,'.includes(key[open.at(-1)!.key.length]!))) open.pop();
    const among = open.at(-1)?.rows ?? all;
    const path = { steps, codes, casesWith: new Float64Array(strataCount), controlsWith: new Float64Array(strataCount), caseRows: [] as number[], caseEnds: [] as number[] };
    const matcher = matchLate(codes.map(index), journeys.times, limits);
    const having = new Uint32Array(among.length);
    let count = 0;
    for (const row of among) {
      const end = matcher.find(journeys.offsets[row]!, journeys.offsets[row + 1]!);
      if (end < 0) continue;
      having[count++] = row;
      if (rows.isCase[row] === 0) path.controlsWith[rows.strata[row]!]!++;
      else {
        path.casesWith[rows.strata[row]!]!++;
        path.caseRows.push(row);
        path.caseEnds.push(end);
      }
    }
    if (given.minSpan === undefined) open.push({ key, rows: having.subarray(0, count) });
    return path;
  });
  return { paths, truncated: mined.truncated };
}

/** A path as text, so that what it goes on from is how it begins: items of one step with commas, steps with blanks between. */
export function pathKey(codes: readonly (readonly number[])[]): string {
  return codes.map((step) => step.join()).join(' ');
}

/** Strata of equal numbers of steps; numbers that fewer than 50 rows have are put together with those above. */
export function strataOfSteps(offsets: Uint32Array): { readonly strata: Int32Array; readonly strataCount: number } {
  const counts: number[] = [];
  const lengths = Uint32Array.from({ length: offsets.length - 1 }, (_, row) => offsets[row + 1]! - offsets[row]!);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const stratumOf = new Int32Array(counts.length);
  let [stratum, rows] = [0, 0];
  for (let length = 0; length < counts.length; length++) {
    if (rows >= 50) {
      stratum++;
      rows = 0;
    }
    stratumOf[length] = stratum;
    rows += counts[length] ?? 0;
  }
  return { strata: Int32Array.from(lengths, (length) => stratumOf[length]!), strataCount: stratum + 1 };
}

/** The limits among the options. */
export function limitsAmong(options: StepLimits): StepLimits {
  return Object.fromEntries(STEP_LIMITS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}
