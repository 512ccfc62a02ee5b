import { requireDuration, type Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { positionsWhere } from '../../data/perCustomer.js';
import { requireLog } from '../../data/requireLog.js';
import { SHAPE_OPTIONS, snapshot } from '../../data/snapshot.js';
import { customersBefore } from '../../data/snapshotFeatures.js';
import type { SnapshotShape } from '../../data/snapshotPlan.js';
import { ClientelaError } from '../../errors.js';
import { requireRule, type ChurnRule } from './churnRule.js';
import { activeFrom, readRule } from './ruleReader.js';

/** The moment of {@link churnRowsAt}, and who is asked about. */
export interface ChurnRowOptions extends SnapshotShape {
  /** What leaving (or deepening) means. */
  readonly rule: ChurnRule;
  /** The moment. @defaultValue the end of observation */
  readonly asOf?: Instant;
  /** Only who was active in this time before the moment. Needed for the rules `inactivity`, `lineDropped` and `newLine`; in training it is the horizon where not given. */
  readonly lookback?: Duration;
}

/**
 * The rows of today: the customers who can still leave, with the features they have at a moment, for a model that has learnt from {@link churnSnapshots}.
 *
 * O(events).
 *
 * @param log - who did what, when, for how much
 * @param options - the moment, the rule, the features: `like: score.features` gives those of a model; see {@link ChurnRowOptions}
 * @returns rows of `snapshot`, of the customers that the rule calls active
 * @throws a {@link ClientelaError} `EMPTY_INPUT` where nobody can leave; `INVALID_OPTION` for a rule that needs a lookback without one; otherwise as `snapshot`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([{ who: 'ann', at: '2026-01-10' }, { who: 'bob', at: '2026-04-02' }], { customer: 'who', time: 'at' });
 * churnRowsAt(log, { asOf: '2026-05-01', rule: { kind: 'inactivity' }, lookback: { days: 60 } }).ids(); // => ['bob']
 * ```
 */
export function churnRowsAt(log: EventLog, options: ChurnRowOptions): Frame {
  const caller = 'churnRowsAt';
  requireLog(caller, log);
  requireKnownOptions(caller, options, ['rule', 'asOf', 'lookback', ...SHAPE_OPTIONS]);
  const { rule: given, asOf: moment, lookback, ...shape } = options;
  const rule = requireRule(caller, given);
  if (lookback !== undefined) requireDuration(caller, 'lookback', lookback);
  else if (rule.kind === 'inactivity' || rule.kind === 'lineDropped' || rule.kind === 'newLine') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a lookback for the rule ${rule.kind}, to know who is there; give that of the training, or its horizon`, { option: 'lookback' });
  }
  const asOf = moment === undefined ? log.observedUntil : requireInstant(caller, 'asOf', moment);
  const rows = snapshot(log, { ...shape, asOf });
  const reader = readRule(caller, log, rule, { asOf, from: asOf, to: asOf, activeFrom: activeFrom(rule, asOf, lookback, undefined) });
  const known = customersBefore(log, asOf);
  const active = positionsWhere(known.length, (row) => reader.standing(known[row]!) === 'active');
  if (active.length > 0) return rows.take(active);
  throw new ClientelaError('EMPTY_INPUT', `${caller} found nobody of ${known.length} customers who could leave; mind rule and lookback`, { function: caller, asOf });
}
