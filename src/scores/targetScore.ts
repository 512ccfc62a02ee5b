import type { TargetValue } from '../data/binaryTarget.js';
import { Encoding, type UnseenValue } from '../data/encoding.js';
import { frozenCopy } from '../data/frozenCopy.js';
import { describeValue } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../data/savedModel.js';
import type { TableInput } from '../data/table.js';
import type { ProfileRule } from '../evaluation/profileRules.js';
import type { GroupProfiles } from '../evaluation/profiles.js';
import { readScoreModel, termsOf, type ScoreModel, type ScoreModelState } from './scoreModel.js';
import type { TargetReport } from './targetReport.js';

/** One reason for a customer's score. */
export interface Reason {
  /** The column of the data. */
  readonly feature: string;
  /** What the customer has there. */
  readonly value: unknown;
  /** Whether it makes the event more or less likely than for the average customer. */
  readonly direction: 'raises' | 'lowers';
  /** By how much, in log-odds. */
  readonly contribution: number;
  /** The same as a factor on the odds: 2 doubles them, 0.5 halves them. */
  readonly oddsFactor: number;
  /** `'strong'`: doubles the odds or halves them at least; `'clear'`: by a quarter; `'slight'`: less. */
  readonly size: 'strong' | 'clear' | 'slight';
  /** In words: `contract = Month-to-month raises the odds 2.3 times`. */
  readonly text: string;
}

/** Where the event is frequent and where it is rare, in short rules. */
export interface TargetRules {
  /** Rules of the most inclined, the highest rate first. */
  readonly most: readonly ProfileRule[];
  /** Rules of the least inclined, the lowest rate first. */
  readonly least: readonly ProfileRule[];
}

/** How to explain a score. */
export interface ReasonOptions {
  /** How many reasons at most. @defaultValue all */
  readonly top?: number;
  /** What customers call a column, for the text of a reason: `{ tenure: 'months with us' }`. */
  readonly words?: Readonly<Record<string, string>>;
}

/** A score as JSON. */
export interface TargetScoreState {
  /** Which class reads it. */
  readonly format: 'TargetScore';
  /** Which version wrote it. */
  readonly formatVersion: 3;
  /** The column that is predicted. */
  readonly target: string;
  /** The value of it whose probability is the score. */
  readonly positive: TargetValue;
  /** The model behind the score. */
  readonly model: ScoreModelState;
  /** How good it is. */
  readonly report: TargetReport;
  /** Who is most and least inclined. */
  readonly profiles: GroupProfiles;
  /** The same in short rules, with lift and support. */
  readonly rules: TargetRules;
}

/** As an earlier version wrote it: what came later may be missing. */
type Earlier<State> = { readonly [Name in keyof State]?: State[Name] };

/**
 * A score for every customer: the calibrated probability of the target, with its report, its profiles and its reasons.
 * Learnt by `fitTargetScore`; only this class has to travel to where customers are scored.
 *
 * @example
 * ```ts
 * import { fitTargetScore } from 'clientela/scoring';
 * const customers = Array.from({ length: 100 }, (_, i) => ({ visits: i % 10, bought: (i * 3) % 10 < i % 10 ? 1 : 0 }));
 * const json = JSON.stringify(fitTargetScore(customers, { target: 'bought' }));
 * const score = TargetScore.fromJSON(JSON.parse(json));
 * score.features; // => ['visits']
 * score.predictRow({ visits: 8 }) > 0.5; // => true
 * ```
 */
export class TargetScore {
  readonly #state: TargetScoreState;
  readonly #model: ScoreModel;
  /** The column that is predicted. */
  readonly target: string;
  /** The value of it whose probability is the score. */
  readonly positive: TargetValue;
  /** How good the score is on customers it has not seen, and how it came to be. */
  readonly report: TargetReport;

  /** @internal */
  constructor(given: TargetScoreState) {
    const state = frozenCopy(given);
    this.#state = state;
    this.#model = readScoreModel(state.model);
    this.target = state.target;
    this.positive = state.positive;
    this.report = state.report;
  }

