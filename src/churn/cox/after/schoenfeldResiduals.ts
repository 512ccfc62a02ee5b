import { requireKnownOptions } from '../../../data/options.js';
import type { TableInput } from '../../../data/table.js';
import type { CoxRegression } from '../coxRegression.js';
import type { CoxRows } from '../coxRows.js';
import { rowsOfModel } from '../rowsOfModel.js';
import type { ResidualOptions } from './coxResiduals.js';
import { requireInverse } from './scoreResiduals.js';
import { requireBroken, scoreRows } from './scoreRows.js';

/** Which residuals of events. */
export interface SchoenfeldOptions extends ResidualOptions {
  /** Whether to give the coefficient as each event speaks for it, instead of the difference from the mean. @defaultValue false */
  readonly scaled?: boolean;
}

/** A residual for each event and coefficient. */
export interface SchoenfeldResiduals {
  /** The coefficients. */
  readonly names: readonly string[];
  /** Which row of the data each event is: by stratum, the earliest first. */
  readonly rows: Uint32Array;
  /** When each event came. */
  readonly times: Float64Array;
  /** One array a coefficient, a number for each event. */
  readonly values: readonly Float64Array[];
}

/**
 * How each customer who had an event differed from those at risk then, column by column: the raw value less the mean of those at risk, weighted by
 * their risk (Schoenfeld, 1982).
 *
 * Scaled, each is the coefficient as that event alone speaks for it (Grambsch and Therneau, 1994): smoothed over time they draw the coefficient as
 * it changes; `proportionalHazardsTest` says whether it does. O(rows * columns + events * columns²) and a sort.
 *
 * @param model - of a fit with ties `'efron'` or `'breslow'`
 * @param data - the training rows, or others with the columns of the fit
 * @param options - `scaled`, and `weights` where they were an array
 * @returns residuals on the scale of the raw columns; over the training rows of a fit without penalty they add up to 0 (weights counted, not scaled)
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` (no event, or none to scale by), or as `fitCoxRegression`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [1, 1, 6, 6, 8, 9].map((months, i) => ({ months, left: [1, 0, 1, 1, 0, 1][i]!, x: i < 3 ? 1 : 0 }));
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left', ties: 'breslow' });
 * const residuals = schoenfeldResiduals(model, rows);
 * residuals.times; // => [1, 6, 6, 9]
 * residuals.values[0]!.map((value) => Math.round(1000 * value) / 1000); // => [0.186, 0.407, -0.593, 0]
 * ```
 */
export function schoenfeldResiduals(model: CoxRegression, data: TableInput, options: SchoenfeldOptions = {}): SchoenfeldResiduals {
  const caller = 'schoenfeldResiduals';
  requireKnownOptions(caller, options, ['scaled', 'weights']);
  const { rows, beta, ties, inverse } = rowsOfModel(caller, model, data, options.weights);
  const { means } = scoreRows(rows, beta, requireBroken(caller, ties));
  const { columnCount: p, names, scales, design, order, durations } = rows;
  const { events, blocks } = eventsInTime(rows);
  const values = names.map(() => new Float64Array(events.length));
  const by = options.scaled === true ? requireInverse(caller, inverse) : null;
  const difference = new Float64Array(p);
  events.forEach((row, e) => {
    for (let j = 0; j < p; j++) difference[j] = design[row * p + j]! - means[blocks[e]! * p + j]!;
    for (let j = 0; j < p; j++) {
      if (by === null) {
        values[j]![e] = difference[j]! * scales[j]!;
        continue;
      }
      let sum = 0;
      for (let k = 0; k < p; k++) sum += by[j * p + k]! * difference[k]!;
      values[j]![e] = (beta[j]! + events.length * sum) / scales[j]!;
    }
  });
  return { names, rows: events.map((row) => order[row]!), times: Float64Array.from(events, (row) => durations[row]!), values };
}

/** The rows that are events, by stratum, the earliest first, and the block of each. */
function eventsInTime({ stratumBlocks, blockStarts, eventEnds }: CoxRows): { readonly events: Uint32Array; readonly blocks: Uint32Array } {
  const events: number[] = [];
  const blocks: number[] = [];
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    for (let block = stratumBlocks[s + 1]! - 1; block >= stratumBlocks[s]!; block--) {
      for (let row = blockStarts[block]!; row < eventEnds[block]!; row++) {
        events.push(row);
        blocks.push(block);
      }
    }
  }
  return { events: Uint32Array.from(events), blocks: Uint32Array.from(blocks) };
}
