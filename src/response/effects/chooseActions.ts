import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { amountsOf, columnOf, readArmNumbers, type ArmNumbers } from './armNumbers.js';

/** Options of {@link chooseActions}. */
export interface ChooseActionsOptions {
  /** What one unit of outcome is worth: one number, or one for each action. @defaultValue 1 */
  readonly benefit?: number | ArmNumbers;
  /** What each action costs a customer: a number, or one per row; nothing where it is not named. @defaultValue 0 */
  readonly contactCost?: ArmNumbers;
  /** Standard errors of the predictions, for each action one per row. @defaultValue none: the largest prediction wins, however unsure */
  readonly standardErrors?: { readonly [action: string]: ArrayLike<number> };
  /** How sure an action must be to be better than the fallback, from 0.5 (any lead will do) up to 1; with standard errors only. @defaultValue 0.9 */
  readonly certainty?: number;
  /** What is done where nothing is surely better. @defaultValue the action with the best mean: the best constant policy by prediction */
  readonly fallback?: string;
}

/**
 * The action for each customer: the one with the largest predicted net value or, where standard errors are known, the fallback unless another is surely better.
 *
 * Net value = benefit x predicted outcome - cost. Taking the largest of noisy predictions also takes the largest errors (the optimiser's curse): a plain argmax can
 * earn less than doing the same for all. With `standardErrors` an action replaces the fallback only where the lower bound of its lead,
 * lead - z sqrt(its se² + the fallback's se²), is above 0. Judge the result by `policyValue` on other rows.
 *
 * @param predicted - for each action the expected outcome of every row; doing nothing is an action too
 * @param options - benefit, contactCost, standardErrors, certainty, fallback
 * @returns the name of an action per row; ties go to the action named first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const predicted = { nothing: [0.1, 0.2, 0.1], mail: [0.5, 0.2, 0.2] };
 * chooseActions(predicted, { benefit: 10, contactCost: { mail: 0.5 } }); // => ['mail', 'nothing', 'mail']
 * const standardErrors = { nothing: [0.05, 0.05, 0.05], mail: [0.05, 0.05, 0.05] };
 * chooseActions(predicted, { benefit: 10, contactCost: { mail: 0.5 }, standardErrors, fallback: 'nothing' }); // => ['mail', 'nothing', 'nothing']
 * ```
 */
export function chooseActions<Action extends string>(predicted: { readonly [A in Action]: ArrayLike<number> }, options: ChooseActionsOptions = {}): Action[] {
  const caller = 'chooseActions';
  requireKnownOptions(caller, options, ['benefit', 'contactCost', 'standardErrors', 'certainty', 'fallback']);
  const actions = Object.keys(predicted) as Action[];
  const n = actions.length === 0 ? 0 : predicted[actions[0]!].length;
  if (!(n > 0)) throw new ClientelaError('EMPTY_INPUT', `${caller} needs predictions of at least one action for at least one row`);
  const { standardErrors, certainty = 0.9 } = options;
  if (!(certainty >= 0.5 && certainty < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs certainty from 0.5 up to 1, found ${certainty}; 0.9 is usual`, { option: 'certainty' });
  const benefits = amountsOf(caller, 'benefit', options.benefit ?? 1, actions, n, 1);
  const costs = amountsOf(caller, 'contactCost', options.contactCost ?? 0, actions, n, 0);
  const nets = actions.map((action, a) => columnOf(readArmNumbers(caller, `predicted.${action}`, predicted[action], n), n).map((value, row) => benefits[a]![row]! * value - costs[a]![row]!));
  const errors = standardErrors === undefined ? null : actions.map((action, a) => columnOf(readArmNumbers(caller, `standardErrors.${action}`, standardErrors[action], n, 0), n).map((value, row) => benefits[a]![row]! * value));
  const fallback = options.fallback === undefined ? bestOf(nets) : actions.indexOf(options.fallback as Action);
  if (fallback < 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs fallback as one of ${actions.join(', ')}, found ${String(options.fallback)}`, { option: 'fallback' });
  const z = errors === null ? 0 : normalQuantile(certainty);
  return Array.from({ length: n }, (_, row) => {
    let [chosen, lead] = [fallback, 0];
    // Without standard errors a tie goes to the action named first, so the fallback has no right of its own.
    if (errors === null) [chosen, lead] = [0, nets[0]![row]! - nets[fallback]![row]!];
    for (let a = 0; a < actions.length; a++) {
      const found = nets[a]![row]! - nets[fallback]![row]!;
      const doubt = errors === null || a === fallback ? 0 : z * Math.hypot(errors[a]![row]!, errors[fallback]![row]!);
      if (found > lead && found - doubt > 0 || (errors === null && found > lead)) [chosen, lead] = [a, found];
    }
    return actions[chosen]!;
  });
}

function bestOf(nets: readonly Float64Array[]): number {
  const means = nets.map((net) => net.reduce((sum, value) => sum + value, 0));
  return means.indexOf(Math.max(...means));
}