  /**
   * The score that {@link TargetScore.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same score
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): TargetScore {
    return restored('TargetScore', () => {
      const state = requireSavedModel('TargetScore', 3, json, 'target', 'positive', 'model', 'report', 'profiles') as unknown as Earlier<TargetScoreState>;
      const report = state.report as Earlier<TargetReport>;
      // Version 1 knew logistic regressions only, and did not say so; before version 3 there were neither rules nor a look for leaks and drift.
      return new TargetScore({
        ...state,
        formatVersion: 3,
        report: { ...report, method: report.method ?? 'logistic', stability: report.stability ?? null, leakage: report.leakage ?? [] },
        rules: state.rules ?? { most: [], least: [] },
      } as TargetScoreState);
    });
  }

  /** The columns a customer must have to be scored. */
  get features(): readonly string[] {
    return this.#model.features;
  }

  /**
   * The probability of the target for every customer.
   *
   * @param data - raw rows, with every column of `features`
   * @returns probabilities in (0, 1), in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput): Float64Array {
    return this.#model.predictProbability(data);
  }

  /**
   * The probability of the target for one customer.
   *
   * @param row - a raw row
   * @returns a probability in (0, 1)
   * @throws a {@link ClientelaError} as {@link TargetScore.predict}
   */
  predictRow(row: object): number {
    return this.#model.predictProbabilityRow(row);
  }

  /**
   * Why one customer has this score, compared with the average customer; the strongest reason first.
   *
   * @param row - a raw row
   * @param options - `top`: how many reasons at most; `words`: what customers call a column
   * @returns one reason for each feature that moves the score
   * @throws a {@link ClientelaError} as {@link TargetScore.predict}
   */
  explain(row: object, options: ReasonOptions = {}): Reason[] {
    requireKnownOptions('TargetScore.explain', options, ['top', 'words']);
    const { contributions } = this.#model.explain(row);
    return contributions
      .filter(({ contribution }) => contribution !== 0)
      .map(({ feature, value, contribution }) => reasonOf(feature, value, contribution, options.words?.[feature] ?? feature))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, options.top ?? Infinity);
  }

  /**
   * Who is most and least inclined: what is over- and under-represented in the top and bottom tenth of the customers learnt from.
   *
   * @returns traits of both groups; few or none when nothing marks them beyond chance
   */
  profiles(): GroupProfiles {
    return this.#state.profiles;
  }

  /**
   * Where the event was frequent and where it was rare among the customers learnt from: short rules, found on one half of them and measured on the other.
   *
   * @returns rules of the most and of the least inclined; none when none holds beyond chance
   */
  rules(): TargetRules {
    return this.#state.rules;
  }

  /**
   * What these rows hold that the score never saw in training.
   *
   * @param data - raw rows
   * @returns unseen levels and missing values, with what they are taken for; empty when all is familiar
   * @throws a {@link ClientelaError} as {@link TargetScore.predict}
   */
  unseen(data: TableInput): UnseenValue[] {
    return new Encoding({ format: 'Encoding', formatVersion: 1, terms: termsOf(this.#state.model) }).unseen(data);
  }

  /**
   * The score as plain JSON.
   *
   * @returns plain numbers and names
   */
  toJSON(): TargetScoreState {
    return savedCopy(this.#state);
  }
}

function reasonOf(feature: string, value: unknown, contribution: number, name: string): Reason {
  const oddsFactor = Math.exp(contribution);
  const far = Math.abs(contribution);
  const is = value === null || value === undefined || value !== value ? 'is not known' : `= ${typeof value === 'string' ? value : describeValue(value)}`;
  const text = `${name} ${is} ${contribution > 0 ? `raises the odds ${shown(oddsFactor)} times` : `lowers the odds to ${shown(100 * oddsFactor)} %`}`;
  return { feature, value, direction: contribution > 0 ? 'raises' : 'lowers', contribution, oddsFactor, size: far >= Math.LN2 ? 'strong' : far >= Math.log(1.25) ? 'clear' : 'slight', text };
}

/** Two digits are as many as a reason needs. */
function shown(factor: number): string {
  return String(Number(factor.toPrecision(factor > 1 && factor < 1.1 ? 3 : 2)));
}
