import { savedCopy } from '../../../data/savedModel.js';
import { requireWhole } from '../../../data/options.js';
import { ClientelaError } from '../../../errors.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { CnbdLaw } from './cnbdLaw.js';

/** Names of the parameters of `BgCnbdK` and `MbgCnbdK`. */
export type CnbdParameter = 'r' | 'alpha' | 'a' | 'b';

/** A number of stages that was tried. */
export interface CnbdCandidate {
  /** Stages between two purchases. */
  readonly k: number;
  /** The highest found with so many. */
  readonly logLikelihood: number;
  /** Whether the search ended where the likelihood is flat. */
  readonly converged: boolean;
}

/** How regularly customers buy, and what else was tried; see {@link CnbdModel}. */
export interface CnbdStages {
  /** Stages between two purchases. */
  readonly k: number;
  /** What was tried, ascending. */
  readonly candidates: readonly CnbdCandidate[];
}

/** The most stages that the formulas hold for. */
export const MOST_STAGES = 30;

/**
 * A model of purchases at regular intervals: what `BgCnbdK` and `MbgCnbdK` share.
 *
 * @example
 * ```ts
 * import { MbgCnbdK } from 'clientela/lifetime';
 * const model: CnbdModel = MbgCnbdK.fromParameters({ unit: 'week', k: 4, r: 2, alpha: 1, a: 1, b: 3 });
 * // At the mean rate of r / (k alpha) there are two weeks between purchases, with half of that as their standard deviation.
 * model.k; // => 4
 * ```
 */
export abstract class CnbdModel extends BuyingModel {
  /**
   * Shape and rate of the gamma law of the rates of stages, and the shapes of the beta law of dropout. A purchase takes `k` stages: customers who are active
   * buy at a mean rate of `r / (k alpha)`.
   */
  declare readonly parameters: Readonly<Record<CnbdParameter, number>>;
  /** Stages of the Erlang law of the time between two purchases: 1 is at random, as in `BgNbd`; its coefficient of variation is 1 over the root of `k`. */
  readonly k: number;
  /** What was tried to find `k`, ascending; empty for a model of given parameters. */
  readonly candidates: readonly CnbdCandidate[];

  /** @internal */
  protected constructor(first: 0 | 1, state: BuyingState, { k, candidates }: CnbdStages) {
    super(new CnbdLaw(k, first), state);
    this.k = k;
    this.candidates = candidates;
  }

  /**
   * The model as plain data for `JSON.stringify`.
   *
   * @returns format, version, unit, parameters, coefficients, how they were learnt, `k` and `candidates`
   */
  override toJSON(): object {
    return savedCopy({ ...super.toJSON(), k: this.k, candidates: this.candidates });
  }
}

/** The state of a model of given parameters and stages. */
export function givenStages(format: string, given: GivenParameters<CnbdParameter> & { readonly k: number }): readonly [BuyingState, CnbdStages] {
  const caller = `${format}.fromParameters`;
  const state = givenState(caller, new CnbdLaw(1, 0), given, ['k']);
  return [state, { k: requireStages(caller, given.k), candidates: [] }];
}

/** The state that a model saved. */
export function savedStages(format: string, json: unknown): readonly [BuyingState, CnbdStages] {
  const state = savedState(format, new CnbdLaw(1, 0), json);
  const { k, candidates } = savedCopy(json) as { readonly k: unknown; readonly candidates: unknown };
  if (isStages(k) && Array.isArray(candidates)) return [state, { k, candidates: candidates as CnbdCandidate[] }];
  throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON needs k from 1 to ${MOST_STAGES} and candidates as an array; the JSON is damaged`, { format });
}

/** A number of stages that the formulas hold for. */
export function requireStages(caller: string, k: number): number {
  const stages = requireWhole(caller, 'k', k, 1);
  if (stages <= MOST_STAGES) return stages;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs k from 1 to ${MOST_STAGES}, found ${stages}: purchases as regular as that are a subscription`, { function: caller, option: 'k', value: stages });
}

function isStages(k: unknown): k is number {
  return Number.isInteger(k) && (k as number) >= 1 && (k as number) <= MOST_STAGES;
}
