import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { AssociationRule } from './associationRule.js';

/** Which of the rules that apply are wanted. */
export interface MatchingRuleOptions {
  /** Only rules from which this product follows: why it is offered. @defaultValue any */
  readonly product?: string;
  /** The most rules. @defaultValue all */
  readonly limit?: number;
}

/**
 * The rules that apply to a basket and say something new: all of the antecedent is held, nothing of the consequent. In the order of the rules given, which is the best first when they
 * come from {@link associationRules}. They explain an offer: "customers with A and B also have C: 63 % of them, against 12 % of all" is `confidence.estimate` against
 * `consequentSupport`. O(rules).
 *
 * @param rules - as found: `rules` of what {@link associationRules} returns
 * @param held - names of products, such as `holdings.productsOf(customer)`
 * @param options - which product, how many
 * @returns the rules themselves
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { associationRules } from 'clientela/propensity';
 * const baskets = Holdings.fromTable([{ id: 1, card: 1, loan: 1 }, { id: 2, card: 1, loan: 1 }, { id: 3, card: 0, loan: 0 }], { customer: 'id', products: ['card', 'loan'] });
 * const { rules } = associationRules(baskets, { minCount: 2 });
 * matchingRules(rules, ['card']).map(({ consequent, confidence }) => [...consequent, confidence.estimate]); // => [['loan', 1]]
 * ```
 */
export function matchingRules(rules: readonly AssociationRule[], held: Iterable<string>, options: MatchingRuleOptions = {}): AssociationRule[] {
  requireKnownOptions('matchingRules', options, ['product', 'limit']);
  const given: unknown = rules;
  if (!Array.isArray(given)) throw new ClientelaError('INVALID_INPUT', `matchingRules needs an array of rules, found ${describeValue(rules)}; give it the rules of what associationRules returns`, { function: 'matchingRules' });
  if (typeof held === 'string' || typeof (held as Partial<Iterable<string>> | null | undefined)?.[Symbol.iterator] !== 'function') throw new ClientelaError('INVALID_INPUT', `matchingRules needs the names of products held, found ${describeValue(held)}; give them in an array`, { function: 'matchingRules' });
  const { product, limit } = options;
  const most = limit === undefined ? Infinity : requireWhole('matchingRules', 'limit', limit, 1);
  const has = new Set(held);
  const matching: AssociationRule[] = [];
  for (const rule of rules) {
    if (matching.length >= most) break;
    if (product !== undefined && !rule.consequent.includes(product)) continue;
    if (rule.antecedent.every((name) => has.has(name)) && !rule.consequent.some((name) => has.has(name))) matching.push(rule);
  }
  return matching;
}
