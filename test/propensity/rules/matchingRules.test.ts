import { describe, expect, it } from 'vitest';
import { associationRules } from '../../../src/propensity/rules/associationRules.js';
import { matchingRules } from '../../../src/propensity/rules/matchingRules.js';
import { errorCode } from '../../errorCode.js';
import { basketsOf } from './baskets.js';

describe('matchingRules', () => {
  const baskets = basketsOf([[0, 1, 2], [0, 1, 2], [0, 1], [0, 3], [1, 2, 3], [2], [3], []], 4);
  const { rules } = associationRules(baskets, { minCount: 1, minConfidence: 0, consequents: 'any', redundant: 'keep' });

  it('are those with all of the antecedent held and nothing of the consequent, in their order', () => {
    const found = matchingRules(rules, baskets.productsOf(3));
    expect(found.map(({ antecedent, consequent }) => [antecedent, consequent]).length).toBeGreaterThan(4);
    expect(found).toEqual(rules.filter(({ antecedent, consequent }) => antecedent.every((name) => ['p00', 'p03'].includes(name)) && consequent.every((name) => ['p01', 'p02'].includes(name))));
  });

  it('can be those that end in a product, and only the first', () => {
    const found = matchingRules(rules, new Set(['p00', 'p03']), { product: 'p01' });
    expect(found.length).toBeGreaterThan(1);
    expect(found.every(({ consequent }) => consequent.includes('p01'))).toBe(true);
    expect(matchingRules(rules, ['p00', 'p03'], { product: 'p01', limit: 1 })).toEqual(found.slice(0, 1));
  });

  it('are none for an empty basket, a full one, and unknown products', () => {
    for (const held of [[], baskets.products, ['caviar']]) expect(matchingRules(rules, held)).toEqual([]);
  });

  it('refuses the whole result of associationRules, and what is no list of names', () => {
    const whole = associationRules(baskets, { minCount: 1 });
    expect(() => matchingRules(whole as never, ['p00'])).toThrow(/^matchingRules needs an array of rules, found .*; give it the rules of what associationRules returns$/);
    for (const [given, held] of [[whole, []], [undefined, []], [rules, undefined], [rules, null], [rules, 3]]) expect(errorCode(() => matchingRules(given as never, held as never))).toBe('INVALID_INPUT');
  });

  it('refuses a single name and unknown options', () => {
    expect(errorCode(() => matchingRules(rules, 'p00'))).toBe('INVALID_INPUT');
    expect(() => matchingRules(rules, 'p00')).toThrow('matchingRules needs the names of products held, found "p00"; give them in an array');
    expect(errorCode(() => matchingRules(rules, [], { limit: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => matchingRules(rules, [], { top: 3 } as object))).toBe('INVALID_OPTION');
  });
});
