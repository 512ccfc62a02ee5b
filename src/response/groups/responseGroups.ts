import type { TargetValue } from '../../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { readTreeColumns } from '../../learners/trees/forest.js';
import { requireTree } from '../../learners/trees/requireTree.js';
import type { RuleCondition } from '../../learners/trees/treeRules.js';
import type { Estimate } from '../../numeric/estimate.js';
import { includeGroups, type GroupsToInclude, type InclusionTerms } from './includeGroups.js';
import type { GroupTerms, ResponseGroup, ResponseGroupsReport, ResponseGroupsState, ResponseGroupsSummary } from './responseGroupsState.js';
import { leavesOf } from './walkGroups.js';

/** Why a customer is in a group. */
export interface GroupExplanation {
  /** The number of the group. */
  readonly group: number;
  /** Its rules in words. */
  readonly name: string;
  /** What the customer meets of it: the conditions, each with the value of the row; none in a group without rules. */
  readonly conditions: readonly (RuleCondition & { readonly value: unknown })[];
  /** The rate of the group. */
  readonly rate: Estimate;
  /** Its lift. */
  readonly lift: Estimate;
}

/**
 * Groups of customers and the probability that each responds, learnt by `fitResponseGroups`: places raw rows, says why, and which groups to include
 * under given costs; travels as JSON.
 *
 * @example
 * ```ts
 * import { fitResponseGroups } from 'clientela/response';
 * const customers = Array.from({ length: 4000 }, (_, i) => ({ region: i % 2 ? 'south' : 'north', age: 20 + Math.floor(i / 80), answered: i % 2 === 1 && i >= 2400 ? i % 10 < 4 : i % 20 < 2 }));
 * const groups = ResponseGroups.fromJSON(JSON.parse(JSON.stringify(fitResponseGroups(customers, { target: 'answered' }))));
 * groups.groups[0]?.name; // => 'age > 49.5 and region is south'
 * groups.assign([{ region: 'south', age: 70 }, { region: 'north', age: 70 }])[0]; // => 0
 * groups.explain({ region: 'south', age: 70 }).conditions.map(({ text, value }) => [text, value]); // => [['age > 49.5', 70], ['region is south', 'south']]
 * ```
 */
