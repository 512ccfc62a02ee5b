import { describe, expect, it } from 'vitest';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { rulesOfSequences } from '../../../src/paths/rules/rulesOfSequences.js';
import { mineSequences } from '../../../src/paths/sequences/mineSequences.js';

/** The example of Zaki (2001). */
const ZAKI = Journeys.fromLists([
  [['C', 'D'], ['A', 'B', 'C'], ['A', 'B', 'F'], ['A', 'C', 'D', 'F']],
  [['A', 'B', 'F'], 'E'],
  [['A', 'B', 'F']],
  [['D', 'G', 'H'], ['B', 'F'], ['A', 'G', 'H']],
]);

describe('rulesOfSequences', () => {
  it('finds the ten rules arulesSequences finds, with its lift', () => {
    const rules = rulesOfSequences(mineSequences(ZAKI, { minSupport: 0.4, patterns: 'frequent' }));
    expect(rules).toHaveLength(10);
    const named = new Map(rules.map((rule) => [`${rule.before.map((step) => step.join('')).join('>')}=>${rule.after.join('')}`, rule]));
    expect([...named.keys()].sort()).toEqual(['B=>A', 'BF=>A', 'D=>A', 'D=>B', 'D=>BF', 'D=>F', 'D>B=>A', 'D>BF=>A', 'D>F=>A', 'F=>A']);
    expect(named.get('D=>A')).toMatchObject({ support: 0.5, confidence: { estimate: 1 }, lift: 1, count: 2, beforeCount: 2, afterCount: 4, conviction: 1 });
    expect(named.get('B=>A')).toMatchObject({ support: 0.5, confidence: { estimate: 0.5 }, lift: 0.5 });
  });

  it('keeps those of enough confidence and lift', () => {
    const mined = mineSequences(ZAKI, { minSupport: 0.4, patterns: 'frequent' });
    expect(rulesOfSequences(mined, { minConfidence: 0.6 })).toHaveLength(7);
    expect(rulesOfSequences(mined, { minConfidence: 0, minLift: 1.2 })).toHaveLength(0);
  });

  it('refuses paths of which parts are missing', () => {
    expect(() => rulesOfSequences(mineSequences(ZAKI, { minCount: 2, patterns: 'closed' }))).toThrow("rulesOfSequences needs all parts of the paths, found no D > B + F; mine with patterns: 'frequent' and without restrictions");
    expect(() => rulesOfSequences(mineSequences(ZAKI, { minCount: 2, patterns: 'frequent' }), { minConfidence: -1 })).toThrow('needs minConfidence from 0 to 1, found -1');
  });
});
