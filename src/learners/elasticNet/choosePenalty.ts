import { termWidth, type EncodingTerm } from '../../data/encodingTerm.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import type { HeldOut } from './crossValidatePath.js';
import type { ElasticNetOptions } from './elasticNetOptions.js';
import type { ElasticNetPathPoint } from './elasticNetState.js';
import type { PathFit } from './fitPath.js';
import type { PathPenalty } from './pathSolver.js';

/** What the options say of each column, as signs and factors of the columns of the design, after those of the intercept. */
export function penaltyOf(caller: string, terms: readonly EncodingTerm[], mixing: number, options: ElasticNetOptions): PathPenalty {
  const signs = options.signs ?? {};
  const penaltyFactors = options.penaltyFactors ?? {};
  const columns = terms.map(({ column }) => column);
  for (const name of [...Object.keys(signs), ...Object.keys(penaltyFactors)]) if (!columns.includes(name)) throw unknownColumn(caller, name, columns);
  const spread = (valueOf: (term: EncodingTerm) => number): number[] => [0, ...terms.flatMap((term) => Array.from({ length: termWidth(term) }, () => valueOf(term)))];
  return {
    mixing,
    // Being missing may go either way.
    signs: spread(({ kind, column }) => (kind === 'missing' || signs[column] === undefined ? 0 : signs[column] === 'positive' ? 1 : -1)),
    factors: spread(({ column }) => penaltyFactors[column] ?? 1),
  };
}

/** Which point of the path is chosen, and which penalties the rules point at; without held-out rows the last. */
export function choosePoint(points: readonly PathFit[], heldOut: readonly HeldOut[] | null, rule: 'minimum' | 'oneStandardError'): ChosenPoint {
  if (heldOut === null) return { chosen: points.length - 1, minimumLambda: null, oneStandardErrorLambda: null };
  const best = heldOut.reduce((least, { deviance }, at) => (deviance < heldOut[least]!.deviance ? at : least), 0);
  const limit = heldOut[best]!.deviance + heldOut[best]!.error;
  const simplest = heldOut.findIndex(({ deviance }) => deviance <= limit);
  return { chosen: rule === 'minimum' ? best : simplest, minimumLambda: points[best]!.lambda, oneStandardErrorLambda: points[simplest]!.lambda };
}

/** A choice along a path. */
export interface ChosenPoint {
  readonly chosen: number;
  readonly minimumLambda: number | null;
  readonly oneStandardErrorLambda: number | null;
}

/** The path as the model tells it; width is the number of parameters of one output. */
export function describePath(points: readonly PathFit[], heldOut: readonly HeldOut[] | null, width: number, keep: boolean): ElasticNetPathPoint[] {
  return points.map(({ lambda, parameters, devianceRatio }, at) => {
    const used = new Set([...parameters.keys()].filter((place) => place % width > 0 && parameters[place] !== 0).map((place) => place % width));
    const { deviance = null, error = null } = heldOut?.[at] ?? {};
    return { lambda, columnCount: used.size, devianceRatio, heldOutDeviance: deviance, heldOutError: error, ...(keep && { parameters: [...parameters] }) };
  });
}
