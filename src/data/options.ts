import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/** Refuses what are no options, and an option of a name nobody knows: a misspelt option that is silently ignored gives a wrong answer. */
export function requireKnownOptions(caller: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs an object of ${known.join(', ')}, found ${describeValue(options)}`);
  }
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} knows no option "${option}"; its options are ${known.join(', ')}`, {
      option,
    });
  }
}

/** The value of an option that must be one of a few words. */
export function requireChoice<Choice extends string | number>(caller: string, option: string, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as one of ${choices.join(', ')}, found ${describeValue(value)}`, {
    option,
    value,
  });
}

/** A whole number of at least `least`, or the error that names the option. */
export function requireWhole(caller: string, option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a whole number of at least ${least}, found ${describeValue(value)}`, { option, value });
}

/** A finite number, or the error that names the option. */
export function requireFinite(caller: string, option: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a finite number, found ${describeValue(value)}`, { option, value });
}
