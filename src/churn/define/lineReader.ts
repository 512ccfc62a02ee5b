import type { EventLog } from '../../data/eventLog.js';
import { requireLevels } from '../../data/levelFilter.js';
import { ClientelaError } from '../../errors.js';
import type { LineRule } from './churnRule.js';
import type { RuleReader, RuleWindow } from './ruleReader.js';

/** Lines (items) dropped, or taken for the first time. */
export function lineReader(caller: string, log: EventLog, rule: LineRule, { asOf, from, to, activeFrom }: RuleWindow): RuleReader {
  const { amounts, offsets, times, items, itemLevels } = log;
  if (items === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} cannot tell lines: the log has no items; name their column when the log is made`, { option: 'rule.kind' });
  const isLine = new Uint8Array(itemLevels.length).fill(Number(rule.items === undefined));
  for (const name of rule.items === undefined ? [] : requireLevels(caller, 'item', rule.items, itemLevels)) isLine[itemLevels.indexOf(name)] = 1;
  const lineCount = isLine.reduce((sum, one) => sum + one, 0);
  const counts = new Uint32Array(itemLevels.length);
  /** Events by line in a span, returns not counted; the counts are valid until the next call. */
  const countLines = (c: number, since: number, until: number): Uint32Array => {
    counts.fill(0);
    for (let e = offsets[c]!; e < offsets[c + 1]! && times[e]! < until; e++) {
      const code = items[e]!;
      if (times[e]! >= since && code >= 0 && isLine[code] === 1 && !(amounts !== undefined && amounts[e]! < 0)) counts[code]!++;
    }
    return counts;
  };
  if (rule.kind === 'newLine') {
    return {
      // Who has all lines can take no new one.
      standing: (c) => (countLines(c, -Infinity, from).reduce((had, count) => had + +(count > 0), 0) < lineCount ? 'active' : 'inactive'),
      happens(c) {
        const before = countLines(c, -Infinity, from).slice();
        return countLines(c, from, to).some((count, code) => count > 0 && before[code] === 0);
      },
    };
  }
  const least = rule.minimumEvents ?? 1;
  return {
    standing: (c) => (countLines(c, activeFrom, asOf).some((count) => count >= least) ? 'active' : 'inactive'),
    happens(c) {
      const held = countLines(c, activeFrom, asOf).map((count) => +(count >= least));
      const inWindow = countLines(c, from, to);
      return held.some((isHeld, code) => isHeld === 1 && inWindow[code] === 0);
    },
  };
}
