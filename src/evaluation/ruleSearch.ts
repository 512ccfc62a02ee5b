import type { TraitColumn } from './traitCandidates.js';

/** One condition of a rule: the codes from `low` to `high` of a column. */
export interface RuleTerm {
  readonly column: number;
  readonly low: number;
  readonly high: number;
}

/** What is looked for. */
export interface RuleSearch {
  readonly columns: readonly TraitColumn[];
  /** 1 for a member of the group. */
  readonly members: Uint8Array;
  /** 1: rules with more members than average, -1: with fewer. */
  readonly sign: 1 | -1;
  readonly maxConditions: number;
  /** Rows a rule has at least. */
  readonly fewest: number;
}

interface Candidate {
  readonly terms: readonly RuleTerm[];
  readonly quality: number;
}

/** Rules carried from one length to the next: many enough that two conditions which tell only together are rarely missed. */
const BEAM = 12;

/**
 * The rule of at most so many conditions whose share of members lies farthest from the average, in standard errors of a random draw, by beam
 * search (Lavrač et al., 2004); undefined where none differs. O(conditions × beam × rows × columns).
 */
export function findRule(search: RuleSearch, rows: Uint32Array): readonly RuleTerm[] | undefined {
  let found = 0;
  for (const row of rows) found += search.members[row]!;
  const rate = found / rows.length;
  let best: Candidate = { terms: [], quality: 0 };
  let beam: Candidate[] = [best];
  for (let length = 1; length <= search.maxConditions; length++) {
    const next = new Map<string, Candidate>();
    for (const { terms } of beam) {
      for (const candidate of longer(search, terms, matching(search.columns, terms, rows), rows.length, rate)) {
        const name = candidate.terms.map(({ column, low, high }) => `${column}:${low}-${high}`).sort().join(' ');
        next.set(name, candidate);
      }
    }
    beam = [...next.values()].sort((a, b) => b.quality - a.quality).slice(0, BEAM);
    // A longer rule has to be clearly better than a shorter one, or it only says less about more.
    if (beam.length > 0 && beam[0]!.quality > 1.05 * best.quality) best = beam[0]!;
  }
  return best.terms.length === 0 ? undefined : best.terms;
}

/** The rows that meet every condition. */
export function matching(columns: readonly TraitColumn[], terms: readonly RuleTerm[], rows: Uint32Array): Uint32Array {
  return terms.reduce((left, { column, low, high }) => {
    const { codes } = columns[column]!;
    return left.filter((row) => codes[row]! >= low && codes[row]! <= high);
  }, rows);
}

/** Every rule with one condition more, on a column that has none yet. */
function longer({ columns, members, sign, fewest }: RuleSearch, terms: readonly RuleTerm[], rows: Uint32Array, all: number, rate: number): Candidate[] {
  const candidates: Candidate[] = [];
  columns.forEach((given, column) => {
    if (terms.some((term) => term.column === column)) return;
    const { codes, texts, bands } = given;
    const counts = new Float64Array(texts.length);
    const found = new Float64Array(texts.length);
    for (const row of rows) {
      const code = codes[row]!;
      counts[code]!++;
      found[code]! += members[row]!;
    }
    const consider = (low: number, high: number): void => {
      let [n, events] = [0, 0];
      for (let code = low; code <= high; code++) {
        n += counts[code]!;
        events += found[code]!;
      }
      if (n < fewest || n === rows.length) return;
      const error = Math.sqrt((rate * (1 - rate) * (1 - n / all)) / n);
      const quality = (sign * (events / n - rate)) / error;
      if (quality > 0) candidates.push({ terms: [...terms, { column, low, high }], quality });
    };
    for (let code = 0; code < texts.length; code++) consider(code, code);
    const last = (bands?.count ?? 0) - 1;
    for (let code = 1; code < last; code++) {
      consider(0, code);
      consider(code, last);
    }
  });
  return candidates;
}
