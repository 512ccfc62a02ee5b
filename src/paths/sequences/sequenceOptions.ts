import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import { badOption, readLeast } from './readLeast.js';

/** Which of the frequent paths are wanted; see {@link SequenceOptions.patterns}. */
export type SequenceKind = 'frequent' | 'closed' | 'maximal' | 'generators' | 'top';

/** Which paths `mineSequences` looks for. */
export interface SequenceOptions extends StepLimits {
  /** The share of all customers that must have gone a path, above 0 to 1: at least `minSupport` × customers of them, rounded up. @defaultValue 0.05; nothing for 'top' */
  readonly minSupport?: number;
  /** The number of customers that must have gone a path (the sum of their weights), in place of `minSupport`. @defaultValue from `minSupport` */
  readonly minCount?: number;
  /**
   * Of the paths that are frequent and pass all restrictions: all of them (`frequent`); those no longer one of them has the same customers as (`closed`: nothing is
   * lost, without limits of time any count can be read off them); those that are part of no longer one (`maximal`); those no shorter one of them has the same
   * customers as (`generators`); or the `top` most frequent. @defaultValue 'closed'
   */
  readonly patterns?: SequenceKind;
  /** How many with `patterns: 'top'`; paths as frequent as the last are all given, unless there are more than `maxPatterns`: then the first `top` in the order of the result, and it says so. @defaultValue 100 */
  readonly top?: number;
  /** The fewest steps of a path. @defaultValue 1 */
  readonly minSteps?: number;
  /** The most steps of a path. @defaultValue any number */
  readonly maxSteps?: number;
  /** The fewest items of a path, over all its steps. @defaultValue 1 */
  readonly minItems?: number;
  /** The most items of a path, over all its steps. @defaultValue any number */
  readonly maxItems?: number;
  /** The most items of one step. @defaultValue any number */
  readonly maxStepItems?: number;
  /** Only paths whose first step has this item, or one of these. @defaultValue any */
  readonly startsWith?: string | readonly string[];
  /** Only paths whose last step has this item, or one of these. @defaultValue any */
  readonly endsWith?: string | readonly string[];
  /** Only paths that somewhere have this item, or one of these. @defaultValue any */
  readonly contains?: string | readonly string[];
  /** Whether a path may have an item more than once. @defaultValue true */
  readonly repeats?: boolean;
  /**
   * The most frequent paths held at a time, up to 50 million (16 bytes each). Where more are frequent, the count asked for is raised until they fit, and
   * the result says so. @defaultValue 1,000,000
   */
  readonly maxPatterns?: number;
  /** Called after each item a path can begin with, with the items done, their total, and the paths so far; `false` stops with what was found. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** The restrictions on one path, read; items as flags by position in `itemLevels`. */
export interface PathRules {
  readonly minSteps: number;
  readonly maxSteps: number;
  readonly minItems: number;
  readonly maxItems: number;
  readonly maxStepItems: number;
  readonly startsWith: Uint8Array | null;
  readonly endsWith: Uint8Array | null;
  readonly contains: Uint8Array | null;
  readonly repeats: boolean;
}

/** The options that are no restriction, read. */
export interface SearchRules {
  readonly kind: SequenceKind;
  readonly top: number;
  readonly maxPatterns: number;
  readonly minCount: number;
  /** What counts may lack by rounding. */
  readonly tolerance: number;
}

const OPTIONS: readonly string[] = [
  'minSupport', 'minCount', 'patterns', 'top', 'minSteps', 'maxSteps', 'minItems', 'maxItems', 'maxStepItems', 'startsWith', 'endsWith', 'contains', 'repeats', 'maxPatterns', 'onProgress',
];

/** How to search, among customers of so much weight. */
export function readSearch(caller: string, options: SequenceOptions, total: number, whole: boolean): SearchRules {
  requireKnownOptions(caller, options, [...OPTIONS, ...STEP_LIMITS]);
  const { top = 100, maxPatterns = 1_000_000 } = options;
  const kind = requireChoice(caller, 'patterns', options.patterns ?? 'closed', ['frequent', 'closed', 'maximal', 'generators', 'top']);
  if (options.top !== undefined && kind !== 'top') throw badOption(caller, 'top', `takes top only with patterns: 'top', found patterns: '${kind}'`, top);
  if (requireWhole(caller, 'maxPatterns', maxPatterns, 1) > 5e7) throw badOption(caller, 'maxPatterns', `needs maxPatterns of at most 50 million, found ${maxPatterns}; more do not fit into memory`, maxPatterns);
  requireWhole(caller, 'top', top, 1);
  return { kind, top: Math.min(top, maxPatterns), maxPatterns, minCount: readLeast(caller, options, kind === 'top' ? 0 : 0.05, total, whole), tolerance: whole ? 0 : 1e-9 };
}

/** The restrictions, items looked up among the names. */
export function readPathRules(caller: string, options: SequenceOptions, itemLevels: readonly string[]): PathRules {
  const bound = (option: 'minSteps' | 'maxSteps' | 'minItems' | 'maxItems' | 'maxStepItems'): number => (options[option] === undefined ? (option < 'min' ? Infinity : 1) : requireWhole(caller, option, options[option], 1));
  const { repeats = true } = options;
  if (typeof repeats !== 'boolean') throw badOption(caller, 'repeats', `needs repeats as true or false, found ${describeValue(repeats)}`, repeats);
  const rules = { minSteps: bound('minSteps'), maxSteps: bound('maxSteps'), minItems: bound('minItems'), maxItems: bound('maxItems'), maxStepItems: bound('maxStepItems') };
  for (const of of ['Steps', 'Items'] as const) {
    if (rules[`min${of}`] > rules[`max${of}`]) throw badOption(caller, `min${of}`, `needs min${of} of at most max${of}, found ${rules[`min${of}`]} and ${rules[`max${of}`]}`, rules[`min${of}`]);
  }
  const flags = (option: 'startsWith' | 'endsWith' | 'contains'): Uint8Array | null => (options[option] === undefined ? null : flagItems(caller, option, options[option], itemLevels));
  return { ...rules, startsWith: flags('startsWith'), endsWith: flags('endsWith'), contains: flags('contains'), repeats };
}

function flagItems(caller: string, option: string, wanted: string | readonly string[], itemLevels: readonly string[]): Uint8Array {
  const names: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (names.length === 0) throw badOption(caller, option, `needs an item or some in ${option}, found none; leave it out for any`, wanted);
  const flags = new Uint8Array(itemLevels.length);
  for (const name of names) {
    const level = itemLevels.indexOf(name as string);
    // Where there are no items, nothing is found anyway.
    if (level < 0 && itemLevels.length > 0) throw new ClientelaError('UNKNOWN_ID', `${caller} knows no item ${describeValue(name)} of ${option}; items are named as in itemLevels, such as ${describeValue(itemLevels[0])}`, { option, value: name });
    flags[level] = 1;
  }
  return flags;
}
