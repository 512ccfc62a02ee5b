import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { TrainingSample } from './survivalSample.js';

/** Options of `concordanceIndex` and, with more, `concordance`. */
export interface ConcordanceOptions {
  /**
   * `'harrell'`: every comparable pair counts once. Its limit depends on how customers were censored. `'uno'`: pairs count 1 / G², where G is the share not yet
   * censored just before the event, which takes that away (Uno et al., 2011). @defaultValue 'harrell'
   */
  readonly weighting?: 'harrell' | 'uno';
  /** Only events up to and with this time count; who lasts longer is compared with them. @defaultValue all */
  readonly until?: number;
  /** From when each row was observed: it is compared with events after its entry, up to and with its duration. Not with `'uno'`. @defaultValue 0 */
  readonly entries?: ArrayLike<number>;
  /** One a row, finite, from 0 up: a pair counts the product of the two. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Only rows with the same value are compared. @defaultValue all are */
  readonly strata?: ArrayLike<string | number>;
  /** Pairs with equal risks count `'half'` (as chance would), or not at all. @defaultValue 'half' */
  readonly ties?: 'half' | 'ignore';
  /** Whose censoring `'uno'` takes; events later than these could have shown are left out. @defaultValue the rows themselves */
  readonly training?: TrainingSample;
}

const KNOWN: readonly string[] = ['weighting', 'until', 'entries', 'weights', 'strata', 'ties', 'training'];

/** Refuses options that are unknown or do not go together. */
export function requireConcordanceOptions(caller: string, options: ConcordanceOptions, more: readonly string[] = []): void {
  requireKnownOptions(caller, options, [...KNOWN, ...more]);
  const weighting = requireChoice(caller, 'weighting', options.weighting ?? 'harrell', ['harrell', 'uno']);
  requireChoice(caller, 'ties', options.ties ?? 'half', ['half', 'ignore']);
  const { until } = options;
  if (until !== undefined && !(until > 0)) throw new ClientelaError('INVALID_OPTION', `${caller} needs until as a time above 0, found ${String(until)}`, { option: 'until', value: until });
  if (weighting === 'uno' && options.entries !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} knows no weighting 'uno' for rows with entries: who was never seen cannot be weighted; leave out one of the two`, { option: 'entries' });
  }
  if (weighting !== 'uno' && options.training !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs training for weighting 'uno' only`, { option: 'training' });
  }
}
