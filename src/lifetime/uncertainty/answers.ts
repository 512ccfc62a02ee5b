import { ClientelaError } from '../../errors.js';

/** What is asked of a model: one number, or several, such as one a customer. */
export type Answer = number | ArrayLike<number>;

/** One number for an answer of one, else an array. */
export type AnswerValues<Asked extends Answer> = Asked extends number ? number : Float64Array;

/** An answer with its uncertainty. */
export interface AnswerInterval<Asked extends Answer> {
  /** What the model itself answers. */
  readonly estimate: AnswerValues<Asked>;
  /** How far the uncertainty of the parameters moves it. */
  readonly standardError: AnswerValues<Asked>;
  /** Lower end of the interval. */
  readonly lower: AnswerValues<Asked>;
  /** Upper end. */
  readonly upper: AnswerValues<Asked>;
}

/** The answer as numbers, checked: of `length` where that is known, and none of them NaN. */
export function numbersOf(caller: string, answer: Answer, length?: number): Float64Array {
  const values = typeof answer === 'number' ? Float64Array.of(answer) : Float64Array.from(answer);
  if (length !== undefined && values.length !== length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs an answer that is as long for every model, found ${values.length} numbers after ${length}`, { function: caller, expected: length, found: values.length });
  }
  const row = values.findIndex((value) => Number.isNaN(value));
  if (row < 0) return values;
  throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs answers that are numbers, found NaN at position ${row}`, { function: caller, row });
}

/** Columns as the answer was: one number each, or arrays. */
export function likeAnswer<Asked extends Answer>(answer: Asked, columns: AnswerInterval<Float64Array>): AnswerInterval<Asked> {
  const { estimate, standardError, lower, upper } = columns;
  const found = typeof answer === 'number' ? { estimate: estimate[0]!, standardError: standardError[0]!, lower: lower[0]!, upper: upper[0]! } : { estimate, standardError, lower, upper };
  return found as AnswerInterval<Asked>;
}
