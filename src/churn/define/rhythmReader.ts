import type { EventLog } from '../../data/eventLog.js';
import { outcomeTest } from '../../data/outcome.js';
import type { RhythmRule } from './churnRule.js';
import { daysOf } from './personalRhythm.js';
import { rhythmOf, type OverdueRule } from './rhythmAt.js';
import { fitRhythmPrior } from './rhythmPrior.js';
import type { RuleReader, RuleWindow } from './ruleReader.js';
import { visitGaps, type VisitGaps } from './visitGaps.js';

/** Overdue by one's own rhythm: not yet at the moment, but when the window ends. The prior is of what was known at the moment. */
export function rhythmReader(caller: string, log: EventLog, rule: RhythmRule, { asOf, to }: RuleWindow): RuleReader {
  const isVisit = outcomeTest(caller, log, rule.outcome);
  const now = visitGaps(log, asOf, isVisit, 'days');
  const prior = fitRhythmPrior(caller, now);
  const overdue: OverdueRule = { prior, share: rule.share ?? 0.05, atLeast: daysOf(asOf, rule.atLeast) };
  const nowOf = placesOf(log, now);
  const later = to > asOf ? visitGaps(log, to, isVisit, 'days') : now;
  const laterOf = placesOf(log, later);
  return {
    standing: (c) => (nowOf[c]! < 0 || rhythmOf(now, nowOf[c]!, overdue).isOverdue ? 'inactive' : 'active'),
    happens: (c) => rhythmOf(later, laterOf[c]!, overdue).isOverdue,
  };
}

function placesOf(log: EventLog, { customers }: VisitGaps): Int32Array {
  const places = new Int32Array(log.customers.length).fill(-1);
  customers.forEach((c, i) => (places[c] = i));
  return places;
}
