import { requireChoice, requireKnownOptions, requireWhole } from '../data/options.js';
import { readColumn } from '../data/readColumn.js';
import { unfit } from '../data/labelsAndScores.js';
import { readTable, type ColumnNameOf, type TableInput } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { falseDiscoveryQ } from '../numeric/falseDiscovery.js';
import { hypergeometricP } from '../numeric/hypergeometric.js';
import { createRandom, shuffle } from '../numeric/random.js';
import { requireOnePerRow } from './findTraits.js';
import { normalMultiplier, wilsonRate } from './intervals.js';
import { findRule, matching, type RuleSearch, type RuleTerm } from './ruleSearch.js';
import { traitColumn, type TraitColumn } from './traitCandidates.js';

/** How rules are looked for. */
export interface ProfileRuleOptions<Names extends string = string> {
  /** The columns a rule may name. @defaultValue all but identifiers */
  readonly features?: readonly Names[];
  /** Rules where the event is more frequent than in general, or less. @defaultValue 'more' */
  readonly direction?: 'more' | 'less';
  /** At most so many rules. @defaultValue 5 */
  readonly top?: number;
  /** At most so many conditions in a rule. @defaultValue 3 */
  readonly maxConditions?: number;
  /** The smallest share of all customers a rule may be about, between 0 and 0.5. @defaultValue 0.02 */
  readonly minSupport?: number;
  /** Into how many bands of equal size a number or date is cut. @defaultValue 5 */
  readonly bands?: number;
  /** Which share of the named rules may be chance finds. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance in the halves, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** A rule that says where an event is frequent, or rare. */
export interface ProfileRule {
  /** In words: `contract = Month-to-month and tenure up to 9`. */
  readonly text: string;
  /** Its conditions, one a column. */
  readonly conditions: readonly { readonly feature: string; readonly text: string }[];
  /** Rows that meet it. */
  readonly customers: number;
  /** The share of all rows they are. */
  readonly support: number;
  /** The share of them with the event, from rows the rule was not found on. */
  readonly rate: Estimate;
  /** That rate over the rate of all. */
  readonly lift: number;
  /** The share of all events that the rule covers, from the same rows. */
  readonly coverage: number;
  /** Two-sided p-value of Fisher's exact test on those rows. */
  readonly p: number;
  /** p corrected for all rules that were put to that test (Benjamini and Hochberg, 1995). */
  readonly q: number;
}

const CALLER = 'profileRules';
const OPTIONS = ['features', 'direction', 'top', 'maxConditions', 'minSupport', 'bands', 'falseDiscoveryRate', 'confidence', 'seed'];
/** A rule about fewer rows of a half could not be told from chance. */
const FEWEST = 10;

/**
 * Short rules that say where an event (an answer, a leaving, a high score) is more frequent than elsewhere, or less, with lift and support.
 *
 * Rules are looked for on one half of the rows, by beam search, each among the rows that those before it leave over; all their figures come from the
 * other half, so that the best of many looks is not taken at its word, and a rule that does not hold there beyond chance is not named. No rule is a
 * normal answer. The rules may overlap: each stands alone. O(top × conditions × rows × columns).
 *
 * @param data - a Frame, rows, or columns
 * @param members - per row whether the event happened: 1 or true, 0 or false
 * @param options - direction, features, top, maxConditions, minSupport, bands, falseDiscoveryRate, confidence, seed
 * @returns the rules, those with the rate farthest from the average first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * const customers = Array.from({ length: 2000 }, (_, i) => ({ plan: i % 4 ? 'basic' : 'gold', age: 20 + ((i * 7) % 50), shoe: 36 + ((i * 11) % 9) }));
 * const answered = customers.map(({ plan, age }, i) => (plan === 'gold' && age >= 50 ? i % 3 > 0 : i % 19 === 0));
 * const [rule] = profileRules(customers, answered);
 * rule.text; // => 'plan = gold and age from 50'
 * rule.lift > 3; // => true
 * ```
 */
export function profileRules<Data extends TableInput>(data: Data, members: ArrayLike<number> | ArrayLike<boolean>, options: ProfileRuleOptions<ColumnNameOf<Data>> = {}): ProfileRule[] {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { top = 5, maxConditions = 3, minSupport = 0.02, bands = 5, falseDiscoveryRate = 0.05, confidence = 0.95, seed = 1 } = options;
  const direction = requireChoice(CALLER, 'direction', options.direction ?? 'more', ['more', 'less']);
  for (const [name, value, least] of [['top', top, 1], ['maxConditions', maxConditions, 1], ['bands', bands, 2]] as const) requireWhole(CALLER, name, value, least);
  requireShare('minSupport', minSupport, 0.5);
  requireShare('falseDiscoveryRate', falseDiscoveryRate, 1);
  const z = normalMultiplier(CALLER, confidence);
  const view = readTable(CALLER, data);
  const n = view.rowCount;
  if (n === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row`);
  const isMember = readMembers(members, n);
  const names: readonly string[] = options.features ?? view.names;
  const columns = names.flatMap((name) => traitColumn(name, readColumn(CALLER, view, name), bands) ?? []);
  const [search, judge] = halves(isMember, seed);
  const task: RuleSearch = { columns, members: isMember, sign: direction === 'more' ? 1 : -1, maxConditions, fewest: Math.max(FEWEST, minSupport * search.length) };
  const all = Uint32Array.from(isMember.keys());
  const judged = searchRules(task, search, top).map((terms) => judgeRule(task, terms, judge, matching(columns, terms, all).length / n, n, z));
  const q = falseDiscoveryQ(Float64Array.from(judged, ({ p }) => p));
  return judged
    .map((rule, i) => ({ ...rule, q: q[i]! }))
    .filter((rule) => rule.q <= falseDiscoveryRate && (direction === 'more' ? rule.lift > 1 : rule.lift < 1))
    .sort((a, b) => task.sign * (b.lift - a.lift));
}

function requireShare(option: string, value: number, most: number): void {
  if (value > 0 && value < most) return;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} as a number between 0 and ${most}, found ${String(value)}`, { option, value });
}

function readMembers(members: ArrayLike<number> | ArrayLike<boolean>, n: number): Uint8Array {
  requireOnePerRow(CALLER, 'member', n, members);
  return Uint8Array.from(members as ArrayLike<number | boolean>, (member, row) => {
    if (member === 0 || member === 1 || member === true || member === false) return Number(member);
    throw unfit(CALLER, 'member', member, row, '1 where the event happened, 0 otherwise');
  });
}

/** Two halves with equally many members, by chance. */
function halves(isMember: Uint8Array, seed: number): [Uint32Array, Uint32Array] {
  const order = Array.from(isMember.keys());
  shuffle(order, createRandom(seed));
  const parts: [number[], number[]] = [[], []];
  const seen = [0, 0];
  for (const row of order) parts[(seen[isMember[row]!]!++ % 2) as 0 | 1].push(row);
  return [Uint32Array.from(parts[0].sort((a, b) => a - b)), Uint32Array.from(parts[1].sort((a, b) => a - b))];
}

/** One rule after the other, each among the rows that no rule before it covers. */
function searchRules(task: RuleSearch, rows: Uint32Array, top: number): (readonly RuleTerm[])[] {
  const rules: (readonly RuleTerm[])[] = [];
  let left = rows;
  while (rules.length < top && left.length >= 2 * task.fewest) {
    const rule = findRule(task, left);
    if (rule === undefined) break;
    rules.push(rule);
    const covered = new Set(matching(task.columns, rule, left));
    left = left.filter((row) => !covered.has(row));
  }
  return rules;
}

function judgeRule({ columns, members }: RuleSearch, terms: readonly RuleTerm[], rows: Uint32Array, support: number, n: number, z: number): Omit<ProfileRule, 'q'> {
  const events = (of: Uint32Array): number => of.reduce((sum, row) => sum + members[row]!, 0);
  const inside = matching(columns, terms, rows);
  const [found, total] = [events(inside), events(rows)];
  const rate = inside.length === 0 ? { estimate: 0, lower: 0, upper: 1 } : wilsonRate(found, inside.length, z);
  const conditions = [...terms].sort((a, b) => a.column - b.column).map((term) => ({ feature: columns[term.column]!.feature, text: textOf(columns[term.column]!, term) }));
  return {
    text: conditions.map(({ text }) => text).join(' and '),
    conditions,
    customers: Math.round(support * n),
    support,
    rate,
    lift: total === 0 ? 1 : (rate.estimate * rows.length) / total,
    coverage: total === 0 ? 0 : found / total,
    p: hypergeometricP(found, inside.length, total, rows.length),
  };
}

function textOf({ texts, bands }: TraitColumn, { low, high }: RuleTerm): string {
  return low === high || bands === undefined ? texts[low]! : bands.text(low, high);
}
