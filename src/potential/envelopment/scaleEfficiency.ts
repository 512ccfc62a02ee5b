import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableInput, TableOf } from '../../data/table.js';
import { measure } from './dataEnvelopment.js';
import type { EnvelopmentOptions } from './envelopmentOptions.js';

/** What {@link scaleEfficiency} takes: as `dataEnvelopment`, which says more. */
export type ScaleEfficiencyOptions<Names extends string = string> = Pick<EnvelopmentOptions<Names>, 'inputs' | 'outputs' | 'unit' | 'orientation' | 'reference' | 'tolerance'>;

/**
 * Whether a unit would bring more per input if it were larger (`increasing` returns: it is too small), if it were smaller (`decreasing`), or is
 * of the best size (`constant`); null where it cannot be compared, or brings nothing.
 */
export type ScaleRegion = 'increasing' | 'constant' | 'decreasing' | null;

/** What {@link scaleEfficiency} gives: columns with a place per unit, in the order of the rows. */
export interface ScaleEfficiency {
  /** Names of the units, or null where no column says them. */
  readonly units: readonly (string | number)[] | null;
  /** Efficiencies with constant returns: size and what is made of it. */
  readonly constant: Float64Array;
  /** Efficiencies with variable returns: what is made of the size one has. */
  readonly variable: Float64Array;
  /** constant / variable, in (0, 1]: what the size costs. */
  readonly scale: Float64Array;
  /** Where on the frontier each is. */
  readonly regions: readonly ScaleRegion[];
}

/**
 * How much of what a unit falls short of is owed to its size, and whether it is too small or too large: efficiencies with constant and with variable
 * returns, and their ratio (Banker, Charnes and Cooper, 1984). A unit has decreasing returns when allowing all units to be scaled down changes nothing.
 *
 * @param data - the units as rows, as for `dataEnvelopment`
 * @param options - inputs and outputs; by outputs unless said otherwise
 * @returns a place per unit in each column
 * @throws a {@link ClientelaError} as `dataEnvelopment`
 * @example
 * ```ts
 * const branches = { staff: [2, 4, 8], sales: [20, 60, 80] };
 * const size = scaleEfficiency(branches, { inputs: ['staff'], outputs: ['sales'] });
 * size.scale; // => [2 / 3, 1, 2 / 3]
 * size.regions; // => ['increasing', 'constant', 'decreasing']
 * ```
 */
export function scaleEfficiency<const Data extends TableOf<Data>>(data: Data, options: ScaleEfficiencyOptions<ColumnNameOf<Data>>): ScaleEfficiency {
  requireKnownOptions('scaleEfficiency', options, ['inputs', 'outputs', 'unit', 'orientation', 'reference', 'tolerance']);
  const given: ScaleEfficiencyOptions = options;
  const [constant, variable, decreasing] = (['constant', 'variable', 'decreasing'] as const).map((returns) => measure('scaleEfficiency', data as TableInput, { ...given, returns, slacks: false }));
  const { tolerance = 1e-8 } = options;
  const scale = constant!.efficiencies.map((efficiency, row) => efficiency / variable!.efficiencies[row]!);
  const regions = Array.from(scale, (ratio, row): ScaleRegion => {
    if (Number.isNaN(ratio)) return null;
    if (ratio >= 1 - tolerance) return 'constant';
    return decreasing!.efficiencies[row]! < variable!.efficiencies[row]! * (1 - tolerance) ? 'increasing' : 'decreasing';
  });
  return { units: variable!.units, constant: constant!.efficiencies, variable: variable!.efficiencies, scale, regions };
}
