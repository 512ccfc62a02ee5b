import { requireDuration, type Duration } from '../../data/duration.js';
import type { CustomerValues } from '../../data/customerValues.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { OutcomeRule } from '../../data/outcome.js';
import { ClientelaError } from '../../errors.js';

/** Which events are meant: an item by name, any of several, or a rule; as `outcome` of `labelOutcome`. */
export type EventsMeant = string | readonly string[] | OutcomeRule;

/** Leaving is silence: none of the events in the window. */
export interface InactivityRule {
  /** Which rule this is. */
  readonly kind: 'inactivity';
  /** Which events show that a customer is there. @defaultValue any purchase */
  readonly outcome?: EventsMeant;
  /** After how long a silence a customer counts as gone; for `survivalTimes` and `timeVaryingRows`, see `churnThresholds` for which. */
  readonly silence?: Duration;
}

/** Leaving is the end of a contract, by events of the log, or by dates from elsewhere: give `end` or `endedAt`. */
export interface ContractRule {
  /** Which rule this is. */
  readonly kind: 'contract';
  /** The events that end it. */
  readonly end?: EventsMeant;
  /** The events that begin it, also again after an end. @defaultValue the first event of a customer begins it, the first end is final */
  readonly start?: EventsMeant;
  /** When each contract ended, UTC epoch milliseconds; `NaN`, or not listed: it has not. */
  readonly endedAt?: CustomerValues;
  /** When each began, UTC epoch milliseconds. @defaultValue with the first event of the customer */
  readonly startedAt?: CustomerValues;
}

/** Leaving is being overdue by one's own rhythm, see {@link personalRhythm}, when the window ends. */
export interface RhythmRule {
  /** Which rule this is. */
  readonly kind: 'rhythm';
  /** Which events are a visit. @defaultValue any purchase */
  readonly outcome?: EventsMeant;
  /** Overdue is who stays away so long as this share of own gaps at most. @defaultValue 0.05 */
  readonly share?: number;
  /** No silence shorter than this is overdue, however regular the customer. @defaultValue none */
  readonly atLeast?: Duration;
}

/** Leaving in part is to do less than usual, growing is to do more. */
export interface VolumeRule {
  /** `'decline'`: below `share` of the usual; `'growth'`: at least `share` times the usual. */
  readonly kind: 'decline' | 'growth';
  /** What is compared. @defaultValue `'amount'` where the log has amounts, otherwise `'count'` */
  readonly measure?: 'amount' | 'count';
  /** Which events count. @defaultValue any purchase */
  readonly outcome?: EventsMeant;
  /** The part of the usual. @defaultValue 0.5 for a decline, 1.5 for growth */
  readonly share?: number;
  /** The time before the moment in which the usual is measured; who has been a customer for less is left out. */
  readonly usual: Duration;
}

/** Leaving in part is to drop a line; deepening is to take one never had before. A line is an item of the log. */
export interface LineRule {
  /** `'lineDropped'`: a line held in the lookback has no event in the window; `'newLine'`: the first event ever of some line. */
  readonly kind: 'lineDropped' | 'newLine';
  /** The lines. @defaultValue all items */
  readonly items?: readonly string[];
  /** How many events in the lookback make a line one that is held; for `'lineDropped'`. @defaultValue 1 */
  readonly minimumEvents?: number;
}

/** What leaving (or, its mirror image, deepening) means here. */
export type ChurnRule = InactivityRule | ContractRule | RhythmRule | VolumeRule | LineRule;

/**
 * Whether a rule is about leaving, wholly or in part, or about deepening: 1 is bad news or good.
 *
 * @param rule - see {@link ChurnRule}
 * @returns `'deepen'` for growth and new lines, otherwise `'leave'`
 * @example
 * ```ts
 * directionOf({ kind: 'newLine' }); // => 'deepen'
 * directionOf({ kind: 'inactivity' }); // => 'leave'
 * ```
 */
export function directionOf(rule: ChurnRule): 'leave' | 'deepen' {
  return rule.kind === 'growth' || rule.kind === 'newLine' ? 'deepen' : 'leave';
}

const KINDS = ['inactivity', 'contract', 'rhythm', 'decline', 'growth', 'lineDropped', 'newLine'] as const;

const OPTIONS: Readonly<Record<ChurnRule['kind'], readonly string[]>> = {
  inactivity: ['kind', 'outcome', 'silence'],
  contract: ['kind', 'end', 'start', 'endedAt', 'startedAt'],
  rhythm: ['kind', 'outcome', 'share', 'atLeast'],
  decline: ['kind', 'measure', 'outcome', 'share', 'usual'],
  growth: ['kind', 'measure', 'outcome', 'share', 'usual'],
  lineDropped: ['kind', 'items', 'minimumEvents'],
  newLine: ['kind', 'items'],
};

/** A rule that means something, or the error that names what is wrong. */
export function requireRule(caller: string, rule: ChurnRule): ChurnRule {
  if (typeof rule !== 'object' || (rule as object | null) === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a rule such as { kind: 'inactivity' }, found ${describeValue(rule)}`, { option: 'rule', value: rule });
  }
  const kind = requireChoice(caller, 'rule.kind', rule.kind, KINDS);
  requireKnownOptions(`${caller} rule`, rule, OPTIONS[kind]);
  switch (rule.kind) {
    case 'contract':
      requireOneSource(caller, rule);
      break;
    case 'inactivity':
      if (rule.silence !== undefined) requireDuration(caller, 'rule.silence', rule.silence);
      break;
    case 'rhythm':
      if (rule.atLeast !== undefined) requireDuration(caller, 'rule.atLeast', rule.atLeast, true);
      requireShare(caller, kind, rule.share ?? 0.05);
      break;
    case 'decline':
    case 'growth':
      requireDuration(caller, 'rule.usual', rule.usual);
      requireShare(caller, kind, rule.share ?? (kind === 'decline' ? 0.5 : 1.5));
      break;
    default:
      requireWhole(caller, 'rule.minimumEvents', rule.minimumEvents ?? 1, 1);
  }
  return rule;
}

function requireOneSource(caller: string, { end, start, endedAt, startedAt }: ContractRule): void {
  if ((end === undefined) !== (endedAt === undefined) && (start === undefined || startedAt === undefined)) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs either the events that end a contract (end) or the moments at which contracts ended (endedAt), and likewise start or startedAt, found both or none`, { option: 'rule' });
}

function requireShare(caller: string, kind: ChurnRule['kind'], share: number): void {
  if (kind === 'growth' ? share > 1 && share < Infinity : share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs rule.share ${kind === 'growth' ? 'above 1' : 'between 0 and 1'} for ${kind}, found ${describeValue(share)}`, { option: 'rule.share', value: share });
}
