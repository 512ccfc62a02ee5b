import { addDuration } from '../../data/calendar.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireChoice } from '../../data/options.js';
import { outcomeTest } from '../../data/outcome.js';
import { ClientelaError } from '../../errors.js';
import type { VolumeRule } from './churnRule.js';
import type { RuleReader, RuleWindow } from './ruleReader.js';

/** Less or more than usual: what comes in the window against what came in a time of that length before, on average. */
export function volumeReader(caller: string, log: EventLog, rule: VolumeRule, { asOf, from, to }: RuleWindow): RuleReader {
  const { amounts, offsets, times } = log;
  const measure = requireChoice(caller, 'rule.measure', rule.measure ?? (amounts === undefined ? 'count' : 'amount'), ['amount', 'count']);
  if (measure === 'amount' && amounts === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot measure amounts: the log has none; name their column when the log is made, or take measure 'count'`, { option: 'rule.measure' });
  }
  const isCounted = outcomeTest(caller, log, rule.outcome);
  const volume = (c: number, since: number, until: number): number => {
    let sum = 0;
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < until; e++) {
      if (times[e]! < since || !isCounted(e)) continue;
      const amount = measure === 'amount' ? amounts![e]! : 1;
      if (amount === amount) sum += amount;
    }
    return sum;
  };
  const usualFrom = addDuration(asOf, rule.usual, -1);
  const share = (rule.share ?? (rule.kind === 'decline' ? 0.5 : 1.5)) * ((to - from) / (asOf - usualFrom));
  return {
    standing: (c) => (times[offsets[c]!]! > usualFrom ? 'tooNew' : volume(c, usualFrom, asOf) > 0 ? 'active' : 'inactive'),
    happens(c) {
      const asked = share * volume(c, usualFrom, asOf);
      const found = volume(c, from, to);
      return rule.kind === 'decline' ? found < asked : found >= asked;
    },
  };
}
