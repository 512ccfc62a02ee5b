import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions } from '../../data/options.js';
import type { TableInput } from '../../data/table.js';

/**
 * What may be made of the units: `constant` scales any of them up and down, `variable` only mixes them, `increasing` mixes and scales up,
 * `decreasing` mixes and scales down, `freeDisposal` takes them as they are (free disposal hull: no mixing).
 */
export type ReturnsToScale = 'constant' | 'variable' | 'increasing' | 'decreasing' | 'freeDisposal';

/** What is scaled to reach the frontier: all inputs down (`input`) or all outputs up (`output`). */
export type EnvelopmentOrientation = 'input' | 'output';

/** What {@link dataEnvelopment} takes. */
export interface EnvelopmentOptions<Names extends string = string> {
  /** Columns of what a unit has or uses, such as income or staff; not negative, some above 0 in every row. */
  readonly inputs: readonly Names[];
  /** Columns of what it brings, such as spend; not negative. */
  readonly outputs: readonly Names[];
  /** Column that names the units, so that peers are named; each name once. */
  readonly unit?: Names;
  /**
   * What may be made of the units.
   * @defaultValue 'variable'
   */
  readonly returns?: ReturnsToScale;
  /**
   * Whether to ask how much more a unit could bring, or with how much less it could bring the same.
   * @defaultValue 'output'
   */
  readonly orientation?: EnvelopmentOrientation;
  /**
   * Measures each unit against the others without itself, which ranks the efficient ones (Andersen and Petersen, 1993).
   * @defaultValue false
   */
  readonly superEfficiency?: boolean;
  /** Other units to measure against, with the same columns; by default the units are measured against each other. */
  readonly reference?: TableInput;
  /**
   * Looks, once the score stands, for the largest sum of what remains to be gained in single columns (each divided by its largest value).
   * @defaultValue true
   */
  readonly slacks?: boolean;
  /**
   * How far a score may be from 1, and a slack from 0 (relative to the target), to count as such.
   * @defaultValue 1e-8
   */
  readonly tolerance?: number;
}

/** The options with their defaults, checked. */
export interface EnvelopmentPlan {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly unit: string | null;
  readonly returns: ReturnsToScale;
  readonly orientation: EnvelopmentOrientation;
  readonly superEfficiency: boolean;
  readonly reference: TableInput | null;
  readonly slacks: boolean;
  readonly tolerance: number;
}

/** Checks the options and fills in the defaults. */
export function planEnvelopment(caller: string, options: EnvelopmentOptions): EnvelopmentPlan {
  requireKnownOptions(caller, options, ['inputs', 'outputs', 'unit', 'returns', 'orientation', 'superEfficiency', 'reference', 'slacks', 'tolerance']);
  const { unit = null, reference = null, returns = 'variable', orientation = 'output', tolerance = 1e-8 } = options;
  const inputs = readNames(caller, 'inputs', options.inputs);
  const outputs = readNames(caller, 'outputs', options.outputs);
  const names = [...inputs, ...outputs];
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs each column once, as an input or as an output, found "${twice}" again`, { column: twice });
  }
  if (unit !== null && typeof unit !== 'string') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs unit as the name of a column, found ${describeValue(unit)}`, { option: 'unit' });
  }
  const superEfficiency = requireFlag(caller, 'superEfficiency', options.superEfficiency ?? false);
  if (superEfficiency && reference !== null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot leave a unit out of other units: superEfficiency and reference exclude each other; leave one out`, { option: 'superEfficiency' });
  }
  if (!(requireFinite(caller, 'tolerance', tolerance) >= 0 && tolerance < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs tolerance in [0, 1), found ${tolerance}`, { option: 'tolerance', value: tolerance });
  }
  return {
    inputs,
    outputs,
    unit,
    returns: requireChoice(caller, 'returns', returns, ['constant', 'variable', 'increasing', 'decreasing', 'freeDisposal']),
    orientation: requireChoice(caller, 'orientation', orientation, ['input', 'output']),
    superEfficiency,
    reference,
    slacks: requireFlag(caller, 'slacks', options.slacks ?? true),
    tolerance,
  };
}

function requireFlag(caller: string, option: string, given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as true or false, found ${describeValue(given)}`, { option, value: given });
}

function readNames(caller: string, option: string, given: unknown): readonly string[] {
  if (Array.isArray(given) && given.length > 0 && given.every((name) => typeof name === 'string')) return [...given];
  const found = Array.isArray(given) && given.length === 0 ? 'an empty list' : describeValue(given);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an array of names of columns, at least one, found ${found}`, { option });
}
