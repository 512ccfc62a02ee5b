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

  it('refuses what is no such result, each for its own reason', () => {
    const message = (mined: unknown): string => {
      try {
        rulesOfSequences(mined as Parameters<typeof rulesOfSequences>[0]);
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message}`;
      }
      return '';
    };
    const options = { minCount: 2, patterns: 'frequent' } as const;
    expect(message([...mineSequences(ZAKI, options)])).toContain('INVALID_INPUT rulesOfSequences needs what mineSequences found, found an array');
    expect(message(null)).toBe('INVALID_INPUT rulesOfSequences needs what mineSequences found, found null; give the result itself, not its paths');
    expect(message(mineSequences(ZAKI, { minCount: 2 }))).toBe("INVALID_INPUT rulesOfSequences needs paths mined with patterns: 'frequent' or 'top', found 'closed'");
    expect(message(mineSequences(ZAKI, { ...options, onProgress: () => false }))).toBe('INVALID_INPUT rulesOfSequences needs all paths, found a search that onProgress stopped; let it end');
    expect(message(mineSequences(ZAKI, { ...options, maxGap: { steps: 1 } }))).toContain('needs paths mined without limits, found maxGap');
    expect(rulesOfSequences(mineSequences(ZAKI, { patterns: 'top', top: 8 })).length).toBeGreaterThan(0);
  });

  it('refuses paths of which parts are missing', () => {
    expect(() => rulesOfSequences(mineSequences(ZAKI, { minCount: 2, patterns: 'frequent', minSteps: 2 }))).toThrow("rulesOfSequences needs all parts of the paths, found no B; mine with patterns: 'frequent' and without restrictions or top");
    expect(() => rulesOfSequences(mineSequences(ZAKI, { minCount: 2, patterns: 'frequent' }), { minConfidence: -1 })).toThrow('needs minConfidence from 0 to 1, found -1');
  });
});
