import { normalMultiplier } from '../../evaluation/intervals.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { readMiningPlan, type ItemsetOptions, type MiningPlan } from './miningOptions.js';
import { ruleMeasures, type RuleMeasure } from './ruleMeasures.js';

/** Which rules count, and in which order. */
export interface AssociationRuleOptions extends ItemsetOptions {
  /** The least share of the baskets with the antecedent that must have the consequent, 0 to 1. @defaultValue 0.5 */
  readonly minConfidence?: number;
  /** Whether one product follows, or any set of them: more rules, longer to search, and harder to tell from chance. @defaultValue 'single' */
  readonly consequents?: 'single' | 'any';
  /** What the rules are put in order by, the best first; equals by count, short antecedents first, then in the order of products. @defaultValue 'lift' */
  readonly rankBy?: RuleMeasure;
  /** The most rules, the best ones by `rankBy`; the others are counted only. @defaultValue 100,000 */
  readonly maxRules?: number;
  /** Whether a rule goes when a part of its antecedent, or no antecedent at all, is as confident (`improvement` at most 0). @defaultValue 'drop' */
  readonly redundant?: 'drop' | 'keep';
  /** Of the rules called significant, the share that may be chance, above 0 to 1. @defaultValue 0.05 */
  readonly falseDiscovery?: number;
  /** Whether rules go of which `q` is above `falseDiscovery`. @defaultValue 'keep' */
  readonly insignificant?: 'drop' | 'keep';
  /** Level of the interval of a rule's confidence. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The options, read. */
export interface RulePlan {
  readonly mining: MiningPlan;
  readonly minConfidence: number;
  readonly many: boolean;
  readonly rankBy: RuleMeasure;
  readonly maxRules: number;
  readonly dropRedundant: boolean;
  readonly falseDiscovery: number;
  readonly dropInsignificant: boolean;
  readonly z: number;
}

const OPTIONS: readonly string[] = [
  'minSupport', 'minCount', 'maxLength', 'maxItemsets', 'onProgress', 'minConfidence', 'consequents', 'rankBy', 'maxRules', 'redundant', 'falseDiscovery', 'insignificant', 'confidence',
];

/** Checks the options against baskets of this number. */
export function readRulePlan(caller: string, options: AssociationRuleOptions, rowCount: number): RulePlan {
  requireKnownOptions(caller, options, OPTIONS);
  const { minConfidence = 0.5, consequents = 'single', rankBy = 'lift', maxRules = 100_000, redundant = 'drop', falseDiscovery = 0.05, insignificant = 'keep', confidence = 0.95 } = options;
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs minConfidence from 0 to 1, found ${minConfidence}`, { option: 'minConfidence', value: minConfidence });
  }
  if (!(falseDiscovery > 0 && falseDiscovery <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs falseDiscovery above 0 and at most 1, found ${falseDiscovery}; 0.05 is usual`, { option: 'falseDiscovery', value: falseDiscovery });
  }
  return {
    mining: readMiningPlan(caller, options, rowCount),
    minConfidence,
    many: requireChoice(caller, 'consequents', consequents, ['single', 'any']) === 'any',
    rankBy: requireChoice<RuleMeasure>(caller, 'rankBy', rankBy, [...(Object.keys(ruleMeasures) as RuleMeasure[]), 'improvement']),
    maxRules: requireWhole(caller, 'maxRules', maxRules, 1),
    dropRedundant: requireChoice(caller, 'redundant', redundant, ['drop', 'keep']) === 'drop',
    falseDiscovery,
    dropInsignificant: requireChoice(caller, 'insignificant', insignificant, ['drop', 'keep']) === 'drop',
    z: normalMultiplier(caller, confidence),
  };
}
