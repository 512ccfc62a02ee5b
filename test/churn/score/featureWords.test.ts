import { expect, it } from 'vitest';
import { featureWords } from '../../../src/churn/score/featureWords.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { snapshot } from '../../../src/data/snapshot.js';

it('puts every column of a snapshot in words', () => {
  const log = EventLog.fromRows(
    [{ id: 'a', at: '2026-01-01', item: 'card = gold', by: 'web', paid: 3 }, { id: 'a', at: '2026-01-05', item: 'loan', by: 'shop', paid: 5 }],
    { customer: 'id', time: 'at', item: 'item', channel: 'by', amount: 'paid' },
  );
  const { names } = snapshot(log, { asOf: '2026-02-01', itemRecency: true, windows: [{ days: 30 }, { years: 1, months: 6 }] });
  const words = names.filter((name) => name !== 'customer').map(featureWords);
  expect(words.filter((word, i) => word === names.filter((name) => name !== 'customer')[i])).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
  expect(featureWords('count30d')).toBe('purchases in the last 30 days');
  expect(featureWords('amountChange1y6m')).toBe('change in spending, last 1 year 6 months');
  expect(featureWords('itemDaysSince=card = gold')).toBe('days since card = gold');
});

it('leaves any other name as it is', () => {
  for (const name of ['plan', 'constructor', 'countries', 'itemCount', 'count']) expect(featureWords(name)).toBe(name);
});