export class ResponseGroups implements ResponseGroupsSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue;
  declare readonly features: readonly string[];
  declare readonly groups: readonly ResponseGroup[];
  declare readonly report: ResponseGroupsReport;
  declare readonly terms: GroupTerms | null;
  readonly #state: ResponseGroupsState;

  /** @internal */
  constructor(state: ResponseGroupsState) {
    requireTree(state.nodes, state.inputs);
    this.#state = state;
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The groups that {@link ResponseGroups.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same groups: what they say is equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ResponseGroups {
    return restored('ResponseGroups', () => new ResponseGroups(requireSavedModel('ResponseGroups', 1, json, 'inputs', 'nodes', 'summary') as unknown as ResponseGroupsState));
  }

  /**
   * The group of every row. What training never showed goes with the larger side of the question. O(rows * depth).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns the number of the group, one a row: the place among `groups`, 0 the best
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  assign(data: TableInput): Int32Array {
    const { group } = this.#state.nodes;
    return this.#leaves('assign', data).map((leaf) => group[leaf]!);
  }

  /**
   * The group of one row.
   *
   * @param row - a raw row, with every column of `features`
   * @returns the number of the group
   * @throws a {@link ClientelaError} as {@link ResponseGroups.assign}
   */
  assignRow(row: object): number {
    return this.#state.nodes.group[this.#leaves('assignRow', [row])[0]!]!;
  }

  /**
   * The probability of a response for every row: the rate of its group.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns in (0, 1), one a row
   * @throws a {@link ClientelaError} as {@link ResponseGroups.assign}
   */
  predictProbability(data: TableInput): Float64Array {
    return this.#rates('predictProbability', data);
  }

  /**
   * The probability of a response for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns in (0, 1)
   * @throws a {@link ClientelaError} as {@link ResponseGroups.assign}
   */
  predictProbabilityRow(row: object): number {
    return this.#rates('predictProbabilityRow', [row])[0]!;
  }

  /**
   * The rule that puts a row into its group, and what the group is worth.
   *
   * @param row - a raw row, with every column of `features`
   * @returns the conditions it meets with its own values, the rate and the lift of the group
   * @throws a {@link ClientelaError} as {@link ResponseGroups.assign}
   */
  explain(row: object): GroupExplanation {
    const { group, rule } = this.#state.nodes;
    const leaf = this.#leaves('explain', [row])[0]!;
    const { name, rules, rate, lift } = this.groups[group[leaf]!]!;
    const conditions = (rules[rule[leaf]!]?.conditions ?? []).map((condition) => ({ ...condition, value: (row as Record<string, unknown>)[condition.feature] }));
    return { group: group[leaf]!, name, conditions, rate, lift };
  }

  /**
   * Which groups to include in a campaign: those of which even the lower bound of the rate exceeds cost / benefit; the best first where the capacity does
   * not suffice for all. With how many customers that are, what to expect of them, and how sure it is.
   *
   * @param terms - `contactCost` and `benefit` where the fit was given none, in one currency; `capacity`, `population`
   * @param data - whom to count: raw rows, with every column of `features`. @defaultValue the customers of the fit, by weight
   * @returns the decision for every group, the number of customers, responses and profit with their intervals; nobody is a normal answer
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link ResponseGroups.assign}
   * @example
   * ```ts
   * import { fitResponseGroups } from 'clientela/response';
   * const customers = Array.from({ length: 2000 }, (_, i) => ({ plan: i % 4 === 0 ? 'gold' : 'basic', answered: i % 4 === 0 ? i % 8 === 0 : i % 20 === 1 }));
   * const groups = fitResponseGroups(customers, { target: 'answered', contactCost: 2, benefit: 10 });
   * const { breakEvenRate, customers: included } = groups.include({ population: 100_000 });
   * breakEvenRate; // => 0.2
   * included; // => { estimate: 25000, lower: 25000, upper: 25000 }
   * ```
   */
  include(terms: InclusionTerms = {}, data?: TableInput): GroupsToInclude {
    const caller = 'ResponseGroups.include';
    const sizes = this.groups.map(({ size }) => size);
    const { population } = Object(terms) as InclusionTerms;
    if (data !== undefined) {
      if (population !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes population or data, found both; give one`, { option: 'population' });
      sizes.fill(0);
      for (const group of this.assign(data)) sizes[group]!++;
    } else if (population !== undefined) spread(sizes, requireWhole(caller, 'population', population, 0));
    return includeGroups(caller, this.groups, sizes, terms, this.terms, this.report.confidence);
  }

  /**
   * The groups as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link ResponseGroups.fromJSON} reads
   */
  toJSON(): ResponseGroupsState {
    return savedCopy(this.#state);
  }

  #leaves(method: string, data: TableInput): Int32Array {
    const { inputs, nodes } = this.#state;
    return leavesOf(inputs, nodes, readTreeColumns(`ResponseGroups.${method}`, inputs, data));
  }

  #rates(method: string, data: TableInput): Float64Array {
    const { group } = this.#state.nodes;
    const rates = this.groups.map(({ rate }) => rate.estimate);
    return new Float64Array(this.#leaves(method, data)).map((leaf) => rates[group[leaf]!]!);
  }
}

// Whole customers that add up: what rounding leaves of the sum goes on to the next group.
function spread(sizes: number[], population: number): void {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let [before, given] = [0, 0];
  sizes.forEach((size, group) => {
    before += size;
    const upTo = Math.round((population * before) / total);
    sizes[group] = upTo - given;
    given = upTo;
  });
}
