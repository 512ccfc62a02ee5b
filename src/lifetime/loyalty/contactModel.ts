import type { Duration } from '../../data/duration.js';
import { readRowNumbers } from '../../data/rowNumbers.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { Glm } from '../../learners/glm/glm.js';
import type { GlmState } from '../../learners/glm/glmState.js';
import { durationIn, requireTimeUnit, type TimeUnit } from '../timeUnit.js';

/** A model of contacts as JSON. */
export interface ContactModelState {
  /** Which class reads it. */
  readonly format: 'ContactModel';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Of the exposure. */
  readonly unit: TimeUnit;
  /** The column of counts. */
  readonly target: string;
  /** The column of exposures. */
  readonly exposure: string;
  /** Whether all customers are alike: no features were given. */
  readonly alike: boolean;
  /** The regression. */
  readonly model: GlmState;
}

/** The column that all customers share where there are no features. */
export const EVERYBODY = '(everybody)';

/**
 * How often customers are in contact: a rate for each by features, and how much customers alike in these differ still. Learnt by `fitContactCounts`.
 *
 * @example
 * ```ts
 * import { fitContactCounts } from 'clientela/lifetime';
 * const rows = [0, 1, 0, 8, 0, 1, 0, 6].map((contacts) => ({ contacts, exposure: 12 }));
 * const stored = JSON.stringify(fitContactCounts(rows, { unit: 'month' }));
 * const model = ContactModel.fromJSON(JSON.parse(stored));
 * model.family; // => 'negative-binomial'
 * model.expected(rows, { months: 6 })[0]; // => 1
 * const [quiet, busy] = model.expectedGivenHistory([{ contacts: 0, exposure: 12 }, { contacts: 8, exposure: 12 }], { months: 6 });
 * quiet! < 0.2 && busy! > 3; // => true
 * ```
 */
export class ContactModel {
  readonly #state: ContactModelState;
  /** Of the exposure. */
  readonly unit: TimeUnit;
  /** The regression of the counts, with coefficients and standard errors. */
  readonly model: Glm;

  /** @internal */
  constructor(state: ContactModelState) {
    this.#state = state;
    this.unit = state.unit;
    this.model = Glm.fromJSON(state.model);
    Object.freeze(this);
  }

  /**
   * The model that {@link ContactModel.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ContactModel {
    return restored('ContactModel', () => {
      const state = requireSavedModel('ContactModel', 1, json, 'unit', 'target', 'exposure', 'alike', 'model') as unknown as ContactModelState;
      requireTimeUnit('ContactModel.fromJSON', state.unit);
      return new ContactModel(state);
    });
  }

  /** `'negative-binomial'` where customers alike in all features differ still, `'poisson'` where chance explains the spread. */
  get family(): 'poisson' | 'negative-binomial' {
    return this.model.family as 'poisson' | 'negative-binomial';
  }

  /** alpha, the squared coefficient of variation of the rates of customers alike in all features; 0 for Poisson counts. */
  get overdispersion(): number {
    return this.model.overdispersion?.estimate ?? 0;
  }

  /**
   * How many contacts customers like these have in a while, whatever their own number so far. O(cells).
   *
   * @param data - one row a customer, with the features
   * @param horizon - how long
   * @returns expected contacts, one a customer
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
   */
  expected(data: TableInput, horizon: Duration): Float64Array {
    return this.#means(data, durationIn(this.unit, 'ContactModel.expected', 'horizon', horizon));
  }

  /**
   * How many contacts each customer has in a while, given the number so far: between that of customers alike and the customer's own rate, the
   * nearer to the latter the longer the exposure (the posterior mean under a gamma law of rates; Bühlmann's credibility). O(cells).
   *
   * @param data - one row a customer, with the features, the count and the exposure
   * @param horizon - how long
   * @returns expected contacts, one a customer; for Poisson counts those of {@link ContactModel.expected}
   * @throws a {@link ClientelaError} as {@link ContactModel.expected}
   */
  expectedGivenHistory(data: TableInput, horizon: Duration): Float64Array {
    const caller = 'ContactModel.expectedGivenHistory';
    const alpha = this.overdispersion;
    const means = this.#means(data, durationIn(this.unit, caller, 'horizon', horizon));
    const rates = this.#means(data, 1);
    const view = readTable(caller, data);
    const counts = readRowNumbers(caller, this.#state.target, view, this.#state.target);
    const exposures = readRowNumbers(caller, this.#state.exposure, view, this.#state.exposure);
    return means.map((mean, row) => {
      const [count, exposure] = [counts[row]!, exposures[row]!];
      if (count >= 0 && exposure >= 0) return (mean * (1 + alpha * count)) / (1 + alpha * rates[row]! * exposure);
      const [column, value] = count >= 0 ? [this.#state.exposure, exposure] : [this.#state.target, count];
      throw new ClientelaError('INVALID_VALUE', `${caller} needs "${column}" of 0 or more, found ${value} in row ${row}`, { function: caller, column, row, value });
    });
  }

  /**
   * The model as plain JSON.
   *
   * @returns what {@link ContactModel.fromJSON} reads
   */
  toJSON(): ContactModelState {
    return savedCopy(this.#state);
  }

  #means(data: TableInput, exposure: number): Float64Array {
    const { rowCount } = readTable('ContactModel', data);
    const rows = this.#state.alike ? { [EVERYBODY]: new Float64Array(rowCount).fill(1) } : data;
    if (exposure === 0) return new Float64Array(rowCount);
    return this.model.predict(rows, { exposure: new Float64Array(rowCount).fill(exposure) });
  }
}
